"""The audit trail: everything that was done, by whom and why. It can be read, never changed."""

from html import escape

import streamlit as st

from programme import audit_trail
from programme.actors import Actor
from programme.transitions import TRANSITIONS
from ui import forms, layout
from ui.actions import read
from ui.words import count_words, label, time_words

SUBJECTS = {
    "": "Everything",
    "offer": "Offers",
    "application": "Applications",
    "match": "Matches",
    "placement": "Placements",
    "round": "Matching rounds",
    "organisation": "Organisations",
    "applicant": "Profiles",
    "level_review": "Grades",
    "user": "Accounts",
}


DONE = {"application:start": "draft begun"}  # where the button's words would say something else


def action_words(action: str) -> str:
    """What was done, in words: "Offer: publish" for ``offer:publish``."""
    subject, _, done = action.partition(":")
    gate = subject.removeprefix("gate.")
    what = f"Approval, {label('gate', gate).lower()}" if gate != subject else label("subject", subject)
    return f"{what}: {DONE.get(action) or label('action', done).lower()}" if done else what


ACTIONS = {"": "Anything"} | {
    action: action_words(action)
    for action in sorted({f"{move.subject}:{move.action}" for move in TRANSITIONS})
}


def render(actor: Actor) -> None:
    """Filters, the number found, and the events, newest first."""
    layout.page_heading("Audit trail")
    layout.paragraph(
        "Everything that was decided or changed, newest first. Nobody can change or delete a line."
    )
    subject = forms.choice_field("About", "audit.subject", SUBJECTS) or ""
    action = forms.choice_field("What was done", "audit.action", ACTIONS) or ""
    ref = forms.text_field("Reference (optional)", "audit.ref", hint="Such as MAT-7K3M2B")
    filters = (subject, action, ref)
    if st.session_state.get("audit.filters") != filters:
        st.session_state["audit.filters"] = filters
        st.session_state["audit.page"] = 1
    page = st.session_state["audit.page"]
    found = read(audit_trail.search, subject=subject, action=action, ref=ref, page=page)
    layout.notice(f"{count_words(found.total, 'event')} found")
    for line in found.items:
        _line(line)
    if found.pages > 1:
        st.pagination(found.pages, key="audit.page")


def _line(line: audit_trail.AuditLine) -> None:
    with st.container(border=True):
        about = ", ".join(part for part in (time_words(line.at), line.who, line.ref) if part)
        st.html(
            f'<h2 class="sp-card-title">{escape(action_words(line.action))}</h2>'
            f'<p class="sp-caption">{escape(about)}</p>'
        )
        if line.reason:
            layout.user_text(line.reason)
        if line.detail:
            st.caption(layout.plain("; ".join(f"{name}: {value}" for name, value in line.detail.items())))
