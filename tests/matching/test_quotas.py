"""A share quota is met by bonus points, and its price is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Quota, Rules, assign, pairs_from_dense, quotas
from tests.matching.cohorts import Cohort, cohorts


def with_quota(scores, capacities, inside, at_least, **rules):
    quota = Quota("small charities", np.array(inside), at_least)
    return assign(
        pairs_from_dense(scores), capacities, rules=Rules(quotas=[quota], **rules), method="most_total_fit"
    )


def test_a_quota_moves_people_for_the_least_bonus_that_does_it() -> None:
    scores = [[80.0, 78.0], [80.0, 60.0]]
    made = with_quota(scores, [2, 2], [False, True], 0.5)
    (result,) = made.certificate.quotas

    assert made.pairs == ((0, 1), (1, 0))
    assert result.met
    assert result.share == 0.5
    assert result.bonus == pytest.approx(2.0)
    assert (result.places_lost, result.points_lost) == (0, pytest.approx(2.0))
    assert "a place of “small charities” counted 2.0 points more than another place" in result.words


def test_where_seats_run_out_a_quota_is_paid_in_places() -> None:
    scores = [[80.0, 70.0], [80.0, 70.0], [80.0, 70.0], [80.0, 70.0]]
    made = with_quota(scores, [3, 1], [False, True], 0.5)
    (result,) = made.certificate.quotas

    assert result.share == 0.5
    assert len(made.pairs) == 2
    assert result.places_lost == 2


def test_a_quota_that_holds_anyway_costs_nothing() -> None:
    made = with_quota([[80.0, 70.0], [80.0, 70.0]], [1, 1], [False, True], 0.5)
    (result,) = made.certificate.quotas

    assert (result.bonus, result.places_lost, result.points_lost) == (0.0, 0, 0.0)
    assert "without a bonus" in result.words


def test_pins_count_towards_a_quota() -> None:
    made = with_quota([[80.0, 10.0], [80.0, 10.0]], [2, 2], [False, True], 0.5, pins=[(0, 1)])

    assert made.pairs == ((0, 1), (1, 0))
    assert made.certificate.quotas[0].bonus == 0.0


@settings(max_examples=120, deadline=None)
@given(cohort=cohorts(), share=st.sampled_from([0.0, 0.3, 0.5, 1.0]), data=st.data())
def test_a_quota_is_met_and_never_raises_the_total(cohort: Cohort, share: float, data) -> None:
    m = cohort.scores.shape[1]
    inside = data.draw(st.lists(st.booleans(), min_size=m, max_size=m))
    free = assign(cohort.shared, cohort.capacities, method="most_total_fit")
    made = with_quota(cohort.scores, cohort.capacities, np.array(inside, dtype=bool), share)
    (result,) = made.certificate.quotas

    placed = sum(inside[j] for _, j in made.pairs)
    assert placed >= share * len(made.pairs) - 1e-9
    assert result.met
    assert made.certificate.total <= free.certificate.total + 1e-6
    assert result.places_lost == len(free.pairs) - len(made.pairs)


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(most=6), share=st.sampled_from([0.3, 0.5, 0.8]), data=st.data())
def test_one_quota_takes_at_most_fifteen_solves(cohort: Cohort, share: float, data) -> None:
    m = cohort.scores.shape[1]
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=m, max_size=m)), dtype=bool)
    solves, solver = [0], quotas.cheapest

    def counted(*given_):
        solves[0] += 1
        return solver(*given_)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotas, "cheapest", counted)
        with_quota(cohort.scores, cohort.capacities, inside, share)
    assert solves[0] <= 15


def test_quotas_are_priced_one_after_the_other_and_say_when_they_are_not_met() -> None:
    north = Quota("north", np.array([True, False]), 1.0)
    south = Quota("south", np.array([False, True]), 1.0)
    made = assign(
        pairs_from_dense([[80.0, 70.0]] * 2),
        [1, 1],
        rules=Rules(quotas=[north, south]),
        method="most_total_fit",
    )

    first, second = made.certificate.quotas
    assert [result.met for result in (first, second)].count(True) <= 1 or not made.pairs
    assert len(made.pairs) == 2 - first.places_lost - second.places_lost
