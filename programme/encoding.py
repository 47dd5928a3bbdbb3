"""Where stored rows become what the matcher reads, and the matcher's indices become rows again. Nowhere else.

A ``Catalogue`` holds one state of the programme, encoded once and shared by every page of the process until
something changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy.orm import Session

import matching
from db.models.applicants import Applicant, SkillSide
from db.models.offers import Offer, SkillUse
from db.queries import audit as audit_queries
from db.queries import catalogue as queries
from db.queries import reference as reference_queries
from programme import clock
from programme.reference import (
    current_missions,
    regions,
    skill_names,
    vetting_levels,
    vetting_rank,
    vetting_ready_on,
)

WEIGHT_PREFIX = "score."
KEPT_CATALOGUES = 2
# What the matcher reads comes from these records; an event about any other leaves the catalogue as it is.
READ_SUBJECTS = ("applicant", "offer", "match", "placement", "organisation", "rule")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One state of the programme as the matcher reads it.

    ``applicants`` and ``offers`` are in the order of the rows of every score matrix,
    whose shape is ``(n_applicants, n_offers)``.
    """

    applicants: tuple[matching.ApplicantProfile, ...]
    offers: tuple[matching.OfferProfile, ...]
    applicant_ids: tuple[int, ...]
    offer_ids: tuple[int, ...]
    scorer: matching.MatchScorer
    encoded_applicants: matching.EncodedApplicants
    encoded_offers: matching.EncodedOffers
    names: Mapping[str, str]
    model_version: str
    fingerprint: str


_catalogues: dict[tuple[object, ...], Catalogue] = {}
_lock = Lock()


def catalogue(session: Session) -> Catalogue:
    """The programme as it is now, encoded; kept until anything in it changes or the day does."""
    key = (
        str(session.get_bind().engine.url),
        audit_queries.last_event_id(session, subjects=READ_SUBJECTS),
        queries.size(session),
        clock.today(),
    )
    with _lock:
        if key not in _catalogues:
            while len(_catalogues) >= KEPT_CATALOGUES:
                _catalogues.pop(next(iter(_catalogues)))
            _catalogues[key] = _encode(session)
        return _catalogues[key]


def _encode(session: Session) -> Catalogue:
    applicant_rows = queries.seeking_applicants(session)
    offer_rows = queries.open_offers(session)
    applicants = applicant_profiles(session, applicant_rows)
    offers = offer_profiles(session, offer_rows)
    weights = current_weights(session)
    scorer = matching.MatchScorer(weights).fit(offers, applicants)
    return Catalogue(
        applicants=applicants,
        offers=offers,
        applicant_ids=tuple(row.id for row in applicant_rows),
        offer_ids=tuple(row.id for row in offer_rows),
        scorer=scorer,
        encoded_applicants=scorer.encode_applicants(applicants),
        encoded_offers=scorer.encode_offers(offers),
        names=reading_names(session),
        model_version=matching.model_version(weights),
        fingerprint=matching.fingerprint(applicants, offers, weights),
    )


def current_weights(session: Session, *, on: date | None = None) -> matching.Weights:
    """The scorer's settings from the dated rule rows ``score.*`` in force on ``on`` (today when None)."""
    rules = reference_queries.rules(session, prefix=WEIGHT_PREFIX, on=on or clock.today())
    return matching.Weights.from_rows(
        version=max(rule.valid_from for rule in rules).isoformat(),
        rows={
            rule.key.removeprefix(WEIGHT_PREFIX): rule.value_number
            for rule in rules
            if rule.value_number is not None
        },
    )


def place_names(session: Session) -> dict[str, str]:
    """The words for every region code, which is all that a ruling needs."""
    return {region.code: region.name for region in regions(session)}


def reading_names(session: Session) -> dict[str, str]:
    """The words for every code that an explanation may name: skills, missions, regions."""
    today = clock.today()
    return {
        **skill_names(session),
        **{mission.code: mission.name for mission in current_missions(session, on=today)},
        **place_names(session),
    }


def applicant_profiles(session: Session, rows: Sequence[Applicant]) -> tuple[matching.ApplicantProfile, ...]:
    """What the matcher may know of these people. Names, equality answers, pay and school never come along."""
    away = queries.placed_until(session)
    ranks = _vetting_ranks(session)
    return tuple(_applicant(row, away.get(row.id), ranks) for row in rows)


def _vetting_ranks(session: Session) -> dict[str, int]:
    return {level.code: vetting_rank(session, level.code) for level in vetting_levels(session)}


def _applicant(
    row: Applicant, placed_until: date | None, ranks: Mapping[str, int]
) -> matching.ApplicantProfile:
    held = row.vetting_expires_on is None or row.vetting_expires_on >= clock.today()
    return matching.ApplicantProfile(
        ref=row.ref,
        organisation=row.organisation.ref,
        direction=row.direction.value,
        level=row.level,
        missions={mission.mission_code: mission.weight for mission in row.missions},
        skills={s.skill_code: s.level for s in row.skills if s.side is SkillSide.OFFERED},
        wants={s.skill_code: s.level for s in row.skills if s.side is SkillSide.WANTED},
        text=" ".join(
            (
                row.job_title,
                row.summary,
                row.hopes,
                *(skill.evidence for skill in row.skills if skill.evidence),
            )
        ),
        regions=frozenset(region.region_code for region in row.regions),
        remote_ok=row.remote_ok,
        days_min=float(row.days_min),
        days_max=float(row.days_max),
        available_from=row.available_from_on,
        available_to=row.available_to_on,
        length_min=row.length_min_months,
        length_max=row.length_max_months,
        kinds=frozenset(row.kinds),
        contract_end=row.contract_end_on,
        vetting_held=ranks[row.vetting_code] if held else 0,
        meets_nationality=row.meets_nationality,
        placed_until=placed_until,
    )


def offer_profiles(session: Session, rows: Sequence[Offer]) -> tuple[matching.OfferProfile, ...]:
    """What the matcher may know of these offers. Ability to pay and campaigning never come along."""
    today = clock.today()
    ranks = _vetting_ranks(session)
    ready = {code: vetting_ready_on(session, code, today, on=today) for code in ranks}
    return tuple(_offer(row, ranks, ready) for row in rows)


def _offer(row: Offer, ranks: Mapping[str, int], ready: Mapping[str, date]) -> matching.OfferProfile:
    return matching.OfferProfile(
        ref=row.ref,
        organisation=row.organisation.ref,
        direction=row.direction.value,
        kind=row.kind.value,
        level_min=row.level_min,
        level_max=row.level_max,
        stretch_ok=row.stretch_ok,
        missions={mission.mission_code: mission.weight for mission in row.missions},
        needs=tuple(
            matching.SkillNeed(code=s.skill_code, level=s.level, essential=s.essential)
            for s in row.skills
            if s.use is SkillUse.NEEDED
        ),
        teaches={s.skill_code: s.level for s in row.skills if s.use is SkillUse.TAUGHT},
        text=" ".join((row.title, row.summary, row.tasks, row.learning)),
        region=row.region_code,
        remote=row.remote.value,
        days=float(row.days_per_week),
        start_from=row.start_from_on,
        start_to=row.start_to_on,
        length_months=row.length_months,
        vetting=ranks[row.vetting_code],
        vetting_ready_on=ready[row.vetting_code],
        reserved=row.reserved_post,
        capacity_left=row.capacity - row.places_taken,
    )
