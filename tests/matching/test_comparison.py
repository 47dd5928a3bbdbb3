"""Who gains and who loses, and what one withdrawal moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching import METHODS, Rules, after_withdrawal, assign, compare, pairs_from_dense
from tests.matching.cohorts import INF, Cohort, cohorts


def test_both_sides_gains_and_losses_are_counted() -> None:
    pairs = pairs_from_dense([[60.0, 50.0], [50.0, 0.0]])
    stable, best = (assign(pairs, [1, 1], method=method) for method in ("stable", "most_total_fit"))

    found = compare(stable, best)

    assert found.same == 0
    assert [(m.applicant, m.before, m.after, m.gains) for m in found.applicants] == [
        (0, 0, 1, -1),
        (1, 1, 0, 1),
    ]
    assert [(o.offer, o.left, o.came, o.gains) for o in found.offers] == [
        (0, (0,), (1,), -1),
        (1, (1,), (0,), 1),
    ]
    assert (found.applicants_gain, found.applicants_lose) == (1, 1)
    assert (found.offers_gain, found.offers_lose) == (1, 1)
    assert found.places == 0


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(), methods=st.tuples(*[st.sampled_from(sorted(METHODS))] * 2))
def test_a_comparison_turned_round_swaps_gains_and_losses(cohort: Cohort, methods) -> None:
    one, other = (assign(cohort.pairs, cohort.capacities, method=method) for method in methods)
    there, back = compare(one, other), compare(other, one)

    assert (there.same, there.places) == (back.same, -back.places)
    assert (there.applicants_gain, there.applicants_lose) == (back.applicants_lose, back.applicants_gain)
    assert (there.offers_gain, there.offers_lose) == (back.offers_lose, back.offers_gain)
    assert compare(one, one).applicants == ()


@settings(max_examples=80, deadline=None)
@given(cohort=cohorts(ties=False), data=st.data())
def test_when_an_applicant_withdraws_no_other_applicant_is_worse_off(cohort: Cohort, data) -> None:
    assume(len(cohort.scores))
    i = data.draw(st.integers(0, len(cohort.scores) - 1))
    made = assign(cohort.pairs, cohort.capacities)

    moved = after_withdrawal(made, applicant=i)

    without = cohort.scores.copy()
    without[i] = np.nan
    again = assign(cohort._replace(scores=without).pairs, cohort.capacities)
    assert {m.applicant: m.after for m in moved.applicants} == {
        a: (None if after < 0 else after)
        for a, (before, after) in enumerate(zip(made.offer_of, again.offer_of, strict=True))
        if before != after
    }
    assert all(move.gains > 0 for move in moved.applicants if move.applicant != i)


def test_when_an_offer_withdraws_its_people_look_elsewhere() -> None:
    pairs = pairs_from_dense([[90.0, 50.0], [-INF, 40.0], [30.0, -INF]])
    made = assign(pairs, [1, 1], rules=Rules())

    moved = after_withdrawal(made, offer=0)

    assert [(m.applicant, m.before, m.after) for m in moved.applicants] == [(0, 0, 1), (1, 1, None)]
    assert moved.places == -1


def test_a_pin_goes_with_the_one_who_withdraws() -> None:
    made = assign(pairs_from_dense([[90.0], [80.0]]), [1], rules=Rules(pins=[(1, 0)]))

    assert [(m.applicant, m.after) for m in after_withdrawal(made, applicant=1).applicants] == [
        (0, 0),
        (1, None),
    ]


def test_a_pin_at_the_offer_that_withdraws_is_released() -> None:
    made = assign(pairs_from_dense([[90.0, 40.0]]), [1, 1], rules=Rules(pins=[(0, 0)]))

    assert [(m.applicant, m.after) for m in after_withdrawal(made, offer=0).applicants] == [(0, 1)]


def test_a_comparison_needs_one_cohort_and_a_withdrawal_somebody() -> None:
    one = assign(pairs_from_dense([[90.0]]), [1])
    with pytest.raises(ValueError, match="same applicants and offers"):
        compare(one, assign(pairs_from_dense([[90.0], [1.0]]), [1]))
    with pytest.raises(ValueError, match="who withdraws"):
        after_withdrawal(one)
