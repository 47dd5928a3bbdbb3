"""Who is looking at this page, asked of the database again on every run."""

import streamlit as st

from programme import sign_in, store
from programme.actors import PUBLIC, Actor


def me() -> Actor:
    """The person signed in now, with the roles they hold now; ``PUBLIC`` when nobody is.

    The web server names the sign-in session when the page connects. Whether that session still stands is read
    from the database each time, so that signing out, expiry and a lost role count at the next click.
    """
    session_id, user_id = _number("sid"), _number("uid")
    if session_id is None:
        return PUBLIC
    with store.reading() as session:
        actor = sign_in.actor_for_session_id(session, session_id)
    if actor is None or actor.user_id != user_id:
        return PUBLIC
    return actor


def was_signed_in() -> bool:
    """Whether somebody was signed in when this page connected, even if the session has ended since."""
    return _number("sid") is not None


def form_token() -> str:
    """The token that proves to the web server that a form came from this page; empty when there is none."""
    value = st.user.to_dict().get("form")
    return value if isinstance(value, str) else ""


def _number(name: str) -> int | None:
    value = st.user.to_dict().get(name)
    return int(value) if isinstance(value, str | int) and str(value).isdigit() else None
