"""Who could go where in a matching round: the pairs on anybody's list, the places, and the manager's rules."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

import matching
from db.models.rounds import Proposal
from programme import round_groups
from programme.encoding import Catalogue
from programme.errors import Invalid
from programme.reference import rule_number

PAIR_SIZE = 2


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """How to run a round.

    ``direction`` limits the cohort to one direction. ``floor`` is the lowest score to propose (0 to 100).
    ``pins`` are kept whatever happens, ``forbids`` never proposed: pairs of (applicant ref, offer ref).
    ``reserves`` are (group, places of each offer that its people have first), ``quotas`` (group, least share
    of all placements at its offers): see ``programme.round_groups``. Reserves are kept by the stable method,
    quotas by the one with the most total fit. ``seed`` is stored with the result; no method draws from it.
    """

    name: str
    direction: str | None = None
    method: str = "stable"
    floor: float | None = None
    seed: int = 0
    pins: tuple[tuple[str, str], ...] = ()
    forbids: tuple[tuple[str, str], ...] = ()
    reserves: tuple[tuple[str, int], ...] = ()
    quotas: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """What an assignment is made from, in the rows of the catalogue."""

    pairs: matching.Pairs
    places: np.ndarray
    rules: matching.Rules
    directions: list[str]
    groups: list[matching.Group]

    def assigned(self, method: str) -> matching.Assignment:
        """The assignment by one method, with the price of stability."""
        best = matching.assign(self.pairs, self.places, rules=self.rules, method="most_total_fit")
        return matching.assign(
            self.pairs,
            self.places,
            rules=self.rules,
            method=method,
            groups=self.groups,
            directions=self.directions,
            highest_total=best.certificate.total,
        )

    def scenarios(self) -> dict[str, matching.Assignment]:
        """The assignment by every method."""
        return matching.scenarios(
            self.pairs, self.places, rules=self.rules, groups=self.groups, directions=self.directions
        )


def cohort(session: Session, catalogue: Catalogue, settings: RoundSettings) -> Cohort:
    """Everybody who could be part of a round with these settings.

    Raises Invalid for a floor, pair, reserve or quota that cannot be used.
    """
    if settings.floor is not None and not 0 <= settings.floor <= 100:
        raise Invalid("The lowest score must be between 0 and 100.", field="floor")
    included = np.ones(len(catalogue.offers), dtype=bool)
    if settings.direction is not None:
        included = catalogue.offers.outward == (settings.direction == "outward")
    return Cohort(
        pairs=matching.listed_pairs(
            catalogue.encoder,
            catalogue.applicants,
            catalogue.offers,
            k=int(rule_number(session, "round.list_length")),
            offers_in=included,
        ),
        places=catalogue.offers.capacity_left,
        rules=matching.Rules(
            pins=_pairs(catalogue, settings.pins, "pins"),
            forbids=_pairs(catalogue, settings.forbids, "forbids"),
            floor=settings.floor,
            reserves=round_groups.reserves(session, catalogue, settings.reserves),
            quotas=round_groups.quotas(session, catalogue, settings.quotas),
        ),
        directions=catalogue.offer_directions(),
        groups=round_groups.watched(session, catalogue),
    )


def proposals(catalogue: Catalogue, found: Cohort, made: matching.Assignment) -> list[Proposal]:
    """The pairs of an assignment as rows, each with its scores, parts and place on both lists.

    A place is exact up to the length of the lists; further down it is at least that.
    """
    people, offers = np.array(made.pairs, dtype=np.int64).reshape(-1, PAIR_SIZE).T
    parts = matching.parts_of_pairs(
        catalogue.encoder, catalogue.encoded_applicants, catalogue.encoded_offers, people, offers
    )
    return [
        _proposal(catalogue, found.pairs, i, j, points)
        for i, j, points in zip(people.tolist(), offers.tolist(), parts.T.tolist(), strict=True)
    ]


def _proposal(catalogue: Catalogue, pairs: matching.Pairs, i: int, j: int, points: list[float]) -> Proposal:
    score = sum(points)
    at = pairs.find(i, j)
    first, last = pairs.span(i)
    return Proposal(
        applicant_id=int(catalogue.applicant_ids[i]),
        offer_id=int(catalogue.offer_ids[j]),
        score=score,
        host_score=None if at < 0 else float(pairs.host_score[at]),
        applicant_score=None if at < 0 else float(pairs.applicant_score[at]),
        parts=dict(zip(matching.PART_NAMES, points, strict=True)),
        rank_for_applicant=_rank(pairs.score[first:last], score),
        rank_for_offer=_rank(pairs.score[pairs.offer == j], score),
    )


def _rank(scores: np.ndarray, score: float) -> int:
    return int((scores > score + 1e-9).sum()) + 1


def _pairs(
    catalogue: Catalogue, pairs: tuple[tuple[str, str], ...], field: str
) -> tuple[tuple[int, int], ...]:
    rows = {ref: i for i, ref in enumerate(catalogue.applicant_refs)}
    columns = {ref: j for j, ref in enumerate(catalogue.offer_refs)}
    for pair in pairs:
        if len(pair) != PAIR_SIZE or pair[0] not in rows or pair[1] not in columns:
            raise Invalid(
                f"{' and '.join(pair)} cannot be used: name a person who is looking and an offer that is open.",
                field=field,
            )
    return tuple((rows[a], columns[o]) for a, o in pairs)
