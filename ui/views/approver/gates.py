"""My approvals: the approvals of matches that wait for this person's role, the longest wait first."""

from programme import matches
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
    if not waiting:
        layout.empty_state("Nothing waits for you. You get a message when something does.")
