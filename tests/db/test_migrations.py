"""The migrations build exactly what the models describe, and take it down again, on both databases."""

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from db import migrate
from db.engine import make_engine, reading, writing
from tests.factories import make_user


def test_the_migrated_database_is_what_the_models_describe(store: Engine) -> None:
    assert migrate.current(store) == migrate.newest()
    assert migrate.differences(store) == []


def test_every_migration_can_be_undone_and_done_again(store: Engine) -> None:
    migrate.downgrade(store)
    assert set(inspect(store).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(store)
    assert migrate.differences(store) == []


@pytest.mark.parametrize("change", ["UPDATE audit_events SET reason = 'x'", "DELETE FROM audit_events"])
def test_the_database_refuses_to_change_the_audit_trail(store: Engine, change: str) -> None:
    with writing(store) as session:
        user = make_user(session)
        session.execute(
            text(
                "INSERT INTO audit_events (at, actor_id, action, subject, subject_id, subject_ref, reason, detail)"
                " VALUES (CURRENT_TIMESTAMP, :id, 'a', 's', 1, '', '', '{}')"
            ),
            {"id": user.id},
        )
    with pytest.raises(DBAPIError, match="append-only"), writing(store) as session:
        session.execute(text(change))
    with reading(store) as session:
        assert session.execute(text("SELECT count(*) FROM audit_events")).scalar() == 1


def test_a_reading_session_keeps_nothing(store: Engine) -> None:
    with reading(store) as session:
        make_user(session, email="nobody@example.org")
    with reading(store) as session:
        assert session.execute(text("SELECT count(*) FROM users")).scalar() == 0


def test_a_fresh_sqlite_file_gets_its_folder(tmp_path: object) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/folder/store.db")
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.newest()
    engine.dispose()
