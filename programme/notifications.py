"""Telling people: every change writes its messages to the outbox in the transaction that makes it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from db.models.audit import AuditEvent
from db.models.notifications import Delivery, MessageKind, MessagePreference, Notification
from db.queries import notifications as queries
from programme import blind, clock
from programme.actors import Actor
from programme.audiences import people
from programme.errors import Invalid, NotAllowed, NotFound
from programme.messages import wording
from programme.transitions import Transition

# A message about the account itself, such as a link to confirm an address, always comes by e-mail.
CHOOSABLE = (MessageKind.CHANGE, MessageKind.REMINDER, MessageKind.SURVEY)


def tell(session: Session, record: Any, move: Transition, event: AuditEvent, *, reason: str = "") -> None:
    """Write one message for each person whom ``move`` names, once for this event."""
    session.flush()
    told: dict[int, str] = {}
    for audience in move.tell:
        for user_id in people(session, audience, record):
            told.setdefault(user_id, audience)
    for user_id, audience in told.items():
        if user_id == event.actor_id:
            continue
        said = blind.for_host(session, record, reason) if audience == "host" else reason
        subject, body, link = wording(record, move.subject, move.action, audience, said)
        add(session, user_id, event_key=f"audit-{event.id}", subject=subject, body=body, link=link)


def add(
    session: Session,
    user_id: int,
    event_key: str,
    subject: str,
    body: str,
    link: str = "",
    kind: MessageKind = MessageKind.CHANGE,
) -> None:
    """Put one message in the outbox, to be e-mailed too; a second one for the same person and event is not written."""
    if queries.exists(session, user_id=user_id, event_key=event_key):
        return
    now = clock.now()
    notification = Notification(
        user_id=user_id,
        event_key=event_key,
        kind=kind,
        subject=subject,
        body=body,
        link=link,
        created_at=now,
    )
    session.add_all((notification, Delivery(notification=notification, next_try_at=now)))


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


def preferences(session: Session, actor: Actor) -> dict[str, bool]:
    """Whether each kind of the actor's messages also comes by e-mail; yes until they say otherwise."""
    if actor.user_id is None:
        return {}
    chosen = queries.preferences(session, user_id=actor.user_id)
    return {kind.value: chosen.get(kind, True) for kind in CHOOSABLE}


def save_preferences(session: Session, actor: Actor, by_email: Mapping[str, bool]) -> None:
    """Keep which kinds of message the actor wants by e-mail too. Messages in the service are not touched.

    Raises NotAllowed for nobody in particular, Invalid for a kind that cannot be chosen about.
    """
    if actor.user_id is None:
        raise NotAllowed("Sign in to choose how you are told.")
    for name, wanted in by_email.items():
        if name not in CHOOSABLE:
            raise Invalid("Choose from the kinds of message on the page.", field="by_email")
        kind = MessageKind(name)
        row = queries.preference(session, user_id=actor.user_id, kind=kind)
        if row is None:
            row = MessagePreference(user_id=actor.user_id, kind=kind)
            session.add(row)
        row.by_email = wanted
    session.flush()
