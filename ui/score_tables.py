"""The score's points and the figures behind a change of them, as tables, pictures and sentences."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import matching
from programme.learning import ScoreVersion, Standing
from ui import layout
from ui.charts import Bar, bar_chart, bar_chart_with_table, show_table
from ui.words import count_words, date_words, label, points_words, time_words, tone


def points_in_force(found: Standing) -> None:
    """The points of each part on both sides' lists and in the match score."""
    columns = {
        "Host’s list": found.sides["host"],
        "Person’s list": found.sides["applicant"],
        "Match score": found.points,
    }
    bar_chart(
        [Bar(label("part", part), points, points_words(points)) for part, points in found.points.items()],
        key="points-in-force",
        alt_text="Points of each part in the match score",
    )
    show_table(
        [
            {"Part": label("part", part)} | {name: points_words(side[part]) for name, side in columns.items()}
            for part in found.points
        ],
        alt_text="Points of each part, on each side’s list and in the match score",
    )


def points_before_and_after(before: Mapping[str, float], after: Mapping[str, float]) -> None:
    """The points in force beside the learnt ones, part by part."""
    bars = [
        Bar(f"{label('part', part)}, {when}", points[part], points_words(points[part]))
        for part in before
        for when, points in (("now", before), ("learnt", after))
    ]
    bar_chart_with_table(
        bars, key="points-learnt", alt_text="Points now and learnt", columns=("Part", "Points")
    )


def figures_table(figures: Mapping[str, Any]) -> None:
    """What the points in force and the learnt ones reach on outcomes that neither was fitted to."""
    rows = [
        (name, figures[f"{key}_before"], figures[f"{key}_after"])
        for name, key in (("Log loss", "log_loss"), ("Brier score", "brier"))
    ]
    show_table(
        [
            {"Lower is better": name, "Points now": f"{was:.4f}", "Learnt": f"{now:.4f}"}
            for name, was, now in rows
        ],
        alt_text="Errors of the points now and of the learnt points, on outcomes not used to fit them",
    )
    people = count_words(figures["groups"], "person", "people")
    layout.paragraph(
        f"From {count_words(figures['n'], 'outcome')} of {people}, {figures['good']:,} of them good. Nobody’s outcomes "
        f"were judged by a model that had seen them. The log loss falls by {figures['gain']:.4f}, with a "
        f"standard error of {figures['gain_se']:.4f}."
    )


def needed_before_a_change(found: Standing) -> tuple[str, ...]:
    """What must be true before learnt points may replace those in force, in words, with where it stands."""
    limits = found.thresholds
    return (
        f"{count_words(limits.min_outcomes, 'outcome')} before anything is fitted. There are {found.accepted:,}.",
        f"{count_words(limits.promote_from, 'outcome')} before a change is allowed.",
        f"Better on outcomes not used to fit it, by more than {_errors(limits.gain_in_se)}.",
        "The decision of a programme manager, with a reason. It holds from the next day.",
    )


def later_sentence(later: matching.RollBack, worse_in_se: float) -> str:
    """What the outcomes since a change say of it."""
    seen = (
        f"On {count_words(later.n, 'outcome')} since then the Brier score is {later.brier_after:.4f}; "
        f"the points before would have had {later.brier_before:.4f}."
    )
    if later.advised:
        return f"{seen} That is worse by more than {_errors(worse_in_se)}: go back to the points before."
    return f"{seen} Nothing asks for going back."


def version_card(version: ScoreVersion) -> None:
    """One version: its state, what it was learnt from, its points, and why it was decided on."""
    with st.container(border=True):
        layout.sub_heading(version.ref)
        layout.state_tag(label("score_state", version.state), tone("score_state", version.state))
        layout.facts(
            (
                ("Of", label("score_question", version.question)),
                ("Kept", time_words(version.created_at)),
                ("Outcomes", version.figures.get("n")),
                ("Holds from", date_words(version.valid_from)),
            )
        )
        points = version.points.items()
        layout.paragraph(", ".join(f"{label('part', part)} {points_words(most)}" for part, most in points))
        if version.reason:
            layout.user_text(version.reason)


def _errors(count: float) -> str:
    return f"{count:g} standard {'error' if count == 1 else 'errors'}"
