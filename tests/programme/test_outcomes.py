"""Outcomes: who is asked what and when, what an answer may be, and tables that always show their n."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.outcomes import Survey
from db.models.placements import Objective, Placement, PlacementState
from db.queries import outcomes as queries
from programme import clock, outcomes, placements
from programme.errors import IllegalMove, Invalid, NotAllowed, NotFound
from programme.placement_terms import add_months
from tests.factories import make_actor
from tests.lifecycle import World, active, another_person, approved, make_world, offer_from_today


def at(day):
    """A frozen clock at nine on this day."""
    return clock.frozen(clock.now().replace(year=day.year, month=day.month, day=day.day, hour=9))


def answers_for(form: outcomes.SurveyForm) -> dict[str, Any]:
    """A fitting answer to every question of a survey."""
    by_kind: dict[str, Any] = {"scale5": 4, "count": 3, "text": "A short answer."}
    return {
        question.code: {row: "met" for row, _ in form.objectives}
        if question.kind == "objectives"
        else by_kind.get(question.kind) or question.options[0]
        for question in form.questions
    }


def ended(session: Session, world: World) -> Placement:
    """A placement that ran to its last day; the clock of the caller is there too."""
    placement = active(session, world)
    with at(placement.ends_on):
        placements.act(session, world.hosting, placement.ref, "end")
    return placement


def test_the_waves_are_asked_of_whoever_has_a_question_in_them_on_the_days_of_the_rules(
    store: Engine,
) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = approved(session, world)
        found = {
            (s.wave.value, s.respondent.value): s
            for s in queries.for_placement(session, placement_id=placement.id)
        }
        assert set(found) == {
            ("t0", "secondee"), ("t1", "secondee"),
            ("t2", "secondee"), ("t2", "host"), ("t2", "home"),
            ("t3", "secondee"), ("t3", "host"), ("t3", "home"),
            ("t4", "secondee"), ("t4", "host"), ("t4", "home"),
        }  # fmt: skip
        assert found["t0", "secondee"].opens_on == placement.starts_on
        assert found["t2", "host"].opens_on == placement.ends_on
        assert found["t3", "home"].opens_on == add_months(placement.ends_on, 6)
        assert found["t4", "home"].opens_on == add_months(placement.ends_on, 12)
        assert all(s.due_on == s.opens_on + timedelta(days=28) for s in found.values())


def test_nothing_is_asked_before_the_placement_got_there(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = approved(session, world)
        with at(placement.ends_on + timedelta(days=500)):  # it never started
            for actor in (world.person, world.hosting, world.manager):
                assert outcomes.due(session, actor) == []
        row = queries.for_placement(session, placement_id=placement.id)[0]
        with pytest.raises(IllegalMove, match="not open yet"):
            outcomes.answer(session, world.person, row.id, {})


def test_each_side_answers_its_own_surveys_and_nobody_elses(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = ended(session, world)
        stranger = another_person(session, world)
        with at(placement.ends_on):
            due = {
                name: [(s.wave.value, s.respondent.value) for s in outcomes.due(session, actor)]
                for name, actor in (
                    ("person", world.person),
                    ("host", world.hosting),
                    ("home", world.manager),
                )
            }
            assert due["person"] == [("t0", "secondee"), ("t1", "secondee"), ("t2", "secondee")]
            assert due["host"] == [("t2", "host")]
            assert due["home"] == [("t2", "home")]
            (host_survey,) = outcomes.due(session, world.hosting)
            for actor in (world.person, world.manager, world.programme, stranger.person):
                with pytest.raises(NotFound):
                    outcomes.survey(session, actor, host_survey.id)


def test_answers_are_sent_once_and_reach_the_objectives(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = ended(session, world)
        with at(placement.ends_on):
            for actor in (world.person, world.hosting, world.manager):
                for row in outcomes.due(session, actor):
                    form = outcomes.survey(session, actor, row.id)
                    sent = outcomes.answer(session, actor, row.id, answers_for(form))
                    assert sent.answered_by_id == actor.user_id
                assert outcomes.due(session, actor) == []
            assert {(o.result_secondee, o.result_host) for o in placement.objectives} == {("met", "met")}
            with pytest.raises(IllegalMove, match="has been answered"):
                outcomes.answer(session, world.hosting, end_survey(session, placement, "host").id, {})


def end_survey(session: Session, placement: Placement, respondent: str) -> Survey:
    """The end survey of one side."""
    return next(
        s
        for s in queries.for_placement(session, placement_id=placement.id)
        if (s.wave, s.respondent) == ("t2", respondent)
    )


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("F5", 0), ("F5", 6), ("F5", True), ("F5", "4"), ("F5", None),
        ("F8", "perhaps"), ("F4", {}), ("F4", {"1": "met"}), ("F16", "x" * 5001),
    ],
)  # fmt: skip
def test_an_answer_outside_its_question_is_refused_at_that_question(
    sqlite_store: Engine, code: str, value: Any
) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = ended(session, world)
        with at(placement.ends_on):
            row = end_survey(session, placement, "secondee")
            answers = answers_for(outcomes.survey(session, world.person, row.id)) | {code: value}
            with pytest.raises(Invalid) as refusal:
                outcomes.answer(session, world.person, row.id, answers)
            assert set(refusal.value.fields) == {code}
            assert row.answered_at is None


def test_a_count_below_zero_is_refused(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer=offer_from_today())
        active(session, world)
        (row,) = outcomes.due(session, world.person)
        answers = answers_for(outcomes.survey(session, world.person, row.id)) | {"F2": -1}
        with pytest.raises(Invalid) as refusal:
            outcomes.answer(session, world.person, row.id, answers)
        assert set(refusal.value.fields) == {"F2"}


def test_half_filled_answers_are_kept_and_free_text_may_stay_empty(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = ended(session, world)
        with at(placement.ends_on):
            row = end_survey(session, placement, "host")
            outcomes.save_answers_draft(session, world.hosting, row.id, {"F5": 4, "F16": " ", "unknown": 1})
            form = outcomes.survey(session, world.hosting, row.id)
            assert form.answers == {"F5": 4}
            assert row.answered_at is None
            answers = answers_for(form)
            del answers["F16"], answers["F12b"]
            assert outcomes.answer(session, world.hosting, row.id, answers).answered_at is not None


def many(session: Session, world: World, number: int, *, early: int = 0) -> None:
    """So many placements that have ended, ``early`` of them early, each with one objective met."""
    for n in range(number):
        person = another_person(session, world)
        placement = approved(session, person)
        placement.state = PlacementState.ENDED
        placement.ended_on = placement.ends_on
        placement.early_end_code = "funding" if n < early else None
        placement.objectives = [
            Objective(wording="Write", result_host="met"),
            Objective(wording="Train", result_host="not_met" if n else "met"),
            Objective(wording="Not judged"),
        ]
    session.flush()


def test_d5_the_summary_shows_rates_with_their_n_and_small_groups_only_by_their_n(store: Engine) -> None:
    with writing(store) as session:
        outward = make_world(session, offer={"capacity": 20, "region_code": "TLC"})
        inward = make_world(session, "inward", offer={"capacity": 20, "region_code": "TLI"})
        many(session, outward, 6, early=2)
        many(session, inward, 4)
        approved(session, another_person(session, outward))  # not started: not counted
        found = outcomes.summary(session, outward.programme)

        assert (found.total.n, found.total.ended, found.total.completed) == (10, 10, 8)
        assert found.total.completion_pct == 80.0
        assert found.total.objectives_n == 20
        assert found.total.objectives_met_pct == 60.0
        assert set(found.tables) == {"mission", "direction", "level", "region", "income_band"}
        assert all(sum(row.n for row in rows) == 10 for rows in found.tables.values())
        big, small = found.tables["direction"]
        assert (big.n, big.completion_pct, big.suppressed) == (6, 66.7, False)
        assert (small.n, small.suppressed) == (4, True)
        assert (small.ended, small.completed, small.completion_pct, small.responses) == (None,) * 4
        (band,) = found.tables["income_band"]
        assert band.label.startswith("Medium")


def test_a_rate_of_nothing_is_no_rate(store: Engine) -> None:
    with writing(store) as session:
        empty = outcomes.summary(session, make_actor(session, ("auditor", None)))
        assert (empty.total.n, empty.total.completion_pct, empty.total.suppressed) == (0, None, False)
        assert all(rows == () for rows in empty.tables.values())
        world = make_world(session, offer={"capacity": 20})
        for _ in range(5):
            placement = approved(session, another_person(session, world))
            placement.state = PlacementState.ACTIVE
        session.flush()
        running = outcomes.summary(session, world.programme).total
        assert (running.n, running.ended, running.completion_pct) == (5, 0, None)


def test_the_summary_asks_the_database_as_often_for_ten_placements_as_for_one(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer={"capacity": 20})
        many(session, world, 1)
        one = statements_of(sqlite_store, session, world)
        many(session, world, 9)
        assert statements_of(sqlite_store, session, world) == one


def statements_of(store: Engine, session: Session, world: World) -> int:
    """How many statements a summary takes."""
    seen: list[str] = []

    def count(*args: Any) -> None:
        seen.append(args[2])

    event.listen(store, "before_cursor_execute", count)
    try:
        outcomes.summary(session, world.programme)
    finally:
        event.remove(store, "before_cursor_execute", count)
    return len(seen)


def test_outcomes_are_for_those_who_look_after_the_programme(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        for actor in (world.person, world.hosting, world.manager, world.finance):
            with pytest.raises(NotAllowed):
                outcomes.summary(session, actor)
