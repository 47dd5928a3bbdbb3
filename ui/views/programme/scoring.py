"""How the score is set: the points in force, what outcomes say of them, and the decision to change them."""

import streamlit as st

from programme import learning
from programme.actors import Actor
from programme.learning import Standing
from programme.permissions import Permission, may
from ui import layout
from ui.actions import decide, keep_confirmation, read
from ui.decisions import Button, decision
from ui.list_order import list_order
from ui.score_tables import (
    figures_table,
    later_sentence,
    needed_before_a_change,
    points_before_and_after,
    points_in_force,
    version_card,
)
from ui.words import count_words, date_words, time_words

PROMOTE = Button(
    "promote", "Put these points in force", "The new points hold from tomorrow",
    "Every list is then ranked with them. The points before are kept, and you can go back to them.",
)  # fmt: skip
ROLL_BACK = Button(
    "roll_back", "Go back to the points before", "The points before hold again from tomorrow",
    "The change holds today for the last time. It stays on record.",
)  # fmt: skip


def render(actor: Actor) -> None:
    """Points, evidence, what was learnt in shadow, the decision, and every version so far."""
    found = read(learning.standing)
    decides = may(actor, Permission.SCORE_DECIDE)
    layout.page_heading("How the score is set")
    layout.paragraph(
        "A score adds six parts. These are the most points that each can give. They change only by a dated "
        "decision on this page, never by themselves."
    )
    layout.section_heading("Points in force")
    points_in_force(found)
    if found.next_change_on:
        layout.warning(f"Other points hold from {date_words(found.next_change_on)}.")
    layout.section_heading("How lists are ordered")
    list_order()
    _evidence(found, decides)
    _shadow(found, decides)
    _in_force(found, decides)
    layout.section_heading("Versions so far")
    if not found.versions:
        layout.empty_state(
            "None has been kept yet. The first is kept when points are learnt for the first time."
        )
    for version in found.versions:
        version_card(version)


def _evidence(found: Standing, decides: bool) -> None:
    layout.section_heading("Evidence so far")
    layout.summary_list(
        (
            ("Pairs shown whose outcome is known", f"{found.accepted:,}"),
            ("Pairs shown that are still undecided", f"{found.undecided:,}"),
            ("Placements of which it is known how they went", f"{found.went_well:,}"),
        )
    )
    layout.paragraph(
        "A pair is good when both sides said yes. One that nobody took up counts as not good "
        f"{count_words(found.thresholds.wait_days, 'day')} after it was first shown."
    )
    layout.sub_heading("What is needed before a change is allowed")
    layout.bullets(needed_before_a_change(found))
    if decides and st.button("Learn from the outcomes so far", key="fit"):
        done, _ = decide(learning.fit_shadow)
        if done:
            keep_confirmation(
                "Points have been learnt in shadow", "They rank nobody. See what they would change."
            )
        st.rerun()


def _shadow(found: Standing, decides: bool) -> None:
    layout.section_heading("Learnt in shadow")
    version = found.shadow
    if version is None:
        layout.paragraph("Nothing is in shadow. The points in force rank every list.")
        return
    layout.paragraph(
        f"Learnt on {time_words(version.created_at)} from pairs first shown between "
        f"{date_words(version.first_shown_on)} and {date_words(version.last_shown_on)}. It ranks nobody."
    )
    figures_table(version.figures)
    points_before_and_after(found.points, version.points)
    layout.paragraph(version.figures["reason"])
    if found.in_the_way:
        layout.sub_heading("Why this cannot be put in force")
        layout.bullets(found.in_the_way)
    elif decides:
        layout.sub_heading("Your decision")
        decision("score_version", "shadow", PROMOTE, learning.promote, version.ref, key="score", primary=True)


def _in_force(found: Standing, decides: bool) -> None:
    version = found.promoted
    if version is None or version.base_id is None:
        return
    layout.section_heading("The last change")
    layout.paragraph(f"Learnt points, in force from {date_words(version.valid_from)}. {version.reason}")
    if found.later is not None:
        layout.paragraph(later_sentence(found.later, found.thresholds.worse_in_se))
    if decides:
        with st.expander("Go back to the points before"):
            decision("score_version", "promoted", ROLL_BACK, learning.roll_back, version.ref, key="score")
