"""From the settings of a round to what the assignment reads: pairs, places, rules and groups."""

from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

import matching
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
    people from small charities, which the stable method keeps.
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
    pins: tuple[tuple[str, str], ...] = ()
    forbids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """What an assignment is made from; ``scores`` is (n_applicants, n_offers)."""

    scores: np.ndarray
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
    scores = _scores(catalogue, settings.direction)
    small = round_groups.small_charities(session)
    return Cohort(
        scores=scores,
        pairs=matching.pairs_from_dense(scores),
        places=np.array([offer.capacity_left for offer in catalogue.offers], dtype=np.int64),
        rules=matching.Rules(
            pins=_pairs(catalogue, settings.pins, "pins"),
            forbids=_pairs(catalogue, settings.forbids, "forbids"),
            floor=settings.floor,
            reserves=_reserves(catalogue, settings, small),
            quotas=_quotas(catalogue, settings, small),
            band=reference.rule_number(session, "round.fit_band_points"),
        ),
        groups=round_groups.groups(catalogue, small),
        directions=[offer.direction for offer in catalogue.offers],
    )


def _reserves(
    catalogue: Catalogue, settings: RoundSettings, small: frozenset[str]
) -> tuple[matching.Reserve, ...]:
    if settings.small_charity_places <= 0:
        return ()
    protected = round_groups.of_organisations(catalogue.applicants, small)
    return (matching.Reserve(round_groups.SMALL_CHARITIES, settings.small_charity_places, protected),)


def _quotas(
    catalogue: Catalogue, settings: RoundSettings, small: frozenset[str]
) -> tuple[matching.Quota, ...]:
    if not settings.small_charity_share:
        return ()
    hosted = round_groups.of_organisations(catalogue.offers, small)
    return (matching.Quota(round_groups.SMALL_CHARITIES, hosted, settings.small_charity_share),)


def _scores(catalogue: Catalogue, direction: str | None) -> np.ndarray:
    """(n_applicants, n_offers): the score, minus infinity where a rule says no or the direction is another."""
    scores = catalogue.scorer.score(catalogue.encoded_applicants, catalogue.encoded_offers)
    mask = matching.eligibility_mask(catalogue.encoded_applicants.facts, catalogue.encoded_offers.facts)
    if direction is not None:
        mask &= np.array([offer.direction == direction for offer in catalogue.offers], dtype=bool)[
            np.newaxis, :
        ]
    return np.where(mask, np.round(scores, matching.SAME_SCORE_DECIMALS), -np.inf)


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
