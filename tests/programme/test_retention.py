"""What has been kept for its time is erased, once, with a tombstone, and nothing breaks (D6)."""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.base import Base
from db.engine import writing
from db.models.applications import Application
from db.models.audit import AuditEvent
from db.models.learning import Impression, ShownTo
from db.models.purges import Purge
from programme import applications, clock, contests, placements, retention
from programme.actors import SYSTEM, load_actor
from programme.errors import NotAllowed
from programme.placement_terms import add_months
from tests.lifecycle import (
    CASE,
    World,
    active,
    another_person,
    assessed,
    drafted,
    make_world,
    offer_from_today,
)

SAID = "Peregrine words that a person wrote and that must not stay."


def in_months(months: int, days: int = 0) -> Any:
    """Inside the block it is that much later."""
    day = add_months(clock.today(), months) + timedelta(days=days)
    return clock.frozen(datetime.combine(day, time(12), UTC))


def lived(session: Session) -> World:
    """One draft, one application that came to nothing and was contested, one placement that ended early."""
    world = make_world(
        session, offer=offer_from_today(capacity=3), applicant={"available_from_on": clock.today()}
    )
    placement = active(session, world)
    placements.check_in(session, world.person, placement.ref, held_on=clock.today(), mood=3, going_well=SAID)
    placements.act(session, world.hosting, placement.ref, "end_early", reason=SAID, reason_code="other")
    other = another_person(session, world)
    refused = assessed(session, other)
    applications.act(session, world.hosting, refused.ref, "decline", reason=SAID, reason_code="other")
    contest = contests.ask(session, other.person, world.offer.ref, wording=SAID)
    contests.answer(session, world.programme, contest.ref, reason=SAID, reason_code="stands")
    draft = drafted(session, another_person(session, world))
    applications.save_draft(
        session, load_actor(session, draft.applicant.user_id), draft.ref, **(CASE | {"statement": SAID})
    )
    session.add(
        Impression(
            applicant_id=world.applicant.id, offer_id=world.offer.id, shown_to=ShownTo.HOST,
            shown_on=clock.today(), position=1, model_version="m", shares={},
        )
    )  # fmt: skip
    session.flush()
    return world


def everything_said(session: Session, *, but: frozenset[str] = frozenset({"audit_events"})) -> str:
    """Every row of every table but these, as text."""
    tables = (table for table in Base.metadata.sorted_tables if table.name not in but)
    return "\n".join(
        json.dumps([str(value) for value in row])
        for table in tables
        for row in session.execute(select(table))
    )


def counts(found: tuple[retention.Due, ...]) -> dict[str, dict[str, int]]:
    """Rows by class and table, without the empty ones."""
    return {each.kind: {name: n for name, n in each.counts.items() if n} for each in found}


def test_d6_a_dry_run_counts_exactly_what_a_purge_erases_and_a_second_finds_nothing(store: Engine) -> None:
    with writing(store) as session:
        world = lived(session)
        assert SAID in everything_said(session)
        with in_months(73):
            planned = counts(retention.due(session, SYSTEM))
            assert counts(retention.due(session, world.programme)) == planned
            assert SAID in everything_said(session), "a dry run changes nothing"
            erased = counts(retention.purge(session, world.programme))
            again = counts(retention.purge(session, world.programme))
        assert erased == planned
        assert all(rows for rows in planned.values())
        assert again == {kind: {} for kind in planned}
        assert session.scalar(select(func.count()).select_from(Purge)) == len(planned)


def test_d6_no_word_that_was_due_stays_outside_the_audit_trail_which_loses_nothing(store: Engine) -> None:
    with writing(store) as session:
        world = lived(session)
        before = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
        with in_months(73):
            retention.purge(session, world.programme)
        assert SAID not in everything_said(session)
        assert "Plans well." not in everything_said(session)
        after = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
        runs = session.scalars(select(AuditEvent).where(AuditEvent.action == "purge:run")).all()
        assert after == before + len(runs) == before + 4
        kept = session.scalars(select(AuditEvent.reason).where(AuditEvent.reason == SAID)).all()
        assert len(kept) >= 3
    with writing(store) as session:  # committed, so every foreign key held
        assert session.scalar(select(func.count()).select_from(Application)) == 2


def test_d6_the_tombstone_says_what_how_many_when_and_by_whom_and_nothing_else(store: Engine) -> None:
    with writing(store) as session:
        world = lived(session)
        with in_months(4):
            retention.purge(session, world.programme)
            (tombstone,) = session.scalars(select(Purge))
            assert tombstone.kind == "drafts"
            assert tombstone.counts["drafts"] == 1
            assert tombstone.purged_at == clock.now()
            assert tombstone.before_on == clock.today() - timedelta(days=90)
        assert tombstone.purged_by_id == world.programme.user_id
        assert world.person.name not in json.dumps(tombstone.counts)


@pytest.mark.parametrize(
    ("kind", "months", "days"),
    [("drafts", 0, 91), ("unsuccessful", 12, 1), ("placements", 72, 1), ("logs", 24, 1)],
)
def test_d6_a_record_is_due_the_day_after_its_time_and_not_before(
    sqlite_store: Engine, kind: str, months: int, days: int
) -> None:
    with writing(sqlite_store) as session:
        lived(session)
        with in_months(months, days - 1):
            assert counts(retention.due(session, SYSTEM)).get(kind) == {}
        with in_months(months, days):
            assert counts(retention.due(session, SYSTEM))[kind]


def test_d6_a_live_application_is_never_due(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        assessed(session, world)
        with in_months(200):
            found = counts(retention.due(session, SYSTEM))
        assert {kind: rows for kind, rows in found.items() if kind != "logs"} == {
            "drafts": {}, "unsuccessful": {}, "placements": {},
        }  # fmt: skip


def test_d6_only_a_programme_manager_lets_anything_be_erased(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        for actor in (SYSTEM, world.hosting, world.person, world.finance):
            with pytest.raises(NotAllowed):
                retention.purge(session, actor)
