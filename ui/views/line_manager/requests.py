"""Release requests: whom the line manager is asked to release, longest waiting first."""

import streamlit as st

from programme import applications, matches
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.gate_answers import gate_card
from ui.words import date_words, days_words, length_words, window_words


def render(actor: Actor) -> None:
    """Every request that waits for this line manager."""
    waiting = read(applications.release_requests)
    proposed = [gate for gate in read(matches.gates_waiting) if gate.name == "home_release"]
    layout.page_heading("Release requests")
    layout.paragraph(
        "Someone you manage would like to go on a placement. Nothing reaches the host until you have answered."
    )
    if not waiting and not proposed:
        layout.empty_state(
            "Nobody is waiting for your answer.", ("my-team-away", "See your people on placement")
        )
    for gate in proposed:
        gate_card(gate)
    for application in waiting:
        with st.container(border=True):
            title = f"{application.applicant.user.name}: {application.offer.title}"
            layout.card_title("release", title, heading=2, ref=application.ref)
            offer = application.offer
            layout.facts(
                (
                    ("Asked on", date_words(application.state_since_at)),
                    ("Host", offer.organisation.name),
                    ("Start", window_words(offer.start_from_on, offer.start_to_on)),
                    (
                        "Time away",
                        f"{days_words(float(offer.days_per_week))} for {length_words(offer.length_months)}",
                    ),
                )
            )
