"""Post an offer, or change a draft: everything is kept as it is typed, under an address that comes back to it."""

import streamlit as st

from programme import offer_fields, offers, organisations, store
from programme.actors import Actor
from programme.offer_fields import OfferFields
from ui import forms, layout
from ui.actions import decide, read
from ui.pages import go_to
from ui.views.host.offer_autosave import autosave, open_draft
from ui.views.host.offer_sections import sections


def render(actor: Actor) -> None:
    """Without a reference, the first question; with one, the whole draft."""
    ref = st.query_params.get("ref", "")
    if ref:
        _draft(ref)
    else:
        _new()


def _new() -> None:
    ours = {organisation.ref: organisation.name for organisation in read(organisations.mine)}
    layout.back_link("our-offers", "Our offers")
    layout.page_heading("Post an offer")
    if not ours:
        layout.empty_state(
            "Register your organisation first.", ("register-organisation", "Register an organisation")
        )
        return
    layout.paragraph(
        "Give it a title to begin. Your draft is then kept as you go, and only your organisation sees it."
    )
    with st.form("new-offer", border=False, enter_to_submit=False):
        host = forms.choice_field("Organisation", "new.organisation_ref", ours)
        title = forms.text_field(
            "Title", "new.title", hint="What the person will be, such as “Data adviser for a food bank network”",
            max_chars=100,
        )  # fmt: skip
        kind = forms.choice_field("Kind of placement", "new.kind", "offer_kind")
        if st.form_submit_button("Save and continue", type="primary"):
            fields = OfferFields(title=title, kind=kind or "secondment")
            done, offer = decide(offers.save_draft, fields, organisation_ref=host or "")
            if done and offer is not None:
                go_to("offer-edit", ref=offer.ref)
            st.rerun()


def _draft(ref: str) -> None:
    offer = read(offers.detail, ref)
    layout.back_link("offer-manage", "The offer", ref=ref)
    layout.page_heading("Change your offer", caption=f"{offer.card.organisation} · {ref}")
    if not offer.can_edit:
        layout.warning("This offer is not a draft any more, so it cannot be changed here.")
        return
    stored = read(offers.fields_of, ref)
    layout.paragraph(
        "What you type is kept when you leave a field. You can come back to this page at any time."
    )
    open_draft(ref, f"offer.{ref}", stored)
    given, errors = sections(f"offer.{ref}", stored)
    _warn(given)
    autosave(ref, offer.card.organisation_ref, stored, given, errors)
    layout.button_link("offer-manage", "Continue", ref=ref)
    layout.paragraph("Next: look at the offer as a whole, then send it to be checked.")


def _warn(given: OfferFields) -> None:
    with store.reading() as session:
        warning = offer_fields.start_warning(session, given)
    if warning:
        layout.warning(warning)
