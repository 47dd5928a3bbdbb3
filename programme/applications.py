"""Applications: a person asks for an offer, the line manager releases them, the host assesses and chooses."""

from datetime import date

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application as Application
from db.models.applications import ApplicationState, Assessment, NameReveal
from db.models.offers import Offer, OfferState
from db.models.users import Role
from db.queries import applicants as applicant_queries
from db.queries import applications as queries
from db.queries import matches as match_queries
from db.queries import offers as offer_queries
from programme import (
    audit,
    business_case,
    clock,
    encoding,
    match_opening,
    matches,
    notice,
    offer_access,
    personal_reads,
    recommendations,
    reference,
    vocabulary,
    workflow,
)
from programme import blind as blind_view
from programme.actors import SYSTEM, Actor
from programme.blind import BlindApplication
from programme.errors import IllegalMove, Invalid, NotAllowed, NotFound, Refused
from programme.parties import parties_of
from programme.permissions import Permission, is_party, may, require

MISSING = "There is no such application, or it is not yours to see."
SCORES = range(1, 6)
HOST_ACTIONS = ("shortlist", "select", "decline")
ASSESSABLE = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED)


def start(session: Session, actor: Actor, offer_ref: str) -> Application:
    """The actor's application for this offer: the live one, or a new draft.

    Raises NotFound without a profile or such an offer, Refused when the offer is not open or for the other side.
    """
    applicant = _own_profile(session, actor)
    offer = offer_access.visible(session, actor, offer_ref)
    live = queries.live_for(session, applicant_id=applicant.id, offer_id=offer.id)
    if live is not None:
        return live
    if offer.state is not OfferState.PUBLISHED:
        raise Refused("This offer is no longer open. Find another one on the placements page.")
    if offer.direction is not applicant.direction:
        raise Refused("This offer is for people of the other sector. Find one that is open to you.")
    now = clock.now()
    application = Application(
        applicant=applicant,
        applicant_id=applicant.id,
        offer=offer,
        offer_id=offer.id,
        line_manager_id=applicant.line_manager_id,
        state=ApplicationState.DRAFT,
        state_since_at=now,
        created_at=now,
        updated_at=now,
    )
    require(actor, Permission.APPLICATION_WRITE, application)
    session.add(application)
    session.flush()
    audit.record(session, actor, "application:start", "application", application)
    session.refresh(application)
    return application


def save_draft(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    statement: str = "",
    case_skills: str = "",
    case_plan: str = "",
    case_kind: str = "",
    case_home: str = "",
    case_host: str = "",
    case_choice: str = "",
) -> Application:
    """Keep what was typed, complete or not. Raises IllegalMove once the application has been sent."""
    application = _application(session, ref)
    require(actor, Permission.APPLICATION_WRITE, application)
    if application.state is not ApplicationState.DRAFT:
        raise IllegalMove("This application has been sent, so its words can no longer be changed.")
    for field, text in (
        ("statement", statement),
        ("case_skills", case_skills),
        ("case_plan", case_plan),
        ("case_kind", case_kind),
        ("case_home", case_home),
        ("case_host", case_host),
        ("case_choice", case_choice),
    ):
        setattr(application, field, text.strip())
    application.updated_at = clock.now()
    session.flush()
    audit.record(session, actor, "application:save_draft", "application", application)
    return application


def draft_case(session: Session, actor: Actor, ref: str) -> dict[str, str]:
    """A first text for each of the six headings, for the person to make their own."""
    application = _application(session, ref)
    require(actor, Permission.APPLICATION_WRITE, application)
    return business_case.first_texts(session, application)


def request_release(session: Session, actor: Actor, ref: str) -> Application:
    """Send the business case to the line manager.

    Stored with it: the score of the day with its parts, sentence and model version, and the version of the notice
    that the person was shown.
    """
    application = _application(session, ref)
    require(actor, Permission.APPLICATION_WRITE, application)
    application.line_manager_id = application.applicant.line_manager_id
    workflow.transition(session, actor, application, "request_release")
    catalogue = encoding.catalogue(session)
    person = encoding.applicant_profile(session, application.applicant_id)
    placement = encoding.offer_profile(session, application.offer_id)
    scored = recommendations.score_pair(catalogue, person, placement)
    application.score, application.score_parts = scored.score, scored.parts
    application.score_sentence = scored.explanation.sentence
    application.notice_version = notice.version(session)
    application.model_version = catalogue.model_version
    application.fingerprint = catalogue.fingerprint
    session.flush()
    return application


