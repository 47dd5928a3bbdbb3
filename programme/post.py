"""The post: what stands in the outbox goes out by e-mail, at least once, and never twice for the same event.

1. Claim one delivery by moving its next attempt on, in one statement and a transaction of its own.
2. Send it, outside any transaction, under a key that is the same at every attempt.
3. Mark it sent.

A crash between 1 and 3 leaves it to be tried again at its next attempt, under the same key (the ``Message-ID``
of an e-mail, the reference of GOV.UK Notify), so that the mail service or the reader's mailbox knows it again.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models.notifications import Delivery, DeliveryState, MessageKind
from db.models.users import User
from db.queries import notifications as queries
from programme import clock, store
from programme.letters import Sender, Undeliverable, letter
from programme.reference import rule_days, rule_number

BATCH = 500  # deliveries looked at in one read


@dataclass(frozen=True, slots=True)
class Posted:
    """How many messages were sent, will be tried again, have failed for good, and were not wanted."""

    sent: int = 0
    to_retry: int = 0
    failed: int = 0
    not_wanted: int = 0


def send_due(sender: Sender, engine: Engine | None = None, *, address: str = "") -> Posted:
    """Send everything that is due. ``address`` is the service's own, put before the links of messages.

    Safe to run twice and on several machines at once: each attempt is claimed by one of them.
    """
    counts = Posted()
    with store.reading(engine) as session:
        due = queries.deliveries_due(session, at=clock.now(), limit=BATCH)
    for delivery_id in due:
        outcome = _send_one(sender, engine, delivery_id, address)
        if outcome:
            counts = replace(counts, **{outcome: getattr(counts, outcome) + 1})
    return counts


def _send_one(sender: Sender, engine: Engine | None, delivery_id: int, address: str) -> str:
    """One attempt: the count it adds to, or nothing when somebody else has claimed it."""
    with store.writing(engine) as session:
        delivery = session.get_one(Delivery, delivery_id)
        if not _claim(session, delivery):
            return ""
        if delivery.state is not DeliveryState.PENDING:
            return delivery.state.value
        written = letter(delivery, session.get_one(User, delivery.notification.user_id), address)
    try:
        sender(written)
    except Undeliverable as problem:
        return _settle(engine, delivery_id, DeliveryState.FAILED, str(problem))
    except Exception as problem:  # whatever the network says, the next attempt is already set
        return _note(engine, delivery_id, f"{type(problem).__name__}: {problem}")
    return _settle(engine, delivery_id, DeliveryState.SENT, "")


def _claim(session: Session, delivery: Delivery) -> bool:
    """Take this attempt, or end a delivery that nobody wants or that has been tried enough."""
    now = clock.now()
    waits = rule_days(session, "mail.retry_minutes", on=now.date())
    attempt = min(delivery.attempts, len(waits) - 1)
    if not queries.claim_delivery(
        session, delivery=delivery, at=now, next_try_at=now + timedelta(minutes=waits[attempt])
    ):
        return False
    if not _wanted(session, delivery):
        delivery.state = DeliveryState.NOT_WANTED
    elif delivery.attempts > len(waits) or _too_old(session, delivery, now):
        delivery.state = DeliveryState.FAILED
        delivery.problem = delivery.problem or "It could not be sent in time."
    return True


def _wanted(session: Session, delivery: Delivery) -> bool:
    """Invented people and closed accounts get no e-mail; a message about the account itself cannot be turned off."""
    notification = delivery.notification
    user = session.get_one(User, notification.user_id)
    if user.is_demo or not user.is_active:
        return False
    if notification.kind is MessageKind.ACCOUNT:
        return True
    return queries.preferences(session, user_id=user.id).get(notification.kind, True)


def _too_old(session: Session, delivery: Delivery, now: datetime) -> bool:
    hours = rule_number(session, "mail.give_up_hours", on=now.date())
    return delivery.notification.created_at < now - timedelta(hours=hours)


def _settle(engine: Engine | None, delivery_id: int, state: DeliveryState, problem: str) -> str:
    with store.writing(engine) as session:
        delivery = session.get_one(Delivery, delivery_id)
        delivery.state, delivery.problem = state, problem[:300]
        delivery.sent_at = clock.now() if state is DeliveryState.SENT else None
    return state.value


def _note(engine: Engine | None, delivery_id: int, problem: str) -> str:
    with store.writing(engine) as session:
        session.get_one(Delivery, delivery_id).problem = problem[:300]
    return "to_retry"
