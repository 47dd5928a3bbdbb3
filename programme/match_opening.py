"""A match opens: by a host's selection or by a matching round, with the gates that it needs, written down at once."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application, ApplicationState
from db.models.matches import Gate, GateName, GateState, Match, MatchState
from db.models.offers import Offer
from db.models.rounds import MatchingRound
from db.queries import applications as application_queries
from db.queries import matches as queries
from programme import audit, clock, gates, guards, notifications, workflow
from programme.actors import SYSTEM, Actor
from programme.errors import IllegalMove, NotFound, Refused
from programme.permissions import Permission, require


def propose(
    session: Session,
    actor: Actor,
    *,
    applicant: Applicant,
    offer: Offer,
    matching_round: MatchingRound,
    score: float | None = None,
) -> Match:
    """A matching round's proposal: the applicant is told and answers it; then it waits for every gate.

    Raises Refused, before anything is written, when this person and this offer are matched already, when the
    offer is no longer open or when the person has a placement.
    """
    require(actor, Permission.ROUND_DECIDE)
    match = _new_match(session, applicant, offer)
    for guard in (guards.match_offer_open, guards.match_person_free):
        if (message := guard(session, match)) is not None:
            raise Refused(message)
    match.round_id = matching_round.id
    match.line_manager_id = applicant.line_manager_id
    match.score = score
    match.model_version, match.fingerprint = matching_round.model_version, matching_round.fingerprint
    session.add(match)
    session.flush()
    _open_gates(session, match)
    event = audit.record(
        session, actor, "match:propose", "match", match, detail={"round": matching_round.ref}
    )
    session.flush()
    notifications.add(
        session,
        applicant.user_id,
        event_key=f"audit-{event.id}",
        subject=f"A placement is proposed to you: {offer.title}"[:200],
        body=f"A matching round put you and {offer.title} together. Accept it, or decline and say why.",
        link=f"/application?match={match.ref}",
    )
    return match


def put_forward(session: Session, actor: Actor, application: Application, *, reason: str = "") -> Match:
    """Put a selected application forward for approval: its release and the host's choice count as two gates passed.

    Raises IllegalMove when the application is not selected, Refused when the pair is matched already.
    """
    require(actor, Permission.APPLICATION_DECIDE, application)
    if application.state is not ApplicationState.SELECTED:
        raise IllegalMove("Select the application first; the match is then put forward by itself.")
    match = _new_match(session, application.applicant, application.offer)
    if queries.came_of_application(session, application_id=application.id):
        raise Refused("This application has been put forward already.")
    match.application_id = application.id
    match.line_manager_id = application.line_manager_id
    match.score = application.score
    match.model_version, match.fingerprint = application.model_version, application.fingerprint
    session.add(match)
    session.flush()
    _open_gates(session, match)
    _count_as_passed(session, match, application, actor, reason)
    workflow.transition(session, SYSTEM, match, "put_forward")
    return match


def _new_match(session: Session, applicant: Applicant, offer: Offer) -> Match:
    if queries.live_for(session, applicant_id=applicant.id, offer_id=offer.id) is not None:
        raise Refused("This person and this offer are already matched. Look for the match in the queue.")
    now = clock.now()
    return Match(
        applicant=applicant,
        applicant_id=applicant.id,
        offer=offer,
        offer_id=offer.id,
        state=MatchState.PROPOSED,
        state_since_at=now,
        created_at=now,
    )


def _open_gates(session: Session, match: Match) -> None:
    now = clock.now()
    for position, need in enumerate(gates.needed(session, match.applicant, match.offer), start=1):
        match.gates.append(
            Gate(
                name=need.name,
                position=position,
                why=need.why,
                state=GateState.WAITING if need.needed else GateState.NOT_NEEDED,
                state_since_at=now,
            )
        )
    session.flush()


def _count_as_passed(
    session: Session, match: Match, application: Application, actor: Actor, reason: str
) -> None:
    released = application_queries.last_step(session, application_id=application.id, action="release")
    decisions: dict[GateName, tuple[int | None, datetime, str]] = {
        GateName.HOST: (actor.user_id, clock.now(), reason)
    }
    if released is not None:
        decisions[GateName.HOME_RELEASE] = (released.actor_id, released.at, released.reason)
    for name, (user_id, at, words) in decisions.items():
        gate = gate_of(match, name)
        gate.state = GateState.PASSED
        gate.decided_by_id, gate.decided_at, gate.state_since_at, gate.reason = user_id, at, at, words
    session.flush()


def review_gates(session: Session, applicant: Applicant) -> None:
    """Ask for the approvals that a person's undecided matches have come to need since the person's facts changed.

    An approval that waits or was given stays as it is: a change can only ask for more.
    """
    for match in queries.waiting_of_applicant(session, applicant_id=applicant.id):
        for need in gates.needed(session, applicant, match.offer):
            gate = gate_of(match, need.name)
            if need.needed and gate.state is GateState.NOT_NEEDED:
                gate.state, gate.state_since_at, gate.why = GateState.WAITING, clock.now(), need.why
                subject = workflow.subject_of(gate)
                audit.record(session, SYSTEM, f"{subject}:open", subject, gate, reason=need.why)
    session.flush()


def gate_of(match: Match, name: GateName) -> Gate:
    """The gate of this name. Raises NotFound when the match has none."""
    for gate in match.gates:
        if gate.name is name:
            return gate
    raise NotFound("This match does not need that approval.")
