"""Placements: every one in the programme, by where it stands."""

from programme import placements
from programme.actors import Actor
from ui import forms, layout
from ui.actions import read
from ui.placement_rows import placement_rows


def render(actor: Actor) -> None:
    """All placements, or those in one state or direction."""
    layout.page_heading("Placements")
    state = forms.choice_field("State", "placements.state", "placement_state", none="Any state")
    direction = forms.choice_field("Direction", "placements.direction", "direction", none="Both directions")
    wanted = [
        placement
        for placement in read(placements.visible)
        if state in (None, placement.state) and direction in (None, placement.offer.direction)
    ]
    layout.notice(f"{len(wanted):,} found")
    placement_rows(wanted, nothing="No placement fits.")
