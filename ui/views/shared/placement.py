"""A placement as everybody who has a part in it sees it: where it stands, what is missing, what they can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from programme import history, placements, store, workflow
from programme.actors import Actor
from programme.history import Step
from programme.transitions import PLACEMENT
from ui import layout, words
from ui.decisions import Button, decision
from ui.timeline import timeline
from ui.views.shared import placement_checks, placement_progress, placement_return, placement_terms

BUTTONS = (
    Button("start_vetting", "Start vetting", "Vetting has started"),
    Button("agree", "Record that everything is agreed", "The placement is agreed"),
    Button("start", "Record the start", "The placement has started"),
    Button("end", "Record the end", "The placement has ended"),
    Button("return", "Record the return home", "The return is recorded"),
    Button("follow_up", "Close the file", "The placement is closed"),
    Button("end_early", "End the placement early", "The placement has ended early",
           "Talk to the other side first. The place on the offer stays used."),
    Button("cancel", "Cancel the placement", "The placement is cancelled",
           "The place on the offer becomes free again."),
)  # fmt: skip
WAYS_BACK = (
    ("programme_manager", ("placements-running", "Placements")),
    ("host", ("our-placements", "Our placements")),
    ("line_manager", ("my-team-away", "My people on placement")),
    ("applicant", ("my-placement", "My placement")),
    ("finance_approver", ("gates", "My approvals")),
    ("security_approver", ("gates", "My approvals")),
)
ENDINGS = ("end_early", "cancel")


@dataclass(frozen=True, slots=True)
class Seen:
    """A placement with what the reader may try now and what stands in the way of each."""

    placement: Any
    steps: list[Step]
    can: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]  # for every move from its state, whoever makes it


def render(actor: Actor) -> None:
    """Show the placement that the address names."""
    path, label = next((way for role, way in WAYS_BACK if role in actor.roles), ("", "Home"))
    layout.back_link(path, label)
    show(actor, st.query_params.get("ref", ""))


def show(actor: Actor, ref: str) -> None:
    """Show one placement, heading included. The applicant's own page shows it too."""
    seen = _fetch(actor, ref)
    placement = seen.placement
    state = placement.state
    layout.page_heading(placement.offer.title, caption=f"Placement {placement.ref}")
    layout.state_tag(words.label("placement_state", state), words.tone("placement_state", state))
    _who(placement)
    _next(seen)
    placement_terms.show(actor, placement)
    placement_checks.show(actor, placement)
    placement_progress.show(actor, placement)
    placement_return.show(actor, placement)
    _endings(seen)
    layout.section_heading("What has happened")
    timeline(seen.steps, states="placement_state")


def _fetch(actor: Actor, ref: str) -> Seen:
    with store.reading() as session:
        placement = placements.detail(session, actor, ref)
        onward = [move.action for move in PLACEMENT if move.source == placement.state]
        return Seen(
            placement=placement,
            steps=history.timeline(session, placement),
            can=workflow.possible_actions(actor, placement),
            missing={action: workflow.refusals(session, placement, action) for action in onward},
        )


def _who(placement: Any) -> None:
    layout.summary_list(
        [
            ("Secondee", placement.applicant.user.name),
            ("Home organisation", placement.home.name),
            ("Host", placement.host.name),
            ("Kind", words.label("offer_kind", placement.offer.kind)),
            ("Started", words.date_words(placement.started_on) or "Not yet"),
            *((("Ended", words.date_words(placement.ended_on)),) if placement.ended_on else ()),
        ]
    )
    layout.link("placement", "See the offer", ref=placement.offer.ref)


def _next(seen: Seen) -> None:
    """The moves that come next, what is missing for each, and their buttons for those who may make them."""
    onward = [button for button in BUTTONS if button.action in seen.missing and button.action not in ENDINGS]
    if not onward:
        return
    layout.section_heading("What comes next")
    for button in onward:
        if seen.missing[button.action]:
            layout.paragraph(f"{button.words}: not yet.")
            layout.bullets(seen.missing[button.action])
        elif button.action in seen.can:
            decision("placement", seen.placement.state, button, placements.act, seen.placement.ref,
                     button.action, key="next", primary=True)  # fmt: skip
        else:
            layout.paragraph(f"{button.words}: ready. The host, the line manager or the programme does it.")


def _endings(seen: Seen) -> None:
    """The ways to stop, folded, for those who may."""
    endings = [button for button in BUTTONS if button.action in ENDINGS and button.action in seen.can]
    if endings:
        layout.section_heading("If it has to stop")
    for button in endings:
        with st.expander(button.words):
            decision("placement", seen.placement.state, button, placements.act, seen.placement.ref,
                     button.action, key="ending")  # fmt: skip
