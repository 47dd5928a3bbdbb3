"""My placement: the reader's running placement, its surveys, and those that are over."""

from programme import placements
from programme.actors import Actor
from ui import layout, words
from ui.actions import read
from ui.views.shared import placement as shared_placement
from ui.views.shared.survey import survey_links

OVER = ("returned", "followed_up", "cancelled")


def render(actor: Actor) -> None:
    """Show the reader's own placement, or say how one comes about."""
    own = [each for each in read(placements.visible) if placements.side_of(actor, each) == "secondee"]
    now = [each for each in own if each.state not in OVER]
    if now:
        shared_placement.show(actor, now[0].ref)
    else:
        layout.page_heading("My placement")
        layout.empty_state(
            "You have no placement now. One starts when a host has selected you and the programme approved it.",
            ("for-you", "See placements for you"),
        )
    layout.section_heading("Surveys to answer")
    if not survey_links():
        layout.paragraph("None now.")
    before = [each for each in own if each not in now[:1]]
    if before:
        layout.section_heading("Other placements")
        for each in before:
            when = f"{words.date_words(each.starts_on)} to {words.date_words(each.ended_on or each.ends_on)}"
            layout.link("placement-manage", f"{each.offer.title}, {when}", ref=each.ref)
