"""One of our offers: where it stands, what the programme said about it, and what can be done with it."""

import streamlit as st

from programme import offer_history, offers
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.decisions import Button, decisions
from ui.offer_facts import offer_facts
from ui.timeline import timeline
from ui.words import date_words, label, tone

BUTTONS = (
    Button(
        "submit", "Send to be checked", "Offer sent to be checked",
        "A programme manager checks every offer before people can see it. You can withdraw it at any time.",
    ),
    Button("resume", "Open the offer again", "Offer open again", "People can find it and apply again."),
    Button("pause", "Pause the offer", "Offer paused", "It takes no new applications until you open it again."),
    Button("close", "Close the offer", "Offer closed", "Close it when you need no more people."),
    Button("withdraw", "Withdraw the offer", "Offer withdrawn", "People who have applied will be told why."),
)  # fmt: skip
OVER = ("closed", "withdrawn", "lapsed")


def render(actor: Actor) -> None:
    """State and comments first, then what to do next, then the offer as people see it."""
    offer = read(offers.detail, st.query_params.get("ref", ""))
    steps = read(offer_history.steps, offer.card.ref)
    layout.back_link("our-offers", "Our offers")
    layout.page_heading(offer.card.title, caption=f"{offer.card.organisation} · {offer.card.ref}")
    layout.state_tag(label("offer_state", offer.card.state), tone("offer_state", offer.card.state))
    _warnings(offer)
    _actions(offer)
    layout.section_heading("The offer")
    offer_facts(offer)
    _swap(offer)
    layout.section_heading("What has happened")
    timeline(steps, states="offer_state")


def _warnings(offer: offers.OfferDetail) -> None:
    if offer.return_comment:
        layout.warning("The programme team sent this offer back. Change it and send it again.")
        layout.section_heading("What they said")
        layout.user_text(offer.return_comment)
    if offer.earliest_vetted_on and offer.card.start_to_on < offer.earliest_vetted_on:
        layout.warning(
            f"The vetting this offer asks for would be done by {date_words(offer.earliest_vetted_on)} at the "
            "earliest. Move the latest start, or ask for less vetting."
        )


def _actions(offer: offers.OfferDetail) -> None:
    ref = offer.card.ref
    layout.section_heading("What you can do")
    if offer.can_edit:
        layout.button_link("offer-edit", "Change the offer", ref=ref)
    if offer.card.state not in ("draft", "submitted"):
        layout.button_link("candidates", "See applications and candidates", ref=ref)
    if offer.card.state in OVER:
        layout.paragraph("This offer is over. Nothing more can be done with it.")
    decisions("offer", offer.card.state, offer.can, BUTTONS, offers.act, ref, key="offer",
              first_open=offer.card.state in ("draft", "paused"))  # fmt: skip


def _swap(offer: offers.OfferDetail) -> None:
    layout.section_heading("Swap")
    if offer.swap_ref:
        agreed = "Both hosts agree." if offer.swap_agreed else "The other host has not agreed yet."
        layout.paragraph(f"This offer is to be swapped with {offer.swap_ref}. {agreed}")
        layout.link("placement", f"See {offer.swap_ref}", ref=offer.swap_ref)
        return
    layout.paragraph("A swap is two offers that go together: one person goes out and one comes in.")
    if offer.card.state in OVER:
        return
    with st.expander("Suggest a swap"), st.form("swap", border=False, enter_to_submit=False):
        other = forms.text_field("Reference of the other offer", "swap.other_ref", hint="Such as OFR-7K3M2B")
        if st.form_submit_button("Suggest this swap"):
            done, _ = decide(offers.link_swap, offer.card.ref, other)
            if done:
                keep_confirmation("Swap suggested", "The other host has been told.")
            st.rerun()
