"""The most total fit is the highest total there is, whoever solves it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching import Rules, assign, pairs_from_dense
from matching.market import make_market
from matching.total_fit import cheapest
from tests.matching.cohorts import Cohort, cohorts, every_assignment


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts())
def test_the_total_is_that_of_the_dense_solver(cohort: Cohort) -> None:
    slots = np.repeat(np.arange(len(cohort.capacities)), cohort.capacities)
    worth = np.where(np.isfinite(cohort.scores), cohort.scores, 0.0)[:, slots]
    rows, columns = linear_sum_assignment(worth, maximize=True)

    made = assign(cohort.pairs, cohort.capacities, method="most_total_fit")

    assert made.certificate.total == pytest.approx(worth[rows, columns].sum())


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(most=3))
def test_the_total_is_the_highest_of_all_assignments(cohort: Cohort) -> None:
    totals = (
        sum(cohort.scores[i, j] for i, j in enumerate(choice) if j is not None)
        for choice in every_assignment(cohort)
    )

    made = assign(cohort.pairs, cohort.capacities, method="most_total_fit")

    assert made.certificate.total == pytest.approx(max(totals))


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(), data=st.data())
def test_both_solvers_find_the_same_total(cohort: Cohort, data) -> None:
    pytest.importorskip("ortools", reason="the extra “assignment” is not installed")
    totals = [
        assign(cohort.pairs, cohort.capacities, method="most_total_fit", solver=solver).certificate.total
        for solver in ("scipy", "ortools")
    ]

    assert totals[0] == pytest.approx(totals[1])


def test_a_pair_with_a_score_below_nothing_is_never_made() -> None:
    assert assign(pairs_from_dense([[-1.0]]), [1], method="most_total_fit").pairs == ()


def test_being_without_a_place_can_cost_one_person_more_than_another() -> None:
    market = make_market(pairs_from_dense([[50.0], [60.0]]), np.array([1]), Rules())

    held = cheapest(market, -market.score, np.array([100.0, 0.0]))

    assert market.applicant[held].tolist() == [0]


def test_a_solver_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="solver must be auto, scipy or ortools, not 'magic'"):
        assign(pairs_from_dense([[1.0]]), [1], method="most_total_fit", solver="magic")
