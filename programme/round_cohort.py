"""From the settings of a round to what the assignment reads: pairs, places, rules and groups."""

from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

import matching
from db.models.rounds import Proposal
from programme import reference, round_groups
from programme.encoding import Catalogue
from programme.errors import Invalid

PAIR_SIZE = 2


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """How to run a round.

    ``direction`` limits the cohort to one direction. ``floor`` is the lowest score to propose (0 to 100).
    ``small_charity_share`` is the least share of all placements (0 to 1) that small charities host, which the
    method with the most total fit keeps; ``small_charity_places`` is how many places of each offer go first to
    people from small charities, which the stable method keeps; ``reserved`` the same for other groups, as
    (code, places), see ``round_groups.protected``.
    ``pins`` are kept whatever happens, ``forbids`` never proposed: pairs of (applicant ref, offer ref).
    ``seed`` is stored with the result; the methods are deterministic and do not draw from it.
    """

    name: str
    direction: str | None = None
    method: str = "stable"
    floor: float | None = None
    seed: int = 0
    small_charity_share: float | None = None
    small_charity_places: int = 0
    reserved: tuple[tuple[str, int], ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    forbids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """What an assignment is made from, in the rows of the catalogue."""

    pairs: matching.Pairs
    places: np.ndarray
    rules: matching.Rules
    groups: tuple[matching.Group, ...]
    directions: list[str]

    def highest_total(self) -> float:
        """The highest total score of any assignment, whatever shares were asked for."""
        free = replace(self.rules, quotas=())
        best = matching.assign(self.pairs, self.places, rules=free, method="most_total_fit")
        return best.certificate.total


def cohort(session: Session, catalogue: Catalogue, settings: RoundSettings) -> Cohort:
    """What the settings make of the catalogue. Raises Invalid for a pair, floor or share that cannot be used."""
    if settings.floor is not None and not 0 <= settings.floor <= 100:
        raise Invalid("The lowest score must be between 0 and 100.", field="floor")
    if settings.small_charity_share is not None and not 0 <= settings.small_charity_share <= 1:
        raise Invalid("A share must be between 0% and 100%.", field="small_charity_share")
    included = np.ones(len(catalogue.offers), dtype=bool)
    if settings.direction is not None:
        included = catalogue.offers.outward == (settings.direction == "outward")
    small = round_groups.small_charities(session)
    return Cohort(
        pairs=matching.listed_pairs(
            catalogue.encoder,
            catalogue.applicants,
            catalogue.offers,
            k=int(reference.rule_number(session, "round.list_length")),
            offers_in=included,
        ),
        places=catalogue.offers.capacity_left,
        rules=matching.Rules(
            pins=_pairs(catalogue, settings.pins, "pins"),
            forbids=_pairs(catalogue, settings.forbids, "forbids"),
            floor=settings.floor,
            reserves=_reserves(session, catalogue, settings, small),
            quotas=_quotas(catalogue, settings, small),
            band=reference.rule_number(session, "round.fit_band_points"),
        ),
        groups=round_groups.groups(catalogue, small),
        directions=catalogue.offer_directions(),
    )


def _reserves(
    session: Session, catalogue: Catalogue, settings: RoundSettings, small: frozenset[str]
) -> tuple[matching.Reserve, ...]:
    found = []
    if settings.small_charity_places > 0:
        theirs = round_groups.of_organisations(catalogue.applicants, small)
        found.append(matching.Reserve(round_groups.SMALL_CHARITIES, settings.small_charity_places, theirs))
    for code, places in settings.reserved:
        words, people = round_groups.protected(session, catalogue, code)
        found.append(matching.Reserve(words, places, people))
    return tuple(found)


def _quotas(
    catalogue: Catalogue, settings: RoundSettings, small: frozenset[str]
) -> tuple[matching.Quota, ...]:
    if not settings.small_charity_share:
        return ()
    hosted = round_groups.of_organisations(catalogue.offers, small)
    return (matching.Quota(round_groups.SMALL_CHARITIES, hosted, settings.small_charity_share),)


def _pairs(
    catalogue: Catalogue, pairs: tuple[tuple[str, str], ...], field: str
) -> tuple[tuple[int, int], ...]:
    rows = {profile.ref: i for i, profile in enumerate(catalogue.applicants)}
    columns = {profile.ref: j for j, profile in enumerate(catalogue.offers)}
    for pair in pairs:
        if len(pair) != PAIR_SIZE or pair[0] not in rows or pair[1] not in columns:
            raise Invalid(
                f"{' and '.join(pair)} cannot be used: name a person who is looking and an offer that is open.",
                field=field,
            )
    return tuple((rows[a], columns[o]) for a, o in pairs)


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
