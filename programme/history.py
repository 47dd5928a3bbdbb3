"""The timeline of a record: each step, who took it and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models.users import Role, User
from db.queries import audit as queries
from db.queries import users as user_queries
from programme.parties import Parties, parties_of
from programme.workflow import subject_of

ROLE_TITLES: dict[Role, str] = {
    Role.PROGRAMME_MANAGER: "A programme manager",
    Role.HR_APPROVER: "HR",
    Role.FINANCE_APPROVER: "Finance",
    Role.SECURITY_APPROVER: "Security",
    Role.PROPRIETY_APPROVER: "Propriety",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step in a record's life. ``who`` is a role in words, never a name."""

    at: datetime
    action: str
    source: str
    target: str
    who: str
    reason_code: str | None
    reason: str


def timeline(session: Session, record: Any) -> list[Step]:
    """The steps of ``record``, oldest first. The caller has already checked that the actor may see it."""
    changes = queries.changes(session, subject=subject_of(record), subject_id=record.id)
    parties = parties_of(record)
    people = user_queries.by_ids(session, ids={change.actor_id for change in changes if change.actor_id})
    return [
        Step(
            at=change.at,
            action=change.action,
            source=change.source,
            target=change.target,
            who=_role(people.get(change.actor_id or 0), parties),
            reason_code=change.reason_code,
            reason=change.reason,
        )
        for change in changes
    ]


def _role(user: User | None, parties: Parties) -> str:
    """How the person who acted stands to the record; names stay out, so that a timeline never tells one."""
    if user is None:
        return "The programme"
    if user.id == parties.owner_id:
        return "The applicant"
    if user.id == parties.line_manager_id:
        return "The line manager"
    if any(m.organisation_id is not None and m.organisation_id == parties.host_id for m in user.memberships):
        return "The host"
    return ROLE_TITLES.get(user.memberships[0].role, "The programme") if user.memberships else "The programme"
