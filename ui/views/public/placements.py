"""Find a placement: search, filter and sort the open offers. The page's address holds what was asked."""

from collections.abc import Mapping

import streamlit as st

from programme import offers
from programme.actors import Actor
from programme.offers import OfferFilters
from ui import layout, words
from ui.actions import read
from ui.cards import offer_card
from ui.choices import choices
from ui.forms import question
from ui.words import LABELS

PER_PAGE = 10
ANY = ""
FILTERS = ("direction", "mission", "region", "kind", "level", "remote")


def render(actor: Actor) -> None:
    """Show the open placements that fit the filters."""
    layout.page_heading("Find a placement")
    filters = _ask()
    key, first = _page_of(filters)
    found = read(offers.browse, filters, page=st.session_state.get(key, first), per_page=PER_PAGE)
    layout.notice(f"{words.count_words(found.total, 'placement')} found")
    if not found.total:
        layout.empty_state(
            "No open placement fits all of these. Try fewer filters, or other words.",
            ("placements", "Clear the search and all filters"),
        )
    for card in found.items:
        offer_card(card)
    if found.pages > 1:
        st.pagination(found.pages, key=key, default=min(first, found.pages))
    _keep("page", str(found.page), "1")


def _ask() -> OfferFilters:
    text = st.text_input(
        question("Search", "By title, task, place or organisation"),
        key="text",
        bind="query-params",
        type="search",
    )
    with st.expander("Filters and order", expanded=any(st.query_params.get(name) for name in FILTERS)):
        left, right = st.columns(2)
        with left:
            direction = _filter("Who it is for", "direction", LABELS["direction_for"])
            mission = _filter("Mission", "mission", choices("mission_name"))
            region = _filter("Region", "region", choices("region"))
            level = _filter("Level", "level", choices("level"))
        with right:
            kind = _filter("Kind", "kind", LABELS["offer_kind"])
            remote = _filter("Where the work is done", "remote", LABELS["remote"])
            sort = _list("Order", "sort", LABELS["sort"])
        layout.link("placements", "Clear the search and all filters")
    return OfferFilters(
        text=(text or "").strip(),
        direction=direction,
        mission=mission,
        region=region,
        kind=kind,
        level=int(level) if level else None,
        remote=remote,
        sort=sort,
    )


def _filter(label: str, key: str, options: Mapping[str, str]) -> str | None:
    return _list(label, key, {ANY: "Any", **options}) or None


def _list(label: str, key: str, options: Mapping[str, str]) -> str:
    """One of a list, held in the address by its code. The first is what an address without it means."""
    first = next(iter(options))
    asked = st.query_params.get(key, first)
    st.session_state.setdefault(key, asked if asked in options else first)
    chosen = st.selectbox(question(label), list(options), format_func=lambda code: options[code], key=key)
    _keep(key, chosen, first)
    return str(chosen)


def _keep(name: str, value: str, usual: str) -> None:
    """Hold a value in the address, unless it is what the address means without it."""
    if value != usual:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _page_of(filters: OfferFilters) -> tuple[str, int]:
    """The key of the list's page and the page it begins with: the address's at first, then 1 for each search."""
    before = st.session_state.setdefault("_search", (filters, 0, _number(st.query_params.get("page", ""))))
    if before[0] != filters:
        st.session_state["_search"] = before = (filters, before[1] + 1, 1)
    return f"page-{before[1]}", before[2]


def _number(text: str) -> int:
    return max(int(text), 1) if text.isdigit() and text.isascii() else 1
