"""For you: the placements open to the reader, ranked, each with the reasons for its place."""

import streamlit as st

from programme import recommendations
from programme.actors import Actor
from programme.errors import NotFound
from programme.recommendations import Recommendation
from ui import layout, words
from ui.actions import read
from ui.cards import changes_list, match_card, offer_card_facts, offer_title
from ui.impressions import note_shown

AT_ONCE = 10
LOOKED_AT = 60
"""How many offers beyond the reader's reach are looked at to find the nearest ones."""
_SHOWN = "recommendations_shown"
OTHER_SIDE = ("direction", "own_organisation")
"""Rules that nothing in a profile can change: such offers are for other people, so they are not listed."""


def render(actor: Actor) -> None:
    """Show the reader's ranked list."""
    layout.page_heading("Placements for you")
    shown = st.session_state.setdefault(_SHOWN, AT_ONCE)
    try:
        found = read(recommendations.for_applicant, k=shown)
    except NotFound as missing:
        layout.paragraph(missing.message)
        layout.button_link("profile", "Fill in your profile")
        return
    layout.paragraph(
        "The order comes from your profile and the placements, part by part. So that a few placements do not "
        "get all the interest, those that suit many people come a little later than their score. Nothing is "
        "hidden below a score. A score is a suggestion, not a decision."
    )
    layout.link("how-matching-works", "How matching works")
    layout.notice(f"{words.count_words(found.total, 'placement')} you could go to")
    if not found.items:
        layout.empty_state(
            "No open placement fits your profile as it stands.", ("profile", "Change your profile")
        )
    for item in found.items:
        _item(item)
    if found.total > shown:
        st.button(f"Show {AT_ONCE} more", key="more", on_click=_show_more)
    _out_of_reach(found.total)
    st.caption(
        f"Scored with {layout.plain(found.model_version)}, data {layout.plain(found.fingerprint[:12])}."
    )
    note_shown(found)


def _show_more() -> None:
    st.session_state[_SHOWN] += AT_ONCE


def _item(item: Recommendation) -> None:
    card = item.offer
    with st.container(border=True):
        offer_title(card, whom=False)
        offer_card_facts(card)
        match_card(item, key=card.ref, whose=card.title)
        _changes(card.ref)
        layout.link("look-again", f"Ask a person to look again at {card.title}", ref=card.ref)
        to_see = [ruling.reason for ruling in item.rulings if ruling.answer == "needs_a_look"]
        if to_see:
            layout.paragraph("Somebody would have to look at this first:")
            layout.bullets(to_see)


@st.fragment
def _changes(ref: str) -> None:
    """Worked out when it is opened, without running the whole list again."""
    with st.expander("What would change this score", key=f"changes-{ref}", on_change="rerun") as changes:
        if changes.open:
            changes_list(read(recommendations.changes, ref))


@st.fragment
def _out_of_reach(eligible: int) -> None:
    layout.section_heading("Placements you could not go to")
    with st.expander(
        "Show them, with what would have to change", key="out-of-reach", on_change="rerun"
    ) as them:
        if not them.open:
            return
        found = read(recommendations.for_applicant, k=eligible + LOOKED_AT, include_ineligible=True)
        near = [item for item in found.items[eligible:] if not _for_others(item)]
        if not near:
            layout.paragraph("None: every open placement for people like you is in the list above.")
        for item in near[:AT_ONCE]:
            offer_title(item.offer, heading=3)
            layout.bullets(item.reasons)


def _for_others(item: Recommendation) -> bool:
    return any(ruling.rule in OTHER_SIDE and ruling.answer == "no" for ruling in item.rulings)
