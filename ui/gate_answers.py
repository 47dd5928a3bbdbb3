"""Answering an approval of a match: pass it, send it back or refuse it, seeing only what it is about."""

from typing import Any

import streamlit as st

from programme import matches
from ui import layout
from ui.choices import name_of
from ui.decisions import Button, decision
from ui.words import date_words, days_words, label, length_words, levels_words, window_words


def gate_card(gate: Any) -> None:
    """One waiting approval: why it is needed, the facts it is about, and the three answers."""
    match = gate.match
    with st.container(border=True):
        layout.section_heading(f"{label('gate', gate.name)}: {match.offer.title}")
        layout.paragraph(gate.why)
        layout.facts(
            (("Match", match.ref), ("Waiting since", date_words(gate.state_since_at)), *facts_for(gate))
        )
        for button in _buttons(match.ref):
            if button.action == "pass":
                _answer(gate, button)
                continue
            with st.expander(button.words):
                _answer(gate, button)


def _buttons(ref: str) -> tuple[Button, ...]:
    """The three answers; each names the match, so that no two buttons of a page read the same."""
    return (
        Button("pass", f"Pass {ref}", "Approval given"),
        Button(
            "return", f"Send {ref} back", "Sent back with your comments", "Say what must be put right first."
        ),
        Button(
            "refuse",
            f"Refuse {ref}",
            "Refused. The match has ended",
            "A refusal ends the match. Everyone will read why.",
        ),
    )


def _answer(gate: Any, button: Button) -> None:
    name = str(gate.name)
    decision(
        f"gate.{name}", "waiting", button, matches.decide_gate, gate.match.ref, name, button.action,
        key=f"gate-{gate.match.ref}-{name}", primary=button.action == "pass",
    )  # fmt: skip


def facts_for(gate: Any) -> list[tuple[str, object]]:
    """What this approval is about, and nothing else: an approver sees only the fields of their own gate."""
    match, name = gate.match, str(gate.name)
    offer, person = match.offer, match.applicant
    both = [("Home organisation", person.organisation.name), ("Host", offer.organisation.name)]
    start = ("Start", window_words(offer.start_from_on, offer.start_to_on))
    length = ("Time away", f"{days_words(offer.days_per_week)} for {length_words(offer.length_months)}")
    who = ("Person", person.user.name)
    money = [
        ("Direction", label("direction", offer.direction)),
        ("Payroll", label("party", offer.payroll_party)),
        ("Share of salary the host pays back", f"{offer.recovery_pct}%"),
        ("Expenses", label("party", offer.expenses_party)),
        ("Note about costs", offer.cost_note),
    ]
    contract = [
        ("Contract", label("contract", person.contract_type)),
        ("Contract ends", date_words(person.contract_end_on) or "No end date"),
        ("Employed since", date_words(person.employed_since_on)),
    ]
    levels = ("Level of the role", levels_words(offer.level_min, offer.level_max))
    last = ("Last secondment ended", date_words(person.last_secondment_ended_on) or "None known")
    vetting = [
        ("Vetting asked for", name_of("vetting", offer.vetting_code)),
        ("Vetting held", name_of("vetting", person.vetting_code)),
        ("Runs out on", date_words(person.vetting_expires_on) or "Not given"),
    ]
    fields: dict[str, list[tuple[str, object]]] = {
        "home_release": [who, ("Host", offer.organisation.name), start, length],
        "host": [("Person", person.ref), ("Job", person.job_title), ("Level", person.level)],
        "propriety": [who, *both, levels, length],
        "commission": [who, *both, levels, length, last],
        "treasury": [*both, levels, *money],
        "finance": [*both, *money, length],
        "security": [who, *vetting, start],
        "hr": [who, *both, *contract, start, length],
    }
    return fields.get(name, [])
