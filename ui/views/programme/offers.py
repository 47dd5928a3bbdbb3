"""Offers to check: what hosts have sent and nobody can see yet, the longest wait first."""

import streamlit as st

from programme import offers
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.cards import mission_words
from ui.words import label, window_words


def render(actor: Actor) -> None:
    """Every offer that this programme manager may publish or send back."""
    waiting = read(offers.to_check)
    layout.page_heading("Offers to check")
    if not waiting:
        layout.empty_state("No offer waits to be checked.", ("queue", "Go to the queue"))
    for card in waiting:
        with st.container(border=True):
            layout.card_title("offer-check", card.title, heading=2, ref=card.ref)
            layout.facts(
                (
                    ("Organisation", card.organisation),
                    ("Direction", label("direction", card.direction)),
                    ("Missions", mission_words(card.missions, short=True)),
                    ("Start", window_words(card.start_from_on, card.start_to_on)),
                )
            )
