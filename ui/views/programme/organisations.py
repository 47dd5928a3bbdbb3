"""Organisations: check those that wait, and look any of them up."""

from typing import Any

import streamlit as st

from programme import organisations, reference, store
from programme.actors import Actor
from programme.errors import Invalid
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.choices import name_of
from ui.decisions import submit
from ui.words import count_words, date_words, label, tone

PER_PAGE = 20


def render(actor: Actor) -> None:
    """Those to check first, then all of them with a search."""
    waiting = read(organisations.waiting)
    layout.page_heading("Organisations")
    layout.section_heading(f"To check ({len(waiting)})")
    if not waiting:
        layout.paragraph("No organisation waits to be checked.")
    for organisation in waiting:
        with st.container(border=True):
            layout.sub_heading(organisation.name)
            _facts(organisation)
            _verify(organisation, actor)
    layout.section_heading("All organisations")
    _all()


def _facts(organisation: Any) -> None:
    layout.facts(
        (
            ("Reference", organisation.ref),
            ("Kind", label("form", organisation.form)),
            ("Sector", label("sector", organisation.sector)),
            ("Income", name_of("income_band", organisation.income_band) or "Does not apply"),
            (
                "Place",
                ", ".join(
                    p for p in (organisation.place_name, name_of("region", organisation.region_code)) if p
                ),
            ),
            ("Website", organisation.website),
            ("Register", name_of("register", organisation.register_scheme) or "Not on a register"),
            ("Number", organisation.register_number),
            ("Form of the number", _form_of_number(organisation)),
            ("Registered on", date_words(organisation.created_at)),
        )
    )
    if organisation.about:
        layout.user_text(organisation.about)


def _form_of_number(organisation: Any) -> str:
    if not organisation.register_scheme:
        return "Nothing to check: ask for a constitution or a bank letter instead"
    try:
        with store.reading() as session:
            kept = reference.check_identifier(
                session, organisation.register_scheme, organisation.register_number or ""
            )
    except Invalid as refusal:
        return f"Wrong: {refusal.message}"
    return f"Right: {kept}. Look it up on the register before you accept it"


def _verify(organisation: Any, actor: Actor) -> None:
    if organisation.id in actor.organisations():
        layout.warning("You belong to this organisation, so somebody else must check it.")
        return
    key = f"verify.{organisation.ref}"
    with st.form(key, border=False, enter_to_submit=False):
        note = forms.long_field(
            "What you checked and where",
            f"{key}.note",
            height=90,
            hint=f"About {organisation.name}; its host reads it",
        )
        accepted = submit(f"Accept {organisation.name}", primary=True)
        refused = submit(f"Do not accept {organisation.name}")
    if accepted or refused:
        decision = "verified" if accepted else "refused"
        done, _ = decide(organisations.verify, organisation.ref, decision=decision, note=note)
        if done:
            keep_confirmation(f"{organisation.name}: {label('verification', decision).lower()}")
        st.rerun()


def _all() -> None:
    text = forms.text_field("Search", "organisations.text", hint="A name, a number or a reference")
    found = read(organisations.every, text=text)
    layout.notice(f"{count_words(len(found), 'organisation')} found")
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(st.session_state.get("organisations.page", 1), pages)
    for organisation in found[(page - 1) * PER_PAGE : page * PER_PAGE]:
        with st.expander(
            layout.plain(f"{organisation.name} ({label('verification', organisation.verification)})")
        ):
            layout.state_tag(
                label("verification", organisation.verification),
                tone("verification", organisation.verification),
            )
            _facts(organisation)
            layout.summary_list((("Note from the check", organisation.verification_note),))
    if pages > 1:
        st.pagination(pages, key="organisations.page")
