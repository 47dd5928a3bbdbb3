"""The one place where a record changes state.

``transition`` looks the move up in the workflow table, checks permission, reason and guards, changes the state,
and writes the status history, the audit row and the notifications, all in the caller's transaction.
"""

from typing import Any

from sqlalchemy.orm import Session

from db.models.applications import Application
from db.models.audit import StatusChange
from db.models.complaints import Complaint
from db.models.contests import Contest
from db.models.learning import ScoreVersion
from db.models.matches import Gate, Match
from db.models.offers import Offer
from db.models.placements import Placement
from db.models.rounds import MatchingRound
from programme import audit, clock, notifications, permissions
from programme.actors import Actor
from programme.errors import IllegalMove, Invalid, Refused
from programme.reference import reason_codes, rule_number
from programme.transitions import TRANSITIONS, Transition

SUBJECTS: dict[type, str] = {
    Offer: "offer",
    Application: "application",
    Match: "match",
    Placement: "placement",
    MatchingRound: "round",
    ScoreVersion: "score_version",
    Complaint: "complaint",
    Contest: "contest",
}

_MOVES = {(move.subject, move.action, move.source): move for move in TRANSITIONS}


def subject_of(record: Any) -> str:
    """The workflow subject of a record; each gate is its own, such as ``gate.finance``."""
    if isinstance(record, Gate):
        return f"gate.{record.name}"
    return SUBJECTS[type(record)]


def find(subject: str, action: str, source: str) -> Transition:
    """The move ``action`` from ``source``. Raises IllegalMove, naming what can be done instead."""
    move = _MOVES.get((subject, action, source))
    if move is None:
        noun = subject.partition(".")[0].replace("_", " ")
        raise IllegalMove(
            f"This {noun} is {source.replace('_', ' ')}, so it cannot be changed this way. "
            "Reload the page to see where it stands."
        )
    return move


def possible_actions(actor: Actor, record: Any) -> tuple[str, ...]:
    """The actions that ``actor`` may try on ``record`` as it stands now. Guards may still refuse."""
    subject = subject_of(record)
    return tuple(
        move.action
        for move in TRANSITIONS
        if move.subject == subject
        and move.source == record.state
        and permissions.may(actor, move.permission, record)
    )


def refusals(session: Session, record: Any, action: str) -> tuple[str, ...]:
    """What stands in the way of ``action`` on ``record`` now, in plain words; empty when nothing does."""
    move = find(subject_of(record), action, record.state)
    return tuple(message for guard in move.guards if (message := guard(session, record)) is not None)


def transition(
    session: Session,
    actor: Actor,
    record: Any,
    action: str,
    *,
    reason: str = "",
    reason_code: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Move ``record`` by ``action``, with everything that belongs to it, in the caller's transaction.

    Raises IllegalMove, NotAllowed, Invalid (a reason is missing or too short) or Refused (a guard said no).
    """
    subject = subject_of(record)
    _check_stranger(actor, record, subject, action)
    move = find(subject, action, record.state)
    permissions.require(actor, move.permission, record)
    reason = reason.strip()
    _check_reason(session, move, reason, reason_code)
    for message in refusals(session, record, action):
        raise Refused(message)

    source = str(record.state)
    now = clock.now()
    record.state = type(record.state)(move.target)
    record.state_since_at = now
    if isinstance(record, Gate):  # signed in the same statement: the database judges who decided (C4)
        record.decided_by_id, record.decided_at, record.reason = actor.user_id, now, reason
    session.add(
        StatusChange(
            subject=subject,
            subject_id=record.id,
            action=action,
            source=source,
            target=move.target,
            at=now,
            actor_id=actor.user_id,
            reason_code=reason_code,
            reason=reason,
        )
    )
    event = audit.record(
        session,
        actor,
        f"{subject}:{action}",
        subject,
        record,
        reason=reason,
        reason_code=reason_code,
        detail={"from": source, "to": move.target, **(detail or {})},
    )
    session.flush()  # a stale version or a full offer is refused here, before anybody is told
    notifications.tell(session, record, move, event, reason=reason)


def _check_stranger(actor: Actor, record: Any, subject: str, action: str) -> None:
    """Refuse whoever could not do this in any state, so that a refusal never tells them the state."""
    needed = [move.permission for move in TRANSITIONS if (move.subject, move.action) == (subject, action)]
    if needed and not any(permissions.may(actor, permission, record) for permission in needed):
        permissions.require(actor, needed[0], record)


def _check_reason(session: Session, move: Transition, reason: str, reason_code: str | None) -> None:
    if move.needs_reason:
        least = int(rule_number(session, "decision.reason_min_characters", on=clock.today()))
        if len(reason) < least:
            raise Invalid(
                f"Say why, in at least {least} characters. The people concerned will read it.", field="reason"
            )
    if move.reason_kind is not None:
        known = {row.code for row in reason_codes(session, move.reason_kind)}
        if reason_code not in known:
            raise Invalid("Choose a reason from the list.", field="reason_code")
