"""The way home from a placement: the post and the contact that wait there."""

from typing import Any

import streamlit as st

from programme import placements
from programme.actors import Actor
from programme.permissions import Permission, may
from ui import layout
from ui.actions import decide, keep_confirmation
from ui.decisions import submit
from ui.forms import forget, text_field

RETURNED = ("returned", "followed_up", "cancelled")


def show(actor: Actor, placement: Any) -> None:
    """Show the plan, and its form to those at home."""
    layout.section_heading("The way home")
    layout.summary_list(
        [
            ("Post to return to", placement.return_post or "Not named yet"),
            ("Contact at home", placement.return_contact or "Not named yet"),
        ]
    )
    allowed = (
        may(actor, Permission.PLACEMENT_MANAGE, placement) and placements.side_of(actor, placement) != "host"
    )
    if allowed and placement.state not in RETURNED:
        with st.expander("Plan the return"):
            _return_form(placement)


def _return_form(placement: Any) -> None:
    with st.form("return", enter_to_submit=False, border=False):
        post = text_field("Post to return to", "home.return_post", placement.return_post)
        contact = text_field("Whom to contact at home", "home.return_contact", placement.return_contact)
        pressed = submit("Save the return plan", key="save-return")
    if not pressed:
        return
    if decide(placements.plan_return, placement.ref, return_post=post, return_contact=contact)[0]:
        forget("home.")
        keep_confirmation("Return plan saved")
    st.rerun()
