"""What stands around every page: the service's name, who is signed in, the banner and the footer."""

from html import escape

import streamlit as st

from programme.actors import Actor
from programme.pages import SERVICE_NAME
from ui import layout
from ui.identity import form_token


def service_bar(actor: Actor) -> None:
    """The service's name, and signing in or out."""
    if actor.user_id is None:
        who = layout.anchor("sign-in", "Sign in")
    else:
        who = f"<span>Signed in as {escape(actor.name)}</span> {_sign_out()}"
    st.html(
        f'<div class="sp-bar"><a class="sp-service" href="/">{escape(SERVICE_NAME)}</a><div>{who}</div></div>'
    )


def demonstration_banner() -> None:
    """Said on every page of a demonstration."""
    st.html(
        '<p class="sp-banner"><strong class="sp-tag sp-tag-blue">Demonstration</strong> '
        "Every person and organisation here is invented.</p>"
    )


def footer() -> None:
    """Links that every page needs."""
    links = (
        layout.anchor("how-matching-works", "How matching works"),
        layout.anchor("accessibility", "Accessibility statement"),
        layout.anchor("placements", "Find a placement"),
    )
    items = "".join(f"<li>{link}</li>" for link in links)
    st.html(f'<div class="sp-footer"><ul class="sp-links">{items}</ul></div>')


def _sign_out() -> str:
    """A button that posts, because a link must never change anything; a link to one where it cannot."""
    token = form_token()
    if not token:
        return layout.anchor("sign-out", "Sign out")
    return (
        '<form method="post" action="/sign-out">'
        f'<input type="hidden" name="form_token" value="{escape(token)}">'
        '<button class="sp-text-button" type="submit">Sign out</button></form>'
    )
