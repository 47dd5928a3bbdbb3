"""Who is meant by "the host", "the line manager" or "the approver" of a record: the people to tell."""

from typing import Any

from sqlalchemy.orm import Session

from db.models.matches import Gate
from db.models.outcomes import Respondent
from db.models.users import Role, User
from db.queries import notifications as queries
from programme.actors import actor_for
from programme.parties import Parties, parties_of
from programme.permissions import GRANTS, may
from programme.transitions import GATE_PERMISSIONS

RESPONDENTS = {Respondent.SECONDEE: "owner", Respondent.HOST: "host", Respondent.HOME: "line_manager"}


def people(session: Session, audience: str, record: Any) -> tuple[int, ...]:
    """The user ids of an audience of ``record``. Raises ValueError for an audience nobody knows."""
    parties = parties_of(record)
    match audience:
        case "owner":
            return (parties.owner_id,) if parties.owner_id else ()
        case "line_manager":
            return (parties.line_manager_id,) if parties.line_manager_id else ()
        case "host":
            return queries.members(session, role=Role.HOST, organisation_id=parties.host_id)
        case "programme":
            return queries.members(session, role=Role.PROGRAMME_MANAGER, organisation_id=None)
        case "approver":
            return _approvers(session, record, parties)
        case "respondent":
            return people(session, RESPONDENTS[record.respondent], record)
        case _:
            raise ValueError(f"Nobody is known as {audience!r}.")


def _approvers(session: Session, gate: Gate, parties: Parties) -> tuple[int, ...]:
    """Those who may decide this gate now, so nobody who is a party to it (C4)."""
    permission = GATE_PERMISSIONS[gate.name.value]
    holders: set[int] = set()
    for role in {grant.role for grant in GRANTS if grant.permission is permission}:
        if role is Role.LINE_MANAGER:
            holders |= {parties.line_manager_id} if parties.line_manager_id else set()
        else:
            of = parties.host_id if role is Role.HOST else None
            holders |= set(queries.members(session, role=role, organisation_id=of))
    users = [session.get_one(User, user_id) for user_id in sorted(holders)]
    return tuple(user.id for user in users if user.is_active and may(actor_for(user), permission, gate))
