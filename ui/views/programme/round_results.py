"""Who has no place after a round and why, and who comes next for each offer, as the round stored it."""

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from ui import layout
from ui.words import count_words, points_words

MOST_SHOWN = 100


def without_a_place(certificate: Mapping[str, Any]) -> None:
    """Each person without a place, with the reason at the offer they would have liked most."""
    refusals = certificate.get("refusals")
    if not refusals:
        return
    with st.expander(f"Who has no place, and why ({len(refusals):,})"):
        layout.bullets(_reasons(refusals))


def next_in_line(certificate: Mapping[str, Any]) -> None:
    """For each offer, who the host would take next and who would come."""
    waiting = {offer: people for offer, people in certificate.get("in_line", {}).items() if people}
    if not waiting:
        return
    with st.expander(f"Reserve lists ({count_words(len(waiting), 'offer')})"):
        layout.summary_list(
            (offer, ", ".join(people)) for offer, people in list(waiting.items())[:MOST_SHOWN]
        )


def _reasons(refusals: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for person, refusal in list(refusals.items())[:MOST_SHOWN]:
        yield f"{person}: {reason_words(refusal)}"
    if len(refusals) > MOST_SHOWN:
        yield f"and {len(refusals) - MOST_SHOWN:,} more"


def reason_words(refusal: Mapping[str, Any]) -> str:
    """One stored refusal as sentences, with the two facts and the least that was missing."""
    offer = f" Offer {refusal['offer']}." if refusal["offer"] else ""
    words = f"{refusal['words']}{offer}"
    if refusal["cut_off"] is None or refusal["own"] is None:
        return words
    words += (
        f" The last person placed there has a host priority of {points_words(refusal['cut_off'])}; "
        f"this person has {points_words(refusal['own'])}."
    )
    if refusal["short_by"]:
        words += f" More than {points_words(refusal['short_by'])} points more would put them ahead."
    return words
