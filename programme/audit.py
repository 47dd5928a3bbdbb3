"""The audit trail: every change says who, what, when and why, in the transaction that makes it."""

from typing import Any

from sqlalchemy.orm import Session

from db.models.audit import AuditEvent
from programme import clock
from programme.actors import Actor


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
    return event
