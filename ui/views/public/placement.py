"""One placement: what it involves, who hosts it, who pays, and whether the reader could go."""

import streamlit as st

from programme import applications, offers, recommendations
from programme.actors import Actor
from programme.errors import NotFound
from programme.offers import OfferDetail
from programme.recommendations import Recommendation
from ui import layout, words
from ui.actions import read
from ui.cards import match_card
from ui.offer_facts import offer_facts

LIVE = ("draft", "awaiting_release", "submitted", "shortlisted", "selected")


def render(actor: Actor) -> None:
    """Show the offer that the address names."""
    offer = read(offers.detail, st.query_params.get("ref", ""))
    layout.back_link("placements", "All placements")
    layout.page_heading(offer.card.title, caption=offer.card.organisation)
    layout.state_tag(
        words.label("offer_state", offer.card.state), words.tone("offer_state", offer.card.state)
    )
    if offer.return_comment:
        layout.warning(f"Sent back: {offer.return_comment}")
    layout.paragraph(offer.card.summary)
    _your_move(actor, offer)
    layout.section_heading("About this placement")
    offer_facts(offer, summary=False)
    _vetting(offer)
    _origin(offer)


def _your_move(actor: Actor, offer: OfferDetail) -> None:
    ref = offer.card.ref
    if actor.user_id is None:
        layout.paragraph("To apply, and to see how well it suits you and whether you could go, sign in.")
        layout.button_link("sign-in", "Sign in to apply", next=layout.address("placement", ref=ref))
    elif "applicant" in actor.roles:
        _for_applicant(ref)
    elif "submit" in offer.can or offer.can_edit:
        layout.link("offer-manage", "Manage this offer", ref=ref)


def _for_applicant(ref: str) -> None:
    try:
        fit = read(recommendations.for_offer, ref)
    except NotFound as missing:
        layout.paragraph(missing.message)
        layout.button_link("profile", "Fill in your profile")
        return
    live = [each for each in read(applications.mine) if each.offer.ref == ref and each.state in LIVE]
    if live:
        layout.section_heading("You have applied")
        layout.paragraph(words.label("application_state", live[0].state))
        layout.link("application", "See your application", ref=live[0].ref)
    else:
        _can_you_go(fit, ref)
    layout.section_heading("How well it suits you")
    match_card(fit, key="fit", whose=fit.offer.title)


def _can_you_go(fit: Recommendation, ref: str) -> None:
    layout.section_heading("Can you go?")
    to_see = [ruling for ruling in fit.rulings if ruling.answer == "needs_a_look"]
    if not fit.eligible:
        layout.warning("Not as things stand.")
        layout.bullets(fit.reasons)
    elif to_see:
        layout.paragraph("Probably. Somebody will have to look at this:")
        layout.bullets(ruling.reason for ruling in to_see)
    else:
        layout.paragraph("Yes: every rule says that you can.")
    layout.link("can-i-go", "See every rule and what would change it", ref=ref)
    if fit.eligible and fit.offer.state == "published":
        layout.button_link("apply", "Apply for this placement", ref=ref)


def _vetting(offer: OfferDetail) -> None:
    if offer.earliest_vetted_on is None:
        return
    layout.section_heading("When somebody without clearance could start")
    layout.paragraph(
        f"Vetting asked for today can be counted on by {words.date_words(offer.earliest_vetted_on)}. "
        "Somebody who already holds the clearance can start sooner."
    )


def _origin(offer: OfferDetail) -> None:
    if offer.swap_ref:
        layout.section_heading("A swap")
        layout.link("placement", "See the placement that goes the other way", ref=offer.swap_ref)
    if offer.imported_from:
        layout.paragraph(f"Imported from: {offer.imported_from}")
    layout.paragraph(f"Reference {offer.card.ref}. We name a contact’s role, not the person.")
