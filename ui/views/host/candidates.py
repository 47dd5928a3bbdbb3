"""Candidates for one offer: who has applied, without names, and everyone who could go, best match first."""

import streamlit as st

from programme import applications, candidates, offers
from programme.actors import Actor
from programme.blind import BlindApplication
from programme.candidates import SHOWN, Candidate
from ui import layout
from ui.actions import read
from ui.cards import match_card
from ui.impressions import note_shown
from ui.words import count_words, date_words, label, tone

PER_PAGE = 10
WAITING = ("submitted", "shortlisted")  # for the host, in the order in which it deals with them


def render(actor: Actor) -> None:
    """Applications first: they wait for an answer. Then the ranking."""
    ref = st.query_params.get("ref", "")
    offer = read(offers.detail, ref)
    received = read(applications.for_offer, ref)
    layout.back_link("offer-manage", "The offer", ref=ref)
    layout.page_heading("Candidates", caption=offer.card.title)
    layout.paragraph(
        "You see references, not names. A name is shown once you have saved your first assessment."
    )
    _received(received)
    if offer.card.state in SHOWN:
        _suggested(ref)
    elif offer.card.state in ("draft", "submitted"):
        layout.section_heading("Suggested people")
        layout.paragraph("You see who could take this placement once it has been checked and published.")


def _received(received: tuple[BlindApplication, ...]) -> None:
    layout.section_heading(f"Applications received ({len(received)})")
    if not received:
        layout.paragraph("None yet. One arrives here once a line manager has released the person.")
    waiting = [application for application in received if application.state in WAITING]
    decided = [application for application in received if application.state not in WAITING]
    for application in sorted(waiting, key=lambda each: (WAITING.index(each.state), each.state_since_at)):
        _application(application)
    if decided:
        with st.expander(f"Decided or withdrawn ({len(decided)})"):
            for application in decided:
                _application(application)


def _application(application: BlindApplication) -> None:
    with st.container(border=True):
        who = f"{application.name or application.applicant_ref}: {application.job_title}"
        layout.card_title("candidate", who, heading=3, ref=application.ref)
        layout.state_tag(host_state(application), tone("application_state", application.state))
        layout.facts((("Level", application.level), ("Since", date_words(application.state_since_at))))


def host_state(application: BlindApplication) -> str:
    """An application's state in the host's words."""
    if application.state == "submitted":
        return "Assessed, to be decided" if application.assessments else "To assess"
    return label("application_state", application.state)


def _suggested(ref: str) -> None:
    page = st.session_state.get("candidates.page", 1)
    found = read(candidates.for_offer, ref, k=PER_PAGE, skip=(page - 1) * PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    layout.section_heading("Suggested people")
    layout.notice(f"{count_words(found.total, 'person', 'people')} could take this placement")
    layout.paragraph(
        "Everyone who could take it is listed, best match first; not all have applied. "
        "The ranking is a suggestion: it decides nothing."
    )
    for candidate in found.items:
        _candidate(candidate)
    if pages > 1:
        st.pagination(pages, key="candidates.page")
    _not_eligible(ref, found.total)
    st.caption(
        f"Ranked by model {layout.plain(found.model_version)}, data {layout.plain(found.fingerprint[:12])}."
    )
    note_shown(found)


def _candidate(candidate: Candidate) -> None:
    with st.container(border=True):
        layout.sub_heading(_title(candidate))
        layout.facts(
            (
                ("Profession", candidate.profession),
                ("Level", candidate.level or "Not settled yet"),
                ("Could work in", ", ".join(candidate.regions)),
            )
        )
        match_card(candidate, key=candidate.applicant_ref, whose=candidate.applicant_ref)
        if candidate.application_ref:
            layout.link(
                "candidate",
                f"Read the application of {candidate.applicant_ref}",
                ref=candidate.application_ref,
            )


def _not_eligible(ref: str, eligible: int) -> None:
    layout.section_heading("People who could not take it as things stand")
    if not st.checkbox("Show them, and the rule that stands in the way", key="candidates.others"):
        return
    found = read(candidates.for_offer, ref, k=2 * PER_PAGE, skip=eligible, include_ineligible=True)
    layout.paragraph(f"The {len(found.items)} closest are shown, of {found.total - eligible}.")
    for candidate in found.items:
        with st.container(border=True):
            layout.sub_heading(_title(candidate))
            layout.bullets(candidate.reasons)


def _title(candidate: Candidate) -> str:
    return f"{candidate.applicant_ref}: {candidate.job_title}"
