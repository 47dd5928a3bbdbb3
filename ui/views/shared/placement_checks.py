"""The two checks before a placement starts: vetting, and how finance treats VAT."""

from typing import Any

import streamlit as st

from programme import placements
from programme.actors import Actor
from programme.permissions import Permission, may
from programme.placements import BEFORE_START
from ui import layout, words
from ui.actions import decide, keep_confirmation, keep_errors
from ui.choices import choices, name_of
from ui.decisions import submit
from ui.forms import date_errors, date_field, forget, long_field, radio_field

UNDECIDED = "undetermined"
NO_VETTING = "none"


def show(actor: Actor, placement: Any) -> None:
    """Show both checks, and their forms to those who may record them."""
    layout.section_heading("Checks before the start")
    layout.summary_list(
        [
            ("Vetting asked for", name_of("vetting", placement.offer.vetting_code)),
            ("Vetting cleared on", words.date_words(placement.vetting_cleared_on) or _not_cleared(placement)),
            ("VAT", words.label("vat", placement.vat_treatment)),
        ]
    )
    if placement.state not in BEFORE_START:
        return
    if placement.offer.vetting_code != NO_VETTING and may(actor, Permission.PLACEMENT_VET, placement):
        with st.expander("Record that vetting is cleared", expanded=not placement.vetting_cleared_on):
            _vetting(placement)
    if may(actor, Permission.PLACEMENT_FINANCE, placement):
        with st.expander("Record the VAT treatment", expanded=placement.vat_treatment == UNDECIDED):
            _vat(placement)


def _not_cleared(placement: Any) -> str:
    return "Not needed" if placement.offer.vetting_code == NO_VETTING else "Not yet"


def _vetting(placement: Any) -> None:
    with st.form("vetting", enter_to_submit=False, border=False):
        day = date_field("Day on which vetting was cleared", "vetting.cleared_on")
        pressed = submit("Record vetting", key="record-vetting")
    if not pressed:
        return
    wrong = date_errors({"cleared_on": day}) or ({} if day else {"cleared_on": "Enter the day of clearance."})
    if wrong:
        keep_errors(wrong)
    elif decide(placements.record_vetting, placement.ref, cleared_on=day)[0]:  # type: ignore[arg-type]
        forget("vetting.")
        keep_confirmation("Vetting recorded")
    st.rerun()


def _vat(placement: Any) -> None:
    layout.paragraph(
        "This service never decides VAT. A supply of staff is standard-rated unless a relief applies; say which "
        "and why, and the answer is kept with the agreement."
    )
    with st.form("vat", enter_to_submit=False, border=False):
        named = {code: name for code, name in choices("vat").items() if code != UNDECIDED}
        treatment = radio_field("VAT treatment", "vat.treatment", named)
        reason = long_field("Why", "vat.reason", hint="Name the rule or the advice you rely on.", height=100)
        pressed = submit("Record the VAT treatment", key="record-vat")
    if not pressed:
        return
    if decide(placements.record_vat, placement.ref, treatment=treatment or "", reason=reason)[0]:
        forget("vat.")
        keep_confirmation("VAT treatment recorded")
    st.rerun()
