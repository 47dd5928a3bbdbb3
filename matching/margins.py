"""Rules on days as margins, so that one minimum applies a rule to a whole block of pairs.

A margin is the days that a pair has to spare, and half a day, in a unit larger than any product: at
least 2^23 where the rule holds and at most -2^23 where it is broken. The lesser of product and margin
is therefore the product of an eligible pair, and negative otherwise. All of it is exact in float32.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.factors import PENALTY, ApplicantDays, OfferDays, Units

Index = NDArray[np.intp]
Limits = tuple[slice, slice]

_UNIT = np.float32(-2 * PENALTY)
_LATEST = 2**22
"""Day numbers are cut to this, which is later than any date can be: half days up to here are exact."""


def _edges(days: NDArray[np.int32], spare: float = 0.0) -> Units:
    cut: Units = np.clip(days, -_LATEST, _LATEST - 1).astype(np.float32)
    cut += np.float32(spare)
    cut *= _UNIT
    return cut


@dataclass(frozen=True, slots=True)
class Margins:
    """The edges of both sides' days, ready to be subtracted.

    The offers' are (n_offers,), and (n_offers, n_ranks) for `ends`; the applicants' (n_applicants,).
    """

    ready_on: Units
    available_to: Units
    contract_end: Units
    vetting_held: NDArray[np.int8]
    start_from: Units
    start_to: Units
    ends: Units

    @classmethod
    def of(cls, applicants: ApplicantDays, offers: OfferDays) -> Margins:
        """The margins of two sides."""
        return cls(
            ready_on=_edges(applicants.ready_on),
            available_to=_edges(applicants.available_to, 0.5),
            contract_end=_edges(applicants.contract_end, 0.5),
            vetting_held=applicants.vetting_held,
            start_from=_edges(offers.start_from),
            start_to=_edges(offers.start_to, 0.5),
            ends=np.ascontiguousarray(_edges(offers.ends).T),
        )

    def arranged(self, rows: Index) -> tuple[Index, Limits]:
        """The rows with those who have limits side by side, and (who may leave, whose contract may end).

        The slices hold everybody whose `available_to`, or `contract_end`, could break a rule at all.
        """
        leave = self.available_to[rows] < self.start_from.max(initial=-np.inf)
        end = self.contract_end[rows] < self.ends.max(initial=-np.inf)
        neither, both = ~leave & ~end, leave & end
        order = np.argsort(np.select([neither, leave & ~end, both], [0, 1, 2], default=3), kind="stable")
        first, second = int(neither.sum()), len(rows) - int(end.sum())
        return rows[order], (slice(first, first + int(leave.sum())), slice(second, len(rows)))

    def apply(self, grid: Units, rows: Index, offers: Index, limits: Limits, room: Units) -> None:
        """Make negative, in a grid of (offers, rows), every pair whose days conflict.

        `rows` and `limits` are what `arranged` gave; `room` is scratch of the shape of `grid`.
        """
        leave, end = limits
        start_to = self.start_to[offers]
        ready_on = self.ready_on[rows]
        if len(rows) and len(offers) and ready_on.max() > start_to.min():
            np.subtract(start_to[:, None], ready_on, out=room)
            np.minimum(grid, room, out=grid)
        if leave.stop > leave.start:
            spare = self.available_to[rows[leave]] - self.start_from[offers, None]
            np.minimum(grid[:, leave], spare, out=grid[:, leave])
        if end.stop > end.start:
            ends = self.ends[offers][:, self.vetting_held[rows[end]]]
            np.minimum(grid[:, end], self.contract_end[rows[end]] - ends, out=grid[:, end])
