"""One matching market: which pairs may still be made, how each side orders them, how many places.

Shared by every method of assignment, by the certificate and by the reasons given afterwards.
Higher is better everywhere; ties go to the lower index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.pairs import Ids, Pair, Pairs, Values

Mask = NDArray[np.bool_]
Integers = NDArray[np.int64]

Unranked = Literal["by_score", "never"]


@dataclass(frozen=True, slots=True, eq=False)
class Reserve:
    """Places that go to a protected group first and then to anybody: never left empty for its sake.

    Soft in the sense of Hafalir, Yenmez and Yildirim (Theoretical Economics 8, 2013).

    Attributes:
        name: What people read, such as "small charities".

        seats: How many places of each offer: one number for all, or (n_offers,). A later reserve has at
            most what the earlier ones leave of an offer's places.

        protected: bool (n_applicants,). Who they are for.
    """

    name: str
    seats: ArrayLike
    protected: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Quota:
    """At least this share of all placements must be at these offers (`most_total_fit` only).

    Attributes:
        name: What people read, such as "small charities".

        offers: bool (n_offers,).

        at_least: Between 0 and 1; pins count.
    """

    name: str
    offers: Mask
    at_least: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rules:
    """What the programme manager decided before the assignment.

    Attributes:
        pins: Pairs that are settled; they take their places first.

        forbids: Pairs that are never made.

        floor: Lowest score of a pair that may be made.

        reserves: In the order in which their seats are filled. The open places come last.

        quotas: In the order in which their prices are counted.

        band: Points of score that count as the same fit in `worst_served_first`; a smaller band is finer
            and takes longer.

        unranked: Where somebody ranked at least one, what becomes of those they did not rank: they come
            after the ranked ones "by_score", or "never". Who ranked nothing is ordered by score.
    """

    pins: Sequence[Pair] = ()
    forbids: Sequence[Pair] = ()
    floor: float | None = None
    reserves: Sequence[Reserve] = ()
    quotas: Sequence[Quota] = ()
    band: float = 5.0
    unranked: Unranked = "by_score"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Market:
    """What is left to decide once pins, forbids, floor and rankings have been applied.

    Attributes:
        pairs, capacities, rules: As given.

        kept: (k,) Where each pair that may be made stands in `pairs`.

        applicant, offer, score: (k,) Those pairs.

        likes: (k,) How much the applicant wants the offer.

        wants: (k,) How much the offer wants the applicant.

        starts: (n_applicants + 1,) Where each applicant's pairs begin.

        places: (n_offers,) Places left after the pins.

        pins: Sorted, each once.

        protected: bool (n_reserves, n_applicants).

        seats: (n_reserves, n_offers) Reserved places left after the pins.
    """

    pairs: Pairs
    capacities: Integers
    rules: Rules
    kept: Integers
    applicant: Ids
    offer: Ids
    score: Values
    likes: Values
    wants: Values
    starts: Integers
    places: Integers
    pins: tuple[Pair, ...]
    protected: Mask
    seats: Integers

    def find(self, applicant: int, offer: int) -> int:
        """Where a pair stands among those that may be made, or -1."""
        first, last = self.starts[applicant], self.starts[applicant + 1]
        at = int(first + np.searchsorted(self.offer[first:last], np.int32(offer)))
        return at if at < last and self.offer[at] == offer else -1


def make_market(pairs: Pairs, capacities: ArrayLike, rules: Rules) -> Market:
    """Check and arrange the inputs of an assignment.

    Raises ValueError, saying what is wrong, for shapes that do not fit, negative capacities, pairs out
    of range, an applicant pinned twice, more pins than places, a pair both pinned and forbidden, or a
    band that is not above 0.
    """
    if not rules.band > 0:
        raise ValueError("a band must be more than 0 points wide")
    given = np.asarray(capacities, dtype=np.int64)
    if given.shape != (pairs.n_offers,):
        raise ValueError(f"capacities must have one number an offer ({pairs.n_offers}), not {given.shape}")
    if (given < 0).any():
        raise ValueError("a capacity cannot be below 0")
    pins = _settled(pairs, rules)
    places = _places_after(pins, given)
    protected, seats = _reserved(pairs, rules.reserves, pins, places)
    likes, ranked_by_applicant = _ordered(pairs.applicant_score, pairs.applicant_ranks, pairs.applicant)
    wants, ranked_by_host = _ordered(pairs.host_score, pairs.host_ranks, pairs.offer)
    allowed = _allowed(pairs, rules, pins)
    if rules.unranked == "never":
        allowed &= ranked_by_applicant & ranked_by_host
    kept = np.flatnonzero(allowed)
    those = slice(None) if len(kept) == len(pairs) else kept  # no copies where nothing is taken out
    applicant = pairs.applicant[those]
    return Market(
        pairs=pairs,
        capacities=given,
        rules=rules,
        kept=kept,
        applicant=applicant,
        offer=pairs.offer[those],
        score=pairs.score[those],
        likes=likes[those],
        wants=wants[those],
        starts=np.searchsorted(applicant, np.arange(pairs.n_applicants + 1, dtype=np.int32)),
        places=places,
        pins=pins,
        protected=protected,
        seats=seats,
    )


def _ordered(score: Values, ranks: Ids | None, side: Ids) -> tuple[Values, Mask]:
    """Values to order one side by, and which pairs it would have: ranked ones first, in their order."""
    if ranks is None:
        return score, np.ones(len(score), dtype=bool)
    if (ranks < 0).any():
        raise ValueError("a rank must be 1 or more, or 0 for a pair that was not ranked")
    ranked = ranks > 0
    ranks_any = np.zeros(int(side.max(initial=-1)) + 1, dtype=bool)
    ranks_any[side[ranked]] = True
    above = float(score.max(initial=0.0)) + 1.0 + float(ranks.max(initial=0))
    return np.where(ranked, above - ranks, score.astype(np.float64)), ranked | ~ranks_any[side]


def _allowed(pairs: Pairs, rules: Rules, pins: tuple[Pair, ...]) -> Mask:
    allowed = np.ones(len(pairs), dtype=bool) if rules.floor is None else pairs.score >= rules.floor
    for i, j in rules.forbids:
        at = pairs.find(i, j)
        if at >= 0:
            allowed[at] = False
    for i, _ in pins:
        first, last = pairs.span(i)
        allowed[first:last] = False
    return allowed


def _settled(pairs: Pairs, rules: Rules) -> tuple[Pair, ...]:
    for i, j in (*rules.pins, *rules.forbids):
        if not (0 <= i < pairs.n_applicants and 0 <= j < pairs.n_offers):
            raise ValueError(
                f"the pair ({i}, {j}) is outside {pairs.n_applicants} applicants and {pairs.n_offers} offers"
            )
    pins = tuple(sorted({(int(i), int(j)) for i, j in rules.pins}))
    for i, j in set(pins) & {(int(i), int(j)) for i, j in rules.forbids}:
        raise ValueError(f"the pair ({i}, {j}) is both pinned and forbidden")
    for (i, _), (following, _) in pairwise(pins):
        if i == following:
            raise ValueError(f"applicant {i} is pinned twice")
    return pins


def _places_after(pins: tuple[Pair, ...], given: Integers) -> Integers:
    places = given - np.bincount(np.array([j for _, j in pins], dtype=np.int64), minlength=len(given))
    for j in np.flatnonzero(places < 0):
        raise ValueError(f"offer {j} has more pins than places ({given[j]})")
    return places


def _reserved(
    pairs: Pairs, reserves: Sequence[Reserve], pins: tuple[Pair, ...], places: Integers
) -> tuple[Mask, Integers]:
    """Who each reserve protects, and its seats: a protected pin uses one, and there are never more than places."""
    protected = np.zeros((len(reserves), pairs.n_applicants), dtype=bool)
    seats = np.zeros((len(reserves), pairs.n_offers), dtype=np.int64)
    left, counted = places.copy(), set()
    for r, reserve in enumerate(reserves):
        if np.shape(reserve.protected) != (pairs.n_applicants,):
            raise ValueError(
                f"the reserve “{reserve.name}” must say of each applicant whether it is for them"
            )
        protected[r] = reserve.protected
        seats[r] = reserve.seats
        for i, j in pins:
            if protected[r, i] and i not in counted and seats[r, j] > 0:
                seats[r, j] -= 1
                counted.add(i)
        seats[r] = np.clip(seats[r], 0, left)
        left -= seats[r]
    return protected, seats
