"""A host's own offers: the list, one of them, and the organisation behind them."""

from typing import Any

from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.users import User
from programme import offers
from tests import lifecycle
from tests.factories import make_actor, make_offer, make_organisation
from tests.ui.pages import press, said


def test_the_list_counts_what_has_reached_the_host(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        lifecycle.released(session, small)
        lifecycle.requested(session, lifecycle.another_person(session, small))
        make_offer(session, make_organisation(session), title="Somebody else's offer")
    words = said(open_page("our-offers", small.hosting.user_id))
    assert "1 to assess or decide" in words
    assert "waiting for" not in words.lower()
    assert "Somebody else" not in words


def test_what_the_programme_said_is_read_on_the_offer(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer={"state": "submitted"})
        offers.act(
            session, small.programme, small.offer.ref, "return", reason="Say what the person will learn."
        )
    words = said(open_page("offer-manage", small.hosting.user_id, ref=small.offer.ref))
    assert "sent this offer back" in words
    assert "Say what the person will learn." in words


def test_a_complete_draft_is_sent_to_be_checked(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer={"state": "draft"})
    page = press(open_page("offer-manage", small.hosting.user_id, ref=small.offer.ref), "Send to be checked")
    assert "Offer sent to be checked" in said(page)
    with reading(world) as session:
        assert session.get_one(Offer, small.offer.id).state == "submitted"


def test_a_pause_asks_for_a_reason_first(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
    page = press(open_page("offer-manage", small.hosting.user_id, ref=small.offer.ref), "Pause the offer")
    assert "Say why" in said(page)
    page.text_area(key="offer-pause.reason").set_value("Our team lead is on leave until March.")
    press(page, "Pause the offer")
    with reading(world) as session:
        assert session.get_one(Offer, small.offer.id).state == "paused"


def test_what_a_host_typed_is_never_read_as_markup(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(
            session, offer={"tasks": "<img src=x> **bold** [link](https://example.org)"}
        )
    page = open_page("offer-manage", small.hosting.user_id, ref=small.offer.ref)
    assert "&lt;img src=x&gt; **bold** [link]" in said(page)


def test_a_colleague_is_added(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        organisation = make_organisation(session)
        host = make_actor(session, ("host", organisation))
    page = open_page("our-organisation", host.user_id)
    page.text_input(key=f"member.{organisation.ref}.name").set_value("Amira Cole")
    page.text_input(key=f"member.{organisation.ref}.email").set_value("amira@example.org")
    press(page, "Add colleague")
    assert not page.exception
    with reading(world) as session:
        assert (
            session.scalars(select(User.name).where(User.email == "amira@example.org")).one() == "Amira Cole"
        )


def test_a_number_of_the_wrong_form_is_refused_and_stays(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        host = make_actor(session, ("host", make_organisation(session)))
    page = open_page("register-organisation", host.user_id)
    page.text_input(key="register.name").set_value("Tyne Youth Rowing")
    page.selectbox(key="register.form").set_value("charity").run()
    page.selectbox(key="register.register_scheme").set_value("ccew").run()
    page.text_input(key="register.register_number").set_value("12")
    press(page, "Register")
    assert "such as 1173575" in said(page)
    assert page.text_input(key="register.name").value == "Tyne Youth Rowing"
    page.text_input(key="register.register_number").set_value("1173575")
    press(page, "Register")
    with reading(world) as session:
        assert (
            session.scalars(
                select(Organisation.verification).where(Organisation.name == "Tyne Youth Rowing")
            ).one()
            == "pending"
        )


def test_somebody_without_an_account_registers_with_one(world: Engine, open_page: Any) -> None:
    page = open_page("register-organisation")
    for key, value in (
        ("name", "Harbour Street Residents"), ("contact_name", "Hari Shah"), ("email", "hari@example.org"),
        ("password", "a long pass phrase 7"),
    ):  # fmt: skip
        page.text_input(key=f"register.{key}").set_value(value)
    page.selectbox(key="register.form").set_value("unregistered_group").run()
    press(page, "Register")
    assert not page.exception
    assert "Your organisation is registered" in said(page)
