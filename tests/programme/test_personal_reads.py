"""Reading somebody else's personal data leaves an event: one a reader, person and day."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from db.engine import reading as db_reading
from db.engine import writing
from db.models.audit import AuditEvent
from programme import applications, audit_chain, clock, matches, placements, recommendations
from programme.actors import SYSTEM
from programme.errors import NotFound
from programme.store import reading
from programme.store import writing as programme_writing
from tests.factories import make_actor
from tests.lifecycle import REASON, approved, assessed, make_world, released, selected


def reads(store: Engine) -> list[tuple[int | None, int]]:
    """Who read about whom, in order."""
    wanted = select(AuditEvent.actor_id, AuditEvent.subject_id).where(
        AuditEvent.action == "personal_data:read"
    )
    with db_reading(store) as session:
        return [(row.actor_id, row.subject_id) for row in session.execute(wanted.order_by(AuditEvent.id))]


def test_opening_a_match_is_kept_once_a_day_for_each_reader(store: Engine) -> None:
    with writing(store) as session:
        match = selected(session, world := make_world(session))
    for actor in (world.programme, world.programme, world.manager):
        with reading(store) as session:
            matches.detail(session, actor, match.ref)
    person = world.applicant.id
    assert reads(store) == [(world.programme.user_id, person), (world.manager.user_id, person)]
    with clock.frozen(clock.now() + timedelta(days=1)), reading(store) as session:
        matches.detail(session, world.programme, match.ref)
    assert len(reads(store)) == 3
    with db_reading(store) as session:
        assert audit_chain.verify(session, SYSTEM).problem is None


def test_reading_about_oneself_or_what_is_still_blind_leaves_nothing(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        ref = released(session, world := make_world(session)).ref
    with reading(sqlite_store) as session:
        applications.detail(session, world.person, ref)
        applications.blind(session, world.hosting, ref)
        recommendations.for_applicant(session, world.person)
    assert reads(sqlite_store) == []


def test_an_application_whose_name_was_shown_leaves_an_event(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        ref = assessed(session, world := make_world(session)).ref
    with reading(sqlite_store) as session:
        applications.blind(session, world.hosting, ref)
    assert reads(sqlite_store) == [(world.hosting.user_id, world.applicant.id)]


def test_a_placement_a_list_and_a_release_request_of_somebody_else_leave_events(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        ref = approved(session, world := make_world(session)).ref
        application = applications.mine(session, world.person)[0].ref
        other = make_actor(session, ("programme_manager", None))
    with reading(sqlite_store) as session:
        placements.detail(session, world.hosting, ref)
        recommendations.for_applicant(session, other, applicant_ref=world.applicant.ref)
        applications.detail(session, world.manager, application)
    assert {reader for reader, _ in reads(sqlite_store)} == {
        world.hosting.user_id, other.user_id, world.manager.user_id,
    }  # fmt: skip


def test_a_refused_reading_leaves_nothing_and_a_decision_keeps_its_reading(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        match = selected(session, world := make_world(session))
        stranger = make_actor(session, ("applicant", world.home))
    with pytest.raises(NotFound), reading(sqlite_store) as session:
        matches.detail(session, stranger, match.ref)
    assert reads(sqlite_store) == []
    with programme_writing(sqlite_store) as session:
        matches.detail(session, world.programme, match.ref)
        matches.reject(session, world.programme, match.ref, reason=REASON, reason_code="cost")
    assert reads(sqlite_store) == [(world.programme.user_id, world.applicant.id)]
    with db_reading(sqlite_store) as session:
        assert (
            session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.action == "match:reject")) == 1
        )
