"""Deciding from a page: done or refused, and shown on the next run."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from programme import store


@pytest.fixture
def restore_store() -> Iterator[None]:
    """Give the store its way of writing back after the page has replaced it."""
    really = store.writing
    yield
    store.writing = really


def _page() -> None:
    from contextlib import contextmanager

    import streamlit as st

    from programme import store
    from programme.errors import Invalid
    from ui import actions, layout

    @contextmanager
    def nothing():
        yield "session"

    def use_case(session, actor, *, title):
        if not title:
            raise Invalid("Enter a title", field="title")
        return f"{session} {actor.name} {title}"

    def act() -> None:
        done, answer = actions.decide(use_case, title=st.session_state.title)
        if done:
            actions.keep_confirmation("Saved", answer)

    store.writing = nothing
    layout.error_summary(actions.take_errors())
    confirmed = actions.take_confirmation()
    if confirmed:
        layout.confirmation(*confirmed)
    layout.field_error("title")
    st.text_input("Title", key="title")
    st.button("Save", on_click=act)


@pytest.mark.usefixtures("restore_store")
def test_a_refusal_is_shown_once_above_the_page_and_beside_its_field() -> None:
    at = AppTest.from_function(_page).run()

    at.button[0].click().run()
    assert at.error[0].value == "- Enter a title"
    assert any("Enter a title" in each.body for each in at.get("html"))

    at.run()
    assert not at.error


@pytest.mark.usefixtures("restore_store")
def test_what_was_done_is_confirmed_once_and_typed_words_stay() -> None:
    at = AppTest.from_function(_page).run()

    at.text_input(key="title").set_value("Digital lead")
    at.button[0].click().run()
    assert at.success[0].value == "session Public Digital lead"
    assert at.text_input(key="title").value == "Digital lead"

    at.run()
    assert not at.success
