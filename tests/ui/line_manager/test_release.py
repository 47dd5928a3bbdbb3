"""A line manager reads the case and answers it."""

from typing import Any

from sqlalchemy import Engine

from db.engine import reading, writing
from db.models.applications import Application
from programme import applications
from tests import lifecycle
from tests.ui.pages import press, said

REASON = "The team can cover this from April."


def _asked(world: Engine) -> tuple[lifecycle.World, int, str]:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        application = lifecycle.requested(session, small)
        return small, application.id, application.ref


def test_the_request_is_listed_and_its_six_headings_are_read(world: Engine, open_page: Any) -> None:
    small, _, ref = _asked(world)
    assert small.applicant.user.name in said(open_page("release-requests", small.manager.user_id))
    words = said(open_page("release", small.manager.user_id, ref=ref))
    for text in lifecycle.CASE.values():
        assert text in words


def test_a_release_keeps_its_conditions_cover_and_date(world: Engine, open_page: Any) -> None:
    small, application_id, ref = _asked(world)
    page = open_page("release", small.manager.user_id, ref=ref)
    page.selectbox(key="release.cover_kind").set_value("share")
    page.text_area(key="release.conditions").set_value("Back for the spending review.")
    page.text_input(key="release.until_on").set_value(
        f"{small.offer.start_to_on.replace(year=2030):%-d %-m %Y}"
    )
    page.text_area(key="release.reason").set_value(REASON)
    press(page, "Release")
    assert not page.exception
    assert "Released" in said(page)
    with reading(world) as session:
        application = session.get_one(Application, application_id)
        assert (application.state, application.release_cover, application.release_conditions) == (
            "submitted", "Share the work in the team", "Back for the spending review.",
        )  # fmt: skip


def test_a_date_that_is_no_date_is_refused_and_everything_stays(world: Engine, open_page: Any) -> None:
    small, application_id, ref = _asked(world)
    page = open_page("release", small.manager.user_id, ref=ref)
    page.text_input(key="release.until_on").set_value("soon")
    page.text_area(key="release.reason").set_value(REASON)
    press(page, "Release")
    assert "must be a real date" in said(page)
    assert page.text_area(key="release.reason").value == REASON
    with reading(world) as session:
        assert session.get_one(Application, application_id).state == "awaiting_release"


def test_an_answer_from_a_page_that_was_overtaken_is_told_so_and_changes_nothing(
    world: Engine, open_page: Any
) -> None:
    small, application_id, ref = _asked(world)
    page = open_page("release", small.manager.user_id, ref=ref)
    page.text_area(key="release.reason").set_value(REASON)
    with writing(world) as session:
        applications.decline_release(session, small.manager, ref, reason_code="backfill", reason=REASON)
    press(page, "Release")
    assert "decided or changed since you opened the page" in said(page)
    with reading(world) as session:
        assert session.get_one(Application, application_id).state == "release_declined"


def test_declining_needs_a_reason_from_the_list_and_words(world: Engine, open_page: Any) -> None:
    small, application_id, ref = _asked(world)
    page = open_page("release", small.manager.user_id, ref=ref)
    page.text_area(key="decline.reason").set_value("Nobody can take the case work before June.")
    press(page, "Decline the release")
    assert "Choose a reason from the list" in said(page)
    page.selectbox(key="decline.reason_code").set_value("backfill")
    press(page, "Decline the release")
    with reading(world) as session:
        assert session.get_one(Application, application_id).state == "release_declined"


def test_another_line_manager_sees_nothing_of_it(world: Engine, open_page: Any) -> None:
    _, _, ref = _asked(world)
    with writing(world) as session:
        other = lifecycle.make_world(session).manager
    assert open_page("release", other.user_id, ref=ref).title[0].value == "You cannot do this here"


def test_people_on_placement_are_listed(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        lifecycle.approved(session, small)
    assert small.offer.title in said(open_page("my-team-away", small.manager.user_id))
