"""A person gets everything that is held about them, and nobody else's name with it (D7)."""

import io
import json
import zipfile
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.base import Base
from db.engine import writing
from db.models.audit import AuditEvent
from db.models.learning import Impression, ShownTo
from db.models.outcomes import Survey
from db.models.users import User
from db.queries.personal_data import EXCLUDED, HELD
from programme import clock, complaints, placements, sign_in, subject_access
from programme.actors import PUBLIC, SYSTEM, Actor
from programme.errors import NotAllowed
from tests.lifecycle import World, active, make_world, offer_from_today

NAMES = {"manager": "Marguerite Oyelaran", "hosting": "Tobias Lindqvist", "programme": "Ifeoma Castellanos"}


def tables_that_reach_a_person() -> set[str]:
    """Every table from which foreign keys lead to a user."""
    reached = {"users"}
    while True:
        more = {
            table.name
            for table in Base.metadata.tables.values()
            for key in table.foreign_keys
            if key.column.table.name in reached
        } - reached
        if not more:
            return reached
        reached |= more


def files(session: Session, actor: Actor) -> tuple[dict[str, Any], str]:
    """The two files of the copy: the JSON read, the page as text."""
    with zipfile.ZipFile(io.BytesIO(subject_access.export(session, actor).content)) as archive:
        return json.loads(archive.read("my-data.json")), archive.read("my-data.html").decode()


def rows(copy: dict[str, Any], title: str) -> list[dict[str, Any]]:
    """The rows of one part of the copy."""
    (found,) = [part["rows"] for part in copy["held"] if part["title"] == title]
    return list(found)


def lived(session: Session) -> World:
    """A world whose people have names of their own, with a placement under way and everything before it."""
    world = make_world(session, offer=offer_from_today(), applicant={"available_from_on": clock.today()})
    for side, name in NAMES.items():
        session.get_one(User, getattr(world, side).user_id).name = name
    placement = active(session, world)
    placements.check_in(
        session, world.hosting, placement.ref, held_on=clock.today(), mood=4,
        going_well="Tobias Lindqvist and I agree that it goes well.",
    )  # fmt: skip
    session.add(
        Impression(
            applicant_id=world.applicant.id, offer_id=world.offer.id, shown_to=ShownTo.HOST,
            shown_on=clock.today(), position=3, model_version="m", shares={"skills": 0.5},
        )
    )  # fmt: skip
    complaints.make(session, world.person, wording="Marguerite Oyelaran saw my draft.")
    sign_in.start_session(session, session.get_one(User, world.person.user_id))
    session.flush()
    return world


def test_d7_every_table_that_reaches_a_person_is_exported_or_excluded_with_a_reason() -> None:
    exported = {held.table.name for held in HELD}
    assert tables_that_reach_a_person() - exported == set(EXCLUDED)
    assert all(len(reason) > 20 for reason in EXCLUDED.values())


def test_d7_the_copy_covers_scores_reasons_reveals_and_audit(store: Engine) -> None:
    with writing(store) as session:
        world = lived(session)
        copy, page = files(session, world.person)
    (application,) = rows(copy, "Your applications")
    assert application["score"] > 0
    assert application["line_manager"] == "the line manager"
    assert {gate["state"] for gate in rows(copy, "Approvals of your matches")} >= {"passed"}
    assert all(gate["why"] for gate in rows(copy, "Approvals of your matches"))
    assert rows(copy, "When your name was shown")[0]["user"] == "the host"
    assert rows(copy, "What hosts thought of them")[0]["strengths"] == "Plans well."
    assert rows(copy, "Lists that you were on or were shown")[0]["position"] == 3
    for title in (
        "Your account", "Your profile", "Your skills", "Missions you care about", "Your matches", "Your placements",
        "Check-ins", "Surveys", "Messages to you", "Your sign-ins", "Your complaints", "Audit events about you",
    ):  # fmt: skip
        assert rows(copy, title), title
        assert title in page


def test_d7_nobody_elses_name_is_in_the_copy_and_no_secret_either(store: Engine) -> None:
    with writing(store) as session:
        world = lived(session)
        own = session.get_one(User, world.person.user_id)
        own.password_hash = "$argon2id$secret"
        copy, page = files(session, world.person)
        everything = json.dumps(copy) + page
        for side in ("manager", "hosting", "programme", "finance", "security"):
            other = session.get_one(User, getattr(world, side).user_id)
            assert other.email not in everything, side
            if side in NAMES:
                assert not [part for part in other.name.split() if part in everything], side
        assert own.email in everything
        assert "argon2id" not in everything
        assert "token_hash" not in everything
    assert rows(copy, "Check-ins")[0]["going_well"] == "the host and I agree that it goes well."
    assert rows(copy, "Your complaints")[0]["wording"] == "the line manager saw my draft."


@pytest.mark.parametrize("side", ["manager", "hosting", "programme", "finance"])
def test_d7_an_approver_gets_what_they_did_without_the_name_of_the_person(store: Engine, side: str) -> None:
    with writing(store) as session:
        world = lived(session)
        session.get_one(User, world.person.user_id).name = "Zebedee Quartermaine"
        actor = getattr(world, side)
        copy, page = files(session, actor)
        assert rows(copy, "Approvals you decided") or rows(copy, "Audit events by you about others")
        assert "Quartermaine" not in json.dumps(copy) + page
        assert session.get_one(User, actor.user_id).name in page


def test_d7_an_unfinished_survey_of_another_side_stays_theirs(store: Engine) -> None:
    with writing(store) as session:
        world = lived(session)
        found = session.scalars(select(Survey).order_by(Survey.id))
        for survey in found:
            survey.answers = {"F1": f"draft of the {survey.respondent.value}"}
        session.flush()
        copy, _ = files(session, world.person)
    answers = {row["answers"]["F1"] for row in rows(copy, "Surveys")}
    assert answers == {"draft of the secondee"}


def test_d7_asking_for_a_copy_is_audited_and_what_people_typed_stays_text(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, applicant={"summary": "<script>alert(1)</script>"})
        _, page = files(session, world.person)
        asked = session.scalars(select(AuditEvent).where(AuditEvent.action == "user:export_data")).one()
        assert asked.actor_id == asked.subject_id == world.person.user_id
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("actor", [PUBLIC, SYSTEM])
def test_d7_nobody_without_an_account_is_given_a_copy(sqlite_store: Engine, actor: Actor) -> None:
    with writing(sqlite_store) as session, pytest.raises(NotAllowed):
        subject_access.export(session, actor)
