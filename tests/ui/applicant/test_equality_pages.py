"""The two equality pages: a form that shows no answers, and figures that show no small count."""

from typing import Any

from sqlalchemy import Engine

from db.engine import reading, writing
from equality.models import Answers
from tests.factories import make_actor, make_organisation
from tests.ui.pages import press, said


def test_d1_a_person_answers_keeps_a_key_and_withdraws(
    world: Engine, open_page: Any, equality_store: Any
) -> None:
    with writing(world) as session:
        person = make_actor(session, ("applicant", make_organisation(session)))
    page = open_page("equality-monitoring", person.user_id)
    assert not page.exception
    assert "You do not have to answer" in said(page)
    page.radio(key="equality.disability").set_value("yes")
    page = press(page, "Send my answers")
    assert "Your answers have been kept" in said(page)
    key = said(page).split("Keep this key</dt><dd>")[1].split("<")[0]
    assert page.radio(key="equality.disability").value is None
    page.text_input(key="equality.stop_key").set_value(key)
    page = press(page, "Delete my answers")
    assert "Your answers have been deleted" in said(page)
    assert key not in said(page)
    with reading(equality_store()) as own:
        (row,) = own.query(Answers)
        assert row.answers is None


def test_d5_the_programme_manager_releases_figures_of_few_people_and_sees_none(
    world: Engine, open_page: Any
) -> None:
    with writing(world) as session:
        manager = make_actor(session, ("programme_manager", None))
    page = open_page("equality-figures", manager.user_id)
    assert "No figures have been released yet" in said(page)
    page = press(page, "Release the figures of today")
    assert not page.exception
    assert "The figures have been released" in said(page)
    assert not page.button or "Release the figures of today" not in [b.label for b in page.button]
