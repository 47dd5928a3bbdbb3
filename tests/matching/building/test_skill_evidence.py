"""Each kind of evidence on a handful of skills."""

from __future__ import annotations

import pytest

from matching.building import skill_evidence as evidence
from matching.building.skill_evidence import EvidenceWeights

WEIGHTS = EvidenceWeights()
NAMES = {
    "esco:support-volunteers": "Support volunteers",
    "esco:train-volunteers": "Train volunteers",
    "esco:manage-budgets": "Manage budgets",
    "esco:update-budget": "Update budget",
    "gdad:user-focus": "User focus",
    "gdad:user-focus-content": "User focus (content design)",
    "esco:customer-service": "Customer service",
}
TEXTS = NAMES | {
    "esco:support-volunteers": "Support volunteers. Answer what volunteers ask and review their tasks.",
    "esco:train-volunteers": "Train volunteers. Teach volunteers the tasks they take on.",
}


def found(pairs) -> dict[frozenset[str], float]:
    return {frozenset(pair[:2]): pair[2] for pair in pairs}


def test_names_that_share_a_rare_word_in_any_form_are_alike_and_say_which() -> None:
    pairs = list(evidence.alike(NAMES, TEXTS, WEIGHTS))
    reasons = {frozenset(pair[:2]): pair[3] for pair in pairs}
    assert "volunteers" in reasons[frozenset({"esco:support-volunteers", "esco:train-volunteers"})]
    assert "budget" in reasons[frozenset({"esco:manage-budgets", "esco:update-budget"})]
    assert frozenset({"esco:manage-budgets", "esco:train-volunteers"}) not in reasons


def test_likeness_of_words_never_says_more_than_its_cap() -> None:
    twins = {"a": "Read maps", "b": "Read maps", "c": "Write letters"}
    assert found(evidence.alike(twins, twins, WEIGHTS)) == {frozenset("ab"): pytest.approx(WEIGHTS.likeness)}


def test_a_skill_described_for_another_role_is_nearly_the_same_skill() -> None:
    pairs = found(evidence.same_for_another_role(NAMES, WEIGHTS))
    assert pairs == {frozenset({"gdad:user-focus", "gdad:user-focus-content"}): WEIGHTS.same}


def test_what_somebody_stated_counts_by_its_kind() -> None:
    rows = [{"skill_code": "a", "related_code": "b", "kind": kind} for kind in ("close", "essential")]
    assert [pair[2] for pair in evidence.stated(rows, WEIGHTS)] == [WEIGHTS.close, WEIGHTS.essential]


def test_a_small_group_relates_its_members_and_a_wide_one_says_nothing() -> None:
    wide = [str(number) for number in range(WEIGHTS.group_size + 1)]
    assert found(evidence.grouped({"small": ["a", "b"], "wide": wide}, WEIGHTS)) == {
        frozenset("ab"): WEIGHTS.group
    }


def test_skills_asked_for_together_more_often_than_chance_are_related_and_everyday_ones_are_not() -> None:
    roles = [["a", "b", "x"]] * 6 + [["x", "y"]] * 6
    pairs = found(evidence.asked_together(roles, WEIGHTS))
    assert pairs[frozenset("ab")] > WEIGHTS.floor * 0.9
    assert pairs[frozenset("ax")] == 0.0


def test_a_pair_that_few_roles_ask_for_counts_less() -> None:
    few = found(evidence.asked_together([["a", "b"]] + [["x"]] * 11, WEIGHTS))
    many = found(evidence.asked_together([["a", "b"]] * 6 + [["x"]] * 6, WEIGHTS))
    assert few[frozenset("ab")] < many[frozenset("ab")]


def test_the_strongest_evidence_wins_noise_is_left_out_and_nobody_has_too_many_neighbours() -> None:
    crowd = [("hub", f"n{i:02}", 0.4 + i / 100, "a list") for i in range(30)]
    kept = evidence.strongest(
        [*crowd, ("a", "b", 0.3, "x"), ("b", "a", 0.5, "y"), ("a", "c", 0.1, "z")], WEIGHTS
    )
    assert ("a", "b", 0.5, "y") in kept
    assert not any({"a", "c"} == set(pair[:2]) for pair in kept)
    assert sum("hub" in pair[:2] for pair in kept) == WEIGHTS.neighbours
    assert min(value for first, second, value, _ in kept if "hub" in (first, second)) > 0.5
