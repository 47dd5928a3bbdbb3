"""What differs between two assignments: who gains and who loses, and what one withdrawal would move."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.assignment import Assignment, assign
from matching.market import Market
from matching.pairs import Values


@dataclass(frozen=True, slots=True)
class Move:
    """One applicant whose place differs; offers are None without a place.

    `gains` is above 0 where the applicant likes what they have afterwards more, below 0 where less, and
    0 where they like both as much or one of the two is a pin without a score.
    """

    applicant: int
    before: int | None
    after: int | None
    gains: int


@dataclass(frozen=True, slots=True)
class OfferMove:
    """One offer whose people differ. It gains with more people, or as many and a higher sum of priorities."""

    offer: int
    left: tuple[int, ...]
    came: tuple[int, ...]
    gains: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences from one assignment to another.

    Attributes:
        same: How many pairs are in both.

        applicants, offers: Those that differ, in order.

        applicants_gain, applicants_lose, offers_gain, offers_lose: How many of them.

        places: Placements afterwards less placements before.
    """

    same: int
    applicants: tuple[Move, ...]
    offers: tuple[OfferMove, ...]
    applicants_gain: int
    applicants_lose: int
    offers_gain: int
    offers_lose: int
    places: int


def compare(before: Assignment, after: Assignment) -> Comparison:
    """Who gains and who loses, by what each side wanted in `before`.

    Raises ValueError when the two are not about the same applicants and offers.
    """
    one, other = before.offer_of, after.offer_of
    if len(one) != len(other) or before.market.pairs.n_offers != after.market.pairs.n_offers:
        raise ValueError("both assignments must be about the same applicants and offers")
    differ = np.flatnonzero(one != other)
    moves = tuple(_move(before.market, int(i), int(one[i]), int(other[i])) for i in differ)
    offers = _offer_moves(before.market, moves)
    return Comparison(
        same=int(((one == other) & (one >= 0)).sum()),
        applicants=moves,
        offers=offers,
        applicants_gain=sum(move.gains > 0 for move in moves),
        applicants_lose=sum(move.gains < 0 for move in moves),
        offers_gain=sum(move.gains > 0 for move in offers),
        offers_lose=sum(move.gains < 0 for move in offers),
        places=int((other >= 0).sum() - (one >= 0).sum()),
    )


def after_withdrawal(
    assignment: Assignment, *, applicant: int | None = None, offer: int | None = None
) -> Comparison:
    """What moves when this applicant, this offer or both are taken out: an exact rerun, compared.

    A pin of theirs goes with them. Raises ValueError when neither is given.
    """
    if applicant is None and offer is None:
        raise ValueError("say who withdraws: an applicant, an offer or both")
    market = assignment.market
    capacities = market.capacities.copy()
    if offer is not None:
        capacities[offer] = 0
    stay = np.ones(len(market.pairs), dtype=bool)
    if applicant is not None:
        stay[slice(*market.pairs.span(applicant))] = False
    pins = tuple((i, j) for i, j in market.pins if i != applicant and j != offer)
    after = assign(
        market.pairs.only(stay),
        capacities,
        rules=replace(market.rules, pins=pins),
        method=assignment.method,
        solver=assignment.solver,
    )
    return compare(assignment, after)


def _move(market: Market, i: int, before: int, after: int) -> Move:
    gained = _worth(market, i, after, market.likes) - _worth(market, i, before, market.likes)
    return Move(i, before if before >= 0 else None, after if after >= 0 else None, _sign(gained))


def _worth(market: Market, i: int, j: int, values: Values) -> float:
    """What a pair is worth to one side: minus infinity for no place, NaN where it may not be made."""
    if j < 0:
        return -np.inf
    at = market.find(i, j)
    return float(values[at]) if at >= 0 else np.nan


def _sign(difference: float) -> int:
    return 0 if np.isnan(difference) else int(np.sign(difference))


def _offer_moves(market: Market, moves: tuple[Move, ...]) -> tuple[OfferMove, ...]:
    left: dict[int, list[int]] = {}
    came: dict[int, list[int]] = {}
    for move in moves:
        if move.before is not None:
            left.setdefault(move.before, []).append(move.applicant)
        if move.after is not None:
            came.setdefault(move.after, []).append(move.applicant)
    return tuple(
        OfferMove(j, tuple(left.get(j, ())), tuple(came.get(j, ())), _offer_gains(market, j, left, came))
        for j in sorted(left.keys() | came.keys())
    )


def _offer_gains(market: Market, j: int, left: dict[int, list[int]], came: dict[int, list[int]]) -> int:
    people, newcomers = left.get(j, []), came.get(j, [])
    if len(people) != len(newcomers):
        return 1 if len(newcomers) > len(people) else -1
    won = sum(_worth(market, i, j, market.wants) for i in newcomers)
    return _sign(won - sum(_worth(market, i, j, market.wants) for i in people))
