"""Stable assignment: applicant-proposing deferred acceptance, and the check that it is stable."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappush, heapreplace

import numpy as np

from matching.factors import Floats
from matching.market import Market, Pair, held_by_offer


def deferred_acceptance(market: Market) -> list[Pair]:
    """Pairs of the applicant-optimal stable assignment of what is left after the pins.

    Gale and Shapley 1962, in the form with many places an offer:

    1. Each applicant `i` lists the offers allowed to them, most wanted first (ties: lower index).
    2. While some applicant is free and has offers left on their list, they propose to the next, `j`.
    3. If `j` has a free place, it holds `i`.
    4. Otherwise, if `j` wants `i` more than the least wanted applicant `h` it holds (ties: lower
       index), it holds `i` instead and `h` becomes free.
    5. Otherwise `i` stays free.
    6. When nobody can propose, what is held is final.

    The result does not depend on the order of proposals, and no applicant can gain by listing
    offers in another order than their own.
    """
    lists = [_best_first(market.likes[i], market.allowed[i]) for i in range(len(market.likes))]
    position = [0] * len(lists)
    held: list[list[tuple[float, int]]] = [[] for _ in market.capacities]
    free = list(range(len(lists)))
    while free:
        i = free.pop()
        while position[i] < len(lists[i]):
            j = lists[i][position[i]]
            position[i] += 1
            bid = (float(market.wants[i, j]), -i)
            if len(held[j]) < market.capacities[j]:
                heappush(held[j], bid)
                break
            if held[j] and bid > held[j][0]:
                _, minus = heapreplace(held[j], bid)
                free.append(-minus)
                break
    return sorted((-minus, j) for j, bids in enumerate(held) for _, minus in bids)


def blocking_pairs_of(market: Market, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Allowed pairs who would both rather have each other than what `pairs` gives them.

    An applicant would rather have an offer that they like strictly more than their own place (or
    any, when unplaced). An offer would rather have an applicant when it has a free place, or wants
    them strictly more than somebody it holds. Pinned people and places stand outside.
    """
    n_applicants = len(market.likes)
    pinned = set(market.pins)
    open_pairs = [pair for pair in pairs if pair not in pinned]
    own = np.full(n_applicants, -np.inf)
    placed = np.zeros(n_applicants, dtype=bool)
    for i, j in open_pairs:
        own[i], placed[i] = market.likes[i, j], True
    rather = ~placed[:, None] | (market.likes > own[:, None])
    welcome = market.wants > cut_offs(market, open_pairs)
    for i, j in open_pairs:
        rather[i, j] = False
    blocked = np.argwhere(market.allowed & rather & welcome)
    return tuple((int(i), int(j)) for i, j in blocked)


def cut_offs(market: Market, open_pairs: Sequence[Pair]) -> Floats:
    """For each offer what an applicant must beat: the least wanted it holds.

    Minus infinity while a place is free, infinity where there is no place at all.
    """
    bars = np.full(len(market.capacities), -np.inf)
    for j, held in enumerate(held_by_offer(open_pairs, len(bars))):
        if len(held) >= market.capacities[j]:
            bars[j] = min((float(market.wants[i, j]) for i in held), default=np.inf)
    return bars


def _best_first(likes: Floats, allowed: Floats) -> list[int]:
    offers = np.flatnonzero(allowed)
    order: list[int] = offers[np.argsort(-likes[offers], kind="stable")].tolist()
    return order
