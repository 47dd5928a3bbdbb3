"""The health address."""

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from db.engine import make_engine
from programme import store


def test_a_working_service_says_its_revision(client: TestClient) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["database"] == "reachable"
    assert answer.json()["revision"]


def test_a_database_that_was_never_migrated_is_not_well(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty: Engine = make_engine("sqlite://")
    monkeypatch.setattr(store, "process_engine", lambda: empty)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "reachable", "revision": None}
    empty.dispose()


def test_a_database_that_is_down_is_not_well(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    down = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(store, "process_engine", lambda: down)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    down.dispose()
