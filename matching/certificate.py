"""What an assignment achieves, in numbers that anybody can recompute from its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching.deferred_acceptance import bar_for, bars_of
from matching.market import Integers, Market, Mask
from matching.pairs import Values
from matching.quotas import QuotaResult

RANKS_SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Some of the applicants or of the offers whose share of the placements people want to see.

    Attributes:
        name: What people read, such as "small charities", "North East" or "outward".

        side: Which side `members` is about.

        members: bool (n_applicants,) or (n_offers,).
    """

    name: str
    side: Literal["applicant", "offer"]
    members: Mask


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Of all placements, how many are of this group; `size` counts its applicants or its places."""

    name: str
    side: str
    size: int
    placed: int
    share: float


@dataclass(frozen=True, slots=True)
class RankCounts:
    """How high on one side's lists the pairs stand.

    Attributes:
        first: How many got number 1, 2, ... 10 on their list of eligible pairs (equals share a number).

        lower: How many got one further down.

        mean: Mean number; None when there are no pairs.
    """

    first: tuple[int, ...]
    lower: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an assignment achieves.

    Attributes:
        matched, unmatched: Applicants with and without a place.

        total, mean, worst: Scores of the pairs; mean and worst are None when there are none. A pin
            without a score counts as matched and is left out of the three.

        applicant_ranks, host_ranks: How high the pairs stand on each side's lists, pins left out.

        blocking_pairs: Pairs who would both rather have each other, given the reserves.

        applicants_blocking: Applicants in at least one of them.

        stable: Whether there are none, among what the pins leave open ("stable given reserves").

        price_of_stability: Share of the highest possible total that this assignment gives up;
            None when nobody computed that total or it is 0.

        groups: Share of the placements of each group asked for.

        quotas: What each quota did.
    """

    matched: int
    unmatched: int
    total: float
    mean: float | None
    worst: float | None
    applicant_ranks: RankCounts
    host_ranks: RankCounts
    blocking_pairs: int
    applicants_blocking: int
    stable: bool
    price_of_stability: float | None
    groups: tuple[GroupShare, ...] = ()
    quotas: tuple[QuotaResult, ...] = ()


def certify(
    market: Market,
    held: Integers,
    *,
    groups: Sequence[Group] = (),
    quotas: tuple[QuotaResult, ...] = (),
    highest_total: float | None = None,
) -> Certificate:
    """The certificate of the pairs `held` (places in the market's pairs) together with the pins."""
    scores = scores_of(market, held)
    total = float(scores.sum())
    matched = len(held) + len(market.pins)
    bars = bars_of(market, held)
    blocking = blocking_pairs_of(market, held, bars)
    applicant_ranks, host_ranks = ranks_of(market, held)
    return Certificate(
        matched=matched,
        unmatched=market.pairs.n_applicants - matched,
        total=total,
        mean=float(scores.mean()) if len(scores) else None,
        worst=float(scores.min()) if len(scores) else None,
        applicant_ranks=_counts(applicant_ranks),
        host_ranks=_counts(host_ranks),
        blocking_pairs=len(blocking),
        applicants_blocking=len(np.unique(market.applicant[blocking])),
        stable=not len(blocking),
        price_of_stability=max(0.0, 1.0 - total / highest_total) if highest_total else None,
        groups=tuple(_share(market, held, group) for group in groups),
        quotas=quotas,
    )


def scores_of(market: Market, held: Integers) -> Values:
    """The scores of the pairs held and of the pins that have one."""
    pinned = [market.pairs.find(i, j) for i, j in market.pins]
    return np.concatenate([market.score[held], market.pairs.score[[at for at in pinned if at >= 0]]])


def blocking_pairs_of(market: Market, held: Integers, bars: Values | None = None) -> Integers:
    """Pairs that may be made and whose two sides would both rather have each other, as places in the pairs.

    An applicant would rather have an offer that they like strictly more than their own (or any, when
    unplaced). An offer would rather have an applicant who is strictly above the bar that its choice sets
    for them: a free place, a seat reserved for them that nobody protected has, or somebody it wants less.
    """
    rather = market.likes > own_of(market, held)[market.applicant]
    hopeful = np.flatnonzero(rather)
    bars = bars_of(market, held) if bars is None else bars
    return hopeful[market.wants[hopeful] > bar_for(market, bars, hopeful)]


def own_of(market: Market, held: Integers) -> Values:
    """How much each applicant likes what they have; minus infinity without a place."""
    own = np.full(market.pairs.n_applicants, -np.inf)
    own[market.applicant[held]] = market.likes[held]
    return own


def ranks_of(market: Market, held: Integers) -> tuple[Integers, Integers]:
    """Where each pair held stands on the applicant's list and on the host's, from 1.

    A list holds the pairs that may be made; equals share the better number.
    """
    better = market.likes > own_of(market, held)[market.applicant]
    of_applicant = np.bincount(market.applicant[better], minlength=market.pairs.n_applicants)
    return of_applicant[market.applicant[held]] + 1, _host_ranks(market, held)


def _host_ranks(market: Market, held: Integers) -> Integers:
    """Only pairs above the least wanted that each offer holds can move a rank, and they are few."""
    least = np.full(len(market.places), np.inf)
    np.minimum.at(least, market.offer[held], market.wants[held])
    above = np.flatnonzero(market.wants >= least[market.offer])
    above = above[np.lexsort((-market.wants[above], market.offer[above]))]
    offer, wants = market.offer[above], market.wants[above]
    new = np.r_[True, (offer[1:] != offer[:-1]) | (wants[1:] != wants[:-1])]
    at = np.maximum.accumulate(np.where(new[: len(above)], np.arange(len(above)), 0))
    rank = np.zeros(len(market.offer), dtype=np.int64)
    rank[above] = at - np.searchsorted(offer, offer) + 1
    return rank[held]


def _counts(ranks: Integers) -> RankCounts:
    first = np.bincount(ranks, minlength=RANKS_SHOWN + 1)[1 : RANKS_SHOWN + 1]
    return RankCounts(
        first=tuple(int(count) for count in first),
        lower=int((ranks > RANKS_SHOWN).sum()),
        mean=float(ranks.mean()) if len(ranks) else None,
    )


def _share(market: Market, held: Integers, group: Group) -> GroupShare:
    n = market.pairs.n_applicants if group.side == "applicant" else market.pairs.n_offers
    members = np.asarray(group.members, dtype=bool)
    if members.shape != (n,):
        raise ValueError(f"the group “{group.name}” must say of each {group.side} whether it is in it")
    side = 0 if group.side == "applicant" else 1
    ids = market.applicant[held] if side == 0 else market.offer[held]
    placed = int(members[ids].sum()) + sum(bool(members[pair[side]]) for pair in market.pins)
    size = int(members.sum()) if side == 0 else int(market.capacities[members].sum())
    everybody = len(held) + len(market.pins)
    return GroupShare(group.name, group.side, size, placed, placed / everybody if everybody else 0.0)
