"""Matches: one person and one offer on their way to approval, gate by gate, the programme last.

A host or a line manager sees the matches of its own offers or people. A programme manager sees the name of the
person: it is their work to place people, and the name is what they check for a conflict of interest (C4); they
decide one match at a time, with a reason.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.models.applications import Application, ApplicationState
from db.models.matches import Gate, GateName, GateState, Match, MatchState
from db.models.placements import Placement
from db.models.users import Role
from db.queries import matches as queries
from programme import blind, clock, personal_reads, placement_opening, workflow
from programme.actors import SYSTEM, Actor
from programme.errors import IllegalMove, NotFound, Refused
from programme.match_opening import gate_of
from programme.parties import parties_of
from programme.permissions import Permission, is_party, may, require
from programme.reference import add_working_days, rule_number
from programme.transitions import GATE_PERMISSIONS

MISSING = "There is no such match, or it is not yours to see."
GATE_ACTIONS = ("pass", "return", "refuse", "resubmit")
PASSED_OR_NOT_NEEDED = (GateState.PASSED, GateState.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One match in the programme manager's queue.

    ``waiting_on`` names the gates that are still open (``applicant`` while a proposal has not been accepted);
    ``urgency_days`` is how many days are left until the answer is late, below zero when it is; ``ready`` says
    that only the programme's own decision is missing; ``is_party`` that the actor must leave it to another.
    """

    match: Match
    waiting_on: tuple[str, ...]
    since: datetime
    urgency_days: int
    ready: bool
    is_party: bool


def queue(session: Session, actor: Actor) -> tuple[QueueItem, ...]:
    """Every match that waits for a decision, the most urgent first."""
    require(actor, Permission.ROUND_VIEW)
    items = [
        _queue_item(session, actor, match)
        for match in queries.waiting(session)
        if not blind.hides_name(actor, match)
    ]
    return tuple(sorted(items, key=lambda item: (item.urgency_days, item.since, item.match.id)))


def _queue_item(session: Session, actor: Actor, match: Match) -> QueueItem:
    proposed = match.state is MatchState.PROPOSED
    rule = "reply.proposal_days" if proposed else "reply.approval_days"
    since = max((match.state_since_at, *(gate.state_since_at for gate in match.gates)))
    days = int(rule_number(session, rule, on=clock.today()))
    waiting = tuple(gate.name.value for gate in match.gates if gate.state not in PASSED_OR_NOT_NEEDED)
    return QueueItem(
        match=match,
        waiting_on=("applicant",) if proposed else waiting,
        since=since,
        urgency_days=(add_working_days(since.date(), days) - clock.today()).days,
        ready=waiting == (GateName.PROGRAMME.value,) and not proposed,
        is_party=is_party(actor, parties_of(match)),
    )


def detail(session: Session, actor: Actor, ref: str) -> Match:
    """One match with its gates, for its parties and those whose approval it needs.

    Raises NotFound for everybody else, and for a host that has not passed its own gate: it knows a reference only.
    """
    match = _match(session, ref)
    if _may_see(actor, match):
        personal_reads.note(session, actor, match.applicant)
        return match
    raise NotFound(MISSING)


def _may_see(actor: Actor, match: Match) -> bool:
    if blind.hides_name(actor, match):
        return False
    return may(actor, Permission.MATCH_VIEW, match) or any(
        gate.state is not GateState.NOT_NEEDED and may(actor, GATE_PERMISSIONS[gate.name.value], gate)
        for gate in match.gates
    )


def mine(session: Session, actor: Actor) -> list[Match]:
    """The matches in which the actor is the person, a host, or the line manager; the latest change first."""
    found = queries.of_people(
        session, user_id=actor.user_id, host_ids=actor.organisations(Role.HOST), manager_id=actor.user_id
    )
    return [match for match in found if _may_see(actor, match)]


def decide_gate(
    session: Session,
    actor: Actor,
    ref: str,
    gate_name: str,
    action: str,
    *,
    reason: str,
    reason_code: str | None = None,
) -> Match:
    """Pass, return, refuse or resubmit one gate, with a reason. A refused gate ends the match.

    The programme's own gate is decided by ``approve`` or ``reject``.
    """
    match = _match(session, ref)
    if action not in GATE_ACTIONS or gate_name not in GATE_PERMISSIONS:
        raise IllegalMove("That cannot be done to an approval.")
    if gate_name == GateName.PROGRAMME:
        raise IllegalMove("The programme decides by approving or rejecting the match itself.")
    gate = gate_of(match, GateName(gate_name))
    workflow.transition(session, actor, gate, action, reason=reason, reason_code=reason_code)
    if action == "refuse":
        workflow.transition(session, SYSTEM, match, "refuse", reason=reason, reason_code=reason_code)
        _end_application(session, match, "unselect", reason, reason_code)
    return match


