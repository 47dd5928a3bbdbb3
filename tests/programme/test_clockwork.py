"""Nobody in silence: what time does to everything that waits, once, late or twice, and on two machines at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from db.engine import reading, writing
from db.models.applications import Application, ApplicationState
from db.models.audit import StatusChange
from db.models.matches import Match, MatchState
from db.models.notifications import Notification
from db.models.offers import Offer, OfferState
from db.models.organisations import Organisation
from db.models.placements import Placement
from db.models.rounds import MatchingRound, RoundState
from db.models.ticks import Tick
from programme import applications, clock, clockwork, match_opening, offers
from programme.clock_steps import Calendar, Due, Plan, plan
from programme.clock_words import ESCALATIONS, REMINDERS
from programme.clocks import CLOCKS, Action, Clock, Count, Step
from programme.clockwork import tick
from programme.errors import NotAllowed
from programme.reference import reason_codes, rule_number
from tests.factories import make_actor, make_offer
from tests.lifecycle import (
    REASON,
    World,
    active,
    assessed,
    drafted,
    make_world,
    offer_from_today,
    released,
    requested,
    selected,
)

MONDAY = datetime(2026, 9, 7, 9, tzinfo=UTC)  # no bank holiday until Christmas, except in Scotland


def on(day: datetime, days: int) -> datetime:
    """The same hour, ``days`` days later."""
    return day + timedelta(days=days)


def run(store: Engine, at: datetime) -> list[tuple[str, str]]:
    """What a tick at this moment did: (clock, action)."""
    with clock.frozen(at):
        return [(done.clock, done.action) for done in tick(store)]


def begin(store: Engine, **values: object) -> World:
    """A world made on the Monday."""
    with clock.frozen(MONDAY), writing(store) as session:
        return make_world(session, **values)


def lines(store: Engine, user_id: int | None) -> list[str]:
    """The subject lines of somebody's messages, oldest first."""
    with reading(store) as session:
        rows = select(Notification.subject).where(Notification.user_id == user_id).order_by(Notification.id)
        return [subject.partition(":")[0] for subject in session.scalars(rows)]


# --- the table ---


def test_every_step_has_a_rule_words_and_a_reason_that_people_can_read(sqlite_store: Engine) -> None:
    with reading(sqlite_store) as session:
        calendar = Calendar(session, clock.today())  # raises LookupError for a rule that is not there
        codes = {row.code: row.words for row in reason_codes(session, "lapse")}
        least = rule_number(session, "decision.reason_min_characters")
    assert calendar.grace > 0
    for each in CLOCKS:
        for step in each.steps:
            if step.action is Action.LAPSE:
                assert len(codes[step.code]) >= least
            else:
                words = (REMINDERS if step.action is Action.REMIND else ESCALATIONS)[each.name]
                assert "*" in words or set(step.tell) <= set(words)


def test_clocks_have_names_of_their_own_and_a_reminder_comes_before_every_lapse() -> None:
    assert len({each.name for each in CLOCKS}) == len(CLOCKS)
    for each in CLOCKS:
        actions = [step.action for step in each.steps]
        assert Action.LAPSE not in actions or actions[0] is Action.REMIND


def test_every_waiting_state_of_the_workflow_has_a_clock(sqlite_store: Engine) -> None:
    wanted = {
        "application": {"draft", "awaiting_release", "submitted", "shortlisted"},  # selected waits as a match
        "match": {"proposed"},  # in approval it waits as its gates
        "offer": {"draft", "submitted", "published", "paused"},
        "placement": {"approved", "vetting", "agreed", "active", "ended", "ended_early", "returned"},
    }
    for subject, states in wanted.items():
        selects = [str(each.waiting().compile(compile_kwargs={"literal_binds": True}))
                   for each in CLOCKS if each.subject == subject]  # fmt: skip
        for state in states:
            assert any(f"'{state}'" in text for text in selects), (subject, state)


# --- what each clock does, on both databases ---


