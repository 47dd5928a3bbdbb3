"""Telling people: the right ones, once, in the transaction that made the change."""

import pytest
from sqlalchemy import Engine

from db.engine import reading, writing
from db.models.notifications import Notification
from db.models.offers import OfferState
from db.models.users import User
from programme import notifications
from programme.actors import actor_for
from programme.errors import NotFound
from programme.messages import GATE_WORDS, WORDS
from programme.transitions import TRANSITIONS
from programme.workflow import transition
from tests.factories import make_actor, make_offer, make_organisation, make_user


def test_every_move_that_tells_somebody_has_words() -> None:
    for move in TRANSITIONS:
        if move.tell and move.subject.startswith("gate."):
            assert move.action in GATE_WORDS
        elif move.tell:
            words = WORDS[(move.subject, move.action)]
            assert "*" in words or set(move.tell) <= set(words)


def test_publishing_an_offer_tells_every_host_of_the_organisation_and_nobody_else(store: Engine) -> None:
    with writing(store) as session:
        ours, theirs = make_organisation(session), make_organisation(session)
        hosts = {make_user(session, ("host", ours)).id for _ in range(2)}
        make_user(session, ("host", theirs))
        offer = make_offer(session, ours, state=OfferState.SUBMITTED, posted_by_id=min(hosts))
        manager = make_actor(session, ("programme_manager", None))
        transition(session, manager, offer, "publish")
        told = session.query(Notification).all()
        assert {row.user_id for row in told} == hosts
        assert all(offer.title in row.subject for row in told)
        assert {row.link for row in told} == {f"/offer-manage?ref={offer.ref}"}


def test_the_person_who_acts_is_not_told_what_they_did(store: Engine) -> None:
    with writing(store) as session:
        manager = make_user(session, ("programme_manager", None))
        host = make_organisation(session)
        both = make_user(session, ("host", host), ("programme_manager", None))
        offer = make_offer(session, host, state=OfferState.DRAFT, posted_by_id=both.id)
        transition(session, actor_for(both), offer, "submit")
        assert [row.user_id for row in session.query(Notification)] == [manager.id]


def test_one_event_is_told_to_one_person_once(store: Engine) -> None:
    with writing(store) as session:
        user = make_user(session)
        for _ in range(2):
            notifications.add(session, user.id, "event-1", "Subject", "Body")
        assert session.query(Notification).count() == 1


def test_a_change_that_is_rolled_back_tells_nobody(store: Engine) -> None:
    def decide_and_fail() -> None:
        with writing(store) as session:
            user = make_user(session)
            notifications.add(session, user.id, "event-1", "Subject", "Body")
            raise RuntimeError("The power went.")

    with pytest.raises(RuntimeError):
        decide_and_fail()
    with reading(store) as session:
        assert session.query(Notification).count() == 0
        assert session.query(User).count() == 0


def test_a_message_can_be_read_only_by_the_person_it_was_sent_to(store: Engine) -> None:
    with writing(store) as session:
        mine, other = make_actor(session), make_actor(session)
        notifications.add(session, mine.user_id, "event-1", "Subject", "Body")
        assert notifications.unread(session, mine) == 1
        (message,) = notifications.mine(session, mine)
        with pytest.raises(NotFound):
            notifications.mark_read(session, other, message.id)
        notifications.mark_read(session, mine, message.id)
        assert notifications.unread(session, mine) == 0
