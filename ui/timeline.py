"""A record's life so far, as a list of steps: what happened, when, by whom and why."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from programme.history import Step
from ui.words import label, time_words


def timeline(steps: Iterable[Step], *, states: str) -> None:
    """The steps, newest first. ``states`` is the kind of label of the record's states, such as "offer_state"."""
    items = "".join(_item(step, states) for step in reversed(list(steps)))
    st.html(f'<ol class="sp-timeline">{items}</ol>' if items else "<p>Nothing has happened yet.</p>")


def _item(step: Step, states: str) -> str:
    said = f'<div class="sp-user-text">{escape(step.reason)}</div>' if step.reason else ""
    return (
        f"<li><strong>{escape(label(states, step.target))}</strong>"
        f'<p class="sp-caption">{escape(step.who)}, {escape(time_words(step.at))}</p>{said}</li>'
    )
