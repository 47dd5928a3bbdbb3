"""Can I go? Every rule for one placement: yes, no or needs a look, why, and what would change it."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from programme import eligibility, offers
from programme.actors import Actor
from programme.errors import NotFound
from ui import layout, words
from ui.actions import read
from ui.cards import rulings_list

IN_FULL = ("no", "needs_a_look")
"""Answers that ask something of somebody."""


def render(actor: Actor) -> None:
    """Show the rulings on the reader and the offer that the address names."""
    offer = read(offers.detail, st.query_params.get("ref", ""))
    layout.back_link("placement", "Back to the placement", ref=offer.card.ref)
    layout.page_heading("Can I go?", caption=f"{offer.card.title}, {offer.card.organisation}")
    try:
        rulings = read(eligibility.can_i_go, offer.card.ref)
    except NotFound as missing:
        layout.paragraph(missing.message)
        layout.button_link("profile", "Fill in your profile")
        return
    answers: Counter[str] = Counter(ruling.answer for ruling in rulings)
    layout.notice(_verdict(answers))
    if not answers["no"]:
        layout.button_link("apply", "Apply for this placement", ref=offer.card.ref)
    layout.paragraph("These rules are checked before you apply, so that nobody finds out too late.")
    for answer in IN_FULL:
        some = [ruling for ruling in rulings if ruling.answer == answer]
        if some:
            layout.section_heading(f"{words.label('answer', answer)} ({len(some)})")
            rulings_list(some)
    layout.section_heading(f"{words.label('answer', 'yes')} ({answers['yes']})")
    layout.summary_list(
        (words.label("rule", ruling.rule), ruling.reason) for ruling in rulings if ruling.answer == "yes"
    )
    layout.link("profile", "Change your profile")


def _verdict(answers: Mapping[str, int]) -> str:
    if answers["no"]:
        return f"No, not as things stand: {words.count_words(answers['no'], 'rule')} in the way"
    if answers["needs_a_look"]:
        return f"Probably: {words.count_words(answers['needs_a_look'], 'rule')} need a person to look"
    return "Yes: every rule says that you can go"
