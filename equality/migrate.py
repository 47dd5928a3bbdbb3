"""Bring the equality database to its newest schema. Its migrations are its own."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from equality.models import EqualityBase

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Apply every migration, in one transaction. Safe to run again."""
    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(_config(connection), "head")


def downgrade(engine: Engine) -> None:
    """Undo every migration, in one transaction."""
    with engine.execution_options(writes=True).begin() as connection:
        command.downgrade(_config(connection), "base")


def differences(engine: Engine) -> list[object]:
    """What the models have and the migrated database has not, or the other way round; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, EqualityBase.metadata))
