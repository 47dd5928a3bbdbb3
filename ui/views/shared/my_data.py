"""My data: a copy of everything held about the reader, and a way to complain about how it is handled."""

from typing import Any

import streamlit as st

from programme import complaints, store, subject_access
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.decisions import submit
from ui.words import count_words, date_words, label, tone


def render(actor: Actor) -> None:
    """The copy, the complaint form, and the reader's complaints so far."""
    layout.page_heading("My data")
    layout.section_heading("Get a copy of everything held about you")
    layout.paragraph(
        "One zip file with a page to read and the same data for machines: your profile, applications, scores, "
        "assessments, approvals with their reasons, placements, surveys, messages and audit events. "
        "Other people are named by their role."
    )
    st.download_button(
        "Get a copy of my data", lambda: _copy(actor), file_name="my-data.zip", mime="application/zip",
        on_click="ignore",
    )  # fmt: skip
    _complain()
    mine = read(complaints.mine)
    if mine:
        layout.section_heading("Your complaints")
    for complaint in mine:
        _complaint(complaint)


def _copy(actor: Actor) -> bytes:
    """Made when the button is pressed, so that the copy is of that moment and is audited once."""
    with store.writing() as session:
        return subject_access.export(session, actor).content


def _complain() -> None:
    layout.section_heading("Complain about how your data is handled")
    days, answer_days = read(complaints.clocks)
    layout.paragraph(
        f"We tell you within {count_words(days, 'day')} that we have it, and answer within "
        f"{count_words(answer_days, 'day')}. You can also complain to the Information Commissioner’s Office."
    )
    with st.form("complain", enter_to_submit=False, border=False):
        wording = forms.long_field("What went wrong?", "complaint.wording", field="wording")
        if submit("Send the complaint"):
            done, complaint = decide(complaints.make, wording=wording)
            if done and complaint is not None:
                forms.forget("complaint.")
                keep_confirmation(f"Complaint {complaint.ref} sent")
            st.rerun()


def _complaint(complaint: Any) -> None:
    with st.container(border=True):
        layout.sub_heading(complaint.ref)
        layout.state_tag(label("complaint_state", complaint.state), tone("complaint_state", complaint.state))
        layout.facts(
            (
                ("Sent", date_words(complaint.made_at)),
                ("Acknowledged", date_words(complaint.acknowledged_at)),
                ("Answer due by", "" if complaint.answered_at else date_words(complaint.answer_by_on)),
                ("Answered", date_words(complaint.answered_at)),
            )
        )
        layout.user_text(complaint.wording)
        if complaint.answer:
            layout.paragraph("The answer:")
            layout.user_text(complaint.answer)
