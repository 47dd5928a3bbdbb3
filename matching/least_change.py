"""The least change that would give one applicant one offer, found by running the assignment again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.assignment import Assignment
from matching.deferred_acceptance import deferred_acceptance
from matching.market import Market, make_market
from matching.total_fit import most_total_fit


@dataclass(frozen=True, slots=True)
class LeastChange:
    """What would give the applicant this offer, or one they like as much; each alone is enough.

    Attributes:
        applicant, offer: The pair.

        places: Fewest more places at the offer. None for a method where it is not known.

        points: In a stable assignment, more than this many points of host priority; for the most total
            fit, more than this many points of score. None where the host's own ranking decides, and
            where no priority is enough because no place is open to them.

        pass_over: In a stable assignment, how many of the people ahead on the host's list they would have
            to pass. None where that is not enough, and for other methods.
    """

    applicant: int
    offer: int
    places: int | None
    points: float | None
    pass_over: int | None


def least_change(assignment: Assignment, applicant: int, offer: int) -> LeastChange:
    """The least that would give `applicant` `offer`, everything else staying as it is; exact.

    Stable: a better place on one host's list, or one more place, never gives an applicant less, so the
    least is found by halving, with a run of the assignment at each step. Most total fit without
    quotas: the points that the highest total loses when the pair is made by force.

    Raises ValueError for a pair that may not be made, that they have, or that they like less than what
    they have, and for a method where the least change is not known.
    """
    market = assignment.market
    pair = market.find(applicant, offer)
    if pair < 0:
        raise ValueError(f"the pair ({applicant}, {offer}) may not be made in this round")
    own = market.find(applicant, int(assignment.offer_of[applicant]))
    if own >= 0 and market.likes[own] >= market.likes[pair]:
        raise ValueError(f"applicant {applicant} has that offer or one they like as much")
    if assignment.method == "stable":
        return _stable(market, pair)
    if assignment.method == "most_total_fit" and not market.rules.quotas:
        return _most_total_fit(assignment, pair)
    raise ValueError(
        "the least change is known for a stable assignment and for the most total fit without quotas"
    )


def _stable(market: Market, pair: int) -> LeastChange:
    i, j = int(market.applicant[pair]), int(market.offer[pair])
    rivals = np.flatnonzero(
        (market.offer == j) & (market.applicant != i) & (market.wants >= market.wants[pair])
    )
    ahead = np.sort(market.wants[rivals])

    def with_places(more: int) -> bool:
        capacities = market.capacities.copy()
        capacities[j] += more
        return _reaches(make_market(market.pairs, capacities, market.rules), pair)

    def past(people: int) -> bool:
        wants = market.wants.astype(np.float64)
        wants[pair] = np.nextafter(ahead[people - 1], np.inf)
        return _reaches(replace(market, wants=wants), pair)

    places = _least(with_places, len(ahead) + 1)
    people = _least(past, len(ahead)) if len(ahead) else None
    points = None
    if people is not None and market.pairs.host_ranks is None:
        points = float(ahead[people - 1] - market.wants[pair])
    return LeastChange(i, j, places, points, people)


def _reaches(market: Market, pair: int) -> bool:
    """Whether the applicant of this pair is placed there or at an offer they like as much."""
    held = deferred_acceptance(market)
    mine = held[market.applicant[held] == market.applicant[pair]]
    return bool(len(mine)) and bool(market.likes[mine[0]] >= market.likes[pair])


def _least(enough: Callable[[int], bool], most: int) -> int | None:
    """The first of 1 to `most` that is enough, or None; whatever is more than enough is enough."""
    least = bisect_left(range(1, most + 1), True, key=enough) + 1
    return least if least <= most else None


def _most_total_fit(assignment: Assignment, pair: int) -> LeastChange:
    market = assignment.market
    i, j = int(market.applicant[pair]), int(market.offer[pair])
    if not market.places[j]:
        return LeastChange(i, j, None, None, None)
    forced = make_market(market.pairs, market.capacities, replace(market.rules, pins=(*market.pins, (i, j))))
    held = most_total_fit(forced, assignment.solver)
    total = float(forced.score[held].sum() + market.score[pair])
    return LeastChange(i, j, None, max(0.0, float(market.score[assignment.held].sum()) - total), None)
