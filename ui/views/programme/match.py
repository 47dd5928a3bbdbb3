"""Decide on one match: how well the two suit each other, the approvals as a chain, and the decision."""

from time import monotonic
from typing import Any

import streamlit as st

from programme import history, matches, permissions, recommendations, store, workflow
from programme.actors import Actor, has_any
from programme.pages import MANAGER
from programme.permissions import Permission
from ui import layout
from ui.actions import read
from ui.cards import match_card, rulings_list
from ui.decisions import Button, decision
from ui.gate_answers import gate_card
from ui.gate_chain import gate_chain
from ui.pages import go_to
from ui.timeline import timeline
from ui.views.programme.match_facts import match_facts
from ui.words import label, tone

APPROVE = Button("approve", "Approve this match", "Match approved. A placement has been opened")
REJECT = Button(
    "reject", "Reject this match", "Match rejected", "The person and the host will read your reason."
)
RESUBMIT = Button("resubmit", "Send it again", "Sent again", "Say what has been put right.")


def render(actor: Actor) -> None:
    """For a programme manager the whole match; for a specialist approver only their own approval."""
    ref = st.query_params.get("ref", "")
    match = read(matches.detail, ref)
    if not has_any(actor, MANAGER):
        _own_gate(match)
        return
    layout.back_link("queue", "Queue")
    layout.page_heading(f"{match.applicant.user.name} to {match.offer.organisation.name}", caption=match.ref)
    layout.state_tag(label("match_state", match.state), tone("match_state", match.state))
    _score(match)
    match_facts(match)
    layout.section_heading("Approvals")
    gate_chain(match.gates)
    _returned(match)
    if match.state in ("proposed", "in_approval"):
        layout.section_heading("Your decision")
        _decision(actor, match)
    with store.reading() as session:
        steps = history.timeline(session, match)
    layout.section_heading("What has happened")
    timeline(steps, states="match_state")


def _own_gate(match: Any) -> None:
    layout.back_link("gates", "My approvals")
    layout.page_heading("Approval of a match", caption=match.ref)
    mine = [gate for gate in read(matches.gates_waiting) if gate.match.ref == match.ref]
    for gate in mine:
        gate_card(gate)
    if not mine:
        layout.paragraph("Nothing in this match waits for you.")


def _score(match: Any) -> None:
    with store.reading() as session:
        pair = recommendations.explain_pair(session, match.applicant, match.offer, reader="host")
    layout.section_heading("How well they suit each other")
    match_card(pair, key=match.ref, whose=match.offer.title)
    with st.expander("The rules: can this person go?"):
        layout.paragraph("These are the words that the person reads: “you” is the person.")
        rulings_list(pair.rulings)


def _returned(match: Any) -> None:
    for gate in match.gates:
        if gate.state == "returned":
            name = str(gate.name)
            layout.sub_heading(f"Sent back: {label('gate', name)}")
            decision(
                f"gate.{name}", "returned", RESUBMIT, matches.decide_gate, match.ref, name, "resubmit",
                key=f"gate-{name}",
            )  # fmt: skip


def _decision(actor: Actor, match: Any) -> None:
    if not permissions.may(actor, Permission.MATCH_APPROVE, match):
        layout.warning(
            "You belong to one of the two organisations, or manage this person, so somebody else must decide."
        )
        return
    if match.state == "proposed":
        layout.paragraph("The person has not answered this proposal yet. You decide once they accept it.")
        return
    with store.reading() as session:
        stands_in_the_way = workflow.refusals(session, match, "approve")
    opened = st.session_state.setdefault(f"opened.{match.ref}", monotonic())
    if stands_in_the_way:
        layout.paragraph("You cannot approve this match yet:")
        layout.bullets(stands_in_the_way)
    else:
        decision(
            "match", "in_approval", APPROVE, matches.approve, match.ref, key="match", primary=True,
            then=_next, seconds_on_record=monotonic() - opened,
        )  # fmt: skip
    with st.expander("Reject this match"):
        decision("match", "in_approval", REJECT, matches.reject, match.ref, key="match", then=_next)


def _next() -> None:
    go_to("queue")
