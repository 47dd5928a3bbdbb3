"""Reads of the outbox and of who is to be told, and the one statement that claims an attempt to send."""

from datetime import datetime

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy import exists as sql_exists
from sqlalchemy.orm import Session

from db.models.notifications import (
    Delivery,
    DeliveryState,
    MessageKind,
    MessagePreference,
    Notification,
)
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


def deliveries_due(session: Session, *, at: datetime, limit: int) -> list[int]:
    """The ids of deliveries that may be tried now, the longest wait first."""
    return list(
        session.scalars(
            select(Delivery.id)
            .where(Delivery.state == DeliveryState.PENDING, Delivery.next_try_at <= at)
            .order_by(Delivery.next_try_at, Delivery.id)
            .limit(limit)
        )
    )


def claim_delivery(session: Session, *, delivery: Delivery, at: datetime, next_try_at: datetime) -> bool:
    """Move the next attempt on if this one is still to be had; whether it was. One machine wins."""
    result = session.execute(
        update(Delivery)
        .where(
            Delivery.id == delivery.id, Delivery.state == DeliveryState.PENDING, Delivery.next_try_at <= at
        )
        .values(attempts=Delivery.attempts + 1, next_try_at=next_try_at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(delivery)
    return isinstance(result, CursorResult) and result.rowcount == 1


def preferences(session: Session, *, user_id: int) -> dict[MessageKind, bool]:
    """What this person has chosen about e-mail, by kind; a kind that is not there has not been chosen about."""
    rows = select(MessagePreference).where(MessagePreference.user_id == user_id)
    return {row.kind: row.by_email for row in session.scalars(rows.order_by(MessagePreference.id))}


def preference(session: Session, *, user_id: int, kind: MessageKind) -> MessagePreference | None:
    """The stored choice about one kind."""
    return session.scalars(
        select(MessagePreference).where(MessagePreference.user_id == user_id, MessagePreference.kind == kind)
    ).one_or_none()
