"""Contests, and who has decided anything about a person and an offer."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from db.models.applications import Application, ApplicationState
from db.models.audit import StatusChange
from db.models.contests import Contest, ContestState
from db.models.matches import Gate, Match


def by_ref(session: Session, *, ref: str) -> Contest | None:
    """The contest with this reference."""
    return session.scalars(select(Contest).where(Contest.ref == ref)).one_or_none()


def of_pair(session: Session, *, applicant_id: int, offer_id: int) -> list[Contest]:
    """What this person has contested about this offer, newest first."""
    rows = select(Contest).where(Contest.applicant_id == applicant_id, Contest.offer_id == offer_id)
    return list(session.scalars(rows.order_by(Contest.asked_at.desc(), Contest.id.desc())))


def waiting(session: Session) -> list[Contest]:
    """The contests without an answer, the one due first at the top."""
    rows = select(Contest).where(Contest.state == ContestState.OPEN)
    return list(session.scalars(rows.order_by(Contest.answer_by_on, Contest.id)))


def last_application(session: Session, *, applicant_id: int, offer_id: int) -> Application | None:
    """This person's latest application for this offer that was sent: a draft may still be thrown away."""
    rows = select(Application).where(
        Application.applicant_id == applicant_id,
        Application.offer_id == offer_id,
        Application.state != ApplicationState.DRAFT,
    )
    return session.scalars(rows.order_by(Application.id.desc()).limit(1)).one_or_none()


def decisions(session: Session, *, applicant_id: int, offer_id: int) -> Sequence[StatusChange]:
    """Every step that a person took on this applicant's applications, matches and approvals here, newest first."""
    applications = select(Application.id).where(
        Application.applicant_id == applicant_id, Application.offer_id == offer_id
    )
    matches = select(Match.id).where(Match.applicant_id == applicant_id, Match.offer_id == offer_id)
    gates = select(Gate.id).where(Gate.match_id.in_(matches))
    rows = select(StatusChange).where(
        StatusChange.actor_id.is_not(None),
        or_(
            and_(StatusChange.subject == "application", StatusChange.subject_id.in_(applications)),
            and_(StatusChange.subject == "match", StatusChange.subject_id.in_(matches)),
            and_(StatusChange.subject.like("gate.%"), StatusChange.subject_id.in_(gates)),
        ),
    )
    return session.scalars(rows.order_by(StatusChange.id.desc())).all()
