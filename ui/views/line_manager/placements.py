"""My people on placement: whom the line manager has released, and when they come back."""

from programme import placements
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.placement_rows import placement_rows


def render(actor: Actor) -> None:
    """The placements whose named line manager is the actor."""
    theirs = [
        placement for placement in read(placements.visible) if placement.line_manager_id == actor.user_id
    ]
    layout.page_heading("My people on placement")
    placement_rows(theirs, nothing="None of your people has been approved for a placement yet.", other="host")
