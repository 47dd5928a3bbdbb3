"""Pages as the tests open them: the real entry script, a real store, a person who is really signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from db.engine import writing
from db.models.users import SignInSession, User
from programme import sign_in, store

MAIN = Path(__file__).parents[2] / "ui" / "main.py"

Opener = Callable[..., AppTest]


@pytest.fixture
def world(sqlite_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty store with the reference data, which every page of the test reads and writes."""
    monkeypatch.setattr(store, "process_engine", lambda: sqlite_store)
    # AppTest looks through every installed package for components on each run; we have none.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    st.cache_data.clear()
    yield sqlite_store
    st.cache_data.clear()


@pytest.fixture
def open_page(world: Engine) -> Opener:
    """Open a page by its path, signed in as a user (a stored row or its id) or as nobody."""

    def opener(path: str, user: User | int | None = None, **query: Any) -> AppTest:
        page = AppTest.from_file(str(MAIN), default_timeout=30)
        page.user = _identity(world, user) if user is not None else {"is_logged_in": False}
        for name, value in query.items():
            page.query_params[name] = str(value)
        page._page_hash = calc_hash(path)  # AppTest can only name pages that are files
        return page.run()

    return opener


def _identity(engine: Engine, user: User | int) -> dict[str, Any]:
    user_id = user if isinstance(user, int) else user.id
    with writing(engine) as session:
        row = session.get_one(User, user_id)
        token = sign_in.start_session(session, row)
        found = sign_in.session_for_token(session, token)
        assert isinstance(found, SignInSession)
        return {"is_logged_in": True, "uid": str(user_id), "sid": str(found.id)}
