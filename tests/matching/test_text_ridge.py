"""The dual form of ridge regression gives the scores of the usual one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from matching.text_ridge import dual_weights, held_out_scores


@given(st.integers(0, 10_000), st.floats(0.1, 10))
def test_the_dual_form_scores_like_scikit_learns_ridge_on_targets_less_their_mean(seed, strength):
    rng = np.random.default_rng(seed)
    read, targets = rng.random((8, 20)), rng.random((8, 2))

    ours = read @ (read.T @ dual_weights(read @ read.T, targets, strength))

    usual = Ridge(alpha=strength, fit_intercept=False, solver="cholesky").fit(
        read, targets - targets.mean(axis=0)
    )
    assert np.allclose(ours, usual.predict(read), atol=1e-8)


def test_a_held_out_score_does_not_depend_on_the_texts_own_target():
    rng = np.random.default_rng(0)
    read, targets = rng.random((6, 9)), rng.random((6, 1))
    folds = [(np.arange(3, 6), np.arange(3)), (np.arange(3), np.arange(3, 6))]
    before = held_out_scores(read @ read.T, targets, folds, 1.0)

    targets[0] += 5
    after = held_out_scores(read @ read.T, targets, folds, 1.0)

    assert after[:3].tolist() == before[:3].tolist()
    assert not np.allclose(after[3:], before[3:])
