"""Equality figures: the latest release, as disclosure control lets it be shown, and making the next one."""

import streamlit as st

from programme import clock, equality_report
from programme.actors import Actor
from ui import layout
from ui.actions import decide, keep_confirmation, read
from ui.charts import show_table
from ui.words import date_words

TOO_FEW = "Too few to report"


def render(actor: Actor) -> None:
    """Each question as a table."""
    report = read(equality_report.latest)
    layout.page_heading("Equality figures")
    layout.paragraph(
        f"Counts are rounded to the nearest {report.control.round_to}. Those under {report.control.threshold}, and "
        "others from which they could be worked out, are not reported. From one release to the next a figure stays as "
        f"it was until it has moved by {report.control.threshold} or more."
    )
    layout.paragraph("Nobody has to answer, and one person can answer twice: read these figures with care.")
    if report.released_on is None:
        layout.empty_state("No figures have been released yet.")
    else:
        layout.notice(f"Released on {date_words(report.released_on)}")
    for table in report.tables:
        layout.section_heading(table.question)
        if not table.confirmed:
            layout.paragraph("Some wording or groups of this question have not been checked at their source.")
        show_table(
            [{"Group": group, "People": TOO_FEW if n is None else f"{n:,}"} for group, n in table.rows],
            alt_text=table.question,
        )
    if clock.today() < report.next_on:
        layout.paragraph(f"The next figures can be released from {date_words(report.next_on)}.")
    elif st.button("Release the figures of today"):
        done, _ = decide(equality_report.release)
        if done:
            keep_confirmation("The figures have been released")
        st.rerun()
