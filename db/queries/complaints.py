"""Complaints, as they are read."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.complaints import Complaint, ComplaintState


def by_ref(session: Session, *, ref: str) -> Complaint | None:
    """The complaint with this reference."""
    return session.scalars(select(Complaint).where(Complaint.ref == ref)).one_or_none()


def of_user(session: Session, *, user_id: int) -> list[Complaint]:
    """One person's complaints, newest first."""
    rows = select(Complaint).where(Complaint.user_id == user_id)
    return list(session.scalars(rows.order_by(Complaint.made_at.desc(), Complaint.id.desc())))


def waiting(session: Session) -> list[Complaint]:
    """The complaints without an answer, the one due first at the top."""
    rows = select(Complaint).where(Complaint.state != ComplaintState.ANSWERED)
    return list(session.scalars(rows.order_by(Complaint.answer_by_on, Complaint.id)))
