"""The approvals of a match as a chain: which have been given, which wait and on whom, which are not needed."""

from html import escape
from typing import Any

import streamlit as st

from ui.words import date_words, label, tone

# Who answers each approval, in the words that people know them by.
HOLDERS = {
    "home_release": "the line manager",
    "host": "the host",
    "propriety": "the propriety team",
    "finance": "the finance team",
    "security": "the security team",
    "hr": "the HR team",
    "commission": "the propriety team, who ask the Commission",
    "treasury": "the finance team, who ask the Treasury",
    "programme": "a programme manager",
}


def gate_chain(gates: list[Any]) -> None:
    """Every gate in order, with its state, who holds it or what was said, and why it is needed or not."""
    st.html(f'<ol class="sp-timeline">{"".join(_item(gate) for gate in gates)}</ol>')


def holder(gate: Any) -> str:
    """Who answers this gate."""
    return HOLDERS[str(gate.name)]


def _item(gate: Any) -> str:
    state = str(gate.state)
    said = f'<div class="sp-user-text">{escape(gate.reason)}</div>' if gate.reason else ""
    return (
        f"<li><strong>{escape(label('gate', gate.name))}</strong> "
        f'<strong class="sp-tag sp-tag-{tone("gate_state", state)}">{escape(label("gate_state", state))}</strong>'
        f'<p class="sp-caption">{escape(". ".join(part for part in (_when(gate), gate.why) if part))}</p>{said}</li>'
    )


def _when(gate: Any) -> str:
    match str(gate.state):
        case "waiting":
            return f"Waiting on {holder(gate)} since {date_words(gate.state_since_at)}"
        case "returned":
            return f"Sent back by {holder(gate)} on {date_words(gate.state_since_at)}, to be put right and sent again"
        case "not_needed":
            return ""
        case _:
            return f"Answered by {holder(gate)} on {date_words(gate.decided_at or gate.state_since_at)}"
