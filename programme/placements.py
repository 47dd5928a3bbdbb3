"""Placements: terms, the three agreements, start, check-ins, end and return."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models.offers import OfferState, Party
from db.models.placements import CheckIn, Objective, ObjectiveResult, Placement, PlacementState, VatTreatment
from db.models.users import Role
from db.queries import applications as application_queries
from db.queries import matches as match_queries
from db.queries import placements as queries
from programme import audit, clock, outcomes, personal_reads, term_checks, workflow
from programme.actors import SYSTEM, Actor
from programme.errors import AlreadyDecided, IllegalMove, Invalid, NotAllowed, NotFound
from programme.parties import parties_of
from programme.permissions import Permission, may, require
from programme.placement_terms import Terms as Terms
from programme.reference import rule_number

MISSING = "There is no such placement, or it is not yours to see."
NEGOTIABLE = (PlacementState.APPROVED, PlacementState.VETTING)
BEFORE_START = (*NEGOTIABLE, PlacementState.AGREED)
JUDGED = (
    PlacementState.ACTIVE,
    PlacementState.ENDED,
    PlacementState.ENDED_EARLY,
    PlacementState.RETURNED,
)
AGREE = {
    "secondee": Permission.PLACEMENT_AGREE_SECONDEE,
    "host": Permission.PLACEMENT_AGREE_HOST,
    "home": Permission.PLACEMENT_AGREE_HOME,
}
ACTIONS = ("start_vetting", "agree", "start", "end", "end_early", "return", "follow_up", "cancel")


def detail(session: Session, actor: Actor, ref: str) -> Placement:
    """One placement, for its parties and those who look after it. Raises NotFound for everybody else."""
    placement = _placement(session, ref)
    if not may(actor, Permission.PLACEMENT_VIEW, placement):
        raise NotFound(MISSING)
    personal_reads.note(session, actor, placement.applicant)
    return placement


def visible(session: Session, actor: Actor) -> list[Placement]:
    """The placements that the actor may see: own, hosted, of their people; all of them for the programme."""
    if actor.roles & {Role.PROGRAMME_MANAGER, Role.FINANCE_APPROVER, Role.SECURITY_APPROVER}:
        found = queries.everything(session)
    else:
        found = queries.of_people(
            session, user_id=actor.user_id, host_ids=actor.organisations(Role.HOST), manager_id=actor.user_id
        )
    return [placement for placement in found if may(actor, Permission.PLACEMENT_VIEW, placement)]


def to_settle(session: Session, actor: Actor) -> list[Placement]:
    """The placements that wait for the actor's own answer: VAT from finance, vetting from security (S7).

    The longest wait comes first.
    """
    waiting = queries.before_agreement(session)
    return [
        placement
        for placement in waiting
        if (
            placement.vat_treatment is VatTreatment.UNDETERMINED
            and may(actor, Permission.PLACEMENT_FINANCE, placement)
        )
        or (
            placement.state is PlacementState.VETTING
            and placement.offer.vetting_code != "none"
            and placement.vetting_cleared_on is None
            and Role.SECURITY_APPROVER in actor.roles
            and may(actor, Permission.PLACEMENT_VET, placement)
        )
    ]


def side_of(actor: Actor, placement: Placement) -> str | None:
    """The one side on which the actor stands: ``secondee``, ``home`` (the line manager), ``host``, or None.

    Somebody who could stand on two sides counts for the first of these only, so nobody agrees twice.
    """
    parties = parties_of(placement)
    if actor.user_id is None:
        return None
    if actor.user_id == parties.owner_id:
        return "secondee"
    if actor.user_id == parties.line_manager_id:
        return "home"
    return "host" if parties.host_id in actor.organisations(Role.HOST) else None


def propose_terms(session: Session, actor: Actor, ref: str, terms: Terms) -> Placement:
    """Write new terms; whatever had been agreed must be agreed again by all three sides.

    Raises Invalid with a message for each field, IllegalMove once the placement has been agreed.
    """
    placement = _placement(session, ref)
    require(actor, Permission.PLACEMENT_TERMS, placement)
    _require_state(placement, NEGOTIABLE, "The terms can be changed only until the placement is agreed.")
    term_checks.check(session, placement, terms)
    before = term_checks.summary(placement)
    placement.starts_on, placement.ends_on = terms.starts_on, terms.ends_on
    placement.days_per_week = term_checks.days(terms)
    placement.payroll_party = Party(terms.payroll_party)
    placement.recovery_pct = terms.recovery_pct
    placement.host_supervisor = terms.host_supervisor.strip()
    placement.objectives = [
        Objective(wording=wording.strip()) for wording in terms.objectives if wording.strip()
    ]
    placement.terms_proposed_by_id = actor.user_id
    placement.agreed_by_secondee_at = placement.agreed_by_host_at = placement.agreed_by_home_at = None
    session.flush()
    outcomes.schedule(session, placement)
    audit.record(
        session, actor, "placement:propose_terms", "placement", placement,
        detail={"before": before, "after": term_checks.summary(placement)},
    )  # fmt: skip
    session.flush()
    return placement


def terms_shown(placement: Placement) -> dict[str, Any]:
    """The terms as they are now, for a page to keep beside its button and to give to ``agree_terms``."""
    return term_checks.summary(placement)


def agree_terms(
    session: Session, actor: Actor, ref: str, *, shown: Mapping[str, Any] | None = None
) -> Placement:
    """Agree the terms for the actor's own side.

    Raises NotAllowed when the actor stands on no side, AlreadyDecided when the terms are no longer those that
    were ``shown``: nobody agrees to what they have not read.
    """
    placement = _placement(session, ref)
    side = side_of(actor, placement)
    if side is None:
        raise NotAllowed("Only the secondee, the host and the line manager agree the terms.")
    require(actor, AGREE[side], placement)
    _require_state(placement, NEGOTIABLE, "The terms are not open to agree.")
    if not placement.objectives or not placement.host_supervisor:
        raise IllegalMove(
            "Propose the terms first: objectives and the host supervisor's post are still missing."
        )
    if shown is not None and dict(shown) != terms_shown(placement):
        raise AlreadyDecided(
            "The terms were changed while your page was open. Read the new ones, then agree if you do."
        )
    setattr(placement, f"agreed_by_{side}_at", clock.now())
    session.flush()
    audit.record(session, actor, "placement:agree_terms", "placement", placement, detail={"side": side})
    return placement


def record_vetting(session: Session, actor: Actor, ref: str, *, cleared_on: date) -> Placement:
    """Record the day on which vetting was cleared: today or earlier."""
    placement = _placement(session, ref)
    require(actor, Permission.PLACEMENT_VET, placement)
    _require_state(placement, BEFORE_START, "Vetting is recorded before the placement starts.")
    if cleared_on > clock.today():
        raise Invalid("Enter the day on which vetting was cleared: today or earlier.", field="cleared_on")
    placement.vetting_cleared_on = cleared_on
    session.flush()
    audit.record(
        session,
        actor,
        "placement:record_vetting",
        "placement",
        placement,
        detail={"cleared_on": str(cleared_on)},
    )
    return placement


def record_vat(session: Session, actor: Actor, ref: str, *, treatment: str, reason: str) -> Placement:
    """Record finance's choice of VAT treatment, in their words (S7). The software never infers it."""
    placement = _placement(session, ref)
    require(actor, Permission.PLACEMENT_FINANCE, placement)
    _require_state(placement, BEFORE_START, "The VAT treatment is recorded before the placement starts.")
    chosen = [t for t in VatTreatment if t == treatment and t is not VatTreatment.UNDETERMINED]
    if not chosen:
        raise Invalid("Choose a VAT treatment from the list.", field="treatment")
    _require_reason(session, reason)
    placement.vat_treatment = chosen[0]
    session.flush()
    audit.record(
        session, actor, "placement:record_vat", "placement", placement,
        reason=reason.strip(), detail={"treatment": treatment},
    )  # fmt: skip
    return placement


