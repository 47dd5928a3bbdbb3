"""Reads of the audit trail and of status history."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.audit import AuditEvent, StatusChange
from db.models.users import User


def changes(session: Session, *, subject: str, subject_id: int) -> Sequence[StatusChange]:
    """The status changes of one record, oldest first."""
    rows = select(StatusChange).where(StatusChange.subject == subject, StatusChange.subject_id == subject_id)
    return session.scalars(rows.order_by(StatusChange.at, StatusChange.id)).all()


def events(
    session: Session, *, subject: str = "", action: str = "", ref: str = "", page: int = 1, per_page: int = 50
) -> tuple[list[tuple[AuditEvent, str | None]], int]:
    """One page of audit events, newest first, with who acted; and how many there are."""
    wanted = select(AuditEvent, User.name).outerjoin(User, User.id == AuditEvent.actor_id)
    count = select(func.count()).select_from(AuditEvent)
    for column, value in (
        (AuditEvent.subject, subject),
        (AuditEvent.action, action),
        (AuditEvent.subject_ref, ref),
    ):
        if value:
            wanted = wanted.where(column == value)
            count = count.where(column == value)
    rows = wanted.order_by(AuditEvent.id.desc()).limit(per_page).offset((page - 1) * per_page)
    return [(event, name) for event, name in session.execute(rows)], session.scalar(count) or 0
