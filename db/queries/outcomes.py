"""Surveys and what became of placements, as they are read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models.applicants import Applicant
from db.models.offers import Direction, Offer, OfferMission
from db.models.organisations import Organisation, Sector
from db.models.outcomes import Respondent, Survey, Wave
from db.models.placements import Objective, ObjectiveResult, Placement, PlacementState

STARTED = (
    PlacementState.ACTIVE,
    PlacementState.ENDED,
    PlacementState.ENDED_EARLY,
    PlacementState.RETURNED,
    PlacementState.FOLLOWED_UP,
)
ENDED = STARTED[1:]


def for_placement(session: Session, *, placement_id: int) -> list[Survey]:
    """Every survey of one placement, by wave and respondent."""
    return list(
        session.scalars(
            select(Survey)
            .where(Survey.placement_id == placement_id)
            .order_by(Survey.wave, Survey.respondent, Survey.id)
        )
    )


def open_now() -> ColumnElement[bool]:
    """A survey is asked only once the placement has got that far: T0 and T1 after the start, the rest after the end."""
    return or_(
        and_(Survey.wave.in_((Wave.T0, Wave.T1)), Placement.state.in_(STARTED)),
        and_(Survey.wave.in_((Wave.T2, Wave.T3, Wave.T4)), Placement.state.in_(ENDED)),
    )


def due_for(session: Session, *, on: date, user_id: int | None, host_ids: Collection[int]) -> list[Survey]:
    """Unanswered surveys open on ``on`` for this person: as secondee, as line manager, or for these hosts."""
    sides: list[ColumnElement[bool]] = []
    if user_id is not None:
        sides.append(and_(Survey.respondent == Respondent.SECONDEE, Applicant.user_id == user_id))
        sides.append(and_(Survey.respondent == Respondent.HOME, Placement.line_manager_id == user_id))
    if host_ids:
        sides.append(and_(Survey.respondent == Respondent.HOST, Placement.host_id.in_(host_ids)))
    if not sides:
        return []
    return list(
        session.scalars(
            select(Survey)
            .join(Placement, Placement.id == Survey.placement_id)
            .join(Applicant, Applicant.id == Placement.applicant_id)
            .where(Survey.answered_at.is_(None), Survey.opens_on <= on, open_now(), or_(*sides))
            .order_by(Survey.due_on, Survey.id)
        )
    )


@dataclass(frozen=True, slots=True)
class PlacementOutcome:
    """What became of one placement that started, and where it belongs in each table."""

    placement_id: int
    direction: Direction
    level: int | None
    region_code: str
    income_band: str | None
    mission_code: str | None
    ended: bool
    completed: bool
    objectives: int
    objectives_met: int
    asked: int
    answered: int


def outcomes(session: Session, *, on: date) -> list[PlacementOutcome]:
    """One row for each placement that started, by id. Surveys count once they have opened by ``on``."""
    return [_outcome(row) for row in session.execute(_outcome_query(on))]


def _outcome_query(on: date) -> Select[Any]:
    """One query: counts of objectives and surveys, and the offer's heaviest mission, beside each placement."""
    host, home = aliased(Organisation), aliased(Organisation)
    own_objectives = Objective.placement_id == Placement.id
    own_surveys = and_(Survey.placement_id == Placement.id, Survey.opens_on <= on, open_now())
    met = or_(
        Objective.result_host == ObjectiveResult.MET,
        and_(Objective.result_host.is_(None), Objective.result_secondee == ObjectiveResult.MET),
    )
    judged = or_(Objective.result_host.is_not(None), Objective.result_secondee.is_not(None))

    def count(of: type[Objective] | type[Survey], *where: ColumnElement[bool]) -> ScalarSelect[int]:
        return select(func.count()).select_from(of).where(*where).correlate(Placement).scalar_subquery()

    mission = (
        select(OfferMission.mission_code)
        .where(OfferMission.offer_id == Placement.offer_id)
        .order_by(OfferMission.weight.desc(), OfferMission.id)
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )
    return (
        select(
            Placement.id,
            Placement.state,
            Placement.early_end_code,
            Placement.level,
            Offer.direction,
            Offer.region_code,
            case((host.sector == Sector.CIVIL_SOCIETY, host.income_band), else_=home.income_band).label(
                "band"
            ),
            mission.label("mission_code"),
            count(Objective, own_objectives, judged).label("objectives"),
            count(Objective, own_objectives, met).label("objectives_met"),
            count(Survey, own_surveys).label("asked"),
            count(Survey, own_surveys, Survey.answered_at.is_not(None)).label("answered"),
        )
        .join(Offer, Offer.id == Placement.offer_id)
        .join(host, host.id == Placement.host_id)
        .join(home, home.id == Placement.home_id)
        .where(Placement.state.in_(STARTED))
        .order_by(Placement.id)
    )


def _outcome(row: Row[Any]) -> PlacementOutcome:
    ended = row.state in ENDED
    return PlacementOutcome(
        placement_id=row.id,
        direction=row.direction,
        level=row.level,
        region_code=row.region_code,
        income_band=row.band,
        mission_code=row.mission_code,
        ended=ended,
        completed=ended and row.early_end_code is None,
        objectives=row.objectives,
        objectives_met=row.objectives_met,
        asked=row.asked,
        answered=row.answered,
    )


def is_open(session: Session, *, survey_id: int, on: date) -> bool:
    """Whether a survey can be answered on ``on``: its day has come and the placement has got that far."""
    return (
        session.scalar(
            select(Survey.id)
            .join(Placement, Placement.id == Survey.placement_id)
            .where(Survey.id == survey_id, Survey.opens_on <= on, open_now())
        )
        is not None
    )
