"""The two sides of the one inner product, and the whole numbers in which it is taken.

A full score is 8,000,000 units, 80,000 a point. Every feature is a whole number, so every sum that a
score can pass through is a whole number below 2^24, which float32 holds exactly: the product is the
same on any machine, in any order, for any size of block. Each broken rule adds `PENALTY`, which is
larger than any score, so one product holds both: the remainder is the score, the quotient counts the
rules that say no.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Units = NDArray[np.float32]
Whole = NDArray[np.int64]
Rows = slice | NDArray[np.int64]

UNITS = 80_000
"""Units in one point of a score."""

PENALTY = -(2.0**23)
"""Units of one broken rule: below minus any score, and exact in float32."""


@dataclass(frozen=True, slots=True)
class Factors:
    """One side of the product, one row a profile.

    Attributes:
        dense: (n, d) float32, C-contiguous, whole numbers.

        tail: (n, v) float32 in sparse rows, whole numbers: the columns that few profiles use.
    """

    dense: Units
    tail: sparse.csr_array

    def __len__(self) -> int:
        return len(self.dense)

    def take(self, rows: Rows) -> Factors:
        """Some of the rows."""
        return Factors(np.ascontiguousarray(self.dense[rows]), sparse.csr_array(self.tail[rows]))

    def stack(self, other: Factors) -> Factors:
        """These rows, then those of another."""
        tail = sparse.csr_array(sparse.vstack([self.tail, other.tail], format="csr"))
        return Factors(np.concatenate([self.dense, other.dense]), tail)


@dataclass(frozen=True, slots=True)
class ApplicantDays:
    """The day numbers of applicants that rules on dates compare, one row each.

    Attributes:
        ready_on: First day on which they could start.

        available_to: Last day on which they could start.

        contract_end: Last day of their contract.

        vetting_held: Rank of the vetting they hold, which chooses the row of `OfferDays.ends`.
    """

    ready_on: NDArray[np.int32]
    available_to: NDArray[np.int32]
    contract_end: NDArray[np.int32]
    vetting_held: NDArray[np.int8]

    def take(self, rows: Rows) -> ApplicantDays:
        """Some of the rows."""
        return ApplicantDays(
            self.ready_on[rows], self.available_to[rows], self.contract_end[rows], self.vetting_held[rows]
        )

    def stack(self, other: ApplicantDays) -> ApplicantDays:
        """These rows, then those of another."""
        return ApplicantDays(
            np.concatenate([self.ready_on, other.ready_on]),
            np.concatenate([self.available_to, other.available_to]),
            np.concatenate([self.contract_end, other.contract_end]),
            np.concatenate([self.vetting_held, other.vetting_held]),
        )


@dataclass(frozen=True, slots=True)
class OfferDays:
    """The day numbers of offers, one row each; `ends` is (n_ranks, n_offers).

    `ends` holds the last day of a placement that starts as early as the offer, and the vetting of a
    person who holds that rank, allow.
    """

    start_from: NDArray[np.int32]
    start_to: NDArray[np.int32]
    ends: NDArray[np.int32]

    def take(self, rows: Rows) -> OfferDays:
        """Some of the rows."""
        return OfferDays(self.start_from[rows], self.start_to[rows], np.ascontiguousarray(self.ends[:, rows]))

    def stack(self, other: OfferDays) -> OfferDays:
        """These rows, then those of another."""
        return OfferDays(
            np.concatenate([self.start_from, other.start_from]),
            np.concatenate([self.start_to, other.start_to]),
            np.concatenate([self.ends, other.ends], axis=1),
        )


def product(applicants: Factors, offers: Factors) -> Floats:
    """(n_applicants, n_offers): the inner products, in float64, for grids that fit in memory."""
    both: Floats = applicants.dense.astype(np.float64) @ offers.dense.astype(np.float64).T
    both += (applicants.tail.astype(np.float64) @ offers.tail.astype(np.float64).T).toarray()
    return both


def dates_conflict(applicants: ApplicantDays, offers: OfferDays) -> NDArray[np.bool_]:
    """(n_applicants, n_offers): where no common start day exists or the contract ends too early."""
    conflict: NDArray[np.bool_] = applicants.ready_on[:, None] > offers.start_to
    conflict |= applicants.available_to[:, None] < offers.start_from
    conflict |= applicants.contract_end[:, None] < offers.ends[applicants.vetting_held]
    return conflict


def apportion(rows: Whole, shares: Floats, totals: Whole) -> Whole:
    """Whole numbers in proportion to `shares`, adding to `totals[row]` in every row that has any.

    By largest remainder; ties to the earlier entry. `rows` is (n_entries,) and ascending, `shares`
    (n_entries,) and not negative, `totals` (n_rows,).
    """
    sums = np.bincount(rows, weights=shares, minlength=len(totals))
    exact = shares / sums[rows] * totals[rows]
    # A billionth keeps a quotient that is whole on paper from being floored to the number below it.
    given = np.floor(exact + 1e-9).astype(np.int64)
    short = totals - np.bincount(rows, weights=given, minlength=len(totals)).astype(np.int64)
    order = np.lexsort((np.arange(len(rows)), -np.round(exact - given, 9), rows))
    starts = np.searchsorted(rows, np.arange(len(totals)))
    place = np.empty(len(rows), dtype=np.int64)
    place[order] = np.arange(len(rows)) - starts[rows]
    return given + (place < short[rows])
