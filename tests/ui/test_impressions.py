"""Looking at a list is noted, once, and a manager's look at it is not."""

from typing import Any

from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.learning import Impression
from tests import lifecycle


def noted(world: Engine) -> list[str]:
    with reading(world) as session:
        return [str(side) for side in session.scalars(select(Impression.shown_to).order_by(Impression.id))]


def test_what_a_list_shows_is_noted_once_a_day_for_each_side(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
    page = open_page("for-you", small.person.user_id)
    assert not page.exception
    assert noted(world) == ["applicant"]
    page.run()
    open_page("for-you", small.person.user_id)
    assert noted(world) == ["applicant"]
    page = open_page("candidates", small.hosting.user_id, ref=small.offer.ref)
    assert not page.exception
    assert noted(world) == ["applicant", "host"]


def test_what_is_run_again_in_a_visit_opens_no_transaction(
    world: Engine, open_page: Any, monkeypatch: Any
) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
    page = open_page("for-you", small.person.user_id)
    monkeypatch.setattr("programme.impressions.record_impressions", lambda *_: 1 / 0)
    page.run()
    assert not page.exception
