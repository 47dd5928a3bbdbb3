"""A list of pairs is checked once, and comes out the same however it was made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from matching import pairs_from_dense, pairs_from_lists
from tests.matching.cohorts import INF, Cohort, cohorts

ARRAYS = ("applicant", "offer", "score", "applicant_score", "host_score")


@settings(max_examples=100, deadline=None)
@given(cohort=cohorts())
def test_ranked_lists_and_the_full_matrix_make_the_same_pairs(cohort: Cohort) -> None:
    n, m = cohort.scores.shape
    dense = cohort.pairs
    worth = np.where(np.isfinite(cohort.scores), cohort.scores, -INF)
    order = np.argsort(-worth, axis=1, kind="stable")
    listed = np.take_along_axis(worth, order, axis=1)
    made = pairs_from_lists(
        np.where(np.isfinite(listed), order, -1),
        listed,
        n_offers=m,
        applicant_score=np.take_along_axis(cohort.likes, order, axis=1),
        host_score=np.take_along_axis(cohort.wants, order, axis=1),
    )

    assert (made.n_applicants, made.n_offers) == (n, m)
    for name in ARRAYS:
        assert np.array_equal(getattr(made, name), getattr(dense, name))


def test_a_pair_is_found_where_it_stands() -> None:
    pairs = pairs_from_dense([[1.0, -INF, 3.0], [-INF, -INF, 6.0]])

    assert len(pairs) == 3
    assert [pairs.find(0, 2), pairs.find(1, 2), pairs.find(0, 1), pairs.find(1, 0)] == [1, 2, -1, -1]
    assert pairs.span(1) == (2, 3)
    assert pairs.only(pairs.score > 2).offer.tolist() == [2, 2]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"score": np.array([1.0])}, "score must have one entry a pair"),
        ({"host_score": np.array([1.0, np.nan])}, "host_score must be a number"),
        ({"offer": np.array([1, 0], dtype=np.int32)}, "sorted by applicant and then by offer"),
        ({"offer": np.array([0, 0], dtype=np.int32)}, "each pair once"),
        ({"offer": np.array([0, 2], dtype=np.int32)}, "offer must be between 0 and 1"),
    ],
)
def test_arrays_that_are_no_list_of_pairs_are_refused(change, says) -> None:
    with pytest.raises(ValueError, match=says):
        replace(pairs_from_dense([[1.0, 2.0]]), **change)


def test_a_matrix_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape of the scores"):
        pairs_from_dense([[1.0, 2.0]], host_score=[[1.0]])
    with pytest.raises(ValueError, match="one row an applicant"):
        pairs_from_dense([1.0])