def test_a_release_request_reminds_then_escalates_then_lapses(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        ref = requested(session, world).ref

    assert run(store, on(MONDAY, 6)) == []
    assert run(store, on(MONDAY, 7)) == [("release", "remind")]  # five working days
    assert run(store, on(MONDAY, 10)) == [("release", "remind")]  # eight
    assert run(store, on(MONDAY, 14)) == [("release", "escalate")]  # ten
    assert "Someone in your team is waiting for you" in lines(store, world.manager.user_id)
    assert "Your line manager has not answered" in lines(store, world.person.user_id)
    assert "A release request has not been answered" in lines(store, world.programme.user_id)
    assert run(store, on(MONDAY, 42)) == [("release", "lapse")]  # thirty
    with reading(store) as session:
        application = session.scalars(select(Application).where(Application.ref == ref)).one()
        assert application.state is ApplicationState.LAPSED
        step = session.scalars(select(StatusChange).where(StatusChange.action == "lapse")).one()
        assert (step.reason_code, step.actor_id) == ("release_not_answered", None)
    assert lines(store, world.person.user_id)[-1] == "Your application has lapsed"


def test_a_host_has_five_working_days_with_its_own_nations_bank_holidays(store: Engine) -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)  # St Andrew's Day is Monday 30 November 2026
    for region, due in (("TLC", date(2026, 12, 4)), ("TLM", date(2026, 12, 7))):
        with clock.frozen(friday), writing(store) as session:
            world = make_world(session)
            world.host.region_code = region
            application = released(session, world)
            calendar = Calendar(session, clock.today())
            (reply,) = [each for each in CLOCKS if each.name == "host_reply"]
            ends = [
                step.on for step in calendar.steps(reply, application) if step.step.action is Action.ESCALATE
            ]
            assert ends == [due], region


def test_an_untouched_draft_lapses_after_ninety_days_and_a_touched_one_does_not(store: Engine) -> None:
    world = begin(store, offer={"start_to_on": date(2027, 12, 1)})
    with clock.frozen(MONDAY), writing(store) as session:
        ref = drafted(session, world).ref
    assert run(store, on(MONDAY, 76)) == [("application_draft", "remind")]
    with clock.frozen(on(MONDAY, 80)), writing(store) as session:
        applications.save_draft(session, world.person, ref, statement="Still interested.")
    assert ("application_draft", "lapse") not in run(store, on(MONDAY, 90))
    assert ("application_draft", "remind") in run(store, on(MONDAY, 156))
    assert ("application_draft", "lapse") in run(store, on(MONDAY, 170))


