"""Telling people: every change writes its messages to the outbox in the transaction that makes it."""

from typing import Any

from sqlalchemy.orm import Session

from db.models.audit import AuditEvent
from db.models.notifications import Notification
from db.models.users import Role
from db.queries import notifications as queries
from programme import blind, clock
from programme.actors import Actor
from programme.errors import NotFound
from programme.messages import wording
from programme.parties import parties_of
from programme.transitions import Transition


def tell(session: Session, record: Any, move: Transition, event: AuditEvent, *, reason: str = "") -> None:
    """Write one message for each person whom ``move`` names, once for this event."""
    session.flush()
    parties = parties_of(record)
    people: dict[int, str] = {}
    for audience in move.tell:
        for user_id in _people(session, audience, parties):
            people.setdefault(user_id, audience)
    for user_id, audience in people.items():
        if user_id == event.actor_id:
            continue
        said = blind.for_host(session, record, reason) if audience == "host" else reason
        subject, body, link = wording(record, move.subject, move.action, audience, said)
        add(session, user_id, event_key=f"audit-{event.id}", subject=subject, body=body, link=link)


def _people(session: Session, audience: str, parties: Any) -> tuple[int, ...]:
    match audience:
        case "owner":
            return (parties.owner_id,) if parties.owner_id else ()
        case "line_manager":
            return (parties.line_manager_id,) if parties.line_manager_id else ()
        case "host":
            return queries.members(session, role=Role.HOST, organisation_id=parties.host_id)
        case "programme":
            return queries.members(session, role=Role.PROGRAMME_MANAGER, organisation_id=None)
        case _:
            raise ValueError(f"Nobody is known as {audience!r}.")


def add(session: Session, user_id: int, event_key: str, subject: str, body: str, link: str = "") -> None:
    """Put one message in the outbox; a second one for the same person and event is not written."""
    if queries.exists(session, user_id=user_id, event_key=event_key):
        return
    session.add(
        Notification(
            user_id=user_id,
            event_key=event_key,
            subject=subject,
            body=body,
            link=link,
            created_at=clock.now(),
        )
    )


def mine(session: Session, actor: Actor) -> list[Notification]:
    """The actor's messages, newest first."""
    return queries.for_user(session, user_id=actor.user_id) if actor.user_id else []


def unread(session: Session, actor: Actor) -> int:
    """How many of the actor's messages are unread."""
    return queries.unread_count(session, user_id=actor.user_id) if actor.user_id else 0


def mark_read(session: Session, actor: Actor, notification_id: int) -> None:
    """Mark one of the actor's own messages as read. Raises NotFound for anybody else's."""
    notification = session.get(Notification, notification_id)
    if notification is None or notification.user_id != actor.user_id:
        raise NotFound("There is no such message.")
    notification.read_at = notification.read_at or clock.now()
