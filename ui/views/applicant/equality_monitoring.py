"""Equality monitoring: answer if you wish, keep your key, change or withdraw what you said. It shows no answers."""

import streamlit as st

from programme import equality_monitoring
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.decisions import submit

NEW_KEY = "_equality_key"


def render(actor: Actor) -> None:
    """The key just given, what the answers are for, the form, and the way to withdraw."""
    layout.page_heading("Equality monitoring")
    key = st.session_state.pop(NEW_KEY, None)
    if key:
        layout.section_heading("Your key")
        layout.summary_list([("Keep this key", key)])
        layout.paragraph(
            "It is shown only now, and we do not keep it. You need it to change or withdraw your answers."
        )
    layout.paragraph(
        "You do not have to answer. The programme uses the answers only to see, in rounded totals, whether it reaches "
        "people of every background."
    )
    layout.bullets(
        (
            "They are never part of ranking, matching or approving, and no host, manager or approver can see yours.",
            "They are kept apart from your account, without your name, under a random key that only you hold.",
            "You can change them or have them deleted at any time with that key.",
        )
    )
    _answers()
    _withdraw()


def _answers() -> None:
    layout.section_heading("Your answers")
    with st.form("equality", border=False, enter_to_submit=False):
        answers = {
            question.code: forms.radio_field(
                question.words,
                f"equality.{question.code}",
                {option.code: option.words for option in question.options},
            )
            for question in read(equality_monitoring.questions)
        }
        key = forms.text_field(
            "Your key", "equality.key", hint="Only if you have answered before: these answers replace those"
        )
        if submit("Send my answers", primary=True):
            _send(key, {code: answer for code, answer in answers.items() if answer})
            st.rerun()


def _send(key: str, answers: dict[str, str]) -> None:
    if key:
        done, _ = decide(equality_monitoring.change, key, answers)
    else:
        done, st.session_state[NEW_KEY] = decide(equality_monitoring.give, answers)
    if done:
        forms.forget("equality.")
        keep_confirmation("Your answers have been changed" if key else "Your answers have been kept")


def _withdraw() -> None:
    layout.section_heading("Withdraw your answers")
    layout.paragraph("They are deleted at once, and no figures released after today count them.")
    with st.form("equality-stop", border=False, enter_to_submit=False):
        key = forms.text_field("The key of the answers", "equality.stop_key")
        if submit("Delete my answers"):
            done, _ = decide(equality_monitoring.stop, key)
            if done:
                forms.forget("equality.")
                keep_confirmation("Your answers have been deleted")
            st.rerun()