def release(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    until_on: date | None = None,
    conditions: str = "",
    cover: str = "",
    reason: str,
) -> Application:
    """The line manager releases the person, until a last day when one is given; the host now sees the application.

    Raises Invalid when that day is before the offer starts.
    """
    application = _application(session, ref)
    if until_on is not None and until_on < application.offer.start_from_on:
        raise Invalid(
            f"The placement starts on {application.offer.start_from_on:%-d %B %Y} at the earliest. "
            "Enter a later last day, or decline the release.",
            field="until_on",
        )
    workflow.transition(session, actor, application, "release", reason=reason)
    application.release_decided_at = clock.now()
    application.release_until_on = until_on
    application.release_conditions = conditions.strip()
    application.release_cover = cover.strip()
    session.flush()
    return application


def decline_release(
    session: Session, actor: Actor, ref: str, *, reason_code: str | None, reason: str
) -> Application:
    """The line manager keeps the person and says why; the application ends here."""
    application = _application(session, ref)
    workflow.transition(
        session, actor, application, "decline_release", reason=reason, reason_code=reason_code
    )
    application.release_decided_at = clock.now()
    session.flush()
    return application


def mine(session: Session, actor: Actor) -> list[Application]:
    """The actor's own applications, the latest change first; empty without a profile."""
    applicant = applicant_queries.by_user(session, user_id=actor.user_id) if actor.user_id else None
    return queries.of_applicant(session, applicant_id=applicant.id) if applicant else []


def detail(session: Session, actor: Actor, ref: str) -> Application:
    """One application with the name, for the person, their line manager, or a programme manager of neither side.

    A host sees it through ``blind``. Raises NotFound for everybody else, so that nobody learns that it exists.
    """
    application = _application(session, ref)
    if may(actor, Permission.APPLICATION_WRITE, application):
        return application
    sent = queries.last_step(session, application_id=application.id, action="request_release") is not None
    releases = may(actor, Permission.APPLICATION_RELEASE, application)
    manages = Role.PROGRAMME_MANAGER in actor.roles and not is_party(actor, parties_of(application))
    if sent and (releases or manages):
        personal_reads.note(session, actor, application.applicant)
        return application
    raise NotFound(MISSING)


def release_requests(session: Session, actor: Actor) -> list[Application]:
    """The applications that wait for the actor's release, the longest wait first."""
    if actor.user_id is None:
        return []
    waiting = queries.awaiting_release_by(session, line_manager_id=actor.user_id)
    return [application for application in waiting if may(actor, Permission.APPLICATION_RELEASE, application)]


def for_offer(session: Session, actor: Actor, offer_ref: str) -> tuple[BlindApplication, ...]:
    """Every application that reached the host of this offer, in the order they arrived, blind."""
    offer = _offer(session, offer_ref)
    require(actor, Permission.RECOMMENDATIONS_CANDIDATES, offer)
    applications = queries.sent_for_offer(session, offer_id=offer.id)
    return _views(session, actor, applications)


def blind(session: Session, actor: Actor, ref: str) -> BlindApplication:
    """One application as its host may see it. Raises NotFound when it has not reached the host."""
    application = _application(session, ref)
    if (
        not may(actor, Permission.RECOMMENDATIONS_CANDIDATES, application)
        or application.release_decided_at is None
        or application.state is ApplicationState.RELEASE_DECLINED
    ):
        raise NotFound(MISSING)
    (view,) = _views(session, actor, [application])
    if view.revealed:
        personal_reads.note(session, actor, application.applicant)
    return view


def _views(session: Session, actor: Actor, applications: list[Application]) -> tuple[BlindApplication, ...]:
    revealed = queries.revealed_ids(session, application_ids=[row.id for row in applications])
    words = blind_view.Words(reference.skill_names(session), vocabulary.skill_level_names(session))
    return tuple(
        blind_view.view(row, revealed=row.id in revealed, can=_can(actor, row), words=words)
        for row in applications
    )


def _can(actor: Actor, application: Application) -> tuple[str, ...]:
    assess = application.state in ASSESSABLE and may(actor, Permission.APPLICATION_ASSESS, application)
    moves = [move for move in workflow.possible_actions(actor, application) if move in HOST_ACTIONS]
    return (*(("assess",) if assess else ()), *moves)


