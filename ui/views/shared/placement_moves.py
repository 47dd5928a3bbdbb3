"""The moves of a placement: what comes next and what is missing for it, and the ways to stop."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from programme import placements
from ui import layout
from ui.decisions import Button, decision

BUTTONS = (
    Button("start_vetting", "Start vetting", "Vetting has started"),
    Button("agree", "Record that everything is agreed", "The placement is agreed"),
    Button("start", "Record the start", "The placement has started"),
    Button("end", "Record the end", "The placement has ended"),
    Button("return", "Record the return home", "The return is recorded"),
    Button("follow_up", "Close the file", "The placement is closed"),
    Button("end_early", "End the placement early", "The placement has ended early",
           "Talk to the other side first. The place on the offer stays used."),
    Button("cancel", "Cancel the placement", "The placement is cancelled",
           "The place on the offer becomes free again."),
)  # fmt: skip
ENDINGS = ("end_early", "cancel")


def onward(placement: Any, can: Collection[str], missing: Mapping[str, tuple[str, ...]]) -> None:
    """The moves that come next, what is missing for each, and their buttons for those who may make them."""
    next_ones = [button for button in BUTTONS if button.action in missing and button.action not in ENDINGS]
    if not next_ones:
        return
    layout.section_heading("What comes next")
    for button in next_ones:
        if missing[button.action]:
            layout.paragraph(f"{button.words}: not yet.")
            layout.bullets(missing[button.action])
        elif button.action in can:
            decision("placement", placement.state, button, placements.act, placement.ref,
                     button.action, key="next", primary=True)  # fmt: skip
        else:
            layout.paragraph(f"{button.words}: ready. The host, the line manager or the programme does it.")


def endings(placement: Any, can: Collection[str]) -> None:
    """The ways to stop, folded, for those who may."""
    ways = [button for button in BUTTONS if button.action in ENDINGS and button.action in can]
    if ways:
        layout.section_heading("If it has to stop")
    for button in ways:
        with st.expander(button.words):
            decision("placement", placement.state, button, placements.act, placement.ref,
                     button.action, key="ending")  # fmt: skip
