"""Reading the audit trail: for auditors, who may read and export everything and change nothing."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models.users import User
from db.queries import audit as queries
from db.queries.audit import EventFilters
from programme import audit
from programme.actors import Actor
from programme.errors import Refused
from programme.import_rows import neutralised
from programme.permissions import Permission, require

PER_PAGE = 50
MOST_EXPORTED = 50_000
NOBODY = "The programme"
COLUMNS = (
    "event", "at", "who", "action", "subject", "reference", "reason_code", "reason", "detail",
    "link", "previous_hash", "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What an auditor looks for; what is empty is any. ``from_on`` and ``to_on`` are days in UTC, both included."""

    subject: str = ""
    action: str = ""
    ref: str = ""
    who: str = ""
    words: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done: when, by whom, to what, and why; ``link`` is its place in the chain."""

    event_id: int
    at: datetime
    who: str
    action: str
    subject: str
    ref: str
    reason_code: str | None
    reason: str
    detail: dict[str, object]
    link: int | None
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the audit trail, newest first. ``pages`` is 1 at least."""

    items: tuple[AuditLine, ...]
    total: int
    page: int
    pages: int


def search(
    session: Session, actor: Actor, filters: AuditFilters | None = None, *, page: int = 1
) -> AuditPage:
    """The events that fit the filters. A page past the end is empty. Raises NotAllowed for all but an auditor."""
    require(actor, Permission.AUDIT_VIEW)
    rows, total = queries.events(
        session, _stored(filters or AuditFilters()), page=max(page, 1), per_page=PER_PAGE
    )
    return AuditPage(_lines(rows), total, max(page, 1), max(1, -(-total // PER_PAGE)))


def export(session: Session, actor: Actor, filters: AuditFilters | None = None) -> str:
    """The events that fit the filters as CSV, with no cell that a spreadsheet would run. The export is an event too.

    Raises NotAllowed for all but an auditor, Refused when there are more than a spreadsheet can well hold.
    """
    require(actor, Permission.AUDIT_VIEW)
    filters = filters or AuditFilters()
    rows, total = queries.events(session, _stored(filters), page=1, per_page=MOST_EXPORTED)
    if total > MOST_EXPORTED:
        raise Refused(f"{total:,} events fit, and a file holds {MOST_EXPORTED:,} at most. Choose fewer days.")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, _lines(rows)))
    asked = {name: str(value) for name in AuditFilters.__slots__ if (value := getattr(filters, name))}
    audit.record(
        session, actor, "audit:export", "user", session.get_one(User, actor.user_id),
        detail={"events": total, **asked},
    )  # fmt: skip
    return out.getvalue()


def _stored(filters: AuditFilters) -> EventFilters:
    return EventFilters(
        subject=filters.subject,
        action=filters.action,
        ref=filters.ref.strip().upper(),
        who=filters.who.strip(),
        words=filters.words.strip(),
        since=_midnight(filters.from_on) if filters.from_on else None,
        before=_midnight(filters.to_on + timedelta(days=1)) if filters.to_on else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _lines(rows: Sequence[Any]) -> tuple[AuditLine, ...]:
    return tuple(
        AuditLine(
            event_id=event.id,
            at=event.at,
            who=name or NOBODY,
            action=event.action,
            subject=event.subject,
            ref=event.subject_ref,
            reason_code=event.reason_code,
            reason=event.reason,
            detail=event.detail,
            link=link.id if link else None,
            previous_hash=link.previous_hash if link else "",
            hash=link.hash if link else "",
        )
        for event, name, link in rows
    )


def _cells(line: AuditLine) -> list[str]:
    texts = (
        line.event_id, line.at.isoformat(), line.who, line.action, line.subject, line.ref, line.reason_code or "",
        line.reason, json.dumps(line.detail, ensure_ascii=False), line.link or "", line.previous_hash, line.hash,
    )  # fmt: skip
    return [neutralised(str(text)) for text in texts]