def plan_return(
    session: Session, actor: Actor, ref: str, *, return_post: str, return_contact: str
) -> Placement:
    """Name the post to which the person returns and whom to contact (S9). The home side or the programme does it."""
    placement = _placement(session, ref)
    require(actor, Permission.PLACEMENT_MANAGE, placement)
    if side_of(actor, placement) == "host":
        raise NotAllowed("The home organisation plans the return. It can be done by the named line manager.")
    _require_state(
        placement, (*BEFORE_START, *JUDGED[:-1]), "The return can be planned until the person has returned."
    )
    wrong = {
        field: f"Name {words}."
        for field, words, text in (
            ("return_post", "the post to which the person returns", return_post),
            ("return_contact", "whom the person contacts before they return", return_contact),
        )
        if not text.strip()
    }
    if wrong:
        raise Invalid.from_fields(wrong)
    placement.return_post, placement.return_contact = return_post.strip(), return_contact.strip()
    session.flush()
    audit.record(session, actor, "placement:plan_return", "placement", placement)
    return placement


def check_in(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    held_on: date,
    mood: int | None,
    going_well: str,
    hard: str = "",
    help_wanted: str = "",
) -> CheckIn:
    """Record a conversation during the placement. ``mood`` goes from 1 (very hard) to 5 (very good)."""
    placement = _placement(session, ref)
    require(actor, Permission.PLACEMENT_CHECK_IN, placement)
    _require_state(placement, (PlacementState.ACTIVE,), "Check-ins are recorded while the placement runs.")
    wrong: dict[str, str] = {}
    if not (placement.started_on or placement.starts_on) <= held_on <= clock.today():
        wrong["held_on"] = "Enter a day since the placement started, today at the latest."
    if mood not in range(1, 6):
        wrong["mood"] = "Choose a number from 1 to 5."
    if not going_well.strip():
        wrong["going_well"] = "Write what is going well."
    if wrong or mood is None:
        raise Invalid.from_fields(wrong)
    row = CheckIn(
        placement_id=placement.id,
        author_id=actor.user_id,
        held_on=held_on,
        mood=mood,
        going_well=going_well.strip(),
        hard=hard.strip(),
        help_wanted=help_wanted.strip(),
        created_at=clock.now(),
    )
    placement.check_ins.append(row)
    session.flush()
    audit.record(session, actor, "placement:check_in", "placement", placement)
    return row


