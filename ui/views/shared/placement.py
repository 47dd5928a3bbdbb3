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
from ui.timeline import timeline
from ui.views.shared import (
    placement_checks,
    placement_moves,
    placement_progress,
    placement_return,
    placement_terms,
)

WAYS_BACK = (
    ("programme_manager", ("placements-running", "Placements")),
    ("host", ("our-placements", "Our placements")),
    ("line_manager", ("my-team-away", "My people on placement")),
    ("applicant", ("my-placement", "My placement")),
    ("finance_approver", ("gates", "My approvals")),
    ("security_approver", ("gates", "My approvals")),
)


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
    placement_moves.onward(placement, seen.can, seen.missing)
    placement_terms.show(actor, placement)
    placement_checks.show(actor, placement)
    placement_progress.show(actor, placement)
    placement_return.show(actor, placement)
    placement_moves.endings(placement, seen.can)
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
