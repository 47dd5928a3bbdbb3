"""Complaints about how personal data is handled: made by anybody signed in, answered by the programme (D7)."""

from datetime import timedelta

from sqlalchemy.orm import Session

from db.models.complaints import Complaint, ComplaintState
from db.models.users import Role, User
from db.queries import complaints as queries
from db.queries import notifications as told
from programme import audit, clock, notifications, workflow
from programme.actors import Actor
from programme.errors import Invalid, NotAllowed, NotFound
from programme.permissions import Permission, may, require
from programme.reference import rule_number

LONGEST = 4000


def make(session: Session, actor: Actor, *, wording: str) -> Complaint:
    """Store the actor's complaint with both its clocks, and tell the programme managers.

    Raises Invalid on ``wording`` when it says nothing or is too long to be read as one complaint.
    """
    require(actor, Permission.COMPLAINT_MAKE, own_account(session, actor))
    wording = wording.strip()
    if not wording:
        raise Invalid("Say what went wrong.", field="wording")
    if len(wording) > LONGEST:
        raise Invalid(f"Say it in {LONGEST:,} characters or fewer.", field="wording")
    now, today = clock.now(), clock.today()
    acknowledge_days, answer_days = clocks(session, actor)
    complaint = Complaint(
        user_id=actor.user_id,
        wording=wording,
        state=ComplaintState.RECEIVED,
        state_since_at=now,
        made_at=now,
        acknowledge_by_on=today + timedelta(days=acknowledge_days),
        answer_by_on=today + timedelta(days=answer_days),
    )
    session.add(complaint)
    session.flush()
    event = audit.record(session, actor, "complaint:make", "complaint", complaint)
    session.flush()
    for user_id in told.members(session, role=Role.PROGRAMME_MANAGER, organisation_id=None):
        notifications.add(
            session,
            user_id,
            event_key=f"audit-{event.id}",
            subject=f"A complaint has arrived: {complaint.ref}",
            body=f"Acknowledge it by {complaint.acknowledge_by_on:%-d %B %Y}.",
            link="/complaints",
        )
    return complaint


def clocks(session: Session, actor: Actor) -> tuple[int, int]:
    """Within how many days a complaint of today is acknowledged, and within how many it is answered."""
    require(actor, Permission.COMPLAINT_MAKE)
    keys = ("complaint.ack_days", "complaint.answer_days")
    acknowledge_days, answer_days = (int(rule_number(session, key, on=clock.today())) for key in keys)
    return acknowledge_days, answer_days


def mine(session: Session, actor: Actor) -> list[Complaint]:
    """The actor's own complaints, newest first."""
    return queries.of_user(session, user_id=actor.user_id) if actor.user_id is not None else []


def waiting(session: Session, actor: Actor) -> list[Complaint]:
    """The complaints that wait and that the actor may answer, the one due first at the top."""
    require(actor, Permission.COMPLAINT_ANSWER)
    return [row for row in queries.waiting(session) if may(actor, Permission.COMPLAINT_ANSWER, row)]


def acknowledge(session: Session, actor: Actor, ref: str) -> Complaint:
    """Tell the person that their complaint is being looked into. Raises IllegalMove once it has been."""
    complaint = _complaint(session, ref)
    workflow.transition(session, actor, complaint, "acknowledge")
    complaint.acknowledged_at = clock.now()
    session.flush()
    return complaint


def answer(session: Session, actor: Actor, ref: str, *, reason: str) -> Complaint:
    """Answer in words that the person will read. Nobody answers a complaint of their own."""
    complaint = _complaint(session, ref)
    workflow.transition(session, actor, complaint, "answer", reason=reason)
    complaint.acknowledged_at = complaint.acknowledged_at or clock.now()
    complaint.answered_at, complaint.answered_by_id = clock.now(), actor.user_id
    complaint.answer = reason.strip()
    session.flush()
    return complaint


def own_account(session: Session, actor: Actor) -> User:
    """The actor's own account row. Raises NotAllowed for the public and the clockwork, who have none."""
    user = session.get(User, actor.user_id) if actor.user_id is not None else None
    if user is None:
        raise NotAllowed("Sign in first.")
    return user


def _complaint(session: Session, ref: str) -> Complaint:
    complaint = queries.by_ref(session, ref=ref)
    if complaint is None:
        raise NotFound("There is no such complaint, or it is not yours to see.")
    return complaint
