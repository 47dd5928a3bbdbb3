"""The messages page: what is told, and which kinds also come by e-mail."""

from typing import Any

from sqlalchemy import Engine

from db.engine import reading, writing
from programme import notifications
from programme.actors import load_actor
from tests.factories import make_user
from tests.ui.pages import press, said


def test_a_person_chooses_which_messages_come_by_email(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        user = make_user(session, ("auditor", None)).id
        notifications.add(session, user, "event-1", "Your offer is live: Plan", "Plan. People can find it.")
    page = open_page("notifications", user)
    assert "Your offer is live" in said(page)
    boxes = {box.label.replace("\\", ""): box for box in page.checkbox}
    assert all(box.value for box in boxes.values())
    assert len(boxes) == 3
    boxes["Surveys to answer"].uncheck()
    page = press(page, "Save my choice")
    assert "Your choice is saved" in said(page)
    with reading(world) as session:
        chosen = notifications.preferences(session, load_actor(session, user))
    assert chosen == {"change": True, "reminder": True, "survey": False}


def test_somebody_without_messages_can_choose_too(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        user = make_user(session, ("auditor", None)).id
    page = open_page("notifications", user)
    assert "You have no messages" in said(page)
    assert len(page.checkbox) == 3
