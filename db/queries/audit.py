"""Reads of the audit trail and of status history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.models.audit import AuditEvent, AuditLink, StatusChange
from db.models.users import User


@dataclass(frozen=True, slots=True)
class EventFilters:
    """Which events: of this kind of record, action or reference, by somebody whose name or address holds ``who``,
    with ``words`` in the reason, at or after ``since`` and before ``before``. What is empty is any."""

    subject: str = ""
    action: str = ""
    ref: str = ""
    who: str = ""
    words: str = ""
    since: datetime | None = None
    before: datetime | None = None


def changes(session: Session, *, subject: str, subject_id: int) -> Sequence[StatusChange]:
    """The status changes of one record, oldest first."""
    rows = select(StatusChange).where(StatusChange.subject == subject, StatusChange.subject_id == subject_id)
    return session.scalars(rows.order_by(StatusChange.at, StatusChange.id)).all()


def events(
    session: Session, filters: EventFilters, *, page: int, per_page: int
) -> tuple[list[tuple[AuditEvent, str | None, AuditLink | None]], int]:
    """One page of audit events, newest first, each with who acted and its link; and how many there are."""
    wanted = (
        select(AuditEvent, User.name, AuditLink)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .outerjoin(AuditLink, AuditLink.event_id == AuditEvent.id)
        .where(*_conditions(filters))
    )
    rows = session.execute(
        wanted.order_by(AuditEvent.id.desc()).limit(per_page).offset((page - 1) * per_page)
    )
    count = (
        select(func.count(AuditEvent.id))
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(*_conditions(filters))
    )
    return [(event, name, link) for event, name, link in rows], session.scalar(count) or 0


def _conditions(filters: EventFilters) -> list[ColumnElement[bool]]:
    exact = ((AuditEvent.subject, filters.subject), (AuditEvent.action, filters.action),
             (AuditEvent.subject_ref, filters.ref))  # fmt: skip
    found: list[ColumnElement[bool]] = [column == value for column, value in exact if value]
    if filters.who:
        who = filters.who.lower()
        names = (func.lower(column).contains(who, autoescape=True) for column in (User.name, User.email))
        found.append(or_(*names))
    if filters.words:
        found.append(func.lower(AuditEvent.reason).contains(filters.words.lower(), autoescape=True))
    if filters.since:
        found.append(AuditEvent.at >= filters.since)
    if filters.before:
        found.append(AuditEvent.at < filters.before)
    return found


def happened(
    session: Session, *, action: str, subject_id: int, actor_id: int | None, since: datetime
) -> bool:
    """Whether this person did this to this record since then."""
    query = select(AuditEvent.id).where(
        AuditEvent.subject == action.partition(":")[0],
        AuditEvent.subject_id == subject_id,
        AuditEvent.action == action,
        AuditEvent.actor_id.is_(None) if actor_id is None else AuditEvent.actor_id == actor_id,
        AuditEvent.at >= since,
    )
    return session.scalars(query.limit(1)).first() is not None
