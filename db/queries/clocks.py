"""What waits, and for whom: one select for each clock, and what the clockwork has done about it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session, aliased

from db.models.applicants import LevelReview
from db.models.applications import Application, ApplicationState
from db.models.matches import Gate, GateName, GateState, Match, MatchState
from db.models.offers import Offer, OfferState
from db.models.organisations import Organisation, Verification
from db.models.outcomes import Survey
from db.models.placements import Placement, PlacementState
from db.models.ticks import Tick
from db.queries import applications, matches, outcomes

BATCH = 500  # ids in one statement: databases take only so many parameters


def applications_in(state: ApplicationState) -> Select[Any]:
    """Applications in one state."""
    return select(Application).where(Application.state == state)


def proposed_matches() -> Select[Any]:
    """Proposals that the applicant has not answered."""
    return select(Match).where(Match.state == MatchState.PROPOSED)


def gates_in(state: GateState) -> Select[Any]:
    """Gates in one state, of matches in approval; the programme's own, which comes last, is another clock's."""
    return (
        select(Gate)
        .join(Match, Match.id == Gate.match_id)
        .where(Match.state == MatchState.IN_APPROVAL, Gate.state == state, Gate.name != GateName.PROGRAMME)
    )


def programme_gates_ready() -> Select[Any]:
    """The programme's gates whose match has passed every other one."""
    other = aliased(Gate)
    still = (GateState.WAITING, GateState.RETURNED)
    return (
        select(Gate)
        .join(Match, Match.id == Gate.match_id)
        .where(
            Match.state == MatchState.IN_APPROVAL,
            Gate.state == GateState.WAITING,
            Gate.name == GateName.PROGRAMME,
            ~exists().where(other.match_id == Gate.match_id, other.id != Gate.id, other.state.in_(still)),
        )
    )


def offers_in(state: OfferState) -> Select[Any]:
    """Offers in one state."""
    return select(Offer).where(Offer.state == state)


def idle_offers(*, with_closing_date: bool) -> Select[Any]:
    """Published and paused offers for which nobody's application or match is under way."""
    closing = Offer.closing_on.is_not(None) if with_closing_date else Offer.closing_on.is_(None)
    return select(Offer).where(
        Offer.state.in_((OfferState.PUBLISHED, OfferState.PAUSED)),
        Offer.published_at.is_not(None),
        closing,
        ~exists().where(Application.offer_id == Offer.id, Application.state.in_(applications.LIVE)),
        ~exists().where(Match.offer_id == Offer.id, Match.state.in_(matches.WAITING)),
    )


def placements_in(*states: PlacementState) -> Select[Any]:
    """Placements in one of these states."""
    return select(Placement).where(Placement.state.in_(states))


def running_without_return_plan() -> Select[Any]:
    """Running placements for which nobody has named the post or the contact to return to (S9)."""
    planned = and_(Placement.return_post != "", Placement.return_contact != "")
    return placements_in(PlacementState.ACTIVE).where(~planned)


def open_surveys(*, on: date) -> Select[Any]:
    """Surveys that are open on a day, have not been answered, and are not yet counted as missing."""
    return (
        select(Survey)
        .join(Placement, Placement.id == Survey.placement_id)
        .where(Survey.answered_at.is_(None), Survey.opens_on <= on, Survey.due_on >= on, outcomes.open_now())
    )


def unverified_organisations() -> Select[Any]:
    """Organisations that nobody has checked."""
    return select(Organisation).where(Organisation.verification == Verification.PENDING)


def open_level_reviews() -> Select[Any]:
    """Grades that nobody has settled."""
    return select(LevelReview).where(LevelReview.decided_at.is_(None))


def everything(
    session: Session, waiting: Select[Any], *, record_ids: Collection[int] | None = None
) -> list[Any]:
    """Every record that waits, or those of these ids that do, by id."""
    model = _model(waiting)
    if record_ids is not None:
        waiting = waiting.where(model.id.in_(record_ids))
    return list(session.scalars(waiting.order_by(model.id)))


def still_waiting(session: Session, waiting: Select[Any], *, record_id: int) -> Any | None:
    """The record with this id if it still waits, else None."""
    return session.scalars(waiting.where(_model(waiting).id == record_id)).one_or_none()


def done(session: Session, *, clock: str, record_ids: Sequence[int]) -> dict[int, list[Tick]]:
    """What a clock has done about these records so far, oldest first."""
    found: dict[int, list[Tick]] = {}
    for first in range(0, len(record_ids), BATCH):
        rows = select(Tick).where(Tick.clock == clock, Tick.subject_id.in_(record_ids[first : first + BATCH]))
        for tick in session.scalars(rows.order_by(Tick.at, Tick.id)):
            found.setdefault(tick.subject_id, []).append(tick)
    return found


def acted_ids(session: Session, *, clock: str, action: str) -> list[int]:
    """The ids of the records about which a clock has ever done this."""
    rows = select(Tick.subject_id).where(
        Tick.clock == clock, Tick.acted, Tick.step.contains(f"-{action}-", autoescape=True)
    )
    return list(session.scalars(rows.distinct().order_by(Tick.subject_id)))


def _model(waiting: Select[Any]) -> Any:
    return waiting.column_descriptions[0]["entity"]
