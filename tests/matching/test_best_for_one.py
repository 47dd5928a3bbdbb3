"""One profile's list, found at once, is the one that the ranking of everybody gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.best_for_one import OneSide, best_for_one
from matching.factors import dates_conflict
from matching.lists import NOBODY
from matching.top_k import top_both_ways
from tests.matching.problems import drawn_problem, problems


@given(problem=problems, k=st.integers(1, 20))
def test_one_applicant_sees_the_list_that_everybody_was_given(problem, k):
    everybody, _ = top_both_ways(problem.applicants, problem.offers, k=k, days=problem.days)
    side = OneSide.of(problem.offers)
    ours, theirs = problem.days
    for row in range(len(problem.applicants)):
        one = slice(row, row + 1)
        alone = best_for_one(
            problem.applicants.take(one),
            side,
            k=k,
            conflict=lambda some, one=one: dates_conflict(ours.take(one), theirs.take(some))[0],
        )
        np.testing.assert_array_equal(alone.indices[0], everybody.indices[row])
        np.testing.assert_array_equal(alone.products[0], everybody.products[row])


@given(problem=problems, k=st.integers(1, 20))
def test_one_offer_sees_the_list_that_everybody_was_given(problem, k):
    _, everybody = top_both_ways(problem.applicants, problem.offers, k=k, days=problem.days)
    side = OneSide.of(problem.applicants)
    theirs, ours = problem.days
    for row in range(len(problem.offers)):
        one = slice(row, row + 1)
        alone = best_for_one(
            problem.offers.take(one),
            side,
            k=k,
            conflict=lambda some, one=one: dates_conflict(theirs.take(some), ours.take(one))[:, 0],
        )
        np.testing.assert_array_equal(alone.indices[0], everybody.indices[row])
        np.testing.assert_array_equal(alone.products[0], everybody.products[row])


def test_rows_that_a_column_bars_are_never_asked_about():
    problem = drawn_problem(4, 1, 200)
    exact = problem.applicants.dense.astype(np.float64) @ problem.offers.dense.T
    asked = []

    def conflict(some):
        asked.extend(some)
        return np.zeros(len(some), dtype=bool)

    best_for_one(problem.applicants, OneSide.of(problem.offers), k=5, conflict=conflict)
    assert asked == list(np.flatnonzero(exact[0] >= 0))


@pytest.mark.parametrize("n_offers", [0, 3])
def test_a_list_without_enough_rows_is_filled_with_nobody(n_offers):
    problem = drawn_problem(1, 1, n_offers)
    found = best_for_one(problem.applicants, OneSide.of(problem.offers), k=8)
    assert (found.indices[0, n_offers:] == NOBODY).all()
    assert np.isnan(found.products[0, n_offers:]).all()
