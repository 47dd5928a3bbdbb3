"""Everybody signed in can get a copy of their data and complain; the programme answers from its queue (D7)."""

from sqlalchemy import Engine

from db.engine import writing
from programme import complaints
from tests.lifecycle import REASON, make_world
from tests.ui.conftest import Opener
from tests.ui.pages import press
from tests.ui.pages import said as words_of


def test_d7_one_button_gives_a_copy_of_my_data(world: Engine, open_page: Opener) -> None:
    with writing(world) as session:
        person = make_world(session).person.user_id
    page = open_page("my-data", person)
    assert not page.exception
    (button,) = page.get("download_button")
    assert button.proto.label == "Get a copy of my data"


def test_d7_a_complaint_is_sent_and_answered_on_the_pages(world: Engine, open_page: Opener) -> None:
    with writing(world) as session:
        people = make_world(session)
    page = open_page("my-data", people.person.user_id)
    page.text_area(key="complaint.wording").set_value("My draft was seen.")
    page = press(page, "Send the complaint")
    assert "Received" in words_of(page)
    assert "My draft was seen." in words_of(page)

    assert "1 complaint to answer" in words_of(open_page("queue", people.programme.user_id))
    desk = press(open_page("complaints", people.programme.user_id), "Tell the person that you have it")
    (complaint,) = _waiting(world, people)
    desk.text_area(key=f"{complaint.ref}-answer.reason").set_value(REASON)
    desk = press(desk, "Answer")
    assert "0 complaints to answer" in words_of(desk)
    assert REASON in words_of(open_page("my-data", people.person.user_id))


def _waiting(world: Engine, people: object) -> list[complaints.Complaint]:
    with writing(world) as session:
        return complaints.waiting(session, people.programme)  # type: ignore[attr-defined]
