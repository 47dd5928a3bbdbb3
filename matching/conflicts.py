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

Words = NDArray[np.uint64]
Index = NDArray[np.intp]

WORD = 64

_SAMPLE = 512
"""Rows that are enough to choose the bit which splits a block."""


def conflict_bits(applicants: Units, offers: Units) -> tuple[Words, Words]:
    """(n_applicants, w) and (n_offers, w) words of bits: a pair with a bit in common breaks a rule.

    Only rules that are held in dense columns are seen: a pair with no bit in common may break others.
    """
    ours = np.flatnonzero(applicants.min(axis=0, initial=0) <= PENALTY)
    theirs = np.flatnonzero(offers.min(axis=0, initial=0) <= PENALTY)
    return (
        packed(np.hstack([applicants[:, ours] <= PENALTY, applicants[:, theirs] > 0])),
        packed(np.hstack([offers[:, ours] > 0, offers[:, theirs] <= PENALTY])),
    )


def with_groups(
    applicants: Words, offers: Words, own: NDArray[np.integer], theirs: NDArray[np.integer]
) -> tuple[Words, Words]:
    """The same bits and one more word, which closes the offers of every group but the applicant's own."""
    bit = np.left_shift(np.uint64(1), own.astype(np.uint64))
    others = ~np.left_shift(np.uint64(1), theirs.astype(np.uint64))
    return np.column_stack([applicants, bit]), np.column_stack([offers, others])


def packed(bits: NDArray[np.bool_]) -> Words:
    """Rows of bits as rows of words, at least one a row."""
    words = max(1, -(-bits.shape[1] // WORD))
    octets = np.zeros((len(bits), words * 8), dtype=np.uint8)
    octets[:, : -(-bits.shape[1] // 8)] = np.packbits(bits, axis=1, bitorder="little")
    return octets.view("<u8")


def _shares(words: Words) -> NDArray[np.float64]:
    """(bits,): in how large a share of the rows each bit is set."""
    bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
    shares: NDArray[np.float64] = np.add.reduce(bits, axis=0, dtype=np.uint32) / max(1, len(words))
    return shares


def open_to(shared: Words, offers: Words) -> Index:
    """The offers that have none of the bits which a whole block shares, ascending."""
    closed = offers[:, 0] & shared[0]
    for word in range(1, len(shared)):
        closed |= offers[:, word] & shared[word]
    return np.flatnonzero(closed == 0)


def alike(
    applicants: Words, offers: Words, *, largest: int, groups: NDArray[np.integer] | None = None
) -> Iterator[tuple[Index, Words]]:
    """Blocks of at most `largest` applicants, each with the bits that all of them have.

    While a block is too large, it is split by the bit that would close most offers to one part, the
    parts being even; in the middle where no bit tells. Rows ascend; every applicant is in one block,
    and no block holds two groups.
    """
    everybody = np.arange(len(applicants))
    parts = [everybody] if groups is None else [everybody[groups == group] for group in np.unique(groups)]
    waiting = [(rows, _some(offers)) for rows in parts]
    while waiting:
        rows, some_offers = waiting.pop()
        words = applicants[rows]
        shared = np.bitwise_and.reduce(words, axis=0)
        if len(rows) <= largest:
            yield rows, shared
            continue
        some_offers = some_offers[open_to(shared, some_offers)]
        in_part = _split(words, some_offers)
        waiting += [(rows[in_part], some_offers), (rows[~in_part], some_offers)]


def _some(words: Words) -> Words:
    return words[:: max(1, len(words) // _SAMPLE)]


def _split(words: Words, some_offers: Words) -> NDArray[np.bool_]:
    """Which rows of a block go to one part; neither part is empty."""
    held = _shares(_some(words))
    gain = held * (1 - held) * _shares(some_offers)
    if not gain.any():
        return np.arange(len(words)) < len(words) // 2
    word, bit = divmod(int(gain.argmax()), WORD)
    has: NDArray[np.bool_] = (words[:, word] >> np.uint64(bit)) & np.uint64(1) == 1
    return has
