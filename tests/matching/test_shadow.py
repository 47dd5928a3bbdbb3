"""A change is allowed by figures out of fold, never by luck alone, and gone back on when later outcomes say so."""

import numpy as np
import pytest

from matching import OutcomeModel, shadow_report, should_roll_back
from matching.shadow import IN_SHADOW, PROMOTABLE, TOO_FEW, mean_and_error
from tests.matching.test_outcome_learning import POINTS, drawn

WRONG = (5.0, 60.0, 5.0, 5.0, 20.0, 5.0)
MODEL = OutcomeModel(POINTS)


def report(n: int, weights: tuple[float, ...] = WRONG, **thresholds: float) -> object:
    shares, good = drawn(n, weights=weights)
    return shadow_report(shares, good, np.arange(n) // 4, model=MODEL, **thresholds)


def test_under_fifty_outcomes_the_points_in_force_stay() -> None:
    found = report(49)
    assert found.verdict == TOO_FEW
    assert found.gain is None
    assert "49 outcomes" in found.reason


def test_no_outcome_at_all_is_too_few() -> None:
    assert shadow_report(np.empty((0, 6)), [], [], model=MODEL).verdict == TOO_FEW


def test_from_fifty_it_is_in_shadow_and_shown_however_good_it_looks() -> None:
    found = report(199)
    assert found.verdict == IN_SHADOW
    assert found.gain is not None
    assert "from 200 on" in found.reason


def test_a_clear_gain_on_enough_outcomes_may_be_promoted() -> None:
    found = report(1500)
    assert found.verdict == PROMOTABLE
    assert found.gain > found.gain_se > 0
    assert found.brier_after < found.brier_before


def test_a_gain_within_its_error_stays_in_shadow() -> None:
    assert report(1500, gain_in_se=1000.0).verdict == IN_SHADOW


@pytest.mark.parametrize("good", [np.zeros(100), np.r_[np.ones(3), np.zeros(97)]])
def test_outcomes_that_are_nearly_all_the_same_say_nothing(good: np.ndarray) -> None:
    shares, _ = drawn(100)
    assert shadow_report(shares, good, np.arange(100), model=MODEL).verdict == TOO_FEW


def test_the_outcomes_of_a_few_people_say_nothing_of_the_others() -> None:
    shares, good = drawn(400)
    assert shadow_report(shares, good, np.arange(400) % 3, model=MODEL).verdict == TOO_FEW


def test_nobody_is_judged_by_their_own_outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    shares, good = drawn(240)
    people = np.arange(240) // 6
    seen: list[set[int]] = []
    fit = OutcomeModel.fit

    def spy(self: OutcomeModel, some: np.ndarray, outcomes: np.ndarray) -> OutcomeModel:
        rows = {tuple(row) for row in some}
        seen.append({int(who) for row, who in zip(shares, people, strict=True) if tuple(row) in rows})
        assert all(
            (tuple(row) in rows) == (int(who) in seen[-1]) for row, who in zip(shares, people, strict=True)
        )
        return fit(self, some, outcomes)

    monkeypatch.setattr(OutcomeModel, "fit", spy)
    shadow_report(shares, good, people, model=MODEL)
    assert len(seen) == 10
    assert all(len(who) == 32 for who in seen)  # four fifths of forty people, each with all their outcomes


def test_the_error_of_a_mean_counts_people_not_outcomes() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=200)
    mean, alone = mean_and_error(values, np.arange(200))
    assert np.isclose(mean, values.mean())
    assert np.isclose(alone, values.std(ddof=1) / np.sqrt(200))
    _, five_times = mean_and_error(np.repeat(values, 5), np.repeat(np.arange(200), 5))
    assert np.isclose(five_times, alone)
    assert mean_and_error(values, np.zeros(200))[1] == float("inf")


def test_later_outcomes_that_are_clearly_worse_advise_going_back() -> None:
    rng = np.random.default_rng(1)
    truth = rng.random(400)
    good = (rng.random(400) < truth).astype(float)
    bad = 1 - truth
    people = np.arange(400)
    assert should_roll_back(truth, bad, good, people).advised
    assert not should_roll_back(bad, truth, good, people).advised
    assert not should_roll_back(truth, truth, good, people).advised
    of_one = should_roll_back(truth, bad, good, np.zeros(400))
    assert (of_one.worse_se, of_one.advised) == (None, False)
    with pytest.raises(ValueError, match="no later outcome"):
        should_roll_back([], [], [], [])
