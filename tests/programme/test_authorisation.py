"""Every use case refuses those whom it is not for, in ``programme/`` itself and not only on a page.

The use cases are found, not listed: a new one without a call here, or without a check of its own, fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import programme
from db.engine import writing
from db.models.applicants import LevelReview
from db.models.applications import Application
from db.models.complaints import Complaint
from db.models.contests import Contest
from db.models.learning import Question, ScoreVersion
from db.models.matches import Match
from db.models.notifications import Notification
from db.models.offers import OfferState
from db.models.outcomes import Survey
from db.models.placements import Placement
from db.models.rounds import MatchingRound, RoundState
from db.models.users import Role, User
from programme import clock
from programme.actors import PUBLIC, SYSTEM, Actor
from programme.errors import NotAllowed, NotFound
from programme.offer_fields import OfferFields
from programme.offer_search import OfferFilters
from programme.organisations import NewOrganisation
from programme.profile_fields import ProfileFields
from programme.recommendations import Recommendations
from programme.round_cohort import RoundSettings
from tests.factories import make_actor, make_applicant, make_offer, make_organisation
from tests.lifecycle import (
    CASE,
    REASON,
    World,
    another_person,
    approved,
    assessed,
    make_world,
    requested,
    selected,
    terms_of,
)

# Machinery that a use case calls once it has checked; no page, route or command calls it.
INNER = {
    "audit.record",
    "people.member",
    "personal_reads.note",
    "placement_opening.open_placement",
    "workflow.transition",  # asks permissions itself: tests/programme/test_workflow.py walks its table
}
# Open to everybody, or about the actor alone: a stranger gets an answer that holds nothing of anybody else's.
OPEN = {
    "offer_search.browse": "the public list",
    "exports.offers_csv": "the public list as a file",
    "offers.detail": "a published offer is public; the test gives it a draft",
    "applications.mine": "the actor's own",
    "complaints.clocks": "two numbers of the rules",
    "complaints.make": "about the actor's own data",
    "complaints.mine": "the actor's own",
    "complaints.own_account": "the actor's own",
    "subject_access.export": "what is held about the actor",
    "applications.release_requests": "those that wait for the actor",
    "matches.mine": "those in which the actor has a part",
    "matches.gates_waiting": "those that wait for the actor",
    "notifications.mine": "the actor's own",
    "notifications.preferences": "the actor's own",
    "notifications.save_preferences": "the actor's own",
    "notifications.unread": "the actor's own",
    "offers.mine": "of the actor's organisations",
    "organisations.mine": "of the actor",
    "organisations.register": "anybody signed in may register; the public form is another use case",
    "outcomes.due": "those that wait for the actor",
    "placements.visible": "those in which the actor has a part",
    "placements.to_settle": "those that wait for the actor",
    "profiles.own": "the actor's own",
    "profiles.fields_of": "the actor's own",
    "profiles.save": "the actor's own",
}
MANAGER = {Role.PROGRAMME_MANAGER}
# What a role is for across the whole programme, whichever organisation the person belongs to.
FOR_ROLE: dict[str, set[Role]] = {
    "audit_chain.verify": {Role.AUDITOR},
    "audit_trail.export": {Role.AUDITOR},
    "audit_trail.search": {Role.AUDITOR},
    "status.counts": MANAGER | {Role.AUDITOR},
    "outcome_summary.summary": MANAGER | {Role.AUDITOR, Role.EQUALITY_ANALYST},
    "applications.detail": MANAGER,
    "applications.for_offer": MANAGER,
    "applications.blind": MANAGER,
    "candidates.for_offer": MANAGER,
    "clockwork.late": MANAGER,
    "complaints.acknowledge": MANAGER,
    "complaints.answer": MANAGER,
    "complaints.waiting": MANAGER,
    "contests.answer": MANAGER,
    "contests.waiting": MANAGER,
    "decision_alarm.first_ranks": MANAGER,
    "learning.chance_of_going_well": MANAGER | {Role.AUDITOR},
    "learning.evidence": MANAGER | {Role.AUDITOR},
    "learning.fit_shadow": MANAGER,
    "learning.promote": MANAGER,
    "learning.roll_back": MANAGER,
    "learning.standing": MANAGER | {Role.AUDITOR},
    "list_effect.effect": MANAGER | {Role.AUDITOR},
    "equality_monitoring.questions": {Role.APPLICANT},
    "equality_monitoring.give": {Role.APPLICANT},
    "equality_monitoring.change": {Role.APPLICANT},
    "equality_monitoring.stop": {Role.APPLICANT},
    "equality_report.latest": MANAGER | {Role.EQUALITY_ANALYST},
    "equality_report.release": MANAGER | {Role.EQUALITY_ANALYST},
    "levels.settle": MANAGER,
    "levels.waiting": MANAGER,
    "matches.approve": MANAGER,
    "matches.detail": MANAGER | {Role.FINANCE_APPROVER},
    "matches.decide_gate": {Role.FINANCE_APPROVER},
    "match_opening.propose": MANAGER,
    "matches.queue": MANAGER,
    "matches.reject": MANAGER,
    "offer_access.visible": MANAGER,
    "offer_history.steps": MANAGER,
    "offers.detail": MANAGER,
    "offers.fields_of": MANAGER,
    "offers.act": MANAGER,
    "offers.move": MANAGER,
    "offers.to_check": MANAGER,
    "organisations.add_host_member": MANAGER,
    "organisations.every": MANAGER,
    "organisations.hosts": MANAGER,
    "organisations.verify": MANAGER,
    "organisations.waiting": MANAGER,
    "placements.act": MANAGER,
    "placements.detail": MANAGER | {Role.FINANCE_APPROVER, Role.SECURITY_APPROVER},
    "placements.plan_return": MANAGER,
    "placements.record_vat": {Role.FINANCE_APPROVER},
    "placements.record_vetting": MANAGER | {Role.SECURITY_APPROVER},
    "recommendations.for_applicant": MANAGER,
    "retention.due": MANAGER | {Role.AUDITOR},
    "retention.purge": MANAGER,
    "rounds.compare": MANAGER,
    "rounds.detail": MANAGER,
    "rounds.discard": MANAGER,
    "rounds.every": MANAGER,
    "rounds.publish": MANAGER,
    "rounds.run": MANAGER,
    "rounds.scenarios": MANAGER,
}
# What the command line and the clockwork read or compute without a person; they decide nothing.
FOR_SYSTEM = {
    "applications.blind", "applications.for_offer", "audit_chain.verify", "candidates.for_offer", "clockwork.late",
    "decision_alarm.first_ranks", "matches.queue", "offer_access.visible", "offer_history.steps", "offers.detail",
    "offers.fields_of", "organisations.register", "outcome_summary.summary", "recommendations.for_applicant",
    "retention.due", "rounds.compare", "rounds.detail", "rounds.every", "rounds.run", "rounds.scenarios",
    "status.counts",
}  # fmt: skip


@dataclass
class Case:
    """A world in the middle of its life, with something for every use case to be called on."""

    world: World
    session: Session
    draft: Any
    waiting: Application
    judged: Application
    match: Match
    proposal: Match
    placement: Placement
    round: MatchingRound
    score: ScoreVersion
    review: LevelReview
    survey: Survey
    message: Notification
    complaint: Complaint
    contest: Contest


def make_case(session: Session) -> Case:
    """One record of each kind, all of the same two organisations."""
    world = make_world(session, offer={"capacity": 5, "recovery_pct": 50})
    placement = approved(session, world)
    waiting = requested(session, another_person(session, world))
    judged = assessed(session, another_person(session, world))
    match = selected(session, another_person(session, world))
    other = make_applicant(session, world.home)
    found = MatchingRound(
        name="Autumn", state=RoundState.COMPUTED, state_since_at=clock.now(), settings={}, seed=1, model_version="m",
        fingerprint="f", certificate={}, run_at=clock.now(),
    )  # fmt: skip
    review = LevelReview(applicant=other, grade_code="X", asked_at=clock.now())
    score = ScoreVersion(
        question=Question.ACCEPTED, state_since_at=clock.now(), settings={}, points={}, created_at=clock.now()
    )
    session.add_all((found, review, score))
    session.flush()
    proposal = programme_module("match_opening").propose(
        session, world.programme, applicant=other, offer=world.offer, matching_round=found
    )
    draft = make_offer(session, world.host, state=OfferState.SUBMITTED)
    survey = session.scalars(select(Survey).order_by(Survey.id)).first()
    message = session.scalars(select(Notification).order_by(Notification.id)).first()
    assert survey is not None
    assert message is not None
    return Case(
        world,
        session,
        draft,
        waiting,
        judged,
        match,
        proposal,
        placement,
        found,
        score,
        review,
        survey,
        message,
        programme_module("complaints").make(session, world.person, wording="My name was shown."),
        programme_module("contests").ask(
            session, world.person, world.offer.ref, wording="My score is too low."
        ),
    )


def equality_key(case: Case) -> str:
    """The key of answers that are kept: whoever holds it may change them, if they may answer at all."""
    key: str = programme_module("equality_monitoring").give(
        case.session, case.world.person, {"disability": "no"}
    )
    return key


CALLS: dict[str, Callable[[Case], dict[str, Any]]] = {
    "applications.start": lambda c: {"offer_ref": c.draft.ref},
    "applications.save_draft": lambda c: {"ref": c.waiting.ref, **CASE},
    "applications.draft_case": lambda c: {"ref": c.waiting.ref},
    "applications.request_release": lambda c: {"ref": c.waiting.ref},
    "applications.release": lambda c: {"ref": c.waiting.ref, "reason": REASON},
    "applications.decline_release": lambda c: {"ref": c.waiting.ref, "reason": REASON, "reason_code": "cost"},
    "applications.mine": lambda c: {},
    "applications.detail": lambda c: {"ref": c.waiting.ref},
    "applications.release_requests": lambda c: {},
    "applications.for_offer": lambda c: {"offer_ref": c.world.offer.ref},
    "applications.blind": lambda c: {"ref": c.judged.ref},
    "applications.assess": lambda c: {
        "ref": c.judged.ref,
        "skills_score": 3,
        "motivation_score": 3,
        "strengths": "Good",
    },
    "applications.act": lambda c: {"ref": c.judged.ref, "action": "shortlist", "reason": REASON},
    "audit_chain.verify": lambda c: {},
    "audit_trail.export": lambda c: {},
    "audit_trail.search": lambda c: {},
    "candidates.for_offer": lambda c: {"offer_ref": c.world.offer.ref},
    "equality_monitoring.questions": lambda c: {},
    "equality_monitoring.give": lambda c: {"answers": {"disability": "no"}},
    "equality_monitoring.change": lambda c: {"key": equality_key(c), "answers": {"disability": "no"}},
    "equality_monitoring.stop": lambda c: {"key": equality_key(c)},
    "equality_report.latest": lambda c: {},
    "equality_report.release": lambda c: {},
    "complaints.acknowledge": lambda c: {"ref": c.complaint.ref},
    "complaints.answer": lambda c: {"ref": c.complaint.ref, "reason": REASON},
    "complaints.clocks": lambda c: {},
    "complaints.make": lambda c: {"wording": "Something went wrong."},
    "complaints.mine": lambda c: {},
    "complaints.own_account": lambda c: {},
    "complaints.waiting": lambda c: {},
    "contests.answer": lambda c: {"ref": c.contest.ref, "reason": REASON, "reason_code": "stands"},
    "contests.ask": lambda c: {"offer_ref": c.draft.ref, "wording": "My score is too low."},
    "contests.mine": lambda c: {"offer_ref": c.draft.ref},
    "contests.waiting": lambda c: {},
    "decision_alarm.first_ranks": lambda c: {},
    "eligibility.can_i_go": lambda c: {"offer_ref": c.draft.ref},
    "clockwork.late": lambda c: {},
    "exports.offers_csv": lambda c: {"filters": OfferFilters()},
    "impressions.record_impressions": lambda c: {
        "shown": Recommendations(c.world.applicant.ref, "m", "f", total=0, items=())
    },
    "learning.chance_of_going_well": lambda c: {"match_ref": c.match.ref},
    "learning.evidence": lambda c: {},
    "learning.fit_shadow": lambda c: {},
    "learning.promote": lambda c: {"ref": c.score.ref, "reason": REASON},
    "learning.roll_back": lambda c: {"ref": c.score.ref, "reason": REASON},
    "learning.standing": lambda c: {},
    "list_effect.effect": lambda c: {},
    "levels.waiting": lambda c: {},
    "levels.settle": lambda c: {"review_id": c.review.id, "level": 4, "reason": REASON},
    "matches.queue": lambda c: {},
    "matches.detail": lambda c: {"ref": c.match.ref},
    "matches.mine": lambda c: {},
    "match_opening.propose": lambda c: {
        "applicant": make_applicant(c.session, c.world.home),
        "offer": c.world.offer,
        "matching_round": c.round,
    },
    "match_opening.put_forward": lambda c: {"application": c.judged},
    "matches.decide_gate": lambda c: {
        "ref": c.match.ref,
        "gate_name": "finance",
        "action": "pass",
        "reason": REASON,
    },
    "matches.approve": lambda c: {"ref": c.match.ref, "reason": REASON},
    "matches.reject": lambda c: {"ref": c.match.ref, "reason": REASON, "reason_code": "cost"},
    "matches.accept": lambda c: {"ref": c.proposal.ref},
    "matches.decline": lambda c: {"ref": c.proposal.ref, "reason": REASON, "reason_code": "cost"},
    "matches.withdraw": lambda c: {"ref": c.match.ref, "reason": REASON, "reason_code": "other"},
    "matches.gates_waiting": lambda c: {},
    "notifications.mine": lambda c: {},
    "notifications.unread": lambda c: {},
    "notifications.preferences": lambda c: {},
    "notifications.save_preferences": lambda c: {"by_email": {"reminder": False}},
    "notifications.mark_read": lambda c: {"notification_id": c.message.id},
    "offer_access.visible": lambda c: {"ref": c.draft.ref},
    "offer_history.steps": lambda c: {"ref": c.draft.ref},
    "offer_import.import_offers": lambda c: {"source": b"", "organisation_ref": c.world.host.ref},
    "offer_search.browse": lambda c: {"filters": OfferFilters()},
    "offers.detail": lambda c: {"ref": c.draft.ref},
    "offers.fields_of": lambda c: {"ref": c.draft.ref},
    "offers.save_draft": lambda c: {
        "fields": OfferFields(title="Ours now"),
        "organisation_ref": c.world.host.ref,
    },
    "offers.create": lambda c: {"fields": OfferFields(title="Ours now"), "organisation": c.world.host},
    "offers.act": lambda c: {"ref": c.draft.ref, "action": "publish"},
    "offers.move": lambda c: {"offer": c.draft, "action": "publish"},
    "offers.mine": lambda c: {},
    "offers.to_check": lambda c: {},
    "offers.link_swap": lambda c: {"ref": c.world.offer.ref, "other_ref": c.draft.ref},
    "organisations.register": lambda c: {
        "new": NewOrganisation("New body", "civil_society", "charity", "TLC")
    },
    "organisations.verify": lambda c: {"ref": c.world.home.ref, "decision": "refused", "note": REASON},
    "organisations.waiting": lambda c: {},
    "organisations.every": lambda c: {},
    "organisations.mine": lambda c: {},
    "organisations.hosts": lambda c: {"ref": c.world.host.ref},
    "organisations.add_host_member": lambda c: {
        "ref": c.world.host.ref,
        "name": "Eve",
        "email": "eve@example.org",
    },
    "outcome_summary.summary": lambda c: {},
    "outcomes.due": lambda c: {},
    "outcomes.survey": lambda c: {"survey_id": c.survey.id},
    "outcomes.save_answers_draft": lambda c: {"survey_id": c.survey.id, "answers": {}},
    "outcomes.answer": lambda c: {"survey_id": c.survey.id, "answers": {}},
    "placements.detail": lambda c: {"ref": c.placement.ref},
    "placements.visible": lambda c: {},
    "placements.to_settle": lambda c: {},
    "placements.propose_terms": lambda c: {"ref": c.placement.ref, "terms": terms_of(c.placement)},
    "placements.agree_terms": lambda c: {"ref": c.placement.ref},
    "placements.record_vetting": lambda c: {"ref": c.placement.ref, "cleared_on": clock.today()},
    "placements.record_vat": lambda c: {"ref": c.placement.ref, "treatment": "standard", "reason": REASON},
    "placements.plan_return": lambda c: {
        "ref": c.placement.ref,
        "return_post": "Post",
        "return_contact": "HR",
    },
    "placements.check_in": lambda c: {
        "ref": c.placement.ref,
        "held_on": clock.today(),
        "mood": 3,
        "going_well": "All",
    },
    "placements.judge_objectives": lambda c: {"ref": c.placement.ref, "results": {}},
    "placements.act": lambda c: {"ref": c.placement.ref, "action": "start_vetting"},
    "profiles.own": lambda c: {},
    "profiles.fields_of": lambda c: {},
    "profiles.save": lambda c: {"fields": ProfileFields()},
    "recommendations.for_applicant": lambda c: {"applicant_ref": c.world.applicant.ref},
    "recommendations.for_offer": lambda c: {"offer_ref": c.draft.ref},
    "recommendations.changes": lambda c: {"offer_ref": c.draft.ref},
    "retention.due": lambda c: {},
    "retention.purge": lambda c: {},
    "rounds.run": lambda c: {"settings": RoundSettings("Autumn")},
    "rounds.scenarios": lambda c: {"settings": RoundSettings("Autumn")},
    "rounds.every": lambda c: {},
    "rounds.detail": lambda c: {"ref": c.round.ref},
    "rounds.publish": lambda c: {"ref": c.round.ref, "reason": REASON},
    "rounds.discard": lambda c: {"ref": c.round.ref, "reason": REASON},
    "rounds.compare": lambda c: {"ref_a": c.round.ref, "ref_b": c.round.ref},
    "status.counts": lambda c: {},
    "subject_access.export": lambda c: {},
}


def programme_module(name: str) -> Any:
    """A module of ``programme/``."""
    return importlib.import_module(f"programme.{name}")


def use_cases() -> dict[str, Callable[..., Any]]:
    """Every public function of ``programme/`` whose second parameter is the actor, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(programme.__path__):
        if module.ispkg:
            continue
        for name, function in inspect.getmembers(programme_module(module.name), inspect.isfunction):
            if name.startswith("_") or function.__module__ != f"programme.{module.name}":
                continue
            if list(inspect.signature(function).parameters)[1:2] == ["actor"]:
                found[f"{module.name}.{name}"] = function
    return found


