"""Share quotas by bonus points: how many more points must a place count, so that the share is met."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.market import Integers, Market, Quota
from matching.pairs import Values
from matching.total_fit import Solver, cheapest

SOLVES = 14
"""Most solves that the search for one quota may take, after the one without it."""


@dataclass(frozen=True, slots=True)
class QuotaResult:
    """What one quota did.

    Attributes:
        name, at_least: As asked.

        share: Share of all placements reached; 0 when there are none.

        met: Whether that is enough.

        bonus: How many points more a place counted than a place outside the quota.

        places_lost, points_lost: Against the assignment with only the quotas before this one.

        words: The bonus in a sentence.
    """

    name: str
    at_least: float
    share: float
    met: bool
    bonus: float
    places_lost: int
    points_lost: float
    words: str


@dataclass(frozen=True, slots=True)
class _Point:
    """One answer on the way: its bonus, its total score and its distance from the quota in places."""

    bonus: float
    held: Integers
    total: float
    beyond: float


def most_total_fit_with_quotas(
    market: Market, solver: Solver = "auto"
) -> tuple[Integers, tuple[QuotaResult, ...]]:
    """The pairs with the highest total among those that meet the quotas, and what each quota did.

    One Lagrange multiplier (the bonus) a quota, met in the order given. With bonus b and share s a
    place inside counts (1 - s) b points more and one outside s b fewer, so a quota is also met by
    placing fewer outside it. Each answer is a line in b; the next bonus to try is where the lines of
    the nearest answers on either side meet. Where two neighbours are left, one beyond the quota and one
    short of it, the second gives up its least pairs outside; the higher total of the two is taken.
    """
    worth = market.score.astype(np.float64, copy=False)
    held = cheapest(market, -worth, np.zeros(market.pairs.n_applicants), solver)
    steps = []
    for quota in market.rules.quotas:
        point = _meet(market, quota, worth, held, solver)
        steps.append((quota, point, held))
        worth, held = worth + point.bonus * _shift(market, quota), point.held
    return held, tuple(_result(market, quota, point, before, held) for quota, point, before in steps)


def _meet(market: Market, quota: Quota, worth: Values, held: Integers, solver: Solver) -> _Point:
    """The least bonus with which the quota is met, or the best that can be done."""

    def at(bonus: float) -> _Point:
        cost = -(worth + bonus * _shift(market, quota))
        pairs = cheapest(market, cost, np.zeros(market.pairs.n_applicants), solver)
        return _point(market, quota, worth, bonus, pairs)

    low = _point(market, quota, worth, 0.0, held)
    if low.beyond >= -1e-9:
        return low
    high = at(_enough(worth, quota))
    for _ in range(SOLVES - 1):
        if high.beyond < -1e-9:
            return high
        meet = (low.total - high.total) / (high.beyond - low.beyond)
        found = at(meet)
        if _same(found, low) or _same(found, high):
            high = replace(high, bonus=meet)  # both sides of the quota are best there
            break
        low, high = (low, found) if found.beyond >= -1e-9 else (found, high)
    fewer = _trim(market, quota, worth, low)
    return fewer if fewer is not None and fewer.total > high.total else high


def _trim(market: Market, quota: Quota, worth: Values, low: _Point) -> _Point | None:
    """The answer just short of the quota without its least pairs outside, as many as it takes."""
    inside, everybody = _counts(market, quota, low.held)
    outside = low.held[~quota.offers[market.offer[low.held]]]
    too_many = int(np.ceil(everybody - inside / quota.at_least - 1e-9))
    if too_many > len(outside):
        return None
    dropped = outside[np.argsort(worth[outside], kind="stable")[:too_many]]
    held = np.setdiff1d(low.held, dropped)
    return _point(market, quota, worth, low.bonus, held)


def _enough(worth: Values, quota: Quota) -> float:
    """A bonus with which no place outside the quota is worth filling."""
    return float(np.abs(worth).max(initial=0.0)) / max(quota.at_least, 0.01) + 1.0


def _shift(market: Market, quota: Quota) -> Values:
    return np.where(quota.offers[market.offer], 1.0, 0.0) - quota.at_least


def _point(market: Market, quota: Quota, worth: Values, bonus: float, held: Integers) -> _Point:
    inside, everybody = _counts(market, quota, held)
    return _Point(bonus, held, float(worth[held].sum()), inside - quota.at_least * everybody)


def _counts(market: Market, quota: Quota, held: Integers) -> tuple[int, int]:
    """Placements inside the quota and in all, pins included."""
    pinned = sum(bool(quota.offers[j]) for _, j in market.pins)
    return int(quota.offers[market.offer[held]].sum()) + pinned, len(held) + len(market.pins)


def _same(one: _Point, other: _Point) -> bool:
    return one.beyond == other.beyond and bool(np.isclose(one.total, other.total, rtol=0, atol=1e-6))


def _result(market: Market, quota: Quota, point: _Point, before: Integers, final: Integers) -> QuotaResult:
    inside, everybody = _counts(market, quota, final)
    words = f"“{quota.name}” was met without a bonus."
    if point.bonus > 0:
        words = f"In this round a place of “{quota.name}” counted {point.bonus:.1f} points more than another place."
    return QuotaResult(
        name=quota.name,
        at_least=quota.at_least,
        share=inside / everybody if everybody else 0.0,
        met=inside >= quota.at_least * everybody - 1e-9,
        bonus=point.bonus,
        places_lost=len(before) - len(point.held),
        points_lost=float(market.score[before].sum() - market.score[point.held].sum()),
        words=words,
    )
