"""My approvals: the approvals of matches that wait for this person's role, the longest wait first."""

from programme import matches, placements
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.gate_answers import gate_card
from ui.words import count_words


def render(actor: Actor) -> None:
    """Every approval that the actor can give now."""
    waiting = read(matches.gates_waiting)
    layout.page_heading("My approvals")
    layout.paragraph(
        "You see only what your approval is about. Your reason is kept and the people concerned read it."
    )
    layout.notice(f"{count_words(len(waiting), 'approval')} waiting for you")
    for gate in waiting:
        gate_card(gate)
    placed = read(placements.to_settle)
    if placed:
        layout.section_heading(f"Placements that wait for your answer ({len(placed)})")
    for placement in placed:
        layout.link("placement-manage", f"{placement.offer.title} ({placement.ref})", ref=placement.ref)
    if not waiting and not placed:
        layout.empty_state("Nothing waits for you. You get a message when something does.")
