"""A complaint is acknowledged and answered within its clocks, by somebody whom it is not from (D7)."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.engine import writing
from db.models.notifications import Notification
from db.models.users import Membership, Role, User
from programme import clock, complaints
from programme.actors import actor_for
from programme.errors import IllegalMove, Invalid, NotAllowed
from tests.lifecycle import REASON, make_world


def test_d7_a_complaint_has_its_two_clocks_from_the_rules(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        complaint = complaints.make(session, world.person, wording=" My draft was seen. ")
        assert complaint.wording == "My draft was seen."
        assert complaint.acknowledge_by_on == clock.today() + timedelta(days=30)
        assert complaint.answer_by_on == clock.today() + timedelta(days=90)
        assert complaints.mine(session, world.person) == [complaint]
        assert complaints.mine(session, world.manager) == []
        assert complaints.waiting(session, world.programme) == [complaint]


def test_d7_a_complaint_reaches_the_programme_and_its_answer_the_person(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        ref = complaints.make(session, world.person, wording="My draft was seen.").ref
        complaints.acknowledge(session, world.programme, ref)
        complaint = complaints.answer(session, world.programme, ref, reason=REASON)
        told = list(session.scalars(select(Notification).order_by(Notification.id)))
        assert [(row.user_id, row.link) for row in told] == [
            (world.programme.user_id, "/complaints"),
            (world.person.user_id, "/my-data"),
            (world.person.user_id, "/my-data"),
        ]
        assert REASON in told[-1].body
        assert (complaint.answer, complaint.answered_by_id) == (REASON, world.programme.user_id)
        assert complaints.waiting(session, world.programme) == []
        with pytest.raises(IllegalMove):
            complaints.answer(session, world.programme, ref, reason=REASON)


def test_d7_nobody_answers_their_own_complaint(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        user = session.get_one(User, world.programme.user_id)
        user.memberships.append(Membership(role=Role.APPLICANT, created_at=clock.now()))
        session.flush()
        ref = complaints.make(session, actor_for(user), wording="About me.").ref
        assert complaints.waiting(session, actor_for(user)) == []
        with pytest.raises(NotAllowed):
            complaints.answer(session, actor_for(user), ref, reason=REASON)


@pytest.mark.parametrize("wording", ["   ", "x" * 4001])
def test_d7_a_complaint_that_says_nothing_or_far_too_much_is_refused(
    sqlite_store: Engine, wording: str
) -> None:
    with writing(sqlite_store) as session, pytest.raises(Invalid):
        complaints.make(session, make_world(session).person, wording=wording)
