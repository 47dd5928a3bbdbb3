"""One application: where it stands, what happens next, what was sent, its life so far, and the way out."""

from typing import Any

import streamlit as st

from programme import applications, history, matches, store
from programme.actors import Actor
from ui import layout, words
from ui.business_case import business_case
from ui.decisions import Button, decision
from ui.timeline import timeline
from ui.views.applicant import proposal

NEXT = {
    "draft": "Finish it and ask your line manager for release.",
    "awaiting_release": "Your line manager answers your request. You will get a message either way.",
    "submitted": "The host reads it without your name, and shortlists or declines with a reason.",
    "shortlisted": "The host may talk to you, then selects somebody. You will get a message either way.",
    "selected": "The programme’s approvers decide. Each gate is below. Nothing is asked of you now.",
    "release_declined": "This application has ended. You can read your line manager’s reason below.",
    "not_selected": "This application has ended. You can read the reason below, and apply for others.",
    "withdrawn": "You, or somebody for you, withdrew it. You can apply again while the placement is open.",
    "lapsed": "The placement is no longer open, so this application has ended.",
}
LIVE = ("draft", "awaiting_release", "submitted", "shortlisted")


def render(actor: Actor) -> None:
    """Show the application (``ref``) or the proposal (``match``) that the address names."""
    layout.back_link("applications", "My applications")
    if "match" in st.query_params:
        proposal.show(actor, st.query_params["match"])
        return
    with store.reading() as session:
        application = applications.detail(session, actor, st.query_params.get("ref", ""))
        steps = history.timeline(session, application)
        match = next(
            (each for each in matches.mine(session, actor) if each.application_id == application.id), None
        )
    offer = application.offer
    layout.page_heading(offer.title, caption=f"Application {application.ref} to {offer.organisation.name}")
    layout.state_tag(
        words.label("application_state", application.state),
        words.tone("application_state", application.state),
    )
    _what_next(application)
    if match is not None:
        proposal.show_gates(match)
    _sent(application)
    if application.state != "draft":
        look_again_link(offer.ref)
    layout.section_heading("What has happened")
    timeline(steps, states="application_state")
    _withdraw(application, match)


def look_again_link(offer_ref: str) -> None:
    """The way to contest a score or a decision."""
    layout.section_heading("If you think that something is wrong")
    layout.paragraph("A person who took no part in the decision looks at your score or the decision again.")
    layout.button_link("look-again", "Ask a person to look again", ref=offer_ref)


def _what_next(application: Any) -> None:
    layout.section_heading("What happens next")
    layout.paragraph(NEXT[application.state])
    facts = [
        ("Waits for", words.waiting_on("application", application.state)),
        ("Since", words.date_words(application.state_since_at)),
        ("Released until", words.date_words(application.release_until_on)),
        ("Conditions of your release", application.release_conditions),
        (
            "Score when you sent it",
            words.points_words(application.score) if application.score is not None else "",
        ),
    ]
    layout.summary_list([fact for fact in facts if fact[1]])
    if application.state == "draft":
        layout.button_link("apply", "Continue your application", ref=application.offer.ref)
    layout.link("placement", "See the placement", ref=application.offer.ref)


def _sent(application: Any) -> None:
    layout.section_heading("What you wrote")
    with st.expander("Your statement and business case"):
        layout.user_text(application.statement or "No statement")
        business_case(application)


def _withdraw(application: Any, match: Any) -> None:
    button = Button("withdraw", "Withdraw", "Application withdrawn", "You can apply again while it is open.")
    if application.state in LIVE:
        layout.section_heading("Withdraw")
        decision(
            "application", application.state, button, applications.act, application.ref, "withdraw", key="out"
        )
    elif match is not None and match.state == "in_approval":
        layout.section_heading("Withdraw")
        decision("match", match.state, button, applications.act, application.ref, "withdraw", key="out")
