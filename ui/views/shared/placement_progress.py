"""A placement under way and over: check-ins, and what became of the objectives."""

from typing import Any

import streamlit as st

from programme import clock, placements
from programme.actors import Actor
from programme.permissions import Permission, may
from programme.placements import BEFORE_START, JUDGED
from ui import layout, words
from ui.actions import decide, keep_confirmation, keep_errors
from ui.choices import choices
from ui.decisions import submit
from ui.forms import choice_field, date_errors, date_field, forget, long_field, radio_field

RUNNING = "active"
READ_CHECK_INS = (
    Permission.PLACEMENT_CHECK_IN,
    Permission.PLACEMENT_MANAGE,
)  # not those who see to money or vetting


def show(actor: Actor, placement: Any) -> None:
    """Show the parts that its state allows, with the reader's forms."""
    if placement.state not in BEFORE_START and placement.state != "cancelled":
        if any(may(actor, permission, placement) for permission in READ_CHECK_INS):
            _check_ins(actor, placement)
        _objectives(actor, placement)


def _check_ins(actor: Actor, placement: Any) -> None:
    layout.section_heading("Check-ins")
    if not placement.check_ins:
        layout.paragraph("None yet.")
    for row in placement.check_ins:
        with st.container(border=True):
            layout.sub_heading(words.date_words(row.held_on))
            layout.summary_list(
                [
                    ("How it goes", words.label("mood", row.mood)),
                    ("Going well", row.going_well),
                    ("Hard", row.hard or "Nothing said"),
                    ("Help wanted", row.help_wanted or "Nothing said"),
                ]
            )
    if placement.state == RUNNING and may(actor, Permission.PLACEMENT_CHECK_IN, placement):
        with st.expander("Record a check-in"):
            _check_in_form(placement)


def _check_in_form(placement: Any) -> None:
    layout.paragraph("Both organisations and the programme can read this.")
    with st.form("check-in", enter_to_submit=False, border=False):
        held_on = date_field("When you talked", "check_in.held_on", clock.today())
        mood = radio_field("How does it go?", "check_in.mood", "mood")
        going_well = long_field("What is going well?", "check_in.going_well", height=100)
        hard = long_field("What is hard?", "check_in.hard", hint="You can leave this empty.", height=100)
        wanted = long_field(
            "What would help?", "check_in.help_wanted", hint="You can leave this empty.", height=100
        )
        pressed = submit("Record the check-in", key="record-check-in")
    if not pressed:
        return
    wrong = date_errors({"held_on": held_on}) or ({} if held_on else {"held_on": "Enter the day you talked."})
    if wrong:
        keep_errors(wrong)
    elif decide(
        placements.check_in, placement.ref, held_on=held_on, mood=int(mood) if mood else None,  # type: ignore[arg-type]
        going_well=going_well, hard=hard, help_wanted=wanted,
    )[0]:  # fmt: skip
        forget("check_in.")
        keep_confirmation("Check-in recorded")
    st.rerun()


def _objectives(actor: Actor, placement: Any) -> None:
    layout.section_heading("What became of the objectives")
    for objective in placement.objectives:
        layout.user_text(objective.wording)
        layout.summary_list(
            (f"In the eyes of the {side}", _result(getattr(objective, f"result_{side}")))
            for side in ("secondee", "host")
        )
    side = placements.side_of(actor, placement)
    if placement.objectives and side in ("secondee", "host") and placement.state in JUDGED:
        with st.expander("Say what became of each"):
            _objectives_form(placement, side)


def _result(result: Any) -> str:
    return words.label("objective_result", result) if result else "Not said yet"


def _objectives_form(placement: Any, side: str) -> None:
    with st.form("objectives", enter_to_submit=False, border=False):
        chosen = {
            objective.id: choice_field(objective.wording, f"objective.{objective.id}", choices("objective_result"),
                                       getattr(objective, f"result_{side}"), none="Not said yet")
            for objective in placement.objectives
        }  # fmt: skip
        pressed = submit("Save", key="save-objectives")
    if not pressed:
        return
    results = {objective_id: result for objective_id, result in chosen.items() if result}
    if decide(placements.judge_objectives, placement.ref, results)[0]:
        keep_confirmation("Saved")
    st.rerun()