def approve(
    session: Session, actor: Actor, ref: str, *, reason: str, seconds_on_record: float | None = None
) -> Placement:
    """Approve one match: take a place on the offer, open the placement and its surveys.

    The person's other undecided matches lapse, and they are told. Whoever else approves at the same moment gets a
    clear refusal: the place is taken by one conditional statement, and a person has one placement at a time.
    """
    applicant_id = queries.applicant_id_of(session, ref=ref)
    if applicant_id is not None:
        queries.hold_applicant(session, applicant_id=applicant_id)
    match = _match(session, ref)
    detail = {} if seconds_on_record is None else {"seconds_on_record": round(seconds_on_record, 1)}
    workflow.transition(session, actor, match, "approve", reason=reason, detail=detail)
    _decide_for_programme(session, actor, match, "pass", reason)
    if not queries.take_place(session, offer=match.offer, at=clock.now()):
        raise Refused("Every place on this offer has been taken. Nothing was changed.")
    if match.offer.places_taken >= match.offer.capacity:
        workflow.transition(session, SYSTEM, match.offer, "fill")
    placement = placement_opening.open_placement(session, actor, match)
    for other in queries.waiting_of_applicant(session, applicant_id=match.applicant_id):
        lapse(
            session,
            other,
            reason="The person was placed with another offer.",
            reason_code="another_placement",
        )
    return placement


def reject(session: Session, actor: Actor, ref: str, *, reason: str, reason_code: str | None) -> Match:
    """Reject one match, with a reason that the people concerned will read."""
    match = _match(session, ref)
    workflow.transition(session, actor, match, "reject", reason=reason, reason_code=reason_code)
    _decide_for_programme(session, actor, match, "refuse", reason, reason_code)
    _end_application(session, match, "unselect", reason, reason_code)
    return match


def _decide_for_programme(
    session: Session, actor: Actor, match: Match, action: str, reason: str, reason_code: str | None = None
) -> None:
    gate = gate_of(match, GateName.PROGRAMME)
    workflow.transition(session, actor, gate, action, reason=reason, reason_code=reason_code)


def accept(
    session: Session, actor: Actor, ref: str, *, reason: str = "", reason_code: str | None = None
) -> Match:
    """The applicant accepts a round's proposal; it goes to its gates, the line manager's release first."""
    match = _match(session, ref)
    require(actor, Permission.MATCH_ACCEPT, match)
    match.line_manager_id = match.applicant.line_manager_id
    workflow.transition(session, actor, match, "accept", reason=reason, reason_code=reason_code)
    return match


def decline(session: Session, actor: Actor, ref: str, *, reason: str, reason_code: str | None) -> Match:
    """The applicant declines a round's proposal, with a reason."""
    match = _match(session, ref)
    workflow.transition(session, actor, match, "decline", reason=reason, reason_code=reason_code)
    return match


def withdraw(session: Session, actor: Actor, ref: str, *, reason: str, reason_code: str | None) -> Match:
    """The applicant or the host withdraws an undecided match; the application it came from goes with it."""
    match = _match(session, ref)
    workflow.transition(session, actor, match, "withdraw", reason=reason, reason_code=reason_code)
    application = _selected(session, match)
    if application is not None:
        workflow.transition(session, actor, application, "withdraw", reason=reason, reason_code=reason_code)
    return match


def lapse(session: Session, match: Match, *, reason: str, reason_code: str) -> None:
    """The programme's own clockwork ends an undecided match, and its application with it; both sides are told."""
    workflow.transition(session, SYSTEM, match, "lapse", reason=reason, reason_code=reason_code)
    _end_application(session, match, "lapse", reason, reason_code)


def gates_waiting(session: Session, actor: Actor) -> tuple[Gate, ...]:
    """The gates that the actor can decide now, each with its match, the longest wait first."""
    return tuple(
        gate for gate in queries.gates_waiting(session) if may(actor, GATE_PERMISSIONS[gate.name.value], gate)
    )


def _end_application(
    session: Session, match: Match, action: str, reason: str, reason_code: str | None
) -> None:
    application = _selected(session, match)
    if application is not None:
        workflow.transition(session, SYSTEM, application, action, reason=reason, reason_code=reason_code)


def _selected(session: Session, match: Match) -> Application | None:
    application = session.get(Application, match.application_id) if match.application_id else None
    return application if application is not None and application.state is ApplicationState.SELECTED else None


def _match(session: Session, ref: str) -> Match:
    match = queries.by_ref(session, ref=ref)
    if match is None:
        raise NotFound(MISSING)
    return match
