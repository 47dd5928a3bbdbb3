"""Weights are learnt carefully: never below 0, held to the points in force, and not at all from a handful."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.utils.estimator_checks import parametrize_with_checks

from matching import OutcomeModel
from matching.outcome_learning import TAUS, evidence, most_credible, platt

POINTS = (20.0, 30.0, 15.0, 15.0, 10.0, 10.0)


def drawn(n: int, seed: int = 0, weights: Any = POINTS) -> tuple[np.ndarray, np.ndarray]:
    """Shares and outcomes of which ``weights`` are the truth."""
    rng = np.random.default_rng(seed)
    shares = rng.random((n, 6))
    true = np.asarray(weights) / np.sum(weights)
    return shares, (rng.random(n) < expit(8 * (shares @ true - 0.5))).astype(int)


@parametrize_with_checks([OutcomeModel(), OutcomeModel(tau=3.0, min_outcomes=0)])
def test_it_is_a_classifier_as_scikit_learn_knows_them(estimator: Any, check: Any) -> None:
    check(estimator)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 120), tau=st.sampled_from([None, 0.3, 10.0]))
def test_weights_are_never_negative_and_points_add_to_100_in_tenths(
    seed: int, n: int, tau: float | None
) -> None:
    rng = np.random.default_rng(seed)
    good = rng.integers(0, 2, n)
    good[:2] = 0, 1
    model = OutcomeModel(POINTS, tau, min_outcomes=0).fit(rng.random((n, 6)), good)
    assert model.coef_.min() >= 0
    tenths = [round(point * 10) for point in model.points_]
    assert sum(tenths) == 1000
    assert [each / 10 for each in tenths] == list(model.points_)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 49))
def test_under_fifty_outcomes_the_points_and_the_order_stay(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    shares, good = rng.random((n, 6)), rng.integers(0, 2, n)
    good[:2] = 0, 1
    model = OutcomeModel(POINTS).fit(shares, good)
    assert model.points_ == POINTS
    assert model.tau_ is None
    chance, score = model.predict_proba(shares)[:, 1], shares @ POINTS
    assert (np.argsort(chance, kind="stable") == np.argsort(np.round(score, 12), kind="stable")).all()


def test_from_fifty_outcomes_on_the_weights_move_and_from_two_hundred_tau_is_chosen() -> None:
    wrong = (5.0, 60.0, 5.0, 5.0, 20.0, 5.0)
    few, many = (OutcomeModel(POINTS).fit(*drawn(n, weights=wrong)) for n in (60, 2000))
    assert few.tau_ == 10.0
    assert few.points_ != POINTS
    assert many.tau_ in TAUS
    assert many.tau_ < 10.0
    assert abs(many.points_[1] - 60) < 8


def test_the_more_it_is_held_the_closer_it_stays() -> None:
    shares, good = drawn(300, weights=(5.0, 60.0, 5.0, 5.0, 20.0, 5.0))
    away = [
        np.abs(np.subtract(OutcomeModel(POINTS, tau).fit(shares, good).points_, POINTS)).sum() for tau in TAUS
    ]
    assert away == sorted(away, reverse=True)


def test_when_the_points_in_force_are_right_a_high_tau_is_the_most_credible() -> None:
    model = OutcomeModel(POINTS).fit(*drawn(1500, seed=3))
    assert model.tau_ is not None
    assert model.tau_ >= 10


def test_the_evidence_peaks_where_the_weights_are_as_far_from_the_prior_as_tau_says() -> None:
    shares, good = drawn(2000, weights=(5.0, 60.0, 5.0, 5.0, 20.0, 5.0))
    prior = np.r_[-4.0, 8 * np.asarray(POINTS) / 100]
    belief = [evidence(shares, good, prior, tau) for tau in TAUS]
    assert belief.index(max(belief)) < TAUS.index(10.0)


def test_the_mode_is_where_the_slope_of_the_posterior_is_nothing() -> None:
    shares, good = drawn(400)
    prior = np.r_[-4.0, 8 * np.asarray(POINTS) / 100]
    found = most_credible(shares, good.astype(float), prior, 3.0)
    design = np.column_stack((np.ones(len(shares)), shares))
    slope = design.T @ (expit(design @ found) - good) + np.r_[1e-4, [3.0] * 6] * (found - prior)
    assert np.abs(slope[[True, *(found[1:] > 0)]]).max() < 0.05


def test_outcomes_that_go_against_the_score_do_not_turn_it_round() -> None:
    score = np.linspace(0, 1, 40)
    intercept, slope = platt(score, (score < 0.5).astype(float))
    assert slope == 1.0
    assert abs(expit(intercept + score).mean() - 0.5) < 0.02


def test_every_outcome_the_same_still_gives_a_finite_calibration() -> None:
    intercept, slope = platt(np.linspace(0, 1, 20), np.ones(20))
    assert np.isfinite([intercept, slope]).all()


@pytest.mark.parametrize("points", [(1.0, 2.0), (0.0,) * 6, (-1.0, 2.0, 1.0, 1.0, 1.0, 1.0)])
def test_points_that_do_not_fit_the_parts_are_refused(points: Any) -> None:
    with pytest.raises(ValueError, match="points"):
        OutcomeModel(points).fit(*drawn(20))
