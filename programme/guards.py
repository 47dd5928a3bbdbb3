"""Guards: what must be true before a move. Each answers with a message in plain words, or None when all is well."""

from datetime import timedelta

from sqlalchemy.orm import Session

from db.models.applications import Application
from db.models.matches import Gate, GateName, GateState, Match, MatchState
from db.models.offers import Offer, OfferState
from db.models.organisations import Verification
from db.models.outcomes import Wave
from db.models.placements import Placement, VatTreatment
from db.queries import outcomes as outcome_queries
from db.queries import placements as placement_queries
from programme import clock, eligibility
from programme.placement_terms import first_dates
from programme.reference import rule_number, vetting_ready_on

WEIGHT_TOLERANCE = 0.001


def offer_complete(session: Session, offer: Offer) -> str | None:
    """An offer can be judged only when its essentials are there (M2: mission weights add to 1)."""
    missing = [
        words
        for words, value in (
            ("a summary", offer.summary),
            ("what the person will do", offer.tasks),
            ("what they will learn", offer.learning),
            ("at least one mission", offer.missions),
            ("at least one skill", offer.skills),
        )
        if not value
    ]
    if missing:
        return f"Add {', '.join(missing)} first."
    if abs(sum(mission.weight for mission in offer.missions) - 1) > WEIGHT_TOLERANCE:
        return "The mission weights must add up to 100%. Change them so that they do."
    return None


def host_verified(session: Session, offer: Offer) -> str | None:
    """Only a verified body may have a live offer (C1)."""
    if offer.organisation.verification is Verification.VERIFIED:
        return None
    return f"{offer.organisation.name} has not been verified yet. Verify it first, on the organisations page."


def vetting_fits_start(session: Session, offer: Offer) -> str | None:
    """The latest start must leave time for the vetting asked (G5)."""
    today = clock.today()
    ready = vetting_ready_on(session, offer.vetting_code, today, on=today)
    if offer.start_to_on >= ready:
        return None
    return (
        f"Vetting asked for today would be done by {ready:%-d %B %Y}, after the latest start of "
        f"{offer.start_to_on:%-d %B %Y}. Move the latest start to {ready:%-d %B %Y} or later."
    )


def no_place_taken(session: Session, offer: Offer) -> str | None:
    """An offer with an approved person on it is closed, not withdrawn."""
    return (
        "Someone has been approved for this offer. Cancel the placement first."
        if offer.places_taken
        else None
    )


def _open(offer: Offer) -> str | None:
    if offer.state is not OfferState.PUBLISHED:
        return "This offer is no longer open."
    if offer.places_taken >= offer.capacity:
        return "Every place on this offer has been taken."
    return None


def offer_open(session: Session, application: Application) -> str | None:
    """The offer still takes applications and has a place left."""
    return _open(application.offer)


def match_offer_open(session: Session, match: Match) -> str | None:
    """The offer is still live and has a place left."""
    return _open(match.offer)


CASE_HEADINGS = (
    ("case_skills", "the skills you want to gain"),
    ("case_plan", "how it fits your development plan"),
    ("case_kind", "the sort of secondment"),
    ("case_home", "what your organisation gains"),
    ("case_host", "what you offer the host"),
    ("case_choice", "why this host"),
)


def business_case_complete(session: Session, application: Application) -> str | None:
    """All six headings of the business case are written."""
    missing = [words for field, words in CASE_HEADINGS if not getattr(application, field).strip()]
    return f"Write about {', '.join(missing)} before you send this." if missing else None


def line_manager_named(session: Session, application: Application) -> str | None:
    """Release comes first, so somebody else must be there to give it (S4)."""
    return _manager_named(application.line_manager_id, application.applicant.user_id)


def match_line_manager_named(session: Session, match: Match) -> str | None:
    """Somebody else must be there to release the person (S4)."""
    return _manager_named(match.line_manager_id, match.applicant.user_id)


def _manager_named(line_manager_id: int | None, user_id: int) -> str | None:
    if line_manager_id is None:
        return "Add your line manager's e-mail address to your profile first."
    if line_manager_id == user_id:
        return "You cannot release yourself. Add the e-mail address of your own line manager to your profile."
    return None


def can_go(session: Session, application: Application) -> str | None:
    """No eligibility rule says no."""
    return _first_no(session, application.applicant, application.offer)


def match_can_go(session: Session, match: Match) -> str | None:
    """No eligibility rule says no at the moment of approval."""
    return _first_no(session, match.applicant, match.offer)


def _first_no(session: Session, applicant: object, offer: object) -> str | None:
    for ruling in eligibility.rulings(session, applicant, offer):  # type: ignore[arg-type]
        if ruling.answer == "no":
            return f"{ruling.reason} {ruling.change or ''}".strip()
    return None


