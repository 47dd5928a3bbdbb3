"""Contests: a person asks that somebody else looks again at a rank or a decision, and is answered in words (D4)."""

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.contests import Contest, ContestAbout, ContestState
from db.models.users import Role
from db.queries import applicants as applicant_queries
from db.queries import contests as queries
from db.queries import notifications as told
from programme import audit, clock, notifications, offer_access, recommendations, workflow
from programme.actors import Actor
from programme.errors import Invalid, NotFound, Refused
from programme.permissions import Permission, may, require
from programme.placement_terms import add_months
from programme.reference import rule_number

LONGEST = 4000


def ask(session: Session, actor: Actor, offer_ref: str, *, wording: str) -> Contest:
    """Contest how the actor stands with this offer: the last decision about it, or the rank when there is none.

    Keeps score, rank, parts and sentence as they stand now. Raises NotFound without a profile or such an offer,
    Invalid on ``wording``, Refused while an earlier contest of the same waits for its answer.
    """
    applicant = _own_profile(session, actor)
    offer = offer_access.visible(session, actor, offer_ref)
    wording = wording.strip()
    if not wording or len(wording) > LONGEST:
        raise Invalid(f"Say what you think is wrong, in {LONGEST:,} characters or fewer.", field="wording")
    earlier = queries.of_pair(session, applicant_id=applicant.id, offer_id=offer.id)
    if any(row.state is ContestState.OPEN for row in earlier):
        raise Refused("You have asked already. You will be told as soon as there is an answer.")
    application = queries.last_application(session, applicant_id=applicant.id, offer_id=offer.id)
    steps = queries.decisions(session, applicant_id=applicant.id, offer_id=offer.id)
    decider = next((step.actor_id for step in steps if step.actor_id != actor.user_id), None)
    contest = Contest(
        applicant=applicant,
        applicant_id=applicant.id,
        offer=offer,
        offer_id=offer.id,
        application_id=application.id if application is not None else None,
        about=ContestAbout.RANK if decider is None else ContestAbout.DECISION,
        first_decider_id=decider,
        wording=wording,
        shown=_as_shown(session, actor, offer.ref),
        state=ContestState.OPEN,
        state_since_at=clock.now(),
        asked_at=clock.now(),
        answer_by_on=add_months(clock.today(), int(rule_number(session, "contest.months"))),
    )
    require(actor, Permission.CONTEST_ASK, contest)
    session.add(contest)
    session.flush()
    _tell_reviewers(session, actor, contest)
    return contest


def mine(session: Session, actor: Actor, offer_ref: str) -> list[Contest]:
    """What the actor has contested about this offer, newest first."""
    applicant = _own_profile(session, actor)
    offer = offer_access.visible(session, actor, offer_ref)
    return queries.of_pair(session, applicant_id=applicant.id, offer_id=offer.id)


def waiting(session: Session, actor: Actor) -> list[Contest]:
    """The contests that the actor may answer: of neither side, and with no decision of theirs in it."""
    require(actor, Permission.CONTEST_ANSWER)
    return [
        row
        for row in queries.waiting(session)
        if may(actor, Permission.CONTEST_ANSWER, row) and actor.user_id not in deciders(session, row)
    ]


def answer(session: Session, actor: Actor, ref: str, *, reason: str, reason_code: str | None) -> Contest:
    """Answer a contest with an outcome and words that the person will read.

    Raises Refused for whoever has decided anything in it: another person looks again.
    """
    contest = queries.by_ref(session, ref=ref)
    if contest is None:
        raise NotFound("There is no such contest, or it is not yours to see.")
    require(actor, Permission.CONTEST_ANSWER, contest)
    if actor.user_id in deciders(session, contest):
        raise Refused("You took part in the first decision, so another programme manager must answer this.")
    workflow.transition(session, actor, contest, "answer", reason=reason, reason_code=reason_code)
    contest.answered_by_id, contest.answered_at = actor.user_id, clock.now()
    contest.outcome_code, contest.outcome = reason_code, reason.strip()
    session.flush()
    return contest


def deciders(session: Session, contest: Contest) -> frozenset[int]:
    """Everybody who has decided anything about this person and this offer, themselves left out."""
    steps = queries.decisions(session, applicant_id=contest.applicant_id, offer_id=contest.offer_id)
    people = {step.actor_id for step in steps if step.actor_id is not None}
    if contest.first_decider_id is not None:
        people.add(contest.first_decider_id)
    return frozenset(people - {contest.applicant.user_id})


def _as_shown(session: Session, actor: Actor, offer_ref: str) -> dict[str, object]:
    pair = recommendations.for_offer(session, actor, offer_ref)
    return {
        "score": round(pair.score, 4),
        "rank": pair.rank,
        "parts": {name: round(points, 4) for name, points in pair.parts.items()},
        "sentence": pair.explanation.sentence,
    }


def _tell_reviewers(session: Session, actor: Actor, contest: Contest) -> None:
    event = audit.record(
        session, actor, "contest:ask", "contest", contest, detail={"about": contest.about.value}
    )
    session.flush()
    busy = deciders(session, contest)
    for user_id in told.members(session, role=Role.PROGRAMME_MANAGER, organisation_id=None):
        if user_id in busy:
            continue
        notifications.add(
            session,
            user_id,
            event_key=f"audit-{event.id}",
            subject=f"Somebody asks you to look again: {contest.offer.title}"[:200],
            body=f"Answer by {contest.answer_by_on:%-d %B %Y}.",
            link="/contests",
        )


def _own_profile(session: Session, actor: Actor) -> Applicant:
    require(actor, Permission.CONTEST_ASK)
    found = applicant_queries.by_user(session, user_id=actor.user_id) if actor.user_id else None
    if found is None:
        raise NotFound("Fill in your profile first, so that we can rank placements for you.")
    return found
