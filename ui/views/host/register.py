"""Register an organisation: for someone signed in, or together with an account for someone who is not."""

import streamlit as st

from programme import organisations, store
from programme.actors import Actor
from programme.errors import Refused
from ui import forms, layout
from ui.actions import decide, keep_confirmation, keep_refusal
from ui.pages import go_to

CHARITY_FORMS = ("charity", "social_enterprise", "unregistered_group")


def render(actor: Actor) -> None:
    """One form; a programme manager checks every organisation before its offers go live."""
    layout.page_heading("Register an organisation")
    layout.paragraph(
        "Any charity, social enterprise or government body can host. A programme manager checks each one by hand. "
        "Small and unregistered groups are welcome: leave the register empty."
    )
    organisation = _organisation()
    account = {} if actor.user_id is not None else _account()
    if not st.button("Register", type="primary"):
        return
    if actor.user_id is not None:
        done, _ = decide(organisations.register, organisation)
        _answer(done, signed_in=True)
    else:
        _answer(_with_account(organisation, account), signed_in=False)


def _organisation() -> organisations.NewOrganisation:
    layout.section_heading("The organisation")
    name = forms.text_field("Name", "register.name")
    form = forms.choice_field("Kind of organisation", "register.form", "form") or ""
    charity = form in CHARITY_FORMS
    band = scheme = number = None
    if charity:
        band = forms.choice_field("Income last year", "register.income_band", "income_band")
        scheme = forms.choice_field(
            "Register", "register.register_scheme", "register", none="Not on a register"
        )
        number = forms.text_field("Number on the register", "register.register_number") if scheme else None
    return organisations.NewOrganisation(
        name=name,
        sector="civil_society" if charity else "government",
        form=form,
        region_code=forms.choice_field("Region", "register.region_code", "region") or "",
        place_name=forms.text_field("Town or city", "register.place_name"),
        about=forms.long_field(
            "What you do", "register.about", hint="A few sentences that applicants will read"
        ),
        website=forms.text_field("Website (optional)", "register.website", hint="It starts with https://"),
        income_band=band,
        register_scheme=scheme,
        register_number=number,
    )


def _account() -> dict[str, str]:
    layout.section_heading("You")
    name = forms.text_field("Your name", "register.contact_name")
    email = forms.text_field("Your work e-mail address", "register.email")
    layout.field_error("password")
    password = st.text_input(
        forms.question("Choose a password", "At least 12 characters"),
        type="password",
        key="register.password",
    )
    return {"contact_name": name, "email": email, "password": password}


def _with_account(organisation: organisations.NewOrganisation, account: dict[str, str]) -> bool:
    try:
        with store.writing() as session:
            organisations.register_with_account(session, organisation, **account)
    except Refused as refusal:
        keep_refusal(refusal)
        return False
    return True


def _answer(done: bool, *, signed_in: bool) -> None:
    if not done:
        st.rerun()
    forms.forget("register.")
    keep_confirmation(
        "Your organisation is registered",
        "A programme manager will check it. You can write your first offer now."
        + ("" if signed_in else " Sign in with the e-mail address and password you have chosen."),
    )
    go_to("our-organisation" if signed_in else "")
