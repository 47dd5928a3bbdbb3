"""Assignment of a whole cohort: pairs, a certificate that anybody can check, and reasons.

Two methods. `stable` leaves no applicant and offer who would both rather have each other.
`most_total_fit` has the highest sum of scores. Neither decides anything: people approve pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from matching.market import Market, Pair, make_market
from matching.stable import blocking_pairs_of, cut_offs, deferred_acceptance
from matching.total_fit import most_total_fit

METHODS: dict[str, Callable[[Market], list[Pair]]] = {
    "stable": deferred_acceptance,
    "most_total_fit": most_total_fit,
}

Why = Literal[
    "nothing_eligible", "all_forbidden", "below_floor", "no_place", "others_ranked_higher", "set_aside"
]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an assignment achieves; every number can be recomputed from the inputs.

    Attributes:
        matched, unmatched: Applicants with and without a place.

        total, mean, worst: Scores of the pairs; mean and worst are None when there are none. A pin
            without a score counts as matched and is left out of the three.

        blocking_pairs: Pairs who would both rather have each other.

        applicants_blocking: Applicants in at least one of them.

        stable: Whether there are none, among what the pins leave open.

        price_of_stability: Share of the highest possible total that this assignment gives up;
            None when it was not computed or that total is 0.
    """

    matched: int
    unmatched: int
    total: float
    mean: float | None
    worst: float | None
    blocking_pairs: int
    applicants_blocking: int
    stable: bool
    price_of_stability: float | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Pairs (applicant, offer) sorted by applicant, pins included, with their certificate."""

    pairs: tuple[Pair, ...]
    method: str
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why one applicant has no place, by two facts that can be checked.

    `offer` is the offer they wanted most among those allowed, `own` what that offer gives them,
    `cut_off` the least wanted applicant it holds. All three are None where no offer was allowed.
    """

    applicant: int
    why: Why
    words: str
    offer: int | None = None
    own: float | None = None
    cut_off: float | None = None


def assign(
    scores: ArrayLike,
    capacities: ArrayLike,
    *,
    applicant_priorities: ArrayLike | None = None,
    offer_priorities: ArrayLike | None = None,
    pins: Iterable[Pair] = (),
    forbids: Iterable[Pair] = (),
    floor: float | None = None,
    method: str = "stable",
    with_price: bool = True,
) -> Assignment:
    """Assign applicants to offers, each applicant at most once and no offer beyond its capacity.

    `scores` is (n_applicants, n_offers), with minus infinity or NaN for a pair that is not eligible;
    priorities have the same shape and default to the scores. `pins` are settled first and take their
    places, `forbids` are never made, nor is an open pair with a score below `floor`. The same inputs
    always give the same pairs. `with_price` also solves for the highest total, to print the price.

    Raises ValueError for a method that does not exist and for inputs that contradict each other.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}")
    market = make_market(
        scores,
        capacities,
        applicant_priorities=applicant_priorities,
        offer_priorities=offer_priorities,
        pins=pins,
        forbids=forbids,
        floor=floor,
    )
    pairs = tuple(sorted([*market.pins, *METHODS[method](market)]))
    best = None
    if with_price:
        best = pairs if method == "most_total_fit" else [*market.pins, *most_total_fit(market)]
    return Assignment(pairs, method, _certificate(market, pairs, best))


def blocking_pairs(
    scores: ArrayLike,
    capacities: ArrayLike,
    pairs: Sequence[Pair],
    *,
    applicant_priorities: ArrayLike | None = None,
    offer_priorities: ArrayLike | None = None,
    pins: Iterable[Pair] = (),
    forbids: Iterable[Pair] = (),
    floor: float | None = None,
) -> tuple[Pair, ...]:
    """Pairs who would both rather have each other than what `pairs` gives them, sorted.

    Takes the inputs of `assign`; pinned applicants and the places they take stand outside.
    """
    market = make_market(
        scores,
        capacities,
        applicant_priorities=applicant_priorities,
        offer_priorities=offer_priorities,
        pins=pins,
        forbids=forbids,
        floor=floor,
    )
    return blocking_pairs_of(market, pairs)


def why_unmatched(
    scores: ArrayLike,
    capacities: ArrayLike,
    pairs: Sequence[Pair],
    *,
    applicant_priorities: ArrayLike | None = None,
    offer_priorities: ArrayLike | None = None,
    pins: Iterable[Pair] = (),
    forbids: Iterable[Pair] = (),
    floor: float | None = None,
) -> tuple[Unmatched, ...]:
    """A reason for each applicant without a place, in the order of applicants.

    After a stable assignment the reason is never `set_aside`: each offer that an unmatched applicant
    was allowed is full of people it wants at least as much.
    """
    market = make_market(
        scores,
        capacities,
        applicant_priorities=applicant_priorities,
        offer_priorities=offer_priorities,
        pins=pins,
        forbids=forbids,
        floor=floor,
    )
    placed = {i for i, _ in pairs}
    bars = cut_offs(market, [pair for pair in pairs if pair not in set(market.pins)])
    unplaced = [i for i in range(len(market.scores)) if i not in placed]
    return tuple(_reason(market, i, bars.tolist()) for i in unplaced)


def _reason(market: Market, i: int, bars: list[float]) -> Unmatched:
    if not market.eligible[i].any():
        return Unmatched(i, "nothing_eligible", "You were eligible for none of the offers in this round.")
    open_to = market.eligible[i] & ~market.forbidden[i]
    if not open_to.any():
        return Unmatched(i, "all_forbidden", "Every offer you were eligible for was ruled out for you.")
    allowed = np.flatnonzero(market.allowed[i])
    if not len(allowed):
        return Unmatched(i, "below_floor", "Every offer open to you scored below the floor of this round.")
    with_places = [j for j in allowed.tolist() if market.capacities[j] > 0]
    if not with_places:
        return Unmatched(i, "no_place", "Every offer open to you had its places settled before this round.")
    passed_over = [j for j in with_places if market.wants[i, j] > bars[j]]
    best = max(passed_over or with_places, key=lambda j: (market.likes[i, j], -j))
    own, bar = float(market.wants[i, best]), bars[best]
    if not passed_over:
        words = (
            f"All places on the offer you fit best went to others: the lowest of them had {bar:.1f} "
            f"and you had {own:.1f}. The same is true of every other offer open to you."
        )
        return Unmatched(i, "others_ranked_higher", words, best, own, bar)
    words = "An offer would have had you, but placing others there gave a higher total for everybody."
    return Unmatched(i, "set_aside", words, best, own, bar if np.isfinite(bar) else None)


def _total(market: Market, pairs: Sequence[Pair]) -> list[float]:
    return [float(market.scores[i, j]) for i, j in pairs if market.eligible[i, j]]


def _certificate(market: Market, pairs: Sequence[Pair], best: Sequence[Pair] | None) -> Certificate:
    values = _total(market, pairs)
    total = float(np.sum(values))
    blocked = blocking_pairs_of(market, pairs)
    highest = float(np.sum(_total(market, best))) if best is not None else 0.0
    return Certificate(
        matched=len(pairs),
        unmatched=len(market.scores) - len(pairs),
        total=total,
        mean=total / len(values) if values else None,
        worst=min(values) if values else None,
        blocking_pairs=len(blocked),
        applicants_blocking=len({i for i, _ in blocked}),
        stable=not blocked,
        price_of_stability=max(0.0, 1.0 - total / highest) if highest > 0 else None,
    )
