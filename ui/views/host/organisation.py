"""Our organisation: its details, whether it has been checked, and who else may act for it."""

from typing import Any

import streamlit as st

from programme import organisations
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.choices import name_of
from ui.words import date_words, label, tone

WHAT_IT_MEANS = {
    "pending": "A programme manager is checking your details. You can write offers now; they go live after the check.",
    "verified": "Your offers can go live.",
    "refused": "Your organisation has not been accepted. Read the note, and write to the programme team.",
}


def render(actor: Actor) -> None:
    """Each organisation that the actor is a host for."""
    layout.page_heading("Our organisation")
    for organisation in read(organisations.mine):
        _one(organisation)
    layout.section_heading("Another organisation")
    layout.link("register-organisation", "Register another organisation")


def _one(organisation: Any) -> None:
    state = str(organisation.verification)
    layout.section_heading(organisation.name)
    layout.state_tag(label("verification", state), tone("verification", state))
    layout.paragraph(WHAT_IT_MEANS[state])
    layout.summary_list(
        (
            ("Reference", organisation.ref),
            ("Kind", label("form", organisation.form)),
            ("Sector", label("sector", organisation.sector)),
            ("Income", name_of("income_band", organisation.income_band) or "Does not apply"),
            ("Region", name_of("region", organisation.region_code)),
            ("Place", organisation.place_name),
            ("Register", name_of("register", organisation.register_scheme) or "Not on a register"),
            *((("Number", organisation.register_number),) if organisation.register_number else ()),
            ("Website", organisation.website),
            ("Checked", date_words(organisation.verified_at) or "Not yet"),
            ("Note from the programme", organisation.verification_note or "None"),
        )
    )
    if organisation.about:
        layout.user_text(organisation.about)
    with st.expander("Add a colleague who can act for this organisation"):
        _add_member(organisation.ref)


def _add_member(ref: str) -> None:
    layout.paragraph("They can post offers and read applications. They get a message with a link to sign in.")
    with st.form(f"member-{ref}", border=False, enter_to_submit=False):
        name = forms.text_field("Name", f"member.{ref}.name")
        email = forms.text_field("Work e-mail address", f"member.{ref}.email")
        if st.form_submit_button("Add colleague"):
            done, _ = decide(organisations.add_host_member, ref, name=name, email=email)
            if done:
                forms.forget(f"member.{ref}")
                keep_confirmation(f"{name} can now act for your organisation")
            st.rerun()
