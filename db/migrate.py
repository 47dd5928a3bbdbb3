"""Bring a database to the newest schema, or back, or say where it stands."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

import db.models  # noqa: F401 - completes the metadata
from db.base import Base

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply every migration up to ``revision``, in one transaction."""
    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Undo every migration after ``revision``, in one transaction."""
    with engine.execution_options(writes=True).begin() as connection:
        command.downgrade(_config(connection), revision)


def revise(engine: Engine, number: str, message: str) -> None:
    """Write the next migration file from what the models have and the database has not."""
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, rev_id=number, autogenerate=True)


def current(engine: Engine) -> str | None:
    """The revision that the database is at, or None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest revision that this version of the programme knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def differences(engine: Engine) -> list[object]:
    """What the models have and the migrated database has not, or the other way round; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
