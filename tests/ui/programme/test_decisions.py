"""A programme manager works through the queue: matches, offers, organisations and grades."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from db.engine import reading, writing
from db.models.applicants import LevelReview
from db.models.matches import Match
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.users import Role
from programme import clock, clockwork
from tests import lifecycle
from tests.factories import make_actor, make_applicant, make_organisation
from tests.ui.pages import press, said

REASON = "Both sides gain and every approval is in."


def test_the_queue_says_on_whom_each_match_waits(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        ready = lifecycle.make_world(session)
        lifecycle.ready(session, ready)
        waiting = lifecycle.make_world(session, offer={"recovery_pct": 40})
        lifecycle.selected(session, waiting)
    page = open_page("queue", ready.programme.user_id)
    assert not page.exception
    words = said(page)
    assert "Matches for you to decide (1)" in words
    assert "The finance team" in words
    assert "0 offers to check" in words


def test_the_queue_shows_what_has_run_out_of_time_without_names(world: Engine, open_page: Any) -> None:
    with clock.frozen(clock.now() - timedelta(days=60)), writing(world) as session:
        small = lifecycle.make_world(session)
        application = lifecycle.requested(session, small)
    assert "Out of time (0)" in said(open_page("queue", small.programme.user_id))
    clockwork.tick(world)
    words = said(open_page("queue", small.programme.user_id))
    assert "Out of time (1)" in words
    assert f"A line manager has not answered a release request ({application.ref})" in words
    assert small.applicant.user.name not in words.partition("Out of time")[2]


def test_a_match_is_approved_with_a_reason(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        match = lifecycle.ready(session, small)
    page = open_page("decide", small.programme.user_id, ref=match.ref)
    assert not page.exception
    words = said(page)
    assert "out of 100" in words
    assert "Not needed" in words
    page = press(page, "Approve this match")
    assert "Say why" in said(page)
    page.text_area(key="match-approve.reason").set_value(REASON)
    press(page, "Approve this match")
    assert not page.exception
    assert "Match approved" in said(page)
    with reading(world) as session:
        assert session.get_one(Match, match.id).state == "approved"


def test_a_match_that_still_waits_cannot_be_approved_and_says_for_whom(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer={"recovery_pct": 40})
        match = lifecycle.selected(session, small)
    page = open_page("decide", small.programme.user_id, ref=match.ref)
    assert "You cannot approve this match yet" in said(page)
    assert "Still waiting for: finance" in said(page)
    assert "Approve this match" not in [button.label for button in page.button]


def test_a_match_is_rejected_with_a_code_and_words(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        match = lifecycle.ready(session, small)
    page = open_page("decide", small.programme.user_id, ref=match.ref)
    page.selectbox(key="match-reject.reason_code").set_value("conflict")
    page.text_area(key="match-reject.reason").set_value("The host bids for the home team's contract.")
    press(page, "Reject this match")
    with reading(world) as session:
        assert session.get_one(Match, match.id).state == "rejected"


def test_a_manager_who_belongs_to_the_host_is_told_to_leave_it(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        match = lifecycle.ready(session, small)
        party = make_actor(session, ("programme_manager", None), ("host", small.host))
    page = open_page("decide", party.user_id, ref=match.ref)
    assert "somebody else must decide" in said(page)
    assert "Approve this match" not in [button.label for button in page.button]


def test_an_offer_is_published_or_sent_back(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer={"state": "submitted"})
        other = lifecycle.make_world(session, offer={"state": "submitted"})
    assert small.offer.title in said(open_page("offers-to-check", small.programme.user_id))
    page = press(open_page("offer-check", small.programme.user_id, ref=small.offer.ref), "Publish the offer")
    assert not page.exception
    page = open_page("offer-check", small.programme.user_id, ref=other.offer.ref)
    page.text_area(key="check-return.reason").set_value("Say what the person will learn.")
    press(page, "Send it back with comments")
    with reading(world) as session:
        states = [session.get_one(Offer, each.offer.id).state for each in (small, other)]
    assert states == ["published", "draft"]


def test_an_organisation_is_accepted_with_a_note(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        manager = make_actor(session, (Role.PROGRAMME_MANAGER, None))
        organisation = make_organisation(
            session,
            name="Tyne Youth Rowing",
            verification="pending",
            register_scheme="ccew",
            register_number="1173575",
        )
    page = open_page("organisations", manager.user_id)
    assert "Right: 1173575" in said(page)
    page = press(page, "Accept Tyne Youth Rowing")
    assert "Say what you checked" in said(page)
    page.text_area(key=f"verify.{organisation.ref}.note").set_value(
        "Found on the register with the same address."
    )
    press(page, "Accept Tyne Youth Rowing")
    with reading(world) as session:
        assert session.get_one(Organisation, organisation.id).verification == "verified"


def test_a_grade_is_settled_by_a_person(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        manager = make_actor(session, ("programme_manager", None))
        person = make_applicant(
            session, make_organisation(session, "government"), level=None, level_source="waiting"
        )
        review = LevelReview(applicant=person, grade_code="B2 Upper", asked_at=clock.now())
        session.add(review)
        session.flush()
        key, words = f"settle.{review.id}", f"Settle B2 Upper for {person.ref}"
    page = press(open_page("levels", manager.user_id), words)
    assert "Choose a level from 1 to 10" in said(page)
    page.selectbox(key=f"{key}.level").set_value("5")
    page.text_area(key=f"{key}.reason").set_value("The same pay range as a senior executive officer.")
    press(page, words)
    assert not page.exception
    with reading(world) as session:
        assert session.get_one(LevelReview, review.id).level == 5
