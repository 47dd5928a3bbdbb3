"""The database itself refuses a decision by a party to the match (C4), whatever goes round the programme."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.matches import Match
from programme import matches
from programme.errors import Refused
from programme.store import writing as programme_writing
from tests.factories import make_user
from tests.lifecycle import REASON, World, make_world, ready, selected

PARTIES: dict[str, Callable[[Session, World], int]] = {
    "the applicant": lambda session, world: world.applicant.user_id,
    "the line manager": lambda session, world: world.manager.user_id or 0,
    "a colleague at home": lambda session, world: make_user(session, ("applicant", world.home)).id,
    "a host of the offer": lambda session, world: world.hosting.user_id or 0,
    "an approver who hosts too": lambda session, world: (
        make_user(session, ("finance_approver", None), ("host", world.host)).id
    ),
}


def decide(session: Session, match: Match, gate: str, **values: Any) -> None:
    """Write a decision straight into the table."""
    changed = ", ".join(f"{name} = :{name}" for name in values)
    session.execute(
        text(f"UPDATE gates SET {changed} WHERE match_id = :match AND name = :gate"),
        {**values, "match": match.id, "gate": gate},
    )


@pytest.mark.parametrize("party", PARTIES)
def test_c4_the_database_refuses_a_decision_by_a_party(store: Engine, party: str) -> None:
    with writing(store) as session:
        match = selected(session, world := make_world(session, offer={"recovery_pct": 50}))
        user_id = PARTIES[party](session, world)
        for gate in ("finance", "programme"):
            with (
                pytest.raises(IntegrityError, match=r"not be a party to the match \(C4\)"),
                session.begin_nested(),
            ):
                decide(session, match, gate, state="passed", decided_by_id=user_id)


def test_c4_the_database_lets_an_outsider_decide(store: Engine) -> None:
    with writing(store) as session:
        match = selected(session, world := make_world(session, offer={"recovery_pct": 50}))
        decide(session, match, "finance", state="passed", decided_by_id=world.finance.user_id)
        decide(session, match, "programme", state="passed", decided_by_id=world.programme.user_id)


def test_c4_the_host_and_the_line_manager_decide_their_own_gates_but_nobody_decides_about_themselves(
    store: Engine,
) -> None:
    with writing(store) as session:
        match = selected(session, world := make_world(session))
        decide(session, match, "host", state="returned", decided_by_id=world.hosting.user_id)
        decide(session, match, "home_release", state="returned", decided_by_id=world.manager.user_id)
        for gate in ("host", "home_release"):
            with pytest.raises(IntegrityError, match="C4"), session.begin_nested():
                decide(session, match, gate, state="passed", decided_by_id=world.applicant.user_id)


def test_c4_no_decision_goes_unsigned_and_no_gate_arrives_decided_by_a_party(store: Engine) -> None:
    with writing(store) as session:
        match = selected(session, world := make_world(session))
        with pytest.raises(IntegrityError, match="decided by a person"), session.begin_nested():
            decide(session, match, "programme", state="passed")
        session.execute(text("DELETE FROM gates WHERE name = 'programme'"))
        with pytest.raises(IntegrityError, match="C4"), session.begin_nested():
            session.execute(
                text(
                    "INSERT INTO gates (match_id, name, position, why, state, state_since_at, decided_by_id, reason,"
                    " version) VALUES (:match, 'programme', 9, '', 'passed', CURRENT_TIMESTAMP, :user, '', 1)"
                ),
                {"match": match.id, "user": world.hosting.user_id},
            )


def test_c4_the_database_opens_no_placement_that_the_programme_has_not_approved(store: Engine) -> None:
    with writing(store) as session:
        match = ready(session, world := make_world(session))
        matches.approve(session, world.programme, match.ref, reason=REASON)
        columns = (
            "ref, match_id, applicant_id, offer_id, home_id, host_id, line_manager_id, state, state_since_at,"
            " starts_on, ends_on, days_per_week, level, payroll_party, recovery_pct, vat_treatment, host_supervisor,"
            " return_post, return_contact, is_demo, created_at, version"
        )
        copied = columns.replace("ref,", "'PLC-COPY', ", 1).replace("match_id,", ":match, ", 1)
        other = selected(session, make_world(session))
        with pytest.raises(IntegrityError, match="approved its match"), session.begin_nested():
            session.execute(
                text(f"INSERT INTO placements ({columns}) SELECT {copied} FROM placements"),
                {"match": other.id},
            )


def test_c4_the_databases_refusal_is_shown_in_plain_words(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        match = selected(session, world := make_world(session, offer={"recovery_pct": 50}))
    with pytest.raises(Refused, match="belongs to neither"), programme_writing(sqlite_store) as session:
        decide(session, match, "finance", state="passed", decided_by_id=world.hosting.user_id)
