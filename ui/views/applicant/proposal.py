"""What a matching round proposed to the reader, and their answer. Shown by the page of an application."""

from collections.abc import Callable
from typing import Any

from programme import history, matches, recommendations, store
from programme.actors import Actor
from ui import layout, words
from ui.actions import read
from ui.cards import match_card
from ui.decisions import Button, decisions
from ui.timeline import timeline

BUTTONS = (
    Button("accept", "Accept this placement", "Accepted. It now goes to the approvers.",
           "Accepting puts the match forward to be approved. You can still withdraw until it is."),
    Button("decline", "Decline", "Declined. Other placements stay open to you.",
           "Say why, so that the next round does better."),
    Button("withdraw", "Withdraw", "Withdrawn", "The host and your line manager will be told."),
)  # fmt: skip


def show(actor: Actor, ref: str) -> None:
    """Show one proposal and the buttons that answer it."""
    with store.reading() as session:
        match = matches.detail(session, actor, ref)
        steps = history.timeline(session, match)
    offer = match.offer
    layout.page_heading(offer.title, caption=f"Proposed by a matching round; {offer.organisation.name}")
    layout.state_tag(words.label("match_state", match.state), words.tone("match_state", match.state))
    layout.link("placement", "See the placement", ref=offer.ref)
    if match.state == "proposed":
        layout.section_heading("Your answer")
        layout.paragraph("The round put you and this placement together. Nothing happens unless you accept.")
        decisions("match", match.state, ("accept", "decline"), BUTTONS, _answer, ref, key="answer")
    show_gates(match)
    layout.section_heading("Why this placement")
    match_card(read(recommendations.for_offer, offer.ref), key="fit", whose=offer.title)
    layout.link("look-again", "Ask a person to look again", ref=offer.ref)
    layout.section_heading("What has happened")
    timeline(steps, states="match_state")
    if match.state == "in_approval":
        layout.section_heading("Withdraw")
        decisions("match", match.state, ("withdraw",), BUTTONS, _answer, ref, key="answer")


def show_gates(match: Any) -> None:
    """The approvals that a match needs, with where each stands. Also shown for a proposal."""
    if match.gates:
        layout.section_heading("Approvals")
        layout.summary_list(
            (words.label("gate", gate.name), _gate_words(gate))
            for gate in match.gates
            if gate.state != "not_needed"
        )


def _gate_words(gate: Any) -> str:
    said = words.label("gate_state", gate.state)
    when = words.date_words(gate.decided_at)
    return f"{said} on {when}" if when else said


def _answer(
    session: Any, actor: Actor, ref: str, action: str, *, reason: str = "", reason_code: str | None = None
) -> Any:
    acts: dict[str, Callable[..., Any]] = {
        "accept": matches.accept,
        "decline": matches.decline,
        "withdraw": matches.withdraw,
    }
    return acts[action](session, actor, ref, reason=reason, reason_code=reason_code)
