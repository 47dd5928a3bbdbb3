"""Nobody in silence: one table of every wait, who is reminded of it, and what happens when its time runs out.

Every number of days is an effective-dated rule, so an administrator can change it from a day with a reason.
``programme/clockwork.py`` acts on the table; ``secondments tick`` runs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select

from db.models.applications import ApplicationState
from db.models.matches import GateState
from db.models.offers import OfferState
from db.models.placements import PlacementState
from db.queries import clocks as waiting
from programme import clock


class Action(StrEnum):
    """What a step does."""

    REMIND = "remind"
    ESCALATE = "escalate"  # the programme managers are told, and the record stands in their queue
    LAPSE = "lapse"


class Count(StrEnum):
    """How the days of a step are counted from the day on which the wait began."""

    WORKING_DAYS_AFTER = "working days after"
    DAYS_AFTER = "days after"
    DAYS_BEFORE = "days before"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that time does. ``rule`` names one number of days, or several for several reminders.

    ``tell`` names who is told; ``code`` is the reason code of a lapse, whose own messages follow from the move.
    """

    action: Action
    rule: str
    count: Count
    tell: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One waiting state: which records wait (``waiting``), from which day (``since``), and the steps of time.

    ``counts_from`` says that day in words. ``side`` is the organisation whose nation's bank holidays count.
    """

    name: str
    subject: str
    what: str
    counts_from: str
    waiting: Callable[[], Select[Any]]
    since: Callable[[Any], date]
    steps: tuple[Step, ...]
    side: str = ""


def _on(*names: str) -> Callable[[Any], date]:
    """The day in the first of these fields that holds one."""

    def day(record: Any) -> date:
        found: date = next(value for name in names if (value := getattr(record, name)) is not None)
        return found.date() if isinstance(found, datetime) else found

    return day


def _gate_open(gate: Any) -> date:
    day: date = max(gate.state_since_at, gate.match.state_since_at).date()
    return day


def _others_passed(gate: Any) -> date:
    day: date = max(other.state_since_at for other in (*gate.match.gates, gate.match)).date()
    return day


def _closes(offer: Any) -> date:
    day: date = min(offer.closing_on, offer.start_to_on)
    return day


R, E, L = Action.REMIND, Action.ESCALATE, Action.LAPSE
WORKING, AFTER, BEFORE = Count.WORKING_DAYS_AFTER, Count.DAYS_AFTER, Count.DAYS_BEFORE
STATE, SIDES = "the day it came to this state", ("host", "line_manager")
A, G, OF, PL = ApplicationState, GateState, OfferState, PlacementState

CLOCKS: tuple[Clock, ...] = (
    Clock("application_draft", "application", "An application is a draft", "its last change",
          lambda: waiting.applications_in(A.DRAFT), _on("updated_at"), (
              Step(R, "remind.draft_days", AFTER, ("owner",)),
              Step(L, "retention.draft_days", AFTER, code="draft_left"))),
    Clock("release", "application", "A line manager has not answered a release request", STATE,
          lambda: waiting.applications_in(A.AWAITING_RELEASE), _on("state_since_at"), (
              Step(R, "remind.release_days", WORKING, ("line_manager",)),
              Step(E, "reply.release_days", WORKING, ("programme", "owner")),
              Step(L, "lapse.release_days", WORKING, code="release_not_answered")), side="home"),
    Clock("host_reply", "application", "A host has not replied to an application", STATE,
          lambda: waiting.applications_in(A.SUBMITTED), _on("state_since_at"), (
              Step(R, "remind.host_days", WORKING, ("host",)),
              Step(E, "reply.host_days", WORKING, ("programme", "owner")),
              Step(L, "lapse.host_days", WORKING, code="host_not_answered")), side="host"),
    Clock("shortlist", "application", "A host has not decided on its shortlist", STATE,
          lambda: waiting.applications_in(A.SHORTLISTED), _on("state_since_at"), (
              Step(R, "remind.shortlist_days", WORKING, ("host",)),
              Step(E, "reply.shortlist_days", WORKING, ("programme", "owner")),
              Step(L, "lapse.shortlist_days", WORKING, code="host_not_answered")), side="host"),
    Clock("proposal", "match", "A proposed match has not been answered", STATE,
          waiting.proposed_matches, _on("state_since_at"), (
              Step(R, "remind.proposal_days", WORKING, ("owner",)),
              Step(L, "reply.proposal_days", WORKING, code="proposal_not_answered")), side="home"),
    Clock("gate", "gate", "An approval has not been given", STATE,
          lambda: waiting.gates_in(G.WAITING), _gate_open, (
              Step(R, "remind.approval_days", WORKING, ("approver",)),
              Step(E, "reply.approval_days", WORKING, ("programme", "owner")))),
    Clock("gate_returned", "gate", "An approval came back and has not been sent again", STATE,
          lambda: waiting.gates_in(G.RETURNED), _gate_open, (
              Step(R, "remind.approval_days", WORKING, ("programme",)),
              Step(E, "reply.approval_days", WORKING, ("programme", "owner")))),
    Clock("programme_decision", "gate", "A match waits only for the programme", "the last approval",
          waiting.programme_gates_ready, _others_passed, (
              Step(R, "remind.approval_days", WORKING, ("programme",)),
              Step(E, "reply.approval_days", WORKING, ("programme", "owner")))),
    Clock("offer_draft", "offer", "An offer is a draft", "its last change",
          lambda: waiting.offers_in(OF.DRAFT), _on("updated_at"), (
              Step(R, "remind.draft_days", AFTER, ("host",)),
              Step(L, "retention.draft_days", AFTER, code="draft_left"))),
    Clock("offer_check", "offer", "An offer has not been checked", STATE,
          lambda: waiting.offers_in(OF.SUBMITTED), _on("state_since_at"), (
              Step(R, "remind.check_days", WORKING, ("programme",)),
              Step(E, "reply.check_days", WORKING, ("programme", "host")))),
    Clock("offer_closing", "offer", "An offer closes with nobody under way", "its closing date or latest start",
          lambda: waiting.idle_offers(with_closing_date=True), _closes, (
              Step(R, "remind.closing_days", BEFORE, ("host",)),
              Step(L, "lapse.closing_days", AFTER, code="closing_date_passed"))),
    Clock("offer_open", "offer", "An offer without a closing date has nobody under way", "its publication",
          lambda: waiting.idle_offers(with_closing_date=False), _on("published_at"), (
              Step(R, "remind.offer_days", AFTER, ("host",)),
              Step(L, "offer.lapse_days", AFTER, code="nobody_found"))),
    Clock("terms", "placement", "A placement has not been agreed", STATE,
          lambda: waiting.placements_in(PL.APPROVED, PL.VETTING), _on("state_since_at"), (
              Step(R, "remind.terms_days", WORKING, ("owner", *SIDES)),
              Step(E, "reply.terms_days", WORKING, ("programme",)))),
    Clock("start", "placement", "A start has not been recorded", "the start date",
          lambda: waiting.placements_in(PL.AGREED), _on("starts_on"), (
              Step(R, "remind.placement_days", WORKING, SIDES),
              Step(E, "reply.placement_days", WORKING, ("programme",)))),
    Clock("return_plan", "placement", "A placement has no return plan", "the end date",
          waiting.running_without_return_plan, _on("ends_on"), (
              Step(R, "return.reminder_days", BEFORE, ("owner", "line_manager")),
              Step(E, "return.plan_needed_days", BEFORE, ("programme",)))),
    Clock("end", "placement", "An end has not been recorded", "the end date",
          lambda: waiting.placements_in(PL.ACTIVE), _on("ends_on"), (
              Step(R, "remind.placement_days", WORKING, SIDES),
              Step(E, "reply.placement_days", WORKING, ("programme",)))),
    Clock("return", "placement", "A return has not been recorded", "the end",
          lambda: waiting.placements_in(PL.ENDED, PL.ENDED_EARLY), _on("ended_on", "ends_on"), (
              Step(R, "remind.placement_days", WORKING, ("line_manager",)),
              Step(E, "reply.placement_days", WORKING, ("programme",))), side="home"),
    Clock("follow_up", "placement", "A file can be closed", "the end",
          lambda: waiting.placements_in(PL.RETURNED), _on("ended_on", "ends_on"), (
              Step(R, "survey.close_after_days", AFTER, ("programme",)),)),
    Clock("survey", "survey", "A survey is open", "the day it opens",
          lambda: waiting.open_surveys(on=clock.today()), _on("opens_on"), (
              Step(R, "survey.ask_days", AFTER, ("respondent",)),
              Step(R, "survey.reminder_days", AFTER, ("respondent",)))),
    Clock("verification", "organisation", "An organisation has not been verified", "its registration",
          waiting.unverified_organisations, _on("created_at"), (
              Step(R, "remind.check_days", WORKING, ("programme",)),
              Step(E, "reply.check_days", WORKING, ("programme",)))),
    Clock("grade", "level_review", "A grade has not been settled", "the question",
          waiting.open_level_reviews, _on("asked_at"), (
              Step(R, "remind.check_days", WORKING, ("programme",)),
              Step(E, "reply.check_days", WORKING, ("programme", "owner")))),
)  # fmt: skip
