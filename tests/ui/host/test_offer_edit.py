"""A host writes an offer, and nothing that was typed is lost."""

from typing import Any

from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.offers import Offer
from programme.actors import Actor
from tests.factories import make_actor, make_offer, make_organisation
from tests.ui.pages import said


def _host(world: Engine, **offer: Any) -> tuple[Actor, str]:
    with writing(world) as session:
        organisation = make_organisation(session)
        actor = make_actor(session, ("host", organisation))
        ref = make_offer(session, organisation, state="draft", **offer).ref if offer else ""
        return actor, ref


def _stored(world: Engine, ref: str) -> Offer:
    with reading(world) as session:
        return session.scalars(select(Offer).where(Offer.ref == ref)).one()


def test_the_first_question_makes_a_draft_with_an_address(world: Engine, open_page: Any) -> None:
    actor, _ = _host(world)
    page = open_page("offer-edit", actor.user_id)
    page.text_input(key="new.title").set_value("Data adviser")
    page.button[0].click().run()
    assert not page.exception
    with reading(world) as session:
        offer = session.scalars(select(Offer)).one()
    assert offer.title == "Data adviser"
    assert page.query_params["ref"] in (offer.ref, [offer.ref])


def test_an_offer_without_a_title_is_refused_with_a_message(world: Engine, open_page: Any) -> None:
    actor, _ = _host(world)
    page = open_page("offer-edit", actor.user_id)
    page.button[0].click().run()
    assert "Enter a title" in said(page)


def test_a_change_is_kept_at_once(world: Engine, open_page: Any) -> None:
    actor, ref = _host(world, title="Data adviser")
    page = open_page("offer-edit", actor.user_id, ref=ref)
    page.text_area(key=f"offer.{ref}.summary").set_value("Help 40 food banks").run()
    assert not page.exception
    assert _stored(world, ref).summary == "Help 40 food banks"


def test_a_field_that_cannot_be_kept_does_not_hold_back_the_others(world: Engine, open_page: Any) -> None:
    actor, ref = _host(world, title="Data adviser")
    page = open_page("offer-edit", actor.user_id, ref=ref)
    page.text_input(key=f"offer.{ref}.start_from_on").set_value("31 2 2027")
    page.text_input(key=f"offer.{ref}.place_name").set_value("Gateshead").run()
    assert "must be a real date" in said(page)
    assert page.text_input(key=f"offer.{ref}.start_from_on").value == "31 2 2027"
    assert _stored(world, ref).place_name == "Gateshead"


def test_an_end_before_the_start_says_so_and_keeps_the_stored_dates(world: Engine, open_page: Any) -> None:
    actor, ref = _host(world, title="Data adviser")
    before = _stored(world, ref).start_to_on
    page = open_page("offer-edit", actor.user_id, ref=ref)
    page.text_input(key=f"offer.{ref}.start_to_on").set_value("1 1 2020")
    page.text_area(key=f"offer.{ref}.tasks").set_value("Plan the routes").run()
    assert "on or after the earliest start" in said(page)
    assert (_stored(world, ref).start_to_on, _stored(world, ref).tasks) == (before, "Plan the routes")


def test_a_start_that_vetting_cannot_meet_is_warned_of_at_once(world: Engine, open_page: Any) -> None:
    actor, ref = _host(world, title="Data adviser")
    page = open_page("offer-edit", actor.user_id, ref=ref)
    page.selectbox(key=f"offer.{ref}.vetting_code").set_value("dv").run()
    assert "Vetting asked for today would be done by" in said(page) or "Vetting takes time" in said(page)


def test_a_second_tab_that_saved_first_is_not_overwritten(world: Engine, open_page: Any) -> None:
    actor, ref = _host(world, title="Data adviser")
    first, second = (open_page("offer-edit", actor.user_id, ref=ref) for _ in range(2))
    first.text_area(key=f"offer.{ref}.summary").set_value("From the first tab").run()
    second.text_area(key=f"offer.{ref}.summary").set_value("From the second tab").run()
    assert "Somebody else changed this" in said(second)
    assert second.text_area(key=f"offer.{ref}.summary").value == "From the second tab"
    assert _stored(world, ref).summary == "From the first tab"


def test_an_offer_that_was_sent_cannot_be_changed(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        organisation = make_organisation(session)
        actor = make_actor(session, ("host", organisation))
        ref = make_offer(session, organisation).ref
    assert "cannot be changed here" in said(open_page("offer-edit", actor.user_id, ref=ref))
