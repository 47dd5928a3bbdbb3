"""The simulated world says what it promises: a truth we know, outcomes only of what was shown, the same each time."""

import numpy as np
import pytest

from matching import OutcomeModel
from matching.outcome_simulation import (
    DEFAULTS,
    PLAIN,
    POLICY,
    World,
    by_method,
    ndcg,
    outcomes_of,
    simulate,
)

POINTS = (20.0, 30.0, 15.0, 15.0, 10.0, 10.0)


@pytest.fixture(scope="module")
def lines() -> list:
    return simulate(POINTS, sigmas=(0.0, 1.2), sizes=(50, 200), runs=2, seed=1)


def test_there_is_a_line_for_every_sigma_size_and_method(lines: list) -> None:
    for sigma in (0.0, 1.2):
        methods = by_method(lines, sigma)
        assert list(methods) == [DEFAULTS, PLAIN, "Shrunk, tau 3", "Shrunk, tau 10", POLICY]
        assert all([line.n for line in found] == [50, 200] for found in methods.values())
    assert all(0 <= line.ndcg <= 1 and 0 <= line.harm <= 1 for line in lines)


def test_the_same_seed_gives_the_same_table(lines: list) -> None:
    assert simulate(POINTS, sigmas=(0.0, 1.2), sizes=(50, 200), runs=2, seed=1) == lines


def test_under_two_hundred_outcomes_our_policy_is_the_points_in_force(lines: list) -> None:
    for sigma in (0.0, 1.2):
        found = by_method(lines, sigma)
        assert found[POLICY][0].ndcg == found[DEFAULTS][0].ndcg
        assert found[POLICY][0].changed == 0


def test_plain_regression_on_fifty_outcomes_does_harm_where_the_points_are_right(lines: list) -> None:
    assert by_method(lines, 0.0)[PLAIN][0].harm == 1.0


def test_outcomes_come_only_from_the_top_of_the_list_in_force() -> None:
    rng = np.random.default_rng(0)
    shown, good, people = outcomes_of(rng, World(np.asarray(POINTS) / 100), POINTS, 205)
    assert shown.shape == (205, 6)
    assert set(good) == {0.0, 1.0}
    assert np.unique(people).size == 21
    assert (shown @ POINTS).mean() > 55


def test_ranking_by_the_truth_is_a_perfect_ndcg_and_by_its_opposite_is_not() -> None:
    chance = np.random.default_rng(0).random((20, 30))
    assert ndcg(chance, chance) == pytest.approx(1)
    assert ndcg(chance, -chance) < 0.5


@pytest.mark.parametrize(("seed", "run"), [(7, 6), (1, 8)])
def test_an_unlucky_draw_does_not_let_the_points_go(seed: int, run: int) -> None:
    """Two draws of 200 outcomes that look as if the points were badly wrong, where they are right."""
    rng = np.random.default_rng([seed, run, 0])
    rng.standard_normal(6)
    shares, good, _ = outcomes_of(rng, World(np.asarray(POINTS) / 100), POINTS, 200)
    assert OutcomeModel(POINTS).fit(shares, good).tau_ == 100
    assert OutcomeModel(POINTS, doubt=2.0).fit(shares, good).tau_ < 10


def test_more_outcomes_do_not_make_the_guard_accept_harm_where_nothing_is_to_be_learnt() -> None:
    """The null: the true weights are those in force. In at most one run of ten may the list get worse."""
    found = by_method(simulate(POINTS, sigmas=(0.0,), sizes=(200, 600), runs=12, seed=7), 0.0)[POLICY]
    for line in found:
        assert line.harm <= 0.1, f"harm in {line.harm:.0%} of runs with {line.n} outcomes"
        assert line.loss <= 0.002
