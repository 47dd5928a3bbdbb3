"""My applications: each with where it stands, on whom it waits and since when; and what a round proposed."""

from typing import Any

import streamlit as st

from programme import applications, matches
from programme.actors import Actor
from ui import layout, words
from ui.actions import read

OVER = ("release_declined", "not_selected", "withdrawn", "lapsed")


def render(actor: Actor) -> None:
    """Show the reader's proposals and applications."""
    layout.page_heading("My applications")
    proposals = [match for match in read(matches.mine) if match.application_id is None]
    mine = read(applications.mine)
    if not mine and not proposals:
        layout.empty_state("You have not applied for anything yet.", ("for-you", "See placements for you"))
        return
    if proposals:
        layout.section_heading("Proposed to you by a matching round")
        for match in proposals:
            _row(match, "match", {"match": match.ref})
    for title, over in (("Under way", False), ("Over", True)):
        some = [application for application in mine if (application.state in OVER) is over]
        if some:
            layout.section_heading(f"{title} ({len(some)})")
            for application in some:
                _row(application, "application", {"ref": application.ref})


def _row(record: Any, subject: str, query: dict[str, str]) -> None:
    path = "apply" if subject == "application" and record.state == "draft" else "application"
    query = {"ref": record.offer.ref} if path == "apply" else query
    kind = f"{subject}_state"
    with st.container(border=True):
        layout.card_title(path, record.offer.title, heading=3, **query)
        layout.state_tag(words.label(kind, record.state), words.tone(kind, record.state))
        layout.facts(
            (
                ("Host", record.offer.organisation.name),
                ("Waits for", words.waiting_on(subject, record.state)),
                ("Since", words.date_words(record.state_since_at)),
            )
        )
