"""What stands above the queue: what else waits, and whether people still decide for themselves."""

import streamlit as st

from programme import complaints, contests, decision_alarm, levels, offers, organisations
from ui import layout
from ui.actions import read
from ui.words import count_words


def elsewhere() -> None:
    """Links to what else waits for the programme team, with how much."""
    waiting = (
        ("offers-to-check", "offer to check", "offers to check", len(read(offers.to_check))),
        (
            "organisations",
            "organisation to check",
            "organisations to check",
            len(read(organisations.waiting)),
        ),
        ("levels", "grade to settle", "grades to settle", len(read(levels.waiting))),
        ("contests", "contest to answer", "contests to answer", len(read(contests.waiting))),
        ("complaints", "complaint to answer", "complaints to answer", len(read(complaints.waiting))),
    )
    layout.paragraph("Also waiting for the programme team:")
    links = "".join(
        f"<li>{layout.anchor(path, count_words(n, one, many))}</li>" for path, one, many, n in waiting
    )
    st.html(f'<nav aria-label="Also waiting"><ul>{links}</ul></nav>')


def first_ranks() -> None:
    """Whether people still decide: the share of approvals that were of the first on the list."""
    found = read(decision_alarm.first_ranks)
    if found.share_pct is None:
        return
    said = (
        f"{found.first} of {count_words(found.ranked, 'approval')} of known rank in the last "
        f"{count_words(found.months, 'month')} were of the first on the list ({found.share_pct:.0f}%)."
    )
    if found.alarm:
        layout.warning(
            f"{said} Above {found.limit_pct:.0f}%, look whether the list is deciding instead of you."
        )
    else:
        layout.paragraph(said)
