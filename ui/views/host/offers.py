"""Our offers: every offer of the host's organisations, by state, with how many people have applied."""

from collections.abc import Mapping

import streamlit as st

from programme import matches, offers
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.gate_answers import gate_card
from ui.words import date_words, label

# What needs the host first, then what runs, then what is over.
STATES = ("draft", "submitted", "published", "paused", "filled", "closed", "withdrawn", "lapsed")

# A host learns of an application only once the line manager has released the person.
REACHED = {
    "submitted": "to assess or decide",
    "shortlisted": "shortlisted",
    "selected": "selected",
    "not_selected": "declined",
}


def render(actor: Actor) -> None:
    """The list, and the way to post another."""
    rows = read(offers.mine)
    layout.page_heading("Our offers")
    layout.button_link("offer-edit", "Post an offer")
    if not rows:
        layout.empty_state(
            "You have not posted an offer yet. It takes about 15 minutes, and a draft is kept as you go."
        )
    proposed = [gate for gate in read(matches.gates_waiting) if gate.name == "host"]
    if proposed:
        layout.section_heading(f"Proposed by a matching round ({len(proposed)})")
    for gate in proposed:
        gate_card(gate)
    for state in STATES:
        here = [row for row in rows if row.card.state == state]
        if here:
            layout.section_heading(f"{label('offer_state', state)} ({len(here)})")
            for row in here:
                _row(row)


def _row(row: offers.OfferRow) -> None:
    card = row.card
    with st.container(border=True):
        layout.card_title("offer-manage", card.title, heading=3, ref=card.ref)
        layout.facts(
            (
                ("Applications", applications_words(row.applications)),
                ("Places left", card.capacity_left),
                ("Closes", date_words(card.closing_on) or "No closing date"),
            )
        )
        if card.state == "draft":
            layout.link("offer-edit", f"Continue “{card.title}”", ref=card.ref)
        elif card.state in ("published", "paused", "filled"):
            layout.link("candidates", f"See candidates for “{card.title}”", ref=card.ref)


def applications_words(by_state: Mapping[str, int]) -> str:
    """How many applications have reached the host, by state: "2 to assess, 1 shortlisted"."""
    said = [f"{by_state[state]} {words}" for state, words in REACHED.items() if by_state.get(state)]
    return ", ".join(said) or "None yet"
