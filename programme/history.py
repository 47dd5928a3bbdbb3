"""The timeline of a record: each step, who took it and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.queries import audit as queries
from programme.workflow import subject_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step in a record's life. ``who`` is a role in words, never the name of a junior official."""

    at: datetime
    action: str
    source: str
    target: str
    who: str
    reason_code: str | None
    reason: str


def timeline(session: Session, record: Any) -> list[Step]:
    """The steps of ``record``, oldest first. The caller has already checked that the actor may see it."""
    return [
        Step(
            at=change.at,
            action=change.action,
            source=change.source,
            target=change.target,
            who=name or "The programme",
            reason_code=change.reason_code,
            reason=change.reason,
        )
        for change, name in queries.changes(session, subject=subject_of(record), subject_id=record.id)
    ]
