"""Our placements: the people who are with us, about to come, or have been."""

from programme import placements
from programme.actors import Actor
from programme.pages import HOST
from ui import layout
from ui.actions import read
from ui.placement_rows import placement_rows


def render(actor: Actor) -> None:
    """The placements that this host's organisations give, the running ones first."""
    ours = [
        placement for placement in read(placements.visible) if placement.host_id in actor.organisations(*HOST)
    ]
    layout.page_heading("Our placements")
    placement_rows(ours, nothing="Nobody has been approved for one of your offers yet.", other="home")