USE_CASES = {name: function for name, function in use_cases().items() if name not in INNER}


def outcome(case: Case, actor: Actor, name: str) -> str:
    """``refused`` when the actor may not know or do it, else ``answered`` (any other refusal is an answer too).

    Whatever the call changed is undone.
    """
    arguments = CALLS[name](case)
    step = case.session.begin_nested()
    try:
        USE_CASES[name](case.session, actor, **arguments)
    except (NotAllowed, NotFound):
        return "refused"
    except Exception:
        return "answered"
    finally:
        step.rollback()
        case.session.expire_all()
    return "answered"


def test_every_use_case_is_called_here() -> None:
    assert set(USE_CASES) == set(CALLS)
    assert set(OPEN) | set(FOR_ROLE) | FOR_SYSTEM <= set(CALLS)


def test_the_public_is_refused_what_is_not_public(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        case = make_case(session)
        got = {name for name in CALLS if outcome(case, PUBLIC, name) == "answered"}
        assert got - set(OPEN) == set()


@pytest.mark.parametrize("role", list(Role))
def test_a_stranger_with_a_role_elsewhere_gets_only_what_the_role_is_for(
    sqlite_store: Engine, role: Role
) -> None:
    with writing(sqlite_store) as session:
        case = make_case(session)
        elsewhere = make_organisation(session, "government")
        stranger = make_actor(session, (role.value, elsewhere))
        if role is Role.APPLICANT:
            make_applicant(session, elsewhere, user=session.get(User, stranger.user_id))
        answered = {name for name in CALLS if outcome(case, stranger, name) == "answered"}
        meant = {name for name, roles in FOR_ROLE.items() if role in roles}
        assert answered - set(OPEN) == meant - set(OPEN)


def test_the_clockwork_reads_and_computes_but_decides_nothing(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        case = make_case(session)
        answered = {name for name in CALLS if outcome(case, SYSTEM, name) == "answered"}
        assert answered - set(OPEN) == FOR_SYSTEM - set(OPEN)


def test_what_is_open_holds_nothing_of_anybody_elses(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        case = make_case(session)
        everyone = [
            (role.value, make_organisation(session))
            for role in (Role.HOST, Role.APPLICANT, Role.LINE_MANAGER)
        ]
        stranger = make_actor(session, *everyone)
        for actor in (PUBLIC, stranger):
            for name in (
                "applications.mine", "applications.release_requests", "complaints.mine", "matches.mine",
                "matches.gates_waiting",
                "notifications.mine", "notifications.unread", "offers.mine", "outcomes.due", "placements.visible",
                "placements.to_settle",
                "profiles.own",
            ):  # fmt: skip
                assert not USE_CASES[name](session, actor, **CALLS[name](case)), name