def no_running_placement(session: Session, application: Application) -> str | None:
    """One placement at a time."""
    return _person_free(session, application.applicant_id)


def match_person_free(session: Session, match: Match) -> str | None:
    """One placement at a time."""
    return _person_free(session, match.applicant_id)


def _person_free(session: Session, applicant_id: int) -> str | None:
    running = placement_queries.running_for(session, applicant_id=applicant_id)
    return "This person already has a placement under way." if running else None


def assessed(session: Session, application: Application) -> str | None:
    """A host decides after an assessment has been saved (D2)."""
    return None if application.assessments else "Save your assessment of this application first."


def match_dates_fit(session: Session, match: Match) -> str | None:
    """The release and the contract last at least until the placement can start (S4, S5)."""
    starts_on, ends_on = first_dates(session, match)
    if ends_on >= starts_on:
        return None
    return (
        f"The placement cannot start before {starts_on:%-d %B %Y}, and the person is free only until "
        f"{ends_on:%-d %B %Y}. Ask the line manager for a later date, or reject this match."
    )


def gate_open(session: Session, gate: Gate) -> str | None:
    """A gate is decided while its match is in approval."""
    if gate.match.state is MatchState.IN_APPROVAL:
        return None
    if gate.match.state is MatchState.PROPOSED:
        return "The applicant has not accepted this match yet."
    return "This match has been decided already. Reload the page to see how."


def other_gates_passed(session: Session, match: Match) -> str | None:
    """The programme decides last."""
    waiting = [
        gate.name.value.replace("_", " ")
        for gate in match.gates
        if gate.name is not GateName.PROGRAMME and gate.state not in (GateState.PASSED, GateState.NOT_NEEDED)
    ]
    return f"Still waiting for: {', '.join(waiting)}." if waiting else None


def vetting_cleared(session: Session, placement: Placement) -> str | None:
    """The vetting that the offer needs is cleared."""
    if placement.offer.vetting_code == "none" or placement.vetting_cleared_on is not None:
        return None
    return "Record the date on which vetting was cleared first."


def terms_complete(session: Session, placement: Placement) -> str | None:
    """Finance has chosen the VAT treatment (S7); objectives and a supervisor are named; dates fit the contract (S5)."""
    if placement.vat_treatment is VatTreatment.UNDETERMINED:
        return "Finance has not recorded the VAT treatment yet."
    if not placement.objectives:
        return "Agree at least one objective first."
    if not placement.host_supervisor:
        return "Name the host supervisor's post first."
    contract_end = placement.applicant.contract_end_on
    if contract_end is not None and placement.ends_on > contract_end:
        return f"The home contract ends on {contract_end:%-d %B %Y}. End the placement on or before that day."
    return None


def three_agreed(session: Session, placement: Placement) -> str | None:
    """All three sides have agreed the terms."""
    missing = [
        words
        for words, at in (
            ("the secondee", placement.agreed_by_secondee_at),
            ("the host", placement.agreed_by_host_at),
            ("the home organisation", placement.agreed_by_home_at),
        )
        if at is None
    ]
    return f"Still to agree: {', '.join(missing)}." if missing else None


def start_reached(session: Session, placement: Placement) -> str | None:
    """A placement starts on or after its start date."""
    if clock.today() >= placement.starts_on:
        return None
    return f"This placement starts on {placement.starts_on:%-d %B %Y}. Come back on that day or change the terms."


def end_reached(session: Session, placement: Placement) -> str | None:
    """A placement that stops before its end date has ended early, with a reason."""
    if clock.today() >= placement.ends_on:
        return None
    return f"This placement runs until {placement.ends_on:%-d %B %Y}. If it stops now, record an early end."


def return_planned(session: Session, placement: Placement) -> str | None:
    """The return post and a contact are named (S9)."""
    return (
        None
        if placement.return_post and placement.return_contact
        else "Record the return post and contact first."
    )


def follow_up_due(session: Session, placement: Placement) -> str | None:
    """The file is closed when the T4 answers are in, or when their time is over."""
    waves = [
        s for s in outcome_queries.for_placement(session, placement_id=placement.id) if s.wave is Wave.T4
    ]
    if waves and all(survey.answered_at for survey in waves):
        return None
    wait = timedelta(days=rule_number(session, "survey.close_after_days", on=clock.today()))
    closes_on = (placement.ended_on or placement.ends_on) + wait
    if clock.today() > closes_on:
        return None
    return f"The twelve-month survey is not complete yet. It can be closed without it after {closes_on:%-d %B %Y}."
