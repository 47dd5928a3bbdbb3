"""The audit trail: every change says who, what, when and why, in the transaction that makes it.

At the end of that transaction its events are linked to the chain over the whole trail.
"""

from typing import Any

from sqlalchemy import event as listening
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from db.models.audit import AuditEvent
from db.queries import audit_chain
from programme import clock
from programme.actors import Actor

_RECORDED = "audit_events_recorded"


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject: str,
    row: Any,
    *,
    reason: str = "",
    reason_code: str | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add the audit row for ``action`` on ``row`` (a stored record with an id, and a ref where it has one)."""
    if row.id is None:
        session.flush()
    event = AuditEvent(
        at=clock.now(),
        actor_id=actor.user_id,
        action=action,
        subject=subject,
        subject_id=row.id,
        subject_ref=getattr(row, "ref", "") or "",
        reason=reason,
        reason_code=reason_code,
        detail=detail or {},
    )
    session.add(event)
    _recorded(session).append(event)
    return event


def _recorded(session: Session) -> list[AuditEvent]:
    """The events of this session that are not linked yet; asking for them first makes sure that they will be."""
    if _RECORDED not in session.info:
        session.info[_RECORDED] = []
        listening.listen(session, "before_commit", _link)
    events: list[AuditEvent] = session.info[_RECORDED]
    return events


def _link(session: Session) -> None:
    """Link what was recorded: last of all, so that others wait for their turn as short a time as can be.

    Nothing is locked after the turn in the chain, so two transactions can never wait for each other.
    """
    if session.in_nested_transaction():
        return  # a savepoint is let go; the transaction goes on
    session.flush()
    kept = [event.id for event in _recorded(session) if inspect(event).persistent]
    _recorded(session).clear()
    if kept:
        audit_chain.append(session, kept)
