"""Stable assignment: applicant-proposing deferred acceptance in whole rounds, with soft reserves."""

from __future__ import annotations

import numpy as np

from matching.market import Integers, Market, Mask
from matching.pairs import Values


def deferred_acceptance(market: Market) -> Integers:
    """The applicant-optimal stable assignment of what is left after the pins, as places in its pairs.

    Gale and Shapley 1962, with many places an offer, everybody who is free proposing at once:

    1. Each applicant orders the offers allowed to them, most wanted first (ties: lower index).
    2. Each free applicant goes down their list to the first offer whose bar they reach.
    3. Each offer chooses among those it holds and those who came: reserve by reserve the protected
       applicants it wants most, then for all places left whomever it wants most (ties: lower index).
    4. Its bars rise to the least wanted it holds; who is let go is free again.
    5. When nobody can propose, what is held is final.

    That choice lets nobody back in because somebody else came, and never holds fewer because more
    came; so the result does not depend on the order of proposals, and no applicant can gain by
    listing offers in another order than their own (Hafalir, Yenmez and Yildirim 2013).
    """
    order = best_first(market.starts, market.likes)
    at, end = market.starts[:-1].copy(), market.starts[1:]
    bars = empty_bars(market)
    held = np.zeros(0, dtype=np.int64)
    free = np.flatnonzero(at < end)
    while len(free):
        bids = _bids(market, bars, order, at, free)
        touched = np.zeros(len(market.places), dtype=bool)
        touched[market.offer[bids]] = True
        meets = touched[market.offer[held]]
        contenders, stage = choose(market, np.concatenate([held[meets], bids]))
        kept = stage >= 0
        _raise_bars(market, bars, contenders[kept], stage[kept], np.flatnonzero(touched))
        held = np.concatenate([held[~meets], contenders[kept]])
        free = market.applicant[contenders[~kept]].astype(np.int64)
        free = free[at[free] < end[free]]
    return np.sort(held)


def best_first(starts: Integers, values: Values) -> Integers:
    """Order the entries of each segment best first, ties to the earlier entry.

    Segments of like length are sorted together as rows of one matrix, so padding at most doubles them.
    """
    lengths = np.diff(starts)
    order = np.empty(len(values), dtype=np.int64)
    classes = np.frexp(lengths)[1]
    for size in np.unique(classes[lengths > 0]):
        rows = np.flatnonzero(classes == size)
        across = np.arange(int(lengths[rows].max()))
        inside = across < lengths[rows, None]
        cells = np.minimum(starts[rows, None] + across, len(values) - 1)
        worth = np.where(inside, -values[cells], np.inf)
        ranked = np.argsort(worth, axis=1, kind="stable") + starts[rows, None]
        order[cells[inside]] = ranked[inside]
    return order


def choose(market: Market, pairs: Integers) -> tuple[Integers, Integers]:
    """Which of these pairs each offer keeps: the pairs, best first by offer, and the stage of each.

    The stage is the reserve whose seat it takes, the number of reserves for an open place, or -1.
    """
    ranked = pairs[np.lexsort((market.applicant[pairs], -market.wants[pairs], market.offer[pairs]))]
    offer, applicant = market.offer[ranked], market.applicant[ranked]
    first = np.searchsorted(offer, offer)
    stage = np.full(len(ranked), -1, dtype=np.int64)
    left = market.places.copy()
    for r, seats in enumerate(market.seats):
        _take(stage, r, market.protected[r, applicant], first, seats[offer])
        left -= np.bincount(offer[stage == r], minlength=len(left))
    _take(stage, len(market.seats), np.ones(len(ranked), dtype=bool), first, left[offer])
    return ranked, stage


def bars_of(market: Market, held: Integers) -> Values:
    """What an applicant must beat at each offer when it holds these pairs: (n_reserves + 1, n_offers).

    A row a reserve, for those it protects, and the last for everybody. Minus infinity while a place is
    free, infinity where there is none.
    """
    bars = empty_bars(market)
    ranked, stage = choose(market, held)
    _raise_bars(market, bars, ranked, stage, np.arange(len(market.places)))
    return bars


def bar_for(market: Market, bars: Values, pairs: Integers | slice) -> Values:
    """What the applicant of each of these pairs must beat at its offer: the lowest bar open to them."""
    offer, applicant = market.offer[pairs], market.applicant[pairs]
    lowest: Values = bars[-1, offer]
    for r, protected in enumerate(market.protected):
        lowest = np.where(protected[applicant], np.minimum(lowest, bars[r, offer]), lowest)
    return lowest


def empty_bars(market: Market) -> Values:
    """The bars before anybody is held."""
    room = np.vstack([market.seats, market.places - market.seats.sum(axis=0)])
    bars = np.where(room > 0, -np.inf, np.inf)
    bars[-1, market.places > 0] = -np.inf
    return bars


def _bids(market: Market, bars: Values, order: Integers, at: Integers, free: Integers) -> Integers:
    """The next pair of each free applicant who reaches a bar; `at` moves on past it."""
    end = market.starts[1:]
    bids = [np.zeros(0, dtype=np.int64)]
    while len(free):
        pair = order[at[free]]
        at[free] += 1
        reaches = market.wants[pair] >= bar_for(market, bars, pair)
        bids.append(pair[reaches])
        free = free[~reaches]
        free = free[at[free] < end[free]]
    return np.concatenate(bids)


def _take(stage: Integers, name: int, eligible: Mask, first: Integers, seats: Integers) -> None:
    """Give the seats of one stage to the first eligible pairs of each offer that have none yet."""
    waiting = eligible & (stage < 0)
    count = np.cumsum(waiting)
    before = np.concatenate([[0], count])[first]
    stage[waiting & (count - before <= seats)] = name


def _raise_bars(market: Market, bars: Values, held: Integers, stage: Integers, offers: Integers) -> None:
    """Set the bars of these offers from all they hold, which runs best first by offer."""
    offer = market.offer[held]
    n_held = np.bincount(offer, minlength=len(market.places))
    for s, row in enumerate(bars):
        at_stage = stage == s
        row[offers] = np.inf
        row[offer[at_stage]] = market.wants[held[at_stage]]  # the last, least wanted, stays
        if s < len(market.seats):
            filled = np.bincount(offer[at_stage], minlength=len(market.places))
            row[offers[filled[offers] < market.seats[s, offers]]] = -np.inf
    bars[-1, offers[n_held[offers] < market.places[offers]]] = -np.inf
