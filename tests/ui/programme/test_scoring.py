"""A programme manager reads how the score is set, learns in shadow, decides with a reason, and can go back."""

from typing import Any

from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.learning import ScoreVersion
from programme import learning
from tests.factories import make_actor
from tests.lifecycle import REASON
from tests.shown import show_pairs
from tests.ui.pages import press, said

FIT = "Learn from the outcomes so far"


def states(world: Engine) -> list[str]:
    with reading(world) as session:
        return [str(state) for state in session.scalars(select(ScoreVersion.state).order_by(ScoreVersion.id))]


def test_points_are_learnt_put_in_force_and_gone_back_on(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        manager = make_actor(session, ("programme_manager", None))
        show_pairs(session, 30)
    page = open_page("score", manager.user_id)
    assert "There are 300" in said(page)
    assert "Nothing is in shadow" in said(page)
    page = press(page, FIT)
    assert not page.exception
    assert "Points have been learnt in shadow" in said(page)
    assert "From 300 outcomes of 30 people" in said(page)
    assert states(world) == ["promoted", "shadow"]
    page = press(page, "Put these points in force")
    assert "Say why" in said(page)
    page.text_area(key="score-promote.reason").set_value(REASON)
    page = press(page, "Put these points in force")
    assert not page.exception
    assert "Other points hold from" in said(page)
    assert states(world) == ["retired", "promoted"]
    page.text_area(key="score-roll_back.reason").set_value(REASON)
    page = press(page, "Go back to the points before")
    assert not page.exception
    assert states(world) == ["promoted", "rolled_back"]
    assert "Other points hold from" not in said(page)


def test_too_few_outcomes_are_refused_in_words(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        manager = make_actor(session, ("programme_manager", None))
        show_pairs(session, 2)
    page = press(open_page("score", manager.user_id), FIT)
    assert "There are 20 outcomes, and the points in force stay" in said(page)
    assert states(world) == []


def test_what_is_in_the_way_is_said_and_no_form_is_shown(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        manager = make_actor(session, ("programme_manager", None))
        show_pairs(session, 12)
        learning.fit_shadow(session, manager)
    page = open_page("score", manager.user_id)
    assert "Why this cannot be put in force" in said(page)
    assert "a change is allowed from 200 on" in said(page)
    assert [button.label for button in page.button if button.label.startswith("Put")] == []


def test_an_auditor_reads_and_decides_nothing(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        manager = make_actor(session, ("programme_manager", None))
        auditor = make_actor(session, ("auditor", None))
        show_pairs(session, 30)
        learning.fit_shadow(session, manager)
    page = open_page("score", auditor.user_id)
    assert not page.exception
    assert "From 300 outcomes" in said(page)
    words = [button.label for button in page.button]
    assert FIT not in words
    assert [word for word in words if word.startswith(("Put", "Go back"))] == []