def test_a_proposal_that_nobody_answers_lapses_with_its_reason(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        found = MatchingRound(
            name="Autumn", state=RoundState.PUBLISHED, state_since_at=clock.now(), settings={}, seed=1,
            model_version="m", fingerprint="f", certificate={}, run_at=clock.now(),
        )  # fmt: skip
        session.add(found)
        session.flush()
        match_opening.propose(
            session, world.programme, applicant=world.applicant, offer=world.offer, matching_round=found
        )
    assert run(store, on(MONDAY, 7)) == [("proposal", "remind")]
    assert run(store, on(MONDAY, 14)) == [("proposal", "lapse")]
    with reading(store) as session:
        assert session.scalars(select(Match.state)).one() is MatchState.LAPSED


def test_a_gate_reminds_whoever_may_decide_it_and_nobody_else(store: Engine) -> None:
    world = begin(store, offer={"recovery_pct": 50})
    with clock.frozen(MONDAY), writing(store) as session:
        party = make_actor(session, ("finance_approver", session.get_one(Organisation, world.host.id)))
        selected(session, world)
    assert ("gate", "remind") in run(store, on(MONDAY, 7))
    assert "An approval is waiting for you" in lines(store, world.finance.user_id)
    assert lines(store, party.user_id) == []
    assert lines(store, world.hr.user_id) == []
    assert ("gate", "escalate") in run(store, on(MONDAY, 14))
    assert "Your match is still waiting for an approval" in lines(store, world.person.user_id)


def test_an_offer_past_its_closing_date_lapses_only_when_nobody_is_under_way(store: Engine) -> None:
    world = begin(store, offer={"closing_on": on(MONDAY, 30).date()})
    with clock.frozen(MONDAY), writing(store) as session:
        busy = world.offer.ref
        idle = make_offer(session, world.host, closing_on=on(MONDAY, 30).date()).ref
        released(session, world)
    assert ("offer_closing", "remind") in run(store, on(MONDAY, 23))
    run(store, on(MONDAY, 31))
    with reading(store) as session:
        states = dict(session.execute(select(Offer.ref, Offer.state)).all())
        assert (states[busy], states[idle]) == (OfferState.PUBLISHED, OfferState.LAPSED)


def test_s9_a_placement_without_a_return_plan_is_reminded_at_90_60_30_and_queued_at_60(store: Engine) -> None:
    with clock.frozen(MONDAY), writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = active(session, world)
        ends_on, ref = placement.ends_on, placement.ref

    def before(days: int) -> list[str]:
        at = datetime.combine(ends_on - timedelta(days=days), MONDAY.timetz())
        return [action for name, action in run(store, at) if name == "return_plan"]

    assert before(91) == []
    assert before(90) == ["remind"]
    assert before(60) == ["remind", "escalate"]
    at = datetime.combine(ends_on - timedelta(days=59), MONDAY.timetz())
    with clock.frozen(at), reading(store) as session:
        late = clockwork.late(session, world.programme)
        assert [(item.ref, item.late_days) for item in late if "return plan" in item.what] == [(ref, 1)]
    with writing(store) as session:
        stored = session.scalars(select(Placement)).one()
        stored.return_post, stored.return_contact = "Policy adviser", "The head of HR"
    assert before(30) == []


def test_a_survey_is_announced_and_reminded_of_until_it_is_answered(store: Engine) -> None:
    with clock.frozen(MONDAY), writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        active(session, world)
    asked = [
        [name for name, _ in run(store, on(MONDAY, day))].count("survey") for day in (0, 0, 7, 14, 21, 28)
    ]
    assert asked[0] == asked[2] == asked[3] == asked[4] > 0
    assert asked[1] == asked[5] == 0


# --- once, however often it is run ---


@pytest.mark.parametrize("days", [3, 7, 14, 42, 120])
def test_running_twice_changes_nothing_more(store: Engine, days: int) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        make_offer(session, world.host, state=OfferState.SUBMITTED)
        requested(session, world)
    run(store, on(MONDAY, days))
    assert run(store, on(MONDAY, days)) == []


def test_a_late_run_reminds_once_and_lapses_only_after_the_days_of_grace(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        requested(session, world)
    late = on(MONDAY, 60)
    assert run(store, late) == [("release", "remind"), ("release", "escalate")]
    assert run(store, on(late, 6)) == []
    assert run(store, on(late, 7)) == [("release", "lapse")]
    assert lines(store, world.manager.user_id).count("Someone in your team is waiting for you") == 1


def test_two_clockworks_at_once_never_do_a_step_twice(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        for _ in range(6):
            make_offer(session, world.host, state=OfferState.SUBMITTED)
        requested(session, world)
    start = Barrier(2)

    def one(_: int) -> None:
        start.wait()
        run(store, on(MONDAY, 14))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    with reading(store) as session:
        assert session.scalar(select(func.count(Tick.id)).where(Tick.acted)) == 1 + 1 + 6 + 6
        escalated = select(func.count(Notification.id)).where(
            Notification.user_id == world.programme.user_id,
            Notification.subject.like("An offer has not been%"),
        )
        assert session.scalar(escalated) == 6
    assert run(store, on(MONDAY, 14)) == []


def test_a_step_that_another_machine_has_claimed_is_left_to_it(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(on(MONDAY, 14)), writing(store) as session:
        application = session.get_one(Application, requested(session, world).id)
        (release,) = [each for each in CLOCKS if each.name == "release"]
        with clock.frozen(on(MONDAY, 28)):
            calendar = Calendar(session, clock.today())
        with clock.frozen(on(MONDAY, 28)):
            first = clockwork.act(session, release, application, calendar)
            assert [done.action for done in first] == ["remind", "escalate"]
            assert clockwork.act(session, release, application, calendar) == ()


def test_what_is_decided_before_its_turn_is_left_alone(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        ref = requested(session, world).ref
        applications.release(session, world.manager, ref, reason=REASON)
    assert "release" not in {name for name, _ in run(store, on(MONDAY, 14))}


def test_late_things_are_for_the_programme_managers_who_are_not_a_party(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        party = make_actor(session, ("programme_manager", session.get_one(Organisation, world.home.id)))
        ref = requested(session, world).ref
    run(store, on(MONDAY, 14))
    with clock.frozen(on(MONDAY, 15)), reading(store) as session:
        (item,) = clockwork.late(session, world.programme)
        assert (item.ref, item.late_days) == (ref, 1)
        assert world.applicant.user.name not in f"{item}"
        assert clockwork.late(session, party) == ()
        with pytest.raises(NotAllowed):
            clockwork.late(session, world.person)


def test_an_offer_with_somebody_under_way_does_not_lapse(store: Engine) -> None:
    world = begin(store)
    with clock.frozen(MONDAY), writing(store) as session:
        assessed(session, world)
        offers.act(session, world.hosting, world.offer.ref, "pause", reason=REASON)
    assert all(name != "offer_open" for name, _ in run(store, on(MONDAY, 200)))


# --- the plan, for any clock ---

ACTIONS = st.lists(st.tuples(st.sampled_from(Action), st.integers(0, 60)), min_size=1, max_size=6)
FIRST_DAY = date(2026, 9, 7)


def _steps(actions: list[tuple[Action, int]]) -> tuple[Due, ...]:
    made = [
        Due(Step(action, "rule", Count.DAYS_AFTER), f"{n}-{action}", FIRST_DAY + timedelta(days=day))
        for n, (action, day) in enumerate(actions)
    ]
    return tuple(sorted(made, key=lambda due: (due.on, due.name)))


class _Days:
    """A calendar with a day of its own."""

    grace = 5

    def __init__(self, today: date) -> None:
        self.today = today


@given(actions=ACTIONS, runs=st.lists(st.integers(0, 120), min_size=1, max_size=8).map(sorted))
def test_whenever_it_runs_each_step_is_done_once_and_a_lapse_is_never_the_first_word(
    actions: list[tuple[Action, int]], runs: list[int]
) -> None:
    steps = _steps(actions)
    done: list[tuple[str, date, bool]] = []
    for run_on in (FIRST_DAY + timedelta(days=day) for day in runs):
        found: Plan = plan(steps, done, _Days(run_on))  # type: ignore[arg-type]
        assert all(due.on <= run_on for due in (*found.act, *found.overtaken))
        assert sum(due.step.action is not Action.ESCALATE for due in found.act) <= 1
        if any(due.step.action is Action.LAPSE for due in found.act):
            only_lapses = all(due.step.action is Action.LAPSE for due in steps)
            assert only_lapses or any(acted and day < run_on for _, day, acted in done)
        done += [(due.name, run_on, due in found.act) for due in (*found.act, *found.overtaken)]
        assert plan(steps, done, _Days(run_on)).act == ()  # type: ignore[arg-type]
    names = [name for name, _, _ in done]
    assert len(names) == len(set(names))
    assert all(a <= b for a, b in pairwise(day for _, day, _ in done))


def test_the_clocks_are_plain_rows() -> None:
    assert all(isinstance(each, Clock) and each.steps for each in CLOCKS)
