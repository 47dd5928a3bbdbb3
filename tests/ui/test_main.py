"""The frame of every page, and who may open which."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from db.models.users import Role
from programme import sign_in, store
from programme.pages import PAGES, PageSpec
from ui import pages

MAIN = Path(pages.__file__).parent / "main.py"


@pytest.fixture
def page_store(sqlite_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The store that the pages read."""
    monkeypatch.setattr(store, "process_engine", lambda: sqlite_store)
    return sqlite_store


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The views that were shown, each in place of the real one."""
    seen: list[str] = []

    class View:
        def __init__(self, name: str) -> None:
            self.name = name

        def render(self, _actor: object) -> None:
            seen.append(self.name)

    monkeypatch.setattr(pages, "import_module", View)
    return seen


def _visit(page: PageSpec, user: dict[str, str]) -> AppTest:
    at = AppTest.from_file(str(MAIN))
    at.user = user
    at._page_hash = calc_hash(page.path) if page.path else ""  # switch_page only knows pages that are files
    return at.run()


def _sign_in(role: Role) -> dict[str, str]:
    with store.writing() as session:
        user = sign_in.create_account(
            session, email=f"{role}@example.org", name="Somebody", memberships=((role, None),)
        )
        row = sign_in.session_for_token(session, sign_in.start_session(session, user))
        assert row
        return {"uid": str(user.id), "sid": str(row.id)}


def _open_every_page() -> None:
    import streamlit as st

    from programme.pages import PAGES
    from ui.identity import me
    from ui.pages import opener

    for page in PAGES:
        st.text(f"page {page.view}")
        opener(page, me())()


@pytest.mark.usefixtures("page_store")
@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_a_page_is_shown_to_its_roles_and_refused_to_all_others(role: Role | None, shown: list[str]) -> None:
    at = AppTest.from_function(_open_every_page)
    at.user = _sign_in(role) if role else {}
    at.run(timeout=30)

    own = [page.view for page in PAGES if page.roles is None or role in page.roles]
    assert not at.exception
    assert shown == own
    refusals = [title.value for title in at.title]
    assert refusals == ["You cannot see this page" if role else "Sign in to see this page"] * (
        len(PAGES) - len(own)
    )


@pytest.mark.usefixtures("page_store")
def test_the_frame_shows_the_page_of_the_address_and_who_is_signed_in(shown: list[str]) -> None:
    at = _visit(next(page for page in PAGES if page.path == "queue"), _sign_in(Role.PROGRAMME_MANAGER))

    assert not at.exception
    assert shown == ["ui.views.programme.queue"]
    html = " ".join(block.body for block in at.get("html"))
    assert "Signed in as Somebody" in html
    assert "Accessibility statement" in html
    assert "Demonstration" not in html


@pytest.mark.usefixtures("page_store")
def test_the_frame_refuses_a_page_of_another_role(shown: list[str]) -> None:
    at = _visit(next(page for page in PAGES if page.path == "queue"), _sign_in(Role.APPLICANT))

    assert at.title[0].value == "You cannot see this page"
    assert not shown


@pytest.mark.usefixtures("page_store")
def test_an_ended_session_asks_to_sign_in_again(shown: list[str]) -> None:
    user = _sign_in(Role.APPLICANT)
    with store.writing() as session:
        for row in sign_in.users.open_sessions(session, user_id=int(user["uid"])):
            session.delete(row)

    at = _visit(next(page for page in PAGES if page.path == "applications"), user)

    assert at.title[0].value == "You have been signed out"
    assert any("Sign in again" in block.body for block in at.get("html"))
    assert "ui.views.applicant.applications" not in shown


@pytest.mark.usefixtures("page_store")
def test_a_session_of_somebody_else_is_nobody(shown: list[str]) -> None:
    user = _sign_in(Role.APPLICANT)

    _visit(next(page for page in PAGES if page.path == "applications"), user | {"uid": "999"})

    assert "ui.views.applicant.applications" not in shown
