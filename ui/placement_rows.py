"""Placements in a list: who, with whom, from when to when, and where it stands."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui import layout
from ui.words import date_words, label, tone

GROUPS = (
    ("Being arranged", ("approved", "vetting", "agreed")),
    ("Under way", ("active",)),
    ("Over", ("ended", "ended_early", "returned", "followed_up", "cancelled")),
)
PER_PAGE = 10


def placement_rows(placements: Sequence[Any], *, nothing: str, other: str = "") -> None:
    """The placements in three groups, each a link to its page.

    ``other`` names the side that the reader is not on ("home" or "host"); both are shown when it is empty.
    """
    if not placements:
        layout.empty_state(nothing)
    for title, states in GROUPS:
        here = [placement for placement in placements if placement.state in states]
        if here:
            layout.section_heading(f"{title} ({len(here)})")
            _page(here, title, other)


def _page(placements: Sequence[Any], title: str, other: str) -> None:
    pages = -(-len(placements) // PER_PAGE)
    page = min(st.session_state.get(f"page-{title}", 1), pages)
    for placement in placements[(page - 1) * PER_PAGE : page * PER_PAGE]:
        _row(placement, other)
    if pages > 1:
        st.pagination(pages, key=f"page-{title}")


def _row(placement: Any, other: str) -> None:
    with st.container(border=True):
        who = f"{placement.applicant.user.name}: {placement.offer.title}"
        layout.card_title("placement-manage", who, heading=3, ref=placement.ref)
        layout.state_tag(label("placement_state", placement.state), tone("placement_state", placement.state))
        sides = [("Home organisation", placement.home.name), ("Host", placement.host.name)]
        shown = [side for side in sides if not other or side[0].lower().startswith(other)]
        dates = f"{date_words(placement.starts_on)} to {date_words(placement.ends_on)}"
        layout.facts((*shown, ("Dates", dates)))
