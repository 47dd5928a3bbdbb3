"""The terms of a placement, the three agreements, and the forms that propose and agree them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from programme import placements
from programme.actors import Actor
from programme.permissions import Permission, may
from programme.placements import NEGOTIABLE, Terms
from ui import layout, words
from ui.actions import decide, keep_confirmation, keep_errors
from ui.decisions import submit
from ui.forms import choice_field, date_errors, date_field, forget, long_field, number_field, text_field

SIDES = ("secondee", "host", "home")
PREFIX = "terms."


def show(actor: Actor, placement: Any) -> None:
    """Show the terms, who has agreed them, and what the reader may do about them."""
    layout.section_heading("Terms")
    layout.summary_list(
        [
            ("First day", words.date_words(placement.starts_on)),
            ("Last day", words.date_words(placement.ends_on)),
            ("Days a week", words.days_words(placement.days_per_week)),
            ("Payroll stays with", words.label("party", placement.payroll_party)),
            ("Share of salary the host pays back", f"{placement.recovery_pct}%"),
            ("Host supervisor’s post", placement.host_supervisor),
        ]
    )
    layout.sub_heading("Objectives")
    if placement.objectives:
        for objective in placement.objectives:
            layout.user_text(objective.wording)
    else:
        layout.paragraph("None proposed yet.")
    _agreements(placement)
    if placement.state not in NEGOTIABLE:
        return
    _agree(actor, placement)
    if may(actor, Permission.PLACEMENT_TERMS, placement):
        with st.expander("Propose other terms", expanded=not placement.objectives):
            _propose(placement)


def _agreements(placement: Any) -> None:
    layout.sub_heading("Who has agreed these terms")
    layout.summary_list(
        (words.label("side", side), words.time_words(getattr(placement, f"agreed_by_{side}_at")) or "Not yet")
        for side in SIDES
    )


def _agree(actor: Actor, placement: Any) -> None:
    side = placements.side_of(actor, placement)
    proposed = placement.objectives and placement.host_supervisor
    if side is None or not proposed or getattr(placement, f"agreed_by_{side}_at"):
        return
    layout.paragraph(
        "When you agree, your agreement is recorded with the time. New terms would ask you again."
    )
    shown = placements.terms_shown(placement)  # kept with the button: what this page said when it was pressed
    st.button(
        "Agree these terms",
        type="primary",
        key="agree-terms",
        on_click=_agree_now,
        args=(placement.ref, shown),
    )


def _agree_now(ref: str, shown: Mapping[str, Any]) -> None:
    if decide(placements.agree_terms, ref, shown=shown)[0]:
        keep_confirmation("You have agreed the terms")


def _propose(placement: Any) -> None:
    layout.paragraph("New terms need the agreement of all three sides, even where some had agreed before.")
    with st.form("propose-terms", enter_to_submit=False, border=False):
        dates = {
            "starts_on": date_field("First day", f"{PREFIX}starts_on", placement.starts_on),
            "ends_on": date_field("Last day", f"{PREFIX}ends_on", placement.ends_on),
        }
        days = number_field("Days a week", f"{PREFIX}days_per_week", float(placement.days_per_week),
                            lowest=0.5, highest=5, step=0.5)  # fmt: skip
        payroll = choice_field(
            "Payroll stays with", f"{PREFIX}payroll_party", "party", placement.payroll_party
        )
        recovery = number_field("Share of salary the host pays back, in %", f"{PREFIX}recovery_pct",
                                placement.recovery_pct, lowest=0, highest=100, step=5)  # fmt: skip
        supervisor = text_field("Host supervisor’s post", f"{PREFIX}host_supervisor", placement.host_supervisor,
                                hint="The post, not the name, below the senior civil service.")  # fmt: skip
        objectives = long_field("Objectives", f"{PREFIX}objectives",
                                "\n".join(objective.wording for objective in placement.objectives),
                                hint="One on each line. Say what will be different at the end.")  # fmt: skip
        pressed = submit("Propose these terms", key="propose")
    if not pressed:
        return
    missing = {name: f"Enter the {name[:-4].replace('starts', 'first').replace('ends', 'last')} day."
               for name, day in dates.items() if day is None}  # fmt: skip
    wrong = date_errors(dates) | missing
    if wrong:
        keep_errors(wrong)
        st.rerun()
    terms = Terms(
        **dates,  # type: ignore[arg-type]  # both are dates: anything else was refused above
        days_per_week=days,
        payroll_party=payroll or "",
        recovery_pct=int(recovery),
        host_supervisor=supervisor,
        objectives=tuple(line.strip() for line in objectives.splitlines() if line.strip()),
    )
    if decide(placements.propose_terms, placement.ref, terms)[0]:
        forget(PREFIX)
        keep_confirmation("Terms proposed", "The other sides can now agree them.")
    st.rerun()
