"""Each rule decides, says why, and says the least change that would lift it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import RULES, check, eligible

CASES = [
    ("direction", {"direction": "inward"}, {}, "no"),
    ("own_organisation", {"organisation": "charity_one"}, {}, "no"),
    ("kind", {"kinds": frozenset({"shadowing"})}, {}, "no"),
    ("level", {"level": 3}, {}, "no"),
    ("level", {"level": 3}, {"stretch_ok": True}, "yes"),
    ("level", {"level": 2}, {"stretch_ok": True}, "no"),
    ("level", {"level": 7}, {"stretch_ok": True}, "no"),
    ("level", {"level": None}, {}, "needs_a_look"),
    ("days_a_week", {"days_max": 3.0}, {}, "no"),
    ("days_a_week", {"days_min": 4.5}, {}, "no"),
    ("place", {"regions": frozenset({"wales"})}, {}, "no"),
    ("place", {"regions": frozenset({"wales"}), "remote_ok": True}, {}, "no"),
    ("place", {"regions": frozenset({"wales"}), "remote_ok": True}, {"remote": "remote"}, "yes"),
    ("place", {"regions": frozenset({"wales"}), "remote_ok": True}, {"remote": "hybrid"}, "needs_a_look"),
    ("place", {"regions": frozenset({"wales"})}, {"remote": "hybrid"}, "no"),
    ("place", {}, {"remote": "hybrid"}, "yes"),
    ("place", {}, {"remote": "remote"}, "needs_a_look"),
    ("place", {"regions": frozenset()}, {}, "needs_a_look"),
    ("place", {}, {"region": ""}, "needs_a_look"),
    ("dates", {"available_from": date(2026, 5, 1)}, {}, "no"),
    ("dates", {"available_from": date(2026, 4, 30)}, {}, "yes"),
    ("dates", {"available_to": date(2026, 3, 1)}, {}, "no"),
    ("dates", {"available_to": date(2026, 8, 31)}, {}, "needs_a_look"),
    ("dates", {"available_to": date(2026, 9, 1)}, {}, "yes"),
    ("length", {"length_max": 5}, {}, "no"),
    ("length", {"length_min": 7}, {}, "no"),
    ("contract", {"contract_end": date(2026, 9, 1)}, {}, "yes"),
    ("contract", {"contract_end": date(2026, 8, 31)}, {}, "no"),
    ("contract", {"contract_end": date(2026, 9, 1), "available_from": date(2026, 3, 3)}, {}, "no"),
    ("contract", {"contract_end": date(2026, 9, 1), "vetting_held": 0}, {}, "yes"),
    ("contract", {"contract_end": date(2026, 9, 1), "vetting_held": 0},
     {"vetting_ready_on": date(2026, 4, 1)}, "no"),
    ("vetting", {"vetting_held": 0}, {}, "yes"),
    ("vetting", {"vetting_held": 0}, {"vetting_ready_on": date(2026, 5, 1)}, "no"),
    ("vetting", {"vetting_held": 1}, {"vetting_ready_on": date(2026, 5, 1)}, "yes"),
    ("vetting", {"vetting_held": 0}, {"vetting_ready_on": None}, "needs_a_look"),
    ("nationality", {"meets_nationality": None}, {"reserved": True}, "needs_a_look"),
    ("nationality", {"meets_nationality": False}, {"reserved": True}, "no"),
    ("nationality", {"meets_nationality": True}, {"reserved": True}, "yes"),
    ("nationality", {"meets_nationality": False}, {}, "yes"),
    ("free", {"placed_until": date(2026, 4, 29)}, {}, "yes"),
    ("free", {"placed_until": date(2026, 4, 30)}, {}, "no"),
    ("places_left", {}, {"capacity_left": 0}, "no"),
]  # fmt: skip


def test_a_suitable_pair_passes_every_rule(an_applicant, an_offer) -> None:
    rulings = check(an_applicant(), an_offer())

    assert [ruling.rule for ruling in rulings] == [rule.__name__ for rule in RULES]
    assert {ruling.answer for ruling in rulings} == {"yes"}
    assert eligible(rulings)


@pytest.mark.parametrize(("rule", "applicant", "offer", "answer"), CASES)
def test_each_rule_answers_for_itself(an_applicant, an_offer, rule, applicant, offer, answer) -> None:
    rulings = {ruling.rule: ruling for ruling in check(an_applicant(**applicant), an_offer(**offer))}

    assert rulings[rule].answer == answer
    assert {name for name, ruling in rulings.items() if ruling.answer == "no"} <= {rule}


def test_a_no_says_the_least_change(an_applicant, an_offer) -> None:
    rulings = {r.rule: r for r in check(an_applicant(contract_end=date(2026, 8, 31)), an_offer())}

    assert (
        rulings["contract"].reason == "Your contract ends on 31 August 2026, before this placement would end."
    )
    assert rulings["contract"].change == "Your contract would have to run to at least 1 September 2026."


def test_labels_of_codes_are_used_when_given(an_applicant, an_offer) -> None:
    rulings = check(an_applicant(), an_offer(region="north_east"), names={"north_east": "the North East"})
    place = next(ruling for ruling in rulings if ruling.rule == "place")

    assert place.reason == "This offer is in the North East, which is not among your regions."
    assert place.change == "Add the North East to your regions."


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_ruling_is_a_sentence_and_a_yes_needs_no_change(any_applicant, any_offer, data) -> None:
    for ruling in check(data.draw(any_applicant), data.draw(any_offer)):
        assert ruling.reason.endswith(".")
        assert "_" not in ruling.reason
        if ruling.answer == "yes":
            assert ruling.change is None
        if ruling.answer == "needs_a_look":
            assert ruling.change
