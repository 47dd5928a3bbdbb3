"""Contests: what people ask to be looked at again, answered by somebody who took no part in the first decision."""

from typing import Any

import streamlit as st

from programme import contests
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.decisions import Button, decision
from ui.words import count_words, date_words, label, points_words

ANSWER = Button("answer", "Answer", "Contest answered", "The person reads your words as they stand.")


def render(actor: Actor) -> None:
    """Every contest that the reader may answer, the one due first at the top."""
    waiting = read(contests.waiting)
    layout.back_link("queue", "Queue")
    layout.page_heading("Contests")
    layout.paragraph("Those in which you took a decision yourself are left for somebody else.")
    layout.notice(f"{count_words(len(waiting), 'contest')} to answer")
    for contest in waiting:
        _one(contest)


def _one(contest: Any) -> None:
    shown = contest.shown
    with st.container(border=True):
        layout.section_heading(f"{contest.applicant.ref}: {contest.offer.title}")
        layout.facts(
            (
                ("Reference", contest.ref),
                ("About", label("contest_about", contest.about)),
                ("Asked", date_words(contest.asked_at)),
                ("Answer by", date_words(contest.answer_by_on)),
                ("Score then", points_words(shown["score"])),
                ("Rank then", shown["rank"] or "Not on the list"),
            )
        )
        layout.paragraph(shown["sentence"])
        layout.facts((label("part", name), points_words(points)) for name, points in shown["parts"].items())
        layout.paragraph("What the person says:")
        layout.user_text(contest.wording)
        decision("contest", contest.state, ANSWER, contests.answer, contest.ref, key=contest.ref)
