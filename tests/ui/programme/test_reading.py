"""What the programme team, analysts and auditors read."""

from typing import Any

from sqlalchemy import Engine

from db.engine import writing
from programme import audit
from tests import lifecycle
from tests.factories import make_actor
from tests.ui.pages import said


def test_placements_are_filtered_by_state(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        lifecycle.approved(session, small)
    page = open_page("placements-running", small.programme.user_id)
    assert "1 found" in said(page)
    page.selectbox(key="placements.state").set_value("active").run()
    assert "0 found" in said(page)


def test_outcomes_show_no_figure_of_a_small_group(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer=lifecycle.offer_from_today())
        lifecycle.active(session, small)
        analyst = make_actor(session, ("equality_analyst", None))
    page = open_page("outcomes", analyst.user_id)
    assert not page.exception
    assert "Too few to report" in said(page)
    assert page.get("download_button")


def test_the_audit_trail_is_filtered_and_paged(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        lifecycle.released(session, small)
        auditor = make_actor(session, ("auditor", None))
        for _ in range(60):
            audit.record(session, auditor, "offer:change", "offer", small.offer)
    page = open_page("audit", auditor.user_id)
    assert not page.exception
    page.selectbox(key="audit.subject").set_value("offer").run()
    assert "60 events found" in said(page)
    page.selectbox(key="audit.subject").set_value("application")
    page.selectbox(key="audit.action").set_value("application:release").run()
    assert "1 event found" in said(page)
    assert lifecycle.REASON in said(page)


def test_the_audit_trail_is_searched_by_person_and_taken_away_as_a_file(
    world: Engine, open_page: Any
) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        lifecycle.released(session, small)
        auditor = make_actor(session, ("auditor", None))
    page = open_page("audit", auditor.user_id)
    page.text_input(key="audit.who").set_value(small.manager.email).run()
    assert "1 event found" in said(page)
    assert not page.get("download_button")
    page.button(key="audit.prepare").click().run()
    assert not page.exception
    assert page.get("download_button")
    page.text_input(key="audit.from_on").set_value("no day").run()
    assert "must be a real date" in said(page)


def test_opening_somebodys_match_shows_in_the_audit_trail(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        match = lifecycle.selected(session, small)
        auditor = make_actor(session, ("auditor", None))
    for _ in range(2):
        open_page("decide", small.programme.user_id, ref=match.ref)
    page = open_page("audit", auditor.user_id)
    page.selectbox(key="audit.subject").set_value("personal_data").run()
    assert "1 event found" in said(page)
    assert small.applicant.ref in said(page)
