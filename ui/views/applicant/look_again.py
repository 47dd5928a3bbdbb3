"""Ask a person to look again: why the reader stands where they do with one offer, and how they contest it (D4)."""

from typing import Any

import streamlit as st

from programme import contests, recommendations
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.cards import match_card
from ui.choices import name_of
from ui.decisions import submit
from ui.words import date_words, label, tone


def render(actor: Actor) -> None:
    """The score with its reasons, what was asked before with its answers, and the form."""
    ref = st.query_params.get("ref", "")
    pair = read(recommendations.for_offer, ref)
    earlier = read(contests.mine, ref)
    layout.back_link("placement", "Back to the placement", ref=ref)
    layout.page_heading("Ask a person to look again", caption=pair.offer.title)
    layout.section_heading("Why you have this score")
    match_card(pair, key="fit", whose=pair.offer.title)
    if earlier:
        layout.section_heading("What you have asked")
    for contest in earlier:
        _earlier(contest)
    if not any(contest.state == "open" for contest in earlier):
        _form(ref)


def _form(ref: str) -> None:
    layout.section_heading("What you think is wrong")
    layout.paragraph(
        "Somebody who took no part in the first decision reads your words and answers you in words. "
        "You can ask about your place on the list, or about a decision."
    )
    with st.form("contest", enter_to_submit=False, border=False):
        wording = forms.long_field("What should be looked at again?", "contest.wording", field="wording")
        if submit("Ask a person to look again", primary=True):
            done, contest = decide(contests.ask, ref, wording=wording)
            if done and contest is not None:
                keep_confirmation("Sent", f"You will have an answer by {date_words(contest.answer_by_on)}.")
            st.rerun()


def _earlier(contest: Any) -> None:
    with st.container(border=True):
        layout.sub_heading(contest.ref)
        layout.state_tag(label("contest_state", contest.state), tone("contest_state", contest.state))
        layout.facts(
            (
                ("About", label("contest_about", contest.about)),
                ("Asked", date_words(contest.asked_at)),
                ("Answer due by", "" if contest.answered_at else date_words(contest.answer_by_on)),
                ("Outcome", name_of("contest", contest.outcome_code)),
            )
        )
        layout.user_text(contest.wording)
        if contest.outcome:
            layout.paragraph("The answer:")
            layout.user_text(contest.outcome)
