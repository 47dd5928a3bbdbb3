"""Making a store ready: the newest schema, the reference data, and the demonstration where it is asked for."""

from sqlalchemy import Engine

from db import migrate
from programme import demonstration, store
from programme.reference import load_reference
from programme.settings import settings


def prepare(engine: Engine) -> dict[str, int]:
    """Bring the store to the newest schema and load the reference data; the rows added, by table.

    Safe to run again: nothing that is there is changed.
    """
    if not up_to_date(engine):
        migrate.upgrade(engine)
    with store.writing(engine) as session:
        return load_reference(session)


def prepare_embedded(engine: Engine) -> None:
    """Make the embedded store ready when the service starts, with the demonstration in demonstration mode.

    A database server is left alone: there the operator runs ``secondments init``.
    """
    if engine.dialect.name != "sqlite":
        return
    prepare(engine)
    if settings().demo:
        with store.writing(engine) as session:
            demonstration.load(session)


def up_to_date(engine: Engine) -> bool:
    """Whether the store has the newest schema that this version knows."""
    return migrate.current(engine) == migrate.newest()


def revision() -> str:
    """The newest schema that this version knows."""
    return migrate.newest() or ""
