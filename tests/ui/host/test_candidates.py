"""A host reads applications without names, assesses, and decides."""

from typing import Any

from sqlalchemy import Engine

from db.engine import reading, writing
from programme import applications
from tests import lifecycle
from tests.factories import make_applicant
from tests.ui.pages import press, said

REASON = "You know food banks and their data well."


def _released(world: Engine) -> tuple[lifecycle.World, str, str]:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        small.applicant.user.name = "Zebedee Quillfeather"
        application = lifecycle.released(session, small)
        return small, application.ref, small.offer.ref


def test_the_lists_show_references_and_no_name(world: Engine, open_page: Any) -> None:
    small, _, offer_ref = _released(world)
    page = open_page("candidates", small.hosting.user_id, ref=offer_ref)
    assert not page.exception
    words = said(page)
    assert small.applicant.ref in words
    assert "Quillfeather" not in words
    assert "1 person could take this placement" in words


def test_those_who_cannot_go_are_apart_with_the_rule(world: Engine, open_page: Any) -> None:
    small, _, offer_ref = _released(world)
    with writing(world) as session:
        other = make_applicant(session, small.home, level=1)
        ref = other.ref
    page = open_page("candidates", small.hosting.user_id, ref=offer_ref)
    assert ref not in said(page)
    page.checkbox(key="candidates.others").check().run()
    assert ref in said(page)
    assert "level" in said(page)


def test_the_name_is_shown_once_the_assessment_is_saved(world: Engine, open_page: Any) -> None:
    small, ref, _ = _released(world)
    page = open_page("candidate", small.hosting.user_id, ref=ref)
    assert "Quillfeather" not in said(page)
    page.radio(key="assess.skills_score").set_value("4")
    page.radio(key="assess.motivation_score").set_value("5")
    page.text_area(key="assess.strengths").set_value("Plans well with the people who use a service.")
    press(page, "Save assessment and show the name")
    assert not page.exception
    assert "Zebedee Quillfeather" in said(page)


def test_half_an_assessment_is_refused_and_stays_on_the_page(world: Engine, open_page: Any) -> None:
    small, ref, _ = _released(world)
    page = open_page("candidate", small.hosting.user_id, ref=ref)
    page.text_area(key="assess.strengths").set_value("Plans well with the people who use a service.")
    press(page, "Save assessment and show the name")
    assert page.error
    assert page.text_area(key="assess.strengths").value == "Plans well with the people who use a service."
    assert "Quillfeather" not in said(page)


def test_a_decision_needs_a_reason_and_takes_the_application_on(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        ref = lifecycle.assessed(session, small).ref
    page = open_page("candidate", small.hosting.user_id, ref=ref)
    press(page, "Put on the shortlist")
    assert "Say why" in said(page)
    page.text_area(key="application-shortlist.reason").set_value(REASON)
    press(page, "Put on the shortlist")
    with reading(world) as session:
        assert applications.blind(session, small.hosting, ref).state == "shortlisted"


def test_a_host_of_another_organisation_learns_nothing(world: Engine, open_page: Any) -> None:
    _, ref, offer_ref = _released(world)
    with writing(world) as session:
        other = lifecycle.make_world(session).hosting
    for path, query in (("candidate", ref), ("candidates", offer_ref), ("offer-manage", offer_ref)):
        page = open_page(path, other.user_id, ref=query)
        assert page.title[0].value in ("You cannot do this here", "You cannot see this page"), path
