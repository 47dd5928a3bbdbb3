"""The audit trail: every change says who, what, when and why, in the transaction that makes it."""

from typing import Any

from sqlalchemy.orm import Session

from db.models.audit import AuditEvent
from db.queries import audit as queries
from programme import clock, permissions
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


def events(
    session: Session, actor: Actor, *, subject: str = "", action: str = "", ref: str = "", page: int = 1
) -> tuple[list[tuple[AuditEvent, str | None]], int]:
    """One page of the trail, newest first, with who acted, and how many events there are. For auditors."""
    permissions.require(actor, permissions.Permission.AUDIT_VIEW)
    return queries.events(session, subject=subject, action=action, ref=ref, page=page)
