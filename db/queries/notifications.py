"""Reads of the outbox and of who is to be told."""

from sqlalchemy import exists as sql_exists
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.notifications import Notification
from db.models.users import Membership, Role


def members(session: Session, *, role: Role, organisation_id: int | None) -> tuple[int, ...]:
    """The user ids that hold ``role`` for the organisation, or for the whole programme when it is None."""
    rows = select(Membership.user_id).where(Membership.role == role)
    if organisation_id is not None:
        rows = rows.where(Membership.organisation_id == organisation_id)
    return tuple(session.scalars(rows.distinct().order_by(Membership.user_id)))


def exists(session: Session, *, user_id: int, event_key: str) -> bool:
    """Whether this person has been told of this event."""
    told = sql_exists().where(Notification.user_id == user_id, Notification.event_key == event_key)
    return bool(session.scalar(select(told)))


def for_user(session: Session, *, user_id: int, limit: int = 100) -> list[Notification]:
    """A person's messages, newest first."""
    rows = select(Notification).where(Notification.user_id == user_id)
    return list(
        session.scalars(rows.order_by(Notification.created_at.desc(), Notification.id.desc()).limit(limit))
    )


def unread_count(session: Session, *, user_id: int) -> int:
    """How many of a person's messages are unread."""
    rows = select(func.count()).where(Notification.user_id == user_id, Notification.read_at.is_(None))
    return session.scalar(rows) or 0
