"""From one stored round to another: which pairs differ, who gains and who loses.

Reads only what the rounds stored, so what was shown once is shown again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from db.models.rounds import Proposal


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two rounds, by reference.

    ``only_first`` and ``only_second`` are pairs of (applicant, offer). A person gains with a place where they
    had none, or with an offer further up their own list. An offer gains with more people, or with as many
    who together stand further up its list.
    """

    both: int
    only_first: tuple[tuple[str, str], ...]
    only_second: tuple[tuple[str, str], ...]
    applicants_gain: tuple[str, ...]
    applicants_lose: tuple[str, ...]
    offers_gain: tuple[str, ...]
    offers_lose: tuple[str, ...]


def compare(first: Iterable[Proposal], second: Iterable[Proposal]) -> Comparison:
    """The comparison of the proposals of two rounds."""
    before, after = list(first), list(second)
    one, other = ({(p.applicant.ref, p.offer.ref) for p in side} for side in (before, after))
    people = _changes(
        *({p.applicant.ref: (1, -p.rank_for_applicant) for p in side} for side in (before, after))
    )
    offers = _changes(_by_offer(before), _by_offer(after))
    return Comparison(
        both=len(one & other),
        only_first=tuple(sorted(one - other)),
        only_second=tuple(sorted(other - one)),
        applicants_gain=people[0],
        applicants_lose=people[1],
        offers_gain=offers[0],
        offers_lose=offers[1],
    )


Standing = dict[str, tuple[int, int]]


def _by_offer(proposals: list[Proposal]) -> Standing:
    standing: Standing = {}
    for proposal in proposals:
        people, ranks = standing.get(proposal.offer.ref, (0, 0))
        standing[proposal.offer.ref] = (people + 1, ranks - proposal.rank_for_offer)
    return standing


def _changes(before: Standing, after: Standing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    nothing = (0, 0)
    refs = sorted(before.keys() | after.keys())
    gain = tuple(ref for ref in refs if after.get(ref, nothing) > before.get(ref, nothing))
    return gain, tuple(ref for ref in refs if after.get(ref, nothing) < before.get(ref, nothing))
