"""A specialist approver sees the fields of their own approval, and answers it."""

from typing import Any

from sqlalchemy import Engine

from db.engine import reading, writing
from db.models.matches import GateState, Match
from tests import lifecycle
from tests.ui.pages import press, said

REASON = "The share paid back is fair for a charity of this size."


def _selected(world: Engine) -> tuple[lifecycle.World, Match]:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer={"recovery_pct": 40})
        small.applicant.user.name = "Zebedee Quillfeather"
        return small, lifecycle.selected(session, small)


def _gate(world: Engine, match: Match, name: str) -> GateState:
    with reading(world) as session:
        return next(gate.state for gate in session.get_one(Match, match.id).gates if gate.name == name)


def test_finance_sees_the_money_and_not_the_person(world: Engine, open_page: Any) -> None:
    small, _ = _selected(world)
    words = said(open_page("gates", small.finance.user_id))
    assert "40%" in words
    assert "Quillfeather" not in words
    assert small.applicant.job_title not in words


def test_an_approver_has_nothing_of_the_others(world: Engine, open_page: Any) -> None:
    small, match = _selected(world)
    assert "0 approvals waiting" in said(open_page("gates", small.hr.user_id))
    words = said(open_page("decide", small.hr.user_id, ref=match.ref))
    assert "You cannot do this here" in words
    assert "Quillfeather" not in words


def test_passing_needs_a_reason(world: Engine, open_page: Any) -> None:
    small, match = _selected(world)
    page = press(open_page("gates", small.finance.user_id), f"Pass {match.ref}")
    assert "Say why" in said(page)
    page.text_area(key=f"gate-{match.ref}-finance-pass.reason").set_value(REASON)
    press(page, f"Pass {match.ref}")
    assert not page.exception
    assert _gate(world, match, "finance") == "passed"


def test_sending_back_is_shown_to_the_programme_who_sends_it_again(world: Engine, open_page: Any) -> None:
    small, match = _selected(world)
    page = open_page("gates", small.finance.user_id)
    page.text_area(key=f"gate-{match.ref}-finance-return.reason").set_value(
        "Who pays for travel is not clear."
    )
    press(page, f"Send {match.ref} back")
    page = open_page("decide", small.programme.user_id, ref=match.ref)
    assert "Who pays for travel is not clear." in said(page)
    page.text_area(key="gate-finance-resubmit.reason").set_value(
        "The host pays for travel, as the offer now says."
    )
    press(page, "Send it again")
    assert _gate(world, match, "finance") == "waiting"


def test_finance_and_security_are_led_to_the_placements_that_wait_for_them(
    world: Engine, open_page: Any
) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session, offer={"vetting_code": "sc"})
        placement = lifecycle.approved(session, small)
        ref = placement.ref
    assert ref in said(open_page("gates", small.finance.user_id))
    assert ref not in said(open_page("gates", small.hr.user_id))
