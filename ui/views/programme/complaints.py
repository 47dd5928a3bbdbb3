"""Complaints about how personal data is handled: each with its two clocks, acknowledged and answered here."""

from typing import Any

import streamlit as st

from programme import complaints
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.decisions import Button, decisions
from ui.words import count_words, date_words, label, tone

BUTTONS = (
    Button("acknowledge", "Tell the person that you have it", "The person has been told"),
    Button("answer", "Answer", "Complaint answered", "The person reads your words as they stand."),
)


def render(actor: Actor) -> None:
    """Every complaint without an answer, the one due first at the top."""
    waiting = read(complaints.waiting)
    layout.back_link("queue", "Queue")
    layout.page_heading("Complaints")
    layout.notice(f"{count_words(len(waiting), 'complaint')} to answer")
    for complaint in waiting:
        _one(complaint)


def _one(complaint: Any) -> None:
    with st.container(border=True):
        layout.section_heading(f"{complaint.user.name}, {complaint.ref}")
        layout.state_tag(label("complaint_state", complaint.state), tone("complaint_state", complaint.state))
        layout.facts(
            (
                ("Sent", date_words(complaint.made_at)),
                (
                    "Acknowledge by",
                    "" if complaint.acknowledged_at else date_words(complaint.acknowledge_by_on),
                ),
                ("Answer by", date_words(complaint.answer_by_on)),
            )
        )
        layout.user_text(complaint.wording)
        can = ("answer",) if complaint.acknowledged_at else ("acknowledge", "answer")
        decisions("complaint", complaint.state, can, BUTTONS, _act, complaint.ref, key=complaint.ref)


def _act(session: Any, actor: Actor, ref: str, action: str, **kwargs: Any) -> Any:
    if action == "acknowledge":
        return complaints.acknowledge(session, actor, ref)
    return complaints.answer(session, actor, ref, **kwargs)
