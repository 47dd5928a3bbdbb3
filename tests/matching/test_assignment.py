"""Every method keeps the rules, and refuses inputs that contradict each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import METHODS, Quota, Rules, assign, pairs_from_dense, scenarios
from tests.matching.cohorts import INF, Cohort, cohorts, rules_for

METHOD_NAMES = sorted(METHODS)


@settings(max_examples=250, deadline=None)
@given(cohort=cohorts(), method=st.sampled_from(METHOD_NAMES), data=st.data())
def test_every_assignment_keeps_the_rules(cohort: Cohort, method: str, data) -> None:
    rules = data.draw(rules_for(cohort))
    made = assign(cohort.pairs, cohort.capacities, rules=rules, method=method)
    people = [i for i, _ in made.pairs]

    assert people == sorted(set(people))
    for j, capacity in enumerate(cohort.capacities):
        assert sum(offer == j for _, offer in made.pairs) <= capacity
    assert set(rules.pins) <= set(made.pairs)
    assert not set(rules.forbids) & set(made.pairs)
    for i, j in set(made.pairs) - set(rules.pins):
        assert np.isfinite(cohort.scores[i, j])
        assert rules.floor is None or cohort.scores[i, j] >= rules.floor


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(), method=st.sampled_from(METHOD_NAMES))
def test_the_same_inputs_give_the_same_assignment(cohort: Cohort, method: str) -> None:
    one, other = (assign(cohort.pairs, cohort.capacities, method=method) for _ in range(2))

    assert one.pairs == other.pairs
    assert one.certificate == other.certificate


def test_equals_are_told_apart_by_the_lower_index() -> None:
    made = assign(pairs_from_dense(np.full((3, 2), 50.0)), [1, 1])

    assert made.pairs == ((0, 0), (1, 1))


def test_a_lower_index_wins_a_tie_even_when_it_comes_later() -> None:
    likes = [[9.0, 5.0], [5.0, 9.0], [9.0, 1.0]]
    wants = [[1.0, 5.0], [1.0, 5.0], [9.0, 1.0]]
    pairs = pairs_from_dense(np.full((3, 2), 50.0), applicant_score=likes, host_score=wants)

    assert assign(pairs, [1, 1]).pairs == ((0, 1), (2, 0))


def test_a_pin_is_kept_even_where_the_pair_is_no_longer_eligible() -> None:
    made = assign(pairs_from_dense([[-INF, 90.0], [80.0, 70.0]]), [1, 1], rules=Rules(pins=[(0, 0)]))

    assert made.pairs == ((0, 0), (1, 1))
    assert made.offer_of.tolist() == [0, 1]
    assert made.certificate.matched == 2
    assert made.certificate.total == 70


def test_scenarios_stand_side_by_side_with_the_price_of_stability() -> None:
    made = scenarios(pairs_from_dense([[60.0, 50.0], [50.0, 0.0]]), [1, 1])

    assert list(made) == list(METHODS)
    assert made["stable"].pairs == ((0, 0), (1, 1))
    assert made["stable"].certificate.price_of_stability == pytest.approx(0.4)
    assert made["most_total_fit"].pairs == ((0, 1), (1, 0))
    assert made["most_total_fit"].certificate.price_of_stability == 0.0
    assert made["worst_served_first"].certificate.worst == 50


def test_a_quota_leaves_the_price_of_stability_alone() -> None:
    rules = Rules(quotas=[Quota("second", np.array([False, True]), 1.0)])
    pairs = pairs_from_dense([[60.0, 50.0], [50.0, 0.0]])

    made = scenarios(pairs, [1, 1], rules=rules)

    assert made["stable"].certificate.price_of_stability == pytest.approx(0.4)


def test_nobody_goes_in_two_directions() -> None:
    pairs = pairs_from_dense([[60.0, -INF], [50.0, 40.0]])
    with pytest.raises(ValueError, match="applicant 1 has pairs in two directions"):
        assign(pairs, [1, 1], directions=["outward", "inward"])


def test_each_direction_is_counted_on_its_own() -> None:
    pairs = pairs_from_dense([[60.0, -INF], [50.0, -INF], [-INF, 40.0]])
    made = assign(pairs, [1, 1], directions=["outward", "inward"])

    shares = {share.name: (share.placed, share.size, share.share) for share in made.certificate.groups}
    assert shares == {"inward": (1, 1, 0.5), "outward": (1, 1, 0.5)}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"method": "stabel"},
            "method must be one of stable, most_total_fit, worst_served_first, not 'stabel'",
        ),
        ({"capacities": [1]}, "one number an offer"),
        ({"capacities": [1, -1]}, "below 0"),
        ({"directions": ["outward"]}, "one label an offer"),
        ({"rules": Rules(pins=[(0, 0), (0, 1)])}, "pinned twice"),
        ({"rules": Rules(pins=[(0, 0), (1, 0)])}, "more pins than places"),
        ({"rules": Rules(pins=[(0, 0)], forbids=[(0, 0)])}, "both pinned and forbidden"),
        ({"rules": Rules(forbids=[(0, 7)])}, "outside 2 applicants and 2 offers"),
    ],
)
def test_inputs_that_contradict_each_other_are_refused(change, says) -> None:
    inputs = {"capacities": [1, 1], **change}
    with pytest.raises(ValueError, match=says):
        assign(pairs_from_dense([[1.0, 2.0], [3.0, 4.0]]), inputs.pop("capacities"), **inputs)
