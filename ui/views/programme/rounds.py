"""Matching rounds: run one with your own settings, and see those that have been run."""

import streamlit as st

from programme import rounds
from programme.actors import Actor
from programme.round_cohort import RoundSettings
from ui import forms, layout
from ui.actions import decide, keep_confirmation, keep_errors, read
from ui.pages import go_to
from ui.views.programme.round_pairs import NotPairs, parse_pairs
from ui.views.programme.scenarios import side_by_side
from ui.words import count_words, label, time_words, tone

PAIRS_HINT = "One pair on each line: the person’s reference, then the offer’s, such as PER-7K3M2B OFR-4D6F8G"


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
    with st.form("round", border=False, enter_to_submit=False):
        name = forms.text_field("Name of the round", "round.name", hint="Such as “Spring 2027, outward”")
        direction = forms.choice_field("Direction", "round.direction", "direction", none="Both directions")
        method = forms.choice_field(
            "Method",
            "round.method",
            "round_method",
            hint="Stable: no person and host would both rather have each other. Best total fit: the highest "
            "sum of scores. Lowest fits first: nobody is placed badly if it can be helped",
        )
        floor = forms.number_field(
            "Lowest score to propose",
            "round.floor",
            0,
            lowest=0,
            highest=100,
            step=5,
            hint="0 leaves nobody out",
        )
        pins = forms.long_field("Pairs to keep (optional)", "round.pins", hint=PAIRS_HINT, height=90)
        forbids = forms.long_field(
            "Pairs never to propose (optional)", "round.forbids", hint=PAIRS_HINT, height=90
        )
        seed = forms.number_field(
            "Seed",
            "round.seed",
            0,
            lowest=0,
            highest=999_999,
            hint="Kept with the result, so that it can be repeated",
        )
        run = st.form_submit_button("Run the round", type="primary")
        compare = st.form_submit_button("Compare the three methods first")
    if not run and not compare:
        return
    kept, never = parse_pairs(pins), parse_pairs(forbids)
    if isinstance(kept, NotPairs) or isinstance(never, NotPairs):
        typed = {"pins": kept, "forbids": never}
        keep_errors({field: found.message for field, found in typed.items() if isinstance(found, NotPairs)})
        st.rerun()
        return
    settings = RoundSettings(
        name=name,
        direction=direction,
        method=method or "stable",
        floor=floor or None,
        seed=int(seed),
        pins=kept,
        forbids=never,
    )
    if compare:
        _compare(settings)
        return
    with st.spinner("Looking at everyone and every place"):
        done, stored = decide(rounds.run, settings)
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
