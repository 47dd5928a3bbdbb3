"""Assignment that lifts the lowest fits first: leximin, counted in bands of score."""

from __future__ import annotations

import numpy as np

from matching.market import Integers, Market
from matching.pairs import Values
from matching.total_fit import Solver, cheapest

EXACT = 2**46
"""Sums of whole costs up to here are exact in both solvers, OR-tools' own units included."""


def worst_served_first(market: Market, solver: Solver = "auto") -> Integers:
    """As many people placed as can be; of those ways, the lowest fits as high as can be.

    The exact promise, where a band is the whole part of score / `rules.band`: no assignment places more
    people; of those that place as many, none has fewer people in the lowest band; of those, none has
    fewer in the next, and so on (leximin over the bands). Of those, this one has the highest total.

    1. Level 0 is "no place", then come the bands that exist, lowest first.
    2. A solve minimises the people in a few levels at once: one in a lower level weighs more than
       everybody in the levels above it. Few, so that the costs stay whole and exact.
    3. The prices of its optimum (`_prices`) tell which pairs some optimum uses and which offers all
       of them fill. Leaving that costs a penalty larger than all that follows, so that what is
       reached stays reached, and 2 goes on with the next levels.
    """
    n = market.pairs.n_applicants
    bands, level = np.unique(np.floor_divide(market.score, market.rules.band), return_inverse=True)
    level = level + 1
    base = float(n + 2)
    at_once = max(1, int(np.log(EXACT) / np.log(base)) - 2)
    penalty: Values = np.zeros(len(level))
    absent: Values = np.zeros(n)
    held = np.zeros(0, dtype=np.int64)
    for first in range(0, len(bands) + 1, at_once):
        weight = base ** np.arange(at_once)[::-1]
        top = base**at_once
        cost = top * penalty + _weights(weight, level - first)
        unplaced = top * absent + _weights(weight, np.full(n, -first))
        held = cheapest(market, cost, unplaced, solver)
        penalty, absent = _stay(market, held, cost, unplaced)
    top = 2.0 * float(np.abs(market.score).max(initial=0.0)) * base
    return cheapest(market, top * penalty - market.score, top * absent, solver)


def _weights(weight: Values, level: Integers) -> Values:
    inside = (level >= 0) & (level < len(weight))
    return np.where(inside, weight[np.clip(level, 0, len(weight) - 1)], 0.0)


def _stay(market: Market, held: Integers, cost: Values, unplaced: Values) -> tuple[Values, Values]:
    """Penalties that are least, over all assignments, exactly where the cost is least.

    By complementary slackness: a pair or "no place" that is dearer than the applicant's best at the
    prices is in no optimum (+1), and an offer with a price is full in every one (-1 a place filled).
    """
    price, best = _prices(market, held, cost, unplaced)
    full = price > 0
    dearer = cost + price[market.offer] > best[market.applicant]
    return dearer.astype(np.float64) - full[market.offer], (unplaced > best).astype(np.float64)


def _prices(market: Market, held: Integers, cost: Values, unplaced: Values) -> tuple[Values, Values]:
    """The lowest prices of a place at which everybody has their best, and what each then pays.

    A price rises until nobody would rather be there than where they are; it ends because the pairs
    are the cheapest that can be (Bellman and Ford on the alternating paths).
    """
    price = np.zeros(len(market.places))
    by_offer = np.argsort(market.offer, kind="stable")
    offers, begins = np.unique(market.offer[by_offer], return_index=True)
    while True:
        best = unplaced.astype(np.float64)
        best[market.applicant[held]] = cost[held] + price[market.offer[held]]
        if not len(by_offer):
            return price, best
        wanted = np.maximum.reduceat((best[market.applicant] - cost)[by_offer], begins)
        if not (wanted > price[offers]).any():
            return price, best
        price[offers] = np.maximum(price[offers], wanted)
