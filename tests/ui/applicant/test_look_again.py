"""Asking a person to look again, and being answered, on the pages (D4)."""

from sqlalchemy import Engine

from db.engine import writing
from tests.lifecycle import REASON, make_world, released
from tests.ui.conftest import Opener
from tests.ui.pages import press, said


def test_d4_the_notice_is_on_the_page_before_anybody_applies(world: Engine, open_page: Opener) -> None:
    with writing(world) as session:
        small = make_world(session)
    page = open_page("apply", small.person.user_id, ref=small.offer.ref)
    assert "A score puts lists in order." in said(page)
    assert "within 1 month." in said(page)


def test_d4_a_rank_is_contested_and_answered_on_the_pages(world: Engine, open_page: Opener) -> None:
    with writing(world) as session:
        small = make_world(session)
        application = released(session, small)
    assert f"/look-again?ref={small.offer.ref}" in said(
        open_page("application", small.person.user_id, ref=application.ref)
    )
    page = open_page("look-again", small.person.user_id, ref=small.offer.ref)
    page.text_area(key="contest.wording").set_value("My volunteering was not counted.")
    page = press(page, "Ask a person to look again")
    assert not page.exception
    assert "Waiting for an answer" in said(page)
    assert not [area for area in page.text_area if area.key == "contest.wording"]

    assert "1 contest to answer" in said(open_page("queue", small.programme.user_id))
    desk = open_page("contests", small.programme.user_id)
    assert "My volunteering was not counted." in said(desk)
    (code,) = [box for box in desk.selectbox if box.key.endswith("reason_code")]
    (reason,) = [area for area in desk.text_area if area.key.endswith("reason")]
    code.set_value("stands")
    reason.set_value(REASON)
    assert "0 contests to answer" in said(press(desk, "Answer"))
    answer = said(open_page("look-again", small.person.user_id, ref=small.offer.ref))
    assert REASON in answer
    assert "Looked at again, and it stands" in answer
