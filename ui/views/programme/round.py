"""One matching round: what it proposes, what can be said for it, how it was run, and whether to publish it."""

from typing import Any

import streamlit as st

from programme import history, rounds, store
from programme.actors import Actor
from ui import forms, layout
from ui.actions import read
from ui.decisions import Button, decision
from ui.timeline import timeline
from ui.views.programme.certificate import certificate_sentences, settings_facts
from ui.views.programme.round_results import next_in_line, without_a_place
from ui.words import count_words, label, points_words, time_words, tone

PER_PAGE = 20
PUBLISH = Button(
    "publish", "Publish the round", "Round published",
    "Every proposal becomes a match. Each person is asked to accept, and every match is approved one by one.",
)  # fmt: skip
DISCARD = Button("discard", "Discard the round", "Round discarded", "Its proposals stay on record.")


def render(actor: Actor) -> None:
    """Certificate and settings, the decision, the proposals, and a comparison with another round."""
    found = read(rounds.detail, st.query_params.get("ref", ""))
    layout.back_link("rounds", "Matching rounds")
    layout.page_heading(found.name, caption=found.ref)
    layout.state_tag(label("round_state", found.state), tone("round_state", found.state))
    layout.section_heading("What this round achieves")
    layout.bullets(certificate_sentences(found.certificate))
    without_a_place(found.certificate)
    next_in_line(found.certificate)
    layout.section_heading("How it was run")
    layout.summary_list(
        (
            *settings_facts(found.settings),
            ("Seed", found.seed),
            ("Model", found.model_version),
            ("Fingerprint of the data", found.fingerprint),
            ("Run", time_words(found.run_at)),
        )
    )
    if found.state == "computed":
        _decide(found)
    layout.section_heading(f"Proposals ({len(found.proposals)})")
    _proposals(found.proposals)
    layout.section_heading("Compare with another round")
    _compare(found)
    with store.reading() as session:
        steps = history.timeline(session, found)
    layout.section_heading("What has happened")
    timeline(steps, states="round_state")


def _decide(found: Any) -> None:
    layout.section_heading("Your decision")
    with st.expander("Publish the round"):
        decision("round", "computed", PUBLISH, rounds.publish, found.ref, key="round", primary=True)
    with st.expander("Discard the round"):
        decision("round", "computed", DISCARD, rounds.discard, found.ref, key="round")


def _proposals(proposals: list[Any]) -> None:
    pages = max(1, -(-len(proposals) // PER_PAGE))
    page = st.session_state.get("round.page", 1)
    for proposal in proposals[(page - 1) * PER_PAGE : page * PER_PAGE]:
        pair = f"{proposal.applicant.ref} to {proposal.offer.organisation.name}: {proposal.offer.title}"
        with st.expander(layout.plain(f"{points_words(proposal.score)} – {pair}")):
            layout.summary_list(
                (
                    ("Person", f"{proposal.applicant.ref}, {proposal.applicant.job_title}"),
                    ("Offer", f"{proposal.offer.ref}, {proposal.offer.title}"),
                    ("On the person’s list", f"Number {proposal.rank_for_applicant}"),
                    ("On the offer’s list", f"Number {proposal.rank_for_offer}"),
                )
            )
            layout.summary_list(
                (label("part", name), points_words(points)) for name, points in proposal.parts.items()
            )
            layout.link("offer-check", "Read the offer", ref=proposal.offer.ref)
    if pages > 1:
        st.pagination(pages, key="round.page")


def _compare(found: Any) -> None:
    others = {each.ref: each.name for each in read(rounds.every) if each.ref != found.ref}
    if not others:
        layout.paragraph("There is no other round yet.")
        return
    other = forms.choice_field("Other round", "compare.other", others, none="Choose a round")
    if other is None:
        return
    result = read(rounds.compare, found.ref, other)
    layout.notice(f"{count_words(result.both, 'pair')} in both rounds")
    layout.paragraph(
        f"Going from {found.name} to {others[other]}, "
        f"{count_words(len(result.applicants_gain), 'person gains', 'people gain')} and "
        f"{len(result.applicants_lose):,} lose; "
        f"{count_words(len(result.offers_gain), 'offer gains', 'offers gain')} and {len(result.offers_lose):,} lose."
    )
    for title, refs in (
        ("People who gain", result.applicants_gain), ("People who lose", result.applicants_lose),
        ("Offers that gain", result.offers_gain), ("Offers that lose", result.offers_lose),
    ):  # fmt: skip
        if refs:
            with st.expander(f"{title} ({len(refs):,})"):
                layout.bullets(refs)
    for title, pairs in (
        (f"Only in {found.name}", result.only_first),
        (f"Only in {others[other]}", result.only_second),
    ):
        with st.expander(layout.plain(f"{title} ({len(pairs)})")):
            layout.bullets(f"{person} and {offer}" for person, offer in pairs)
