"""Baselines of classification: grouped folds, and an area that agrees with scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from matching.evaluation.classifiers import BASELINES, held_out, macro_auc_interval, ranked_in_folds

TEXTS = [f"{words} number {row}" for row in range(10) for words in ("hospital ward", "wind farm")]
LABELS = np.array([[1, 0], [0, 1]] * 10)


@given(st.integers(0, 1000), st.integers(2, 6))
def test_the_area_is_scikit_learns_and_lies_inside_its_interval(seed, kinds):
    rng = np.random.default_rng(seed)
    truth = np.column_stack([[1, 0, *rng.integers(2, size=28)] for _ in range(2)])
    scores = rng.integers(kinds, size=(30, 2)).astype(float)

    value, low, high = macro_auc_interval(truth, scores, seed=seed)

    assert value == pytest.approx(
        np.mean([roc_auc_score(truth[:, label], scores[:, label]) for label in (0, 1)])
    )
    assert low <= value <= high


@pytest.mark.parametrize("name", [name for name in BASELINES if name != "random"])
def test_each_baseline_learns_an_easy_task(name):
    scores, _, _ = held_out(BASELINES[name], TEXTS, LABELS, range(len(TEXTS)), seed=0)

    assert (scores.argmax(axis=1) == LABELS.argmax(axis=1)).mean() > 0.9


def test_a_group_is_never_in_two_folds():
    groups = [row // 2 for row in range(len(TEXTS))]

    _, fold_of, _ = held_out(BASELINES["random"], TEXTS, LABELS, groups, seed=3)

    assert all(fold_of[row] == fold_of[row + 1] for row in range(0, len(TEXTS), 2))


def test_ranks_inside_folds_do_not_depend_on_a_folds_scale():
    scores, folds = np.array([[1.0], [2.0], [100.0], [300.0]]), np.array([0, 0, 1, 1])

    assert ranked_in_folds(scores, folds).tolist() == [[0.5], [1.0], [0.5], [1.0]]
