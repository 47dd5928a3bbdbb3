"""The audit trail is one chain: whoever changes it after the fact, even in the database itself, is found out."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, text
from typer.testing import CliRunner

from cli.main import app
from db import migrate
from db.engine import reading, writing
from programme import audit, audit_chain, demonstration
from programme import store as process_store
from programme.actors import PUBLIC, SYSTEM
from programme.errors import NotAllowed
from tests.factories import make_actor, make_user
from tests.lifecycle import make_world, released
from tests.programme.test_concurrency import DONE, at_once


def checked(store: Engine, **values: str) -> audit_chain.ChainReport:
    """What an auditor's walk along the chain finds."""
    with reading(store) as session:
        return audit_chain.verify(session, SYSTEM, **values)


def record(store: Engine, *actions: str) -> None:
    """Events of these actions, in one transaction."""
    with writing(store) as session:
        user = make_user(session)
        for action in actions:
            audit.record(
                session, SYSTEM, action, "user", user, detail={"é": [1, 2.5, None], "a": {"b": True}}
            )


@contextmanager
def tampering(store: Engine) -> Iterator[Connection]:
    """The database in the hands of somebody who has switched every defence off."""
    with store.execution_options(writes=True).connect() as connection:
        if store.dialect.name == "sqlite":
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for table in ("audit_events", "audit_links"):
                for change in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{change}")
        else:
            connection.exec_driver_sql(
                "ALTER TABLE audit_links DROP CONSTRAINT fk_audit_links_event_id_audit_events"
            )
            for table in ("audit_events", "audit_links"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_change ON {table}")
        yield connection
        connection.commit()


def test_what_is_recorded_through_a_life_is_one_unbroken_chain(store: Engine) -> None:
    with writing(store) as session:
        released(session, make_world(session))
    report = checked(store)
    assert report.problem is None
    with reading(store) as session:
        assert report.links == session.scalar(text("SELECT count(*) FROM audit_events"))


def test_the_chain_of_nothing_is_whole(store: Engine) -> None:
    assert checked(store) == audit_chain.ChainReport(0, "0" * 64, None)


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'Another reason.'",
        "detail = '{}'",
        "actor_id = 1",
        "action = 'b:other'",
        "subject_ref = 'OFR-1'",
    ],
)
def test_an_event_changed_with_the_triggers_dropped_is_found(store: Engine, change: str) -> None:
    record(store, "a:first", "a:second", "a:third")
    with tampering(store) as connection:
        connection.exec_driver_sql(f"UPDATE audit_events SET {change} WHERE id = 2")
    report = checked(store)
    assert report.links == 1
    assert "Event 2" in str(report.problem)
    assert "is not what was recorded" in str(report.problem)


def test_a_deleted_event_is_found_with_or_without_its_link(store: Engine) -> None:
    record(store, "a:first", "a:second", "a:third")
    with tampering(store) as connection:
        connection.exec_driver_sql("DELETE FROM audit_events WHERE id = 2")
    assert checked(store).problem == "Event 2, at link 2, is missing: it has been deleted."
    with store.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_links WHERE id = 2")
    assert "Link 2 is missing from the chain" in str(checked(store).problem)
    with store.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE audit_links SET id = 2 WHERE id = 3")
    assert "Link 2 does not follow the link before it" in str(checked(store).problem)


def test_an_event_written_round_the_programme_is_found(store: Engine) -> None:
    record(store, "a:first")
    with store.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit_events (at, action, subject, subject_id, subject_ref, reason, detail)"
            " SELECT at, 'a:forged', subject, 1, '', '', '{}' FROM audit_events"
        )
    assert "Event 2 is in no link of the chain" in str(checked(store).problem)


def test_an_end_that_was_cut_off_is_found_by_a_head_written_down_earlier(store: Engine) -> None:
    record(store, "a:first", "a:second")
    head = checked(store).head
    assert checked(store, earlier_head=head).problem is None
    with tampering(store) as connection:
        connection.exec_driver_sql("DELETE FROM audit_links WHERE id = 2")
        connection.exec_driver_sql("DELETE FROM audit_events WHERE id = 2")
    assert checked(store).problem is None  # nothing inside shows it
    assert "cut off" in str(checked(store, earlier_head=head).problem)


def test_twenty_writers_at_once_leave_one_unbroken_chain(store: Engine) -> None:
    def write(engine: Engine) -> None:
        for _ in range(3):
            record(engine, "a:first", "a:second")

    assert at_once(store, [write] * 20) == [DONE] * 20
    assert checked(store).problem is None
    assert checked(store).links == 120


def test_what_is_rolled_back_leaves_no_link(store: Engine) -> None:
    with writing(store) as session:
        user = make_user(session)
        audit.record(session, SYSTEM, "a:first", "user", user)
        step = session.begin_nested()
        audit.record(session, SYSTEM, "a:undone", "user", user)
        session.flush()
        step.rollback()
        with session.begin_nested():
            audit.record(session, SYSTEM, "a:second", "user", user)
    assert checked(store) == audit_chain.ChainReport(2, checked(store).head, None)


def test_events_recorded_before_there_was_a_chain_are_linked_by_the_migration(store: Engine) -> None:
    record(store, "a:first", "a:second")
    before = checked(store)
    migrate.downgrade(store, "0005")
    migrate.upgrade(store)
    assert checked(store) == before


def test_the_demonstrations_history_is_chained_too(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        demonstration.load(session)
    report = checked(sqlite_store)
    assert report.problem is None
    assert report.links > 1_000


def test_only_auditors_and_the_operator_check_the_chain(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        assert audit_chain.verify(session, make_actor(session, ("auditor", None))).problem is None
        for actor in (PUBLIC, make_actor(session, ("programme_manager", None))):
            with pytest.raises(NotAllowed, match="an auditor"):
                audit_chain.verify(session, actor)


def test_the_command_says_the_first_broken_link_and_exits_with_1(
    sqlite_store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_store, "process_engine", lambda: sqlite_store)
    record(sqlite_store, "a:first", "a:second")
    whole = CliRunner().invoke(app, ["audit", "verify"])
    assert whole.exit_code == 0
    assert "2 links fit" in whole.output
    with tampering(sqlite_store) as connection:
        connection.exec_driver_sql("UPDATE audit_events SET reason = 'x' WHERE id = 1")
    broken = CliRunner().invoke(app, ["audit", "verify"])
    assert broken.exit_code == 1
    assert "Event 1 (a:first" in broken.output
