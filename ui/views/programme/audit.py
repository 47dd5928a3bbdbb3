"""The audit trail: everything that was done, by whom and why. It can be read, never changed."""

from datetime import date
from html import escape

import streamlit as st

from programme import audit_trail
from programme.actors import Actor
from programme.audit_trail import AuditFilters
from programme.transitions import TRANSITIONS
from ui import forms, layout
from ui.actions import decide, read
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
    "personal_data": "Reads of personal data",
}


DONE = {
    "application:start": "draft begun",
    "audit:export": "trail exported",
}  # where the button's words would say something else


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
    """Filters, the number found, the file to take away, and the events, newest first."""
    layout.page_heading("Audit trail")
    layout.paragraph(
        "Everything that was decided or changed, and whose personal data was read, newest first. "
        "Nobody can change or delete a line: each is linked to the one before it by a hash of both."
    )
    layout.link("who-may-do-what", "Who may do what")
    filters = _filters()
    if st.session_state.get("audit.filters") != filters:
        st.session_state["audit.filters"] = filters
        st.session_state["audit.page"] = 1
        st.session_state.pop("audit.file", None)
    found = read(audit_trail.search, filters, page=st.session_state["audit.page"])
    layout.notice(f"{count_words(found.total, 'event')} found")
    _file(filters)
    for line in found.items:
        _line(line)
    if found.pages > 1:
        st.pagination(found.pages, key="audit.page")


def _filters() -> AuditFilters:
    subject = forms.choice_field("About", "audit.subject", SUBJECTS) or ""
    action = forms.choice_field("What was done", "audit.action", ACTIONS) or ""
    ref = forms.text_field("Reference (optional)", "audit.ref", hint="Such as MAT-7K3M2B")
    who = forms.text_field(
        "Who did it (optional)", "audit.who", hint="A name or an e-mail address, or part of one"
    )
    reason = forms.text_field("Words in the reason (optional)", "audit.words")
    from_on = forms.date_field("First day (optional)", "audit.from_on")
    to_on = forms.date_field("Last day (optional)", "audit.to_on")
    for wrong in forms.date_errors({"from_on": from_on, "to_on": to_on}).values():
        layout.warning(wrong)
    return AuditFilters(
        subject, action, ref, who, reason,
        from_on=from_on if isinstance(from_on, date) else None, to_on=to_on if isinstance(to_on, date) else None,
    )  # fmt: skip


def _file(filters: AuditFilters) -> None:
    """The file is made when it is asked for, because that is an event too."""
    if st.button("Prepare these events as a file (CSV)", key="audit.prepare"):
        done, text = decide(audit_trail.export, filters)
        if not done:
            st.rerun()
        st.session_state["audit.file"] = text
    if text := st.session_state.get("audit.file"):
        st.download_button(
            "Download these events (CSV)", text, file_name="audit.csv", mime="text/csv", on_click="ignore"
        )


def _line(line: audit_trail.AuditLine) -> None:
    with st.container(border=True):
        about = ", ".join(part for part in (time_words(line.at), line.who, line.ref) if part)
        st.html(
            f'<h2 class="sp-card-title">{escape(action_words(line.action))}</h2>'
            f'<p class="sp-caption">{escape(about)}</p>'
        )
        if line.reason:
            layout.user_text(line.reason)
        if line.link:
            st.caption(f"Link {line.link:,} of the chain, {line.hash[:12]}")
        if line.detail:
            st.caption(layout.plain("; ".join(f"{name}: {value}" for name, value in line.detail.items())))
