"""Whether the service can do its work now: the database answers and has been migrated."""

from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from programme import store


@dataclass(frozen=True, slots=True)
class Health:
    """What was found. ``revision`` is the database's migration, None when it cannot be read."""

    database: bool
    revision: str | None

    @property
    def well(self) -> bool:
        """Whether requests can be served."""
        return self.database and self.revision is not None


def check(engine: Engine | None = None) -> Health:
    """Ask the database of this process (or ``engine``). Never raises for a database that is down."""
    return Health(database=_answers(engine), revision=_revision(engine))


def _answers(engine: Engine | None) -> bool:
    try:
        with store.reading(engine) as session:
            return bool(session.scalar(text("SELECT 1")) == 1)
    except (SQLAlchemyError, OSError):
        return False


def _revision(engine: Engine | None) -> str | None:
    try:
        with store.reading(engine) as session:
            revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
            return revision
    except (SQLAlchemyError, OSError):
        return None
