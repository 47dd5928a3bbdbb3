"""Cards: one offer in a list, and why an offer and a person suit each other.

Everything an organisation or a person typed is escaped here and never read as Markdown.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

import streamlit as st

from programme.offers import OfferCard
from ui import layout, words
from ui.charts import parts_chart, show_table
from ui.choices import choices


class Scored(Protocol):
    """What a match card needs: a recommendation to an applicant or a candidate of an offer both have it."""

    @property
    def rank(self) -> int:
        """The place in the list, from 1."""

    @property
    def score(self) -> float:
        """The score, from 0 to 100."""

    @property
    def parts(self) -> Mapping[str, float]:
        """The points of each part."""

    @property
    def out_of(self) -> Mapping[str, float]:
        """The most points that each part can give."""

    @property
    def explanation(self) -> Any:
        """The ``matching.explanations.Explanation`` of the pair."""


def offer_card(card: OfferCard, *, heading: int = 2) -> None:
    """An offer in a list: its title as a link, who hosts it, and the facts that decide whether to read on.

    ``heading`` is the level of the card's heading: one more than that of the heading above the list.
    """
    with st.container(border=True):
        offer_title(card, heading=heading)
        layout.paragraph(card.summary)
        offer_card_facts(card)


def offer_title(card: OfferCard, *, heading: int = 2, whom: bool = True) -> None:
    """An offer's title as a heading and link, with its host and, if ``whom``, who it is for."""
    link = layout.anchor("placement", card.title, ref=card.ref)
    who = (
        f"{card.organisation} · {words.label('direction_for', card.direction)}" if whom else card.organisation
    )
    st.html(f'<h{heading} class="sp-card-title">{link}</h{heading}><p class="sp-caption">{escape(who)}</p>')


def offer_card_facts(card: OfferCard) -> None:
    """What decides whether to read on: missions, kind and level, place, time, start and closing date."""
    layout.facts(
        (
            ("Missions", mission_words(card.missions, short=True) or "None named"),
            ("For", f"{words.label('offer_kind', card.kind)}, {_levels(card)}"),
            ("Where", place_words(card)),
            ("Time", time_words(card)),
            ("Start", words.window_words(card.start_from_on, card.start_to_on)),
            ("Apply by", words.date_words(card.closing_on) or "No closing date"),
        )
    )


def place_words(card: OfferCard) -> str:
    """Where an offer is: the place, the region and how much of it is from home."""
    region = getattr(card, "region", "")
    place = ", ".join(dict.fromkeys(part for part in (card.place, region) if part))
    return (
        f"{place} ({words.label('remote', card.remote).lower()})"
        if place
        else words.label("remote", card.remote)
    )


def time_words(card: OfferCard) -> str:
    """How much time an offer takes: days a week and length."""
    return f"{words.days_words(card.days_per_week)} for {words.length_words(card.length_months).lower()}"


def mission_words(missions: Sequence[tuple[str, str, float]], *, short: bool = False) -> str:
    """The missions of an offer with their shares, such as "Growth (60%), Opportunity (40%)"."""
    names = choices("mission") if short else {}
    if len(missions) == 1:
        return names.get(missions[0][0], missions[0][1])
    return ", ".join(f"{names.get(code, name)} ({weight:.0%})" for code, name, weight in missions)


def match_card(scored: Scored, *, key: str, whose: str) -> None:
    """Why this pair has its score: the score, its parts as a picture, and the words that caused them.

    ``key`` is unique on the page; ``whose`` names the pair for people who do not see the picture, such as
    the offer's title. The reader may be the applicant or the host.
    """
    left, right = st.columns([3, 4], gap="medium")
    with left:
        score_line(scored)
        layout.paragraph(scored.explanation.sentence)
    with right:
        parts_chart(scored.parts, scored.out_of, key=f"{key}-parts", whose=whose)
    with st.expander("How this score is made up"):
        _parts_table(scored, whose)
        _reasons(scored)
        layout.link("how-matching-works", "How matching works")


def score_line(scored: Scored) -> None:
    """The score out of 100 and the place in the list."""
    place = f", number {scored.rank} in the list" if scored.rank else ""
    st.html(
        f'<p class="sp-score"><strong>{escape(words.points_words(scored.score))}</strong> '
        f"out of 100{escape(place)}</p>"
    )


def skills_outcome(scored: Scored) -> None:
    """The skills of the pair in four lists: matched, partly, missing and learnt. Empty lists are left out."""
    names = choices("skill")
    parts = {part.name: part for part in scored.explanation.parts}
    lists = []
    if "skills" in parts:
        lists = [
            ("Matched", parts["skills"].matched),
            ("Partly matched", (*parts["skills"].partly, *(code for code, _, _ in parts["skills"].related))),
            ("Missing", parts["skills"].missing),
        ]
    if "learning" in parts:
        lists.append(("Would be learnt", parts["learning"].learnt))
    pairs = [(name, ", ".join(names.get(code, code) for code in codes)) for name, codes in lists if codes]
    if pairs:
        layout.summary_list(pairs)


def changes_list(changes: Sequence[Any]) -> None:
    """What would raise the score (``recommendations.RankChange``): the points, and the place in the list then."""
    if not changes:
        layout.paragraph("No single change to skills or place would raise this score.")
        return
    layout.bullets(
        f"{change.what}: {words.points_words(change.gain)} more points{_moves(change)}" for change in changes
    )


def _moves(change: Any) -> str:
    if not change.rank_after:
        return ""
    if not change.rank_before:
        return f", and it would join your list as number {change.rank_after}"
    if change.rank_after == change.rank_before:
        return f", still number {change.rank_after} in your list"
    return f", from number {change.rank_before} to number {change.rank_after} in your list"


def rulings_list(rulings: Sequence[Any]) -> None:
    """Every eligibility rule: its answer in words, why, and what to do about it."""
    for ruling in rulings:
        with st.container(border=True):
            layout.sub_heading(words.label("rule", ruling.rule))
            layout.state_tag(words.label("answer", ruling.answer), words.tone("answer", ruling.answer))
            layout.paragraph(ruling.reason)
            if ruling.change:
                layout.paragraph(f"What would change it: {ruling.change}")


def _levels(card: OfferCard) -> str:
    said = words.levels_words(card.level_min, card.level_max, stretch_ok=card.stretch_ok)
    return said[0].lower() + said[1:]


def _parts_table(scored: Scored, whose: str) -> None:
    rows = [
        {
            "Part": words.label("part", name),
            "Points": words.points_words(points),
            "Most": words.points_words(scored.out_of[name]),
        }
        for name, points in scored.parts.items()
    ]
    rows.append({"Part": "Score", "Points": words.points_words(scored.score), "Most": "100"})
    show_table(rows, alt_text=f"Points of each part for {whose}")


def _reasons(scored: Scored) -> None:
    layout.summary_list((words.label("part", part.name), part.words) for part in scored.explanation.parts)
    skills_outcome(scored)
