"""The least change is enough, and anything less is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching import Reserve, Rules, assign, least_change, pairs_from_dense, refusals
from tests.matching.cohorts import Cohort, cohorts, reserves_for


@settings(max_examples=150, deadline=None)
@given(cohort=cohorts(), data=st.data())
def test_in_a_stable_assignment_it_is_the_fewest_places_and_the_fewest_points(cohort: Cohort, data) -> None:
    rules = Rules(reserves=data.draw(reserves_for(cohort)))
    made = assign(cohort.pairs, cohort.capacities, rules=rules)
    wished = [
        (r.applicant, r.offer) for found in refusals(made, range(len(cohort.scores))).values() for r in found
    ]
    wished = [(i, j) for i, j in wished if j is not None]
    assume(wished)
    i, j = data.draw(st.sampled_from(wished))

    least = least_change(made, i, j)

    def satisfied(more_places: int = 0, more_points: float = 0.0) -> bool:
        capacities, wants = list(cohort.capacities), cohort.wants.copy()
        capacities[j] += more_places
        wants[i, j] += more_points
        own = dict(assign(cohort._replace(wants=wants).pairs, capacities, rules=rules).pairs)
        return i in own and cohort.likes[i, own[i]] >= cohort.likes[i, j]

    assert satisfied(more_places=least.places)
    assert not satisfied(more_places=least.places - 1)
    if least.points is not None:
        assert satisfied(more_points=least.points + 0.5)
        assert not satisfied(more_points=least.points - 0.5)


@settings(max_examples=80, deadline=None)
@given(cohort=cohorts(), data=st.data())
def test_in_the_most_total_fit_it_is_the_points_of_score_that_tip_the_balance(cohort: Cohort, data) -> None:
    made = assign(cohort.shared, cohort.capacities, method="most_total_fit")
    wished = [
        (r.applicant, r.offer)
        for found in refusals(made, range(len(cohort.scores))).values()
        for r in found
        if r.offer is not None and cohort.capacities[r.offer]
    ]
    assume(wished)
    i, j = data.draw(st.sampled_from(wished))

    points = least_change(made, i, j).points

    def satisfied(more: float) -> bool:
        scores = cohort.scores.copy()
        scores[i, j] += more
        return (i, j) in assign(pairs_from_dense(scores), cohort.capacities, method="most_total_fit").pairs

    assert satisfied(points + 0.01)
    assert points < 0.01 or not satisfied(points - 0.01)


def test_it_is_told_in_people_where_the_host_ranked() -> None:
    made = assign(pairs_from_dense([[90.0], [80.0], [70.0]], host_ranks=[[3], [2], [1]]), [1])
    least = least_change(made, 0, 0)

    assert (least.places, least.points, least.pass_over) == (2, None, 2)


def test_it_is_asked_only_of_pairs_that_somebody_wants_and_may_have() -> None:
    reserve = Reserve("nobody", 0, np.zeros(2, dtype=bool))
    made = assign(pairs_from_dense([[90.0, 10.0], [80.0, np.nan]]), [1, 1], rules=Rules(reserves=[reserve]))
    for pair, says in (((1, 1), "may not be made"), ((0, 0), "as much"), ((0, 1), "as much")):
        with pytest.raises(ValueError, match=says):
            least_change(made, *pair)
    fair = assign(pairs_from_dense([[90.0], [80.0]]), [1], method="worst_served_first")
    with pytest.raises(ValueError, match="is known for a stable assignment"):
        least_change(fair, 1, 0)
