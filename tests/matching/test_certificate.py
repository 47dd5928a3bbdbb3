"""The certificate says only what anybody could count again."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import METHODS, Group, Rules, assign, pairs_from_dense
from tests.matching.cohorts import INF, Cohort, blocking_by_loops, cohorts, reserves_for


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts(), method=st.sampled_from(sorted(METHODS)))
def test_the_blocking_pairs_are_exactly_those_that_both_would_rather_have(
    cohort: Cohort, method: str
) -> None:
    made = assign(cohort.pairs, cohort.capacities, method=method)
    own, held = (
        dict(made.pairs),
        {j: [i for i, o in made.pairs if o == j] for j in range(len(cohort.capacities))},
    )
    expected = [
        (i, j)
        for i, j in product(*map(range, cohort.scores.shape))
        if np.isfinite(cohort.scores[i, j])
        and own.get(i) != j
        and (i not in own or cohort.likes[i, j] > cohort.likes[i, own[i]])
        and cohort.capacities[j] > 0
        and (
            len(held[j]) < cohort.capacities[j]
            or any(cohort.wants[i, j] > cohort.wants[h, j] for h in held[j])
        )
    ]

    assert made.certificate.blocking_pairs == len(expected)
    assert made.certificate.applicants_blocking == len({i for i, _ in expected})
    assert made.certificate.stable is (not expected)


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts(ties=False), data=st.data())
def test_blocking_pairs_are_counted_as_the_reserves_would_have_it(cohort: Cohort, data) -> None:
    rules = Rules(reserves=data.draw(reserves_for(cohort)))
    made = assign(cohort.pairs, cohort.capacities, rules=rules, method="most_total_fit")

    assert made.certificate.blocking_pairs == len(blocking_by_loops(cohort, made))


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts(), method=st.sampled_from(sorted(METHODS)))
def test_ranks_are_places_on_the_lists_of_both_sides(cohort: Cohort, method: str) -> None:
    made = assign(cohort.pairs, cohort.capacities, method=method)
    eligible = np.isfinite(cohort.scores)
    likes, wants = np.where(eligible, cohort.likes, -INF), np.where(eligible, cohort.wants, -INF)
    of_applicants = [int((likes[i] > likes[i, j]).sum()) + 1 for i, j in made.pairs]
    of_hosts = [int((wants[:, j] > wants[i, j]).sum()) + 1 for i, j in made.pairs]

    for counts, ranks in (
        (made.certificate.applicant_ranks, of_applicants),
        (made.certificate.host_ranks, of_hosts),
    ):
        assert counts.first == tuple(ranks.count(r) for r in range(1, 11))
        assert counts.lower == 0
        assert counts.mean == (pytest.approx(np.mean(ranks)) if ranks else None)


def test_scores_are_added_up() -> None:
    certificate = assign(pairs_from_dense([[90.0, 20.0], [80.0, 70.0], [10.0, -INF]]), [1, 1]).certificate

    assert (certificate.matched, certificate.unmatched) == (2, 1)
    assert (certificate.total, certificate.mean, certificate.worst) == (160.0, 80.0, 70.0)
    assert certificate.price_of_stability is None


def test_nobody_placed_has_no_mean() -> None:
    certificate = assign(pairs_from_dense([[-INF]]), [1]).certificate

    assert (certificate.matched, certificate.mean, certificate.worst) == (0, None, None)
    assert certificate.applicant_ranks.mean is None


def test_each_group_has_its_share_of_the_placements_pins_included() -> None:
    groups = [
        Group("small charities", "offer", np.array([True, False])),
        Group("North East", "applicant", np.array([False, True, True])),
    ]
    made = assign(
        pairs_from_dense([[90.0, 20.0], [80.0, 70.0], [10.0, -INF]]),
        [2, 1],
        rules=Rules(pins=[(2, 0)]),
        groups=groups,
    )

    offers, people = made.certificate.groups
    assert (offers.placed, offers.size, offers.share) == (2, 2, pytest.approx(2 / 3))
    assert (people.placed, people.size, people.share) == (2, 2, pytest.approx(2 / 3))


def test_a_group_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="“odd” must say of each applicant"):
        assign(pairs_from_dense([[1.0]]), [1], groups=[Group("odd", "applicant", np.array([True, False]))])
