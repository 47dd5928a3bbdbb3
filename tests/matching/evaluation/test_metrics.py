"""The measures, checked on rankings worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.metrics import average_precision_score, ndcg_score

from matching.evaluation import metrics


def values(scores, gains, **settings):
    found = metrics.ranking_values(np.array(scores, dtype=float), csr_array(np.array(gains)), **settings)
    return {name: each.tolist() for name, each in found.items()}


def test_a_perfect_ranking_reaches_one_on_every_measure_but_precision():
    found = values([[3, 2, 1, 0]], [[1, 1, 0, 0]])

    assert found == {"nDCG": [1], "nDCG@10": [1], "MAP": [1], "MRR": [1], "P@10": [0.2]}


def test_gain_is_linear_and_the_discount_logarithmic():
    found = values([[1, 3, 2]], [[3, 1, 0]])

    assert found["nDCG"] == pytest.approx([(1 + 3 / 2) / (3 + 1 / np.log2(3))])


def test_a_query_that_nobody_judged_is_left_out():
    assert len(values([[1, 2], [2, 1]], [[0, 0], [1, 0]])["MAP"]) == 1


@given(st.integers(0, 2**32 - 1))
def test_the_measures_agree_with_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    scores, gains = rng.permutation(30).astype(float)[None, :], rng.integers(0, 3, (1, 30))
    gains[0, 0] = 1

    found = metrics.ranking_values(scores, csr_array(gains))

    assert found["nDCG"][0] == pytest.approx(ndcg_score(gains, scores))
    assert found["nDCG@10"][0] == pytest.approx(ndcg_score(gains, scores, k=10))
    assert found["MAP"][0] == pytest.approx(average_precision_score(gains[0] > 0, scores[0]))


def test_equal_scores_are_ordered_by_the_seed_alone():
    gains = [[0] * 50 + [1]]
    level = [[0.0] * 51]

    assert values(level, gains, seed=1) == values(level, gains, seed=1)
    assert values(level, gains, seed=1) != values(level, gains, seed=2)


def test_the_interval_holds_the_mean_and_narrows_with_more_queries():
    rng = np.random.default_rng(0)
    few, many = (metrics.mean_interval(rng.random(size)) for size in (20, 2_000))

    assert few[1] < few[0] < few[2]
    assert many[2] - many[1] < few[2] - few[1]


def test_the_macro_area_leaves_out_a_label_without_both_kinds():
    truth = np.array([[1, 0], [0, 0]])

    assert metrics.macro_auc(truth, np.array([[0.9, 0.1], [0.2, 0.8]])) == 1


def test_calibration_error_is_the_gap_between_said_and_seen():
    assert metrics.calibration_error(np.array([1, 1, 0, 0]), np.full(4, 0.5)) == pytest.approx(0)
    assert metrics.calibration_error(np.array([0, 0]), np.array([0.9, 0.9])) == pytest.approx(0.9)