def assess(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    skills_score: int | None,
    motivation_score: int | None,
    strengths: str,
    questions: str = "",
) -> BlindApplication:
    """Save the actor's assessment; a second one replaces the first. The host's first one shows the name, and is logged.

    Raises Invalid with a message for each field, IllegalMove when the application has been decided.
    """
    application = _application(session, ref)
    require(actor, Permission.APPLICATION_ASSESS, application)
    if application.state not in ASSESSABLE:
        raise IllegalMove(
            "This application is not waiting for an assessment. Reload the page to see where it stands."
        )
    _check_assessment(skills_score, motivation_score, strengths)
    assessment = next((row for row in application.assessments if row.assessor_id == actor.user_id), None)
    if assessment is None:
        assessment = Assessment(application_id=application.id, assessor_id=actor.user_id)
        application.assessments.append(assessment)
    assessment.skills_score = skills_score or 0
    assessment.motivation_score = motivation_score or 0
    assessment.strengths = strengths.strip()
    assessment.questions = questions.strip()
    assessment.saved_at = clock.now()
    session.flush()
    audit.record(
        session, actor, "application:assess", "application", application,
        detail={"skills_score": skills_score, "motivation_score": motivation_score},
    )  # fmt: skip
    _reveal(session, actor, application)
    session.flush()
    return blind(session, actor, ref)


def _check_assessment(skills_score: int | None, motivation_score: int | None, strengths: str) -> None:
    wrong = {
        field: f"Choose a number from 1 to 5 for {words}."
        for field, words, score in (
            ("skills_score", "skills", skills_score),
            ("motivation_score", "motivation", motivation_score),
        )
        if score not in SCORES
    }
    if not strengths.strip():
        wrong["strengths"] = "Write what speaks for this person."
    if wrong:
        raise Invalid.from_fields(wrong)


def _reveal(session: Session, actor: Actor, application: Application) -> None:
    if queries.revealed_ids(session, application_ids=[application.id]):
        return
    why = "The host's first assessment was saved."
    session.add(
        NameReveal(application_id=application.id, user_id=actor.user_id, revealed_at=clock.now(), reason=why)
    )
    audit.record(session, actor, "application:reveal_name", "application", application, reason=why)


def act(
    session: Session, actor: Actor, ref: str, action: str, *, reason: str = "", reason_code: str | None = None
) -> Application:
    """Shortlist, select (which puts the match forward for approval), decline or withdraw.

    Withdrawing an application that was selected withdraws its match with it.
    """
    application = _application(session, ref)
    if action not in (*HOST_ACTIONS, "withdraw"):
        raise IllegalMove("That cannot be done to an application.")
    if action == "withdraw" and application.state is ApplicationState.SELECTED:
        match = match_queries.live_of_application(session, application_id=application.id)
        if match is None:
            raise IllegalMove(
                "A placement has been opened from this application. Cancel the placement instead."
            )
        matches.withdraw(session, actor, match.ref, reason=reason, reason_code=reason_code)
        return application
    workflow.transition(session, actor, application, action, reason=reason, reason_code=reason_code)
    if action == "select":
        match_opening.put_forward(session, actor, application, reason=reason)
    return application


def lapse_for_offer(session: Session, offer: Offer, *, reason: str) -> int:
    """End every undecided application and match for an offer that is gone; how many applications ended."""
    for match in match_queries.waiting_of_offer(session, offer_id=offer.id):
        matches.lapse(session, match, reason=reason, reason_code="no_longer_needed")
    waiting = [
        row
        for row in queries.live_for_offer(session, offer_id=offer.id)
        if row.state is not ApplicationState.SELECTED
    ]
    for application in waiting:
        workflow.transition(
            session, SYSTEM, application, "lapse", reason=reason, reason_code="no_longer_needed"
        )
    return len(waiting)


def _own_profile(session: Session, actor: Actor) -> Applicant:
    if actor.user_id is None:
        raise NotAllowed("Sign in to apply.")
    applicant = applicant_queries.by_user(session, user_id=actor.user_id)
    if applicant is None:
        raise NotFound("Fill in your profile first, so that hosts know what you offer.")
    return applicant


def _offer(session: Session, ref: str) -> Offer:
    offer = offer_queries.by_ref(session, ref=ref)
    if offer is None:
        raise NotFound("There is no such offer. Look for it on the placements page.")
    return offer


def _application(session: Session, ref: str) -> Application:
    application = queries.by_ref(session, ref=ref)
    if application is None:
        raise NotFound(MISSING)
    return application
