"""The score's settings from both sides, and moved to learnt points without touching a credit."""

import matching
from programme import score_rules

HOST = dict(zip(matching.PART_NAMES, (15.0, 45.0, 0.0, 20.0, 15.0, 5.0), strict=True))
APPLICANT = dict(zip(matching.PART_NAMES, (25.0, 15.0, 30.0, 10.0, 5.0, 15.0), strict=True))
BOTH = dict(zip(matching.PART_NAMES, (20.0, 30.0, 15.0, 15.0, 10.0, 10.0), strict=True))
CREDITS = {"neutral": 0.5, "level_step": 0.25}
OF_TWO_SIDES = CREDITS | {
    f"{side}.{part}": points
    for side, own in (("host", HOST), ("applicant", APPLICANT))
    for part, points in own.items()
}
LEARNT = dict(zip(matching.PART_NAMES, (10.0, 40.0, 15.0, 15.0, 5.0, 15.0), strict=True))


def test_the_match_points_are_the_mean_of_both_sides() -> None:
    assert score_rules.sides(OF_TWO_SIDES) == {"host": HOST, "applicant": APPLICANT}
    assert score_rules.points_of(OF_TWO_SIDES) == BOTH


def test_learnt_points_move_both_sides_and_no_credit() -> None:
    moved = score_rules.with_points(OF_TWO_SIDES, LEARNT)
    assert moved.keys() == OF_TWO_SIDES.keys()
    assert {name: moved[name] for name in CREDITS} == CREDITS
    for points in score_rules.sides(moved).values():
        assert round(sum(points.values()), 9) == 100
    after = score_rules.points_of(moved)
    for part in matching.PART_NAMES:
        if LEARNT[part] > BOTH[part]:
            assert after[part] > BOTH[part]


def test_points_that_did_not_change_leave_the_settings_as_they_were() -> None:
    assert score_rules.with_points(OF_TWO_SIDES, score_rules.points_of(OF_TWO_SIDES)) == OF_TWO_SIDES


def test_the_shipped_rules_make_a_model_with_the_promised_thresholds() -> None:
    points, model = score_rules.shipped()
    assert round(sum(points.values()), 9) == 100
    assert model.default_points == tuple(points.values())
    assert (model.min_outcomes, model.choose_tau_from, model.few_tau) == (50, 200, 10)
    assert model.taus == (0.3, 1, 3, 10, 30, 100)
