"""Broken rules as bits: which pairs the dense columns rule out before any arithmetic.

A rule is broken where one side carries `PENALTY` in a column in which the other has a positive value.
Such a column becomes a bit of both sides, and a pair with a bit in common is not eligible. Applicants
who share bits are put into one block; an offer that has one of the shared bits is closed to the whole
block and takes no part in its product.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.factors import PENALTY, Units

Bits = NDArray[np.bool_]
Index = NDArray[np.intp]

_SAMPLE = 1024
"""Rows that are enough to choose the bit which splits a block."""


def conflict_bits(applicants: Units, offers: Units) -> tuple[Bits, Bits]:
    """(n_applicants, b) and (n_offers, b): a pair with a bit in common breaks a rule.

    Only rules that are held in dense columns are seen: a pair with no bit in common may break others.
    """
    ours = np.flatnonzero(applicants.min(axis=0, initial=0) <= PENALTY)
    theirs = np.flatnonzero(offers.min(axis=0, initial=0) <= PENALTY)
    return (
        np.hstack([applicants[:, ours] <= PENALTY, applicants[:, theirs] > 0]),
        np.hstack([offers[:, ours] > 0, offers[:, theirs] <= PENALTY]),
    )


def alike(applicants: Bits, offers: Bits, *, largest: int) -> Iterator[tuple[Index, Bits]]:
    """Blocks of at most `largest` applicants, each with the bits that all of them have.

    While a block is too large, it is split by the bit that would close most offers to one part, the
    parts being even; in the middle where no bit tells. Rows ascend; every applicant is in one block.
    """
    waiting = [(np.arange(len(applicants)), np.arange(len(offers))[:: max(1, len(offers) // _SAMPLE)])]
    while waiting:
        rows, some_offers = waiting.pop()
        shared = applicants[rows].all(axis=0)
        if len(rows) <= largest:
            yield rows, shared
            continue
        some_offers = some_offers[open_to(shared, offers[some_offers])]
        waiting += [(part, some_offers) for part in _parts(rows, applicants, offers[some_offers])]


def open_to(shared: Bits, offers: Bits) -> Index:
    """The offers that have none of the bits which a whole block shares, ascending."""
    if not shared.any():
        return np.arange(len(offers))
    return np.flatnonzero(~offers[:, shared].any(axis=1))


def _parts(rows: Index, applicants: Bits, some_offers: Bits) -> tuple[Index, Index]:
    """Two parts of a block, neither of them empty."""
    some_rows = applicants[rows[:: max(1, len(rows) // _SAMPLE)]]
    held = some_rows.sum(axis=0) / len(some_rows)
    gain = held * (1 - held) * some_offers.sum(axis=0)
    if not gain.any():
        return rows[: len(rows) // 2], rows[len(rows) // 2 :]
    has = applicants[rows, gain.argmax()]
    return rows[has], rows[~has]
