"""Noting what a list has shown, after it has been shown."""

import streamlit as st

from programme import impressions, store
from programme.errors import Refused
from programme.impressions import Shown
from ui.identity import me

_NOTED = "_noted_impressions"


def note_shown(shown: Shown) -> None:
    """Log the pairs of a list, once a visit and day, in a short transaction of its own.

    Call it last in a page: the reader has the list by then, and what is only run again writes nothing.
    """
    noted: set[tuple[str, ...]] = st.session_state.setdefault(_NOTED, set())
    fresh = impressions.pairs_of(shown) - noted
    if not fresh:
        return
    noted |= fresh
    try:
        with store.writing() as session:
            impressions.record_impressions(session, me(), shown)
    except Refused:  # a list that is not the reader's own, such as a manager's look at it, is no evidence
        return
