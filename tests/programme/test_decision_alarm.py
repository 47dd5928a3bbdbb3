"""When nearly every approval is of the first on the list, the programme is told (D3)."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.learning import Impression, ShownTo
from db.models.rules import Rule
from programme import clock, decision_alarm
from tests.lifecycle import World, another_person, approved, make_world


def shown_at(session: Session, world: World, position: int, *, days_ago: int = 0) -> None:
    """The host has seen this person in this place on its list."""
    session.add(
        Impression(
            applicant_id=world.applicant.id, offer_id=world.offer.id, shown_to=ShownTo.HOST,
            shown_on=clock.today() - timedelta(days=days_ago), position=position, model_version="m", shares={},
        )
    )  # fmt: skip
    session.flush()


@pytest.fixture
def least_two(store: Engine) -> Engine:
    """Two approvals are enough for the alarm."""
    with writing(store) as session:
        session.execute(update(Rule).where(Rule.key == "decision.alarm_least").values(value_number=2))
    return store


@pytest.mark.parametrize(("second", "alarm"), [(1, True), (2, False)])
def test_d3_the_alarm_is_raised_when_every_approval_is_of_the_first(
    least_two: Engine, second: int, alarm: bool
) -> None:
    with writing(least_two) as session:
        world = make_world(session, offer={"capacity": 5})
        shown_at(session, world, 4, days_ago=2)
        shown_at(session, world, 1)  # what the host saw last counts
        approved(session, world)
        assert not decision_alarm.first_ranks(session, world.programme).alarm, "one approval means nothing"
        other = another_person(session, world)
        shown_at(session, other, second)
        approved(session, other)
        approved(session, another_person(session, world))  # nobody saw this one on a list
        found = decision_alarm.first_ranks(session, world.programme)
    assert (found.approvals, found.ranked, found.first) == (3, 2, 2 if alarm else 1)
    assert found.alarm is alarm


def test_d3_without_any_approval_there_is_no_share(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        found = decision_alarm.first_ranks(session, make_world(session).programme)
    assert found.share_pct is None
    assert not found.alarm
