"""Matching rounds: run one with your own settings, and see those that have been run."""

import streamlit as st

from programme import rounds
from programme.actors import Actor
from programme.round_cohort import RoundSettings
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.pages import go_to
from ui.views.programme.round_form import settings_form
from ui.views.programme.scenarios import side_by_side
from ui.words import count_words, label, time_words, tone


def render(actor: Actor) -> None:
    """The form, then the list, newest first."""
    layout.page_heading("Matching rounds")
    layout.paragraph(
        "A round looks at everyone who is looking and every open place at once, and proposes who should go "
        "where. It decides nothing: you publish it or discard it, and every match is then approved one by one."
    )
    with st.expander("Run a new round"):
        _run()
    layout.section_heading("Rounds so far")
    found = read(rounds.every)
    if not found:
        layout.empty_state("No round has been run yet.")
    for each in found:
        with st.container(border=True):
            layout.card_title("round", each.name, heading=3, ref=each.ref)
            layout.state_tag(label("round_state", each.state), tone("round_state", each.state))
            layout.facts(
                (
                    ("Run", time_words(each.run_at)),
                    ("Method", label("round_method", each.settings.get("method"))),
                    ("Proposals", count_words(int(each.certificate.get("matched", 0)), "pair")),
                )
            )


def _run() -> None:
    asked = settings_form()
    if asked is None:
        return
    if asked.compare:
        _compare(asked.settings)
        return
    with st.spinner("Looking at everyone and every place"):
        done, stored = decide(rounds.run, asked.settings)
    if done and stored is not None:
        forms.forget("round.")
        keep_confirmation("The round has been run", "Look at its proposals, then publish or discard it.")
        go_to("round", ref=stored.ref)
    st.rerun()


def _compare(settings: RoundSettings) -> None:
    with st.spinner("Trying each method"):
        done, found = decide(rounds.scenarios, settings)
    if done and found is not None:
        side_by_side(found)
    else:
        st.rerun()
