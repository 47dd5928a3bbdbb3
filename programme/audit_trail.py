"""Reading the audit trail: for auditors, who may read everything and change nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.queries import audit as queries
from programme.actors import Actor
from programme.permissions import Permission, require

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done: when, by whom, to what, and why."""

    at: datetime
    who: str
    action: str
    subject: str
    ref: str
    reason_code: str | None
    reason: str
    detail: dict[str, object]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the audit trail, newest first. ``pages`` is 1 at least."""

    items: tuple[AuditLine, ...]
    total: int
    page: int
    pages: int


def search(
    session: Session, actor: Actor, *, subject: str = "", action: str = "", ref: str = "", page: int = 1
) -> AuditPage:
    """The events about one kind of record, of one action (``offer:publish``) or about one reference; '' is any.

    A page past the end is empty. Raises NotAllowed for anybody but an auditor.
    """
    require(actor, Permission.AUDIT_VIEW)
    rows, total = queries.events(
        session, subject=subject, action=action, ref=ref.strip().upper(), page=max(page, 1), per_page=PER_PAGE
    )
    return AuditPage(
        items=tuple(
            AuditLine(
                at=event.at,
                who=name or "The programme",
                action=event.action,
                subject=event.subject,
                ref=event.subject_ref,
                reason_code=event.reason_code,
                reason=event.reason,
                detail=event.detail,
            )
            for event, name in rows
        ),
        total=total,
        page=max(page, 1),
        pages=max(1, -(-total // PER_PAGE)),
    )
