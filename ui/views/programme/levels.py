"""Grades to settle: grade codes that no table knows, each given a level by a person, never by a guess."""

from typing import Any

import streamlit as st

from programme import levels
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.decisions import submit
from ui.words import LEVEL_HINT, count_words, date_words, label


def render(actor: Actor) -> None:
    """Every grade that waits, the longest first."""
    waiting = read(levels.waiting)
    layout.page_heading("Grades to settle")
    layout.paragraph(
        "The grade tables do not know these grades, and we never guess. Until you give a level, it counts half "
        "way in these people’s scores."
    )
    layout.notice(f"{count_words(len(waiting), 'grade')} to settle")
    for review in waiting:
        _one(review)


def _one(review: Any) -> None:
    person = review.applicant
    key = f"settle.{review.id}"
    with st.container(border=True):
        layout.section_heading(f"{review.grade_code}, {person.organisation.name}")
        layout.facts(
            (
                ("Person", person.ref),
                ("Job", person.job_title),
                ("Sector", label("sector", person.organisation.sector)),
                ("Asked on", date_words(review.asked_at)),
            )
        )
        with st.form(key, border=False, enter_to_submit=False):
            level = forms.choice_field(
                f"Level of {review.grade_code}",
                f"{key}.level",
                "level",
                hint=LEVEL_HINT,
                none="Choose a level",
            )
            reason = forms.long_field(
                f"Reason for {person.ref}",
                f"{key}.reason",
                height=90,
                hint="What you compared it with. The person reads it",
            )
            if submit(f"Settle {review.grade_code} for {person.ref}"):
                done, _ = decide(levels.settle, review.id, level=int(level or 0), reason=reason)
                if done:
                    keep_confirmation(f"{review.grade_code} is now level {level}")
                st.rerun()
