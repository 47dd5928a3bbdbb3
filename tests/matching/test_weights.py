"""Settings are given, checked and never assumed."""

from __future__ import annotations

import pytest

from matching import Weights


def test_weights_are_built_from_named_rows(weight_rows) -> None:
    weights = Weights.from_rows(version="v", rows=weight_rows)

    assert weights.host["skills"] == weights.points("skills", "host") == 45
    assert weights.points("skills") == 30


def test_a_missing_and_an_unknown_row_are_both_named(weight_rows) -> None:
    del weight_rows["host.learning"]

    with pytest.raises(ValueError, match=r"missing host\.learning; unknown luck"):
        Weights.from_rows(version="v", rows={**weight_rows, "luck": 1})


@pytest.mark.parametrize(
    ("row", "value", "says"),
    [
        ("host.skills", 46, "must add to 100, not 101"),
        ("applicant.skills", -1, "fewer than 0"),
        ("host.skills", float("nan"), "must be a number"),
        ("host.skills", 45.05, "tenths of a point"),
        ("essential_weight", 0.5, "at least as much"),
        ("essential_weight", float("inf"), "at least as much"),
        ("level_step", 1.5, "level_step must be between 0 and 1"),
        ("elsewhere_credit", 0.9, "nearer is never worse"),
    ],
)
def test_settings_that_make_no_sense_are_refused(weight_rows, row: str, value: float, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Weights.from_rows(version="v", rows={**weight_rows, row: value})


def test_weights_have_no_defaults() -> None:
    with pytest.raises(TypeError):
        Weights(version="v")


def test_a_part_that_does_not_exist_has_no_points(weights) -> None:
    with pytest.raises(KeyError):
        weights.points("version")


def test_a_balance_moves_points_between_using_and_learning_and_loses_none(weights) -> None:
    assert weights.use_and_learn(None) == (15, 30)
    assert weights.use_and_learn(0) == (45, 0)
    assert weights.use_and_learn(1) == (0, 45)
    assert sum(weights.use_and_learn(0.37)) == pytest.approx(45)
