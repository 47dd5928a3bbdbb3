"""Check one offer: read it as a whole, then publish it or send it back with comments."""

import streamlit as st

from programme import offer_history, offers
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.decisions import Button, decisions
from ui.offer_facts import offer_facts
from ui.pages import go_to
from ui.timeline import timeline
from ui.words import date_words, label, tone

BUTTONS = (
    Button(
        "publish",
        "Publish the offer",
        "Offer published",
        "People can find it and apply as soon as it is live.",
    ),
    Button(
        "return", "Send it back with comments", "Offer sent back", "Say what to change. The host reads it."
    ),
)
LOOK_FOR = (
    "The work serves the missions it names, and is not campaigning or lobbying.",
    "The tasks are real, the skills are needed, and the level fits them.",
    "The title and the text name no person and promise no job.",
    "It is clear who pays what.",
)


def render(actor: Actor) -> None:
    """The offer, what to look for, and the decision."""
    offer = read(offers.detail, st.query_params.get("ref", ""))
    card = offer.card
    layout.back_link("offers-to-check", "Offers to check")
    layout.page_heading(card.title, caption=f"{card.organisation} · {card.ref}")
    layout.state_tag(label("offer_state", card.state), tone("offer_state", card.state))
    if offer.earliest_vetted_on and card.start_to_on < offer.earliest_vetted_on:
        layout.warning(
            f"Vetting would be done by {date_words(offer.earliest_vetted_on)} at the earliest, after the latest start. "
            "Send the offer back."
        )
    layout.section_heading("The offer")
    offer_facts(offer)
    if {"publish", "return"} & set(offer.can):
        layout.section_heading("Your decision")
        layout.paragraph("Before you publish, check that:")
        layout.bullets(LOOK_FOR)
        decisions("offer", card.state, offer.can, BUTTONS, offers.act, card.ref, key="check", then=_next)
    elif card.state == "submitted":
        layout.warning("You belong to this organisation, so somebody else must check its offer.")
    layout.section_heading("What has happened")
    timeline(read(offer_history.steps, card.ref), states="offer_state")


def _next() -> None:
    go_to("offers-to-check")
