"""Why somebody was not given an offer, by two facts that can be checked, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching.assignment import Assignment
from matching.certificate import own_of
from matching.deferred_acceptance import bar_for
from matching.market import Market
from matching.pairs import Values

Why = Literal[
    "nothing_eligible",
    "forbidden",
    "below_floor",
    "not_ranked",
    "no_place",
    "settled_by_pin",
    "below_cut_off",
    "reserved",
    "quota",
    "set_aside",
]

WORDS: dict[Why, str] = {
    "nothing_eligible": "There was no offer in this round that this person was eligible for.",
    "forbidden": "The programme ruled this pair out before the round.",
    "below_floor": "The score of this pair is below the lowest score of this round.",
    "not_ranked": "One side gave a list of its own and left the other off it.",
    "no_place": "The offer had no place in this round.",
    "settled_by_pin": "The places of this offer were settled before the round.",
    "below_cut_off": "Every place went to somebody the host’s priority puts ahead.",
    "reserved": "The host’s priority puts this person ahead of somebody placed there, who has a reserved place.",
    "quota": "The host would have had this person, but a share asked for in this round counted against it.",
    "set_aside": "The host would have had this person, but placing others there served the whole round better.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one applicant is not at one offer that they would rather have.

    Attributes:
        applicant, offer: The pair; offer is None where no offer was eligible at all.

        why, words: The reason, as a code and as a sentence.

        own: The applicant's host priority at that offer.

        cut_off: What had to be beaten there; None where a place stayed free, or none was open to them.

        short_by: How far they are from it: more than this many points are needed. None where the host's
            own ranking decides and where no points would help.

        ahead: How many of those placed there the host's priority puts ahead of this person.
    """

    applicant: int
    offer: int | None
    why: Why
    words: str
    own: float | None = None
    cut_off: float | None = None
    short_by: float | None = None
    ahead: int | None = None


@dataclass(frozen=True, slots=True)
class NextInLine:
    """Somebody who would rather have an offer than what they have, in the order the host would take them."""

    applicant: int
    priority: float
    placed_at: int | None


def refusals(
    assignment: Assignment, applicants: Iterable[int] | None = None
) -> dict[int, tuple[Refusal, ...]]:
    """For each applicant (all without a place by default), a reason for each offer they would rather have.

    Most wanted first, then the pairs that could not be made at all. Empty for a pinned applicant and
    for one who has what they wanted most. Nobody without a place is without a reason.
    """
    market = assignment.market
    if applicants is None:
        applicants = np.flatnonzero(assignment.offer_of < 0).tolist()
    bars, own = assignment.cut_offs, own_of(market, assignment.held)
    pinned = {i for i, _ in market.pins}
    return {i: () if i in pinned else _refusals(assignment, i, own[i], bars) for i in applicants}


def next_in_line(assignment: Assignment, offer: int, most: int = 5) -> tuple[NextInLine, ...]:
    """The reserve list of an offer: who would rather be there, first those whom the host wants most.

    Reserves are left out of the order. What a withdrawal really moves is `after_withdrawal`.
    """
    market = assignment.market
    own, offers = own_of(market, assignment.held), assignment.offer_of
    there = np.flatnonzero(market.offer == offer)
    there = there[market.likes[there] > own[market.applicant[there]]]
    there = there[np.lexsort((market.applicant[there], -market.wants[there]))][:most]
    people = market.applicant[there].tolist()
    return tuple(
        NextInLine(i, float(wants), int(offers[i]) if offers[i] >= 0 else None)
        for i, wants in zip(people, market.wants[there], strict=True)
    )


def _refusals(assignment: Assignment, i: int, own: float, bars: Values) -> tuple[Refusal, ...]:
    market = assignment.market
    mine = np.arange(market.starts[i], market.starts[i + 1])
    rather = mine[market.likes[mine] > own]
    rather = rather[np.argsort(-market.likes[rather], kind="stable")]
    found = [_at_the_bar(assignment, int(pair), bars) for pair in rather]
    found += [] if np.isfinite(own) else _never_made(market, i)
    if not found and not np.isfinite(own):
        return (Refusal(i, None, "nothing_eligible", WORDS["nothing_eligible"]),)
    return tuple(found)


def _never_made(market: Market, i: int) -> list[Refusal]:
    """The eligible pairs of an applicant that the rules took out before the round."""
    first, last = market.pairs.span(i)
    kept = set(market.kept[market.starts[i] : market.starts[i + 1]].tolist())
    forbidden = {j for a, j in market.rules.forbids if a == i}
    found = []
    for at in range(first, last):
        if at in kept:
            continue
        j, floor = int(market.pairs.offer[at]), market.rules.floor
        why: Why = "not_ranked"
        if j in forbidden:
            why = "forbidden"
        elif floor is not None and market.pairs.score[at] < floor:
            why = "below_floor"
        found.append(Refusal(i, j, why, WORDS[why]))
    return found


def _at_the_bar(assignment: Assignment, pair: int, bars: Values) -> Refusal:
    market = assignment.market
    i, j, own = int(market.applicant[pair]), int(market.offer[pair]), float(market.wants[pair])
    if not market.places[j]:
        why: Why = "settled_by_pin" if market.capacities[j] else "no_place"
        return Refusal(i, j, why, WORDS[why], own)
    bar = float(bar_for(market, bars, np.array([pair]))[0])
    there = assignment.held[market.offer[assignment.held] == j]
    ahead = int((market.wants[there] > own).sum())
    cut_off = bar if np.isfinite(bar) else None
    if own > bar:
        why = "quota" if _outside_a_quota(assignment, j) else "set_aside"
        return Refusal(i, j, why, WORDS[why], own, cut_off, ahead=ahead)
    held_back = cut_off is None or own > market.wants[there].min()
    why = "reserved" if held_back else "below_cut_off"
    points = None if market.pairs.host_ranks is not None or cut_off is None else bar - own
    return Refusal(i, j, why, WORDS[why], own, cut_off, points, ahead)


def _outside_a_quota(assignment: Assignment, offer: int) -> bool:
    by_name = {quota.name: quota for quota in assignment.market.rules.quotas}
    return any(
        result.bonus > 0 and not by_name[result.name].offers[offer]
        for result in assignment.certificate.quotas
    )