def judge_objectives(session: Session, actor: Actor, ref: str, results: dict[int, str]) -> Placement:
    """Say what became of each objective (by its id), as the secondee or as the host sees it (F4).

    Raises NotAllowed for the other sides, Invalid for an objective or a result that is not there.
    """
    placement = _placement(session, ref)
    require(actor, Permission.PLACEMENT_VIEW, placement)
    side = side_of(actor, placement)
    if side not in ("secondee", "host"):
        raise NotAllowed("The secondee and the host judge the objectives.")
    _require_state(placement, JUDGED, "Objectives are judged once the placement has started.")
    judge(placement, side, results)
    session.flush()
    audit.record(
        session,
        actor,
        "placement:judge_objectives",
        "placement",
        placement,
        detail={"side": side, "results": dict(results)},
    )
    return placement


def judge(placement: Placement, side: str, results: dict[int, str]) -> None:
    """Write one side's results on the objectives. Raises Invalid for one that is not there."""
    objectives = {objective.id: objective for objective in placement.objectives}
    for objective_id, result in results.items():
        if objective_id not in objectives or result not in list(ObjectiveResult):
            raise Invalid("Choose what became of each objective.", field="results")
        setattr(objectives[objective_id], f"result_{side}", ObjectiveResult(result))


def act(
    session: Session, actor: Actor, ref: str, action: str, *, reason: str = "", reason_code: str | None = None
) -> Placement:
    """Start vetting, agree, start, end, end early, return, follow up or cancel, with what belongs to each.

    A cancelled placement gives its place back and reopens an offer that was full; an end moves the surveys.
    """
    placement = _placement(session, ref)
    if action not in ACTIONS:
        raise IllegalMove("That cannot be done to a placement.")
    workflow.transition(session, actor, placement, action, reason=reason, reason_code=reason_code)
    today = clock.today()
    if action == "start":
        placement.started_on = today
    elif action in ("end", "end_early"):
        placement.ended_on = today
        placement.early_end_code = reason_code if action == "end_early" else None
        placement.applicant.last_secondment_ended_on = today
    elif action == "cancel":
        _give_back(session, placement, reason, reason_code)
    session.flush()
    if action in ("start", "end", "end_early"):
        outcomes.schedule(session, placement)
    return placement


def _give_back(session: Session, placement: Placement, reason: str, reason_code: str | None) -> None:
    offer = placement.offer
    match_queries.give_place_back(session, offer=offer, at=clock.now())
    if offer.state is OfferState.FILLED:
        workflow.transition(session, SYSTEM, offer, "reopen")
    application = application_queries.selected_of_match(session, match_id=placement.match_id)
    if application is not None:
        workflow.transition(session, SYSTEM, application, "unselect", reason=reason, reason_code=reason_code)


def _require_state(placement: Placement, states: tuple[PlacementState, ...], message: str) -> None:
    if placement.state not in states:
        raise IllegalMove(f"{message} This one is {placement.state.value.replace('_', ' ')}.")


def _require_reason(session: Session, reason: str) -> None:
    least = int(rule_number(session, "decision.reason_min_characters", on=clock.today()))
    if len(reason.strip()) < least:
        raise Invalid(f"Say why, in at least {least} characters.", field="reason")


def _placement(session: Session, ref: str) -> Placement:
    placement = queries.by_ref(session, ref=ref)
    if placement is None:
        raise NotFound(MISSING)
    return placement
