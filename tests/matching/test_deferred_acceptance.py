"""A stable assignment is stable, best for applicants, safe to be honest in, and kind to the protected."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching import Reserve, Rules, assign, pairs_from_dense
from matching.deferred_acceptance import best_first
from tests.matching.cohorts import (
    INF,
    Cohort,
    blocking_by_loops,
    cohorts,
    every_assignment,
    reserves_for,
    rules_for,
)


@settings(max_examples=250, deadline=None)
@given(cohort=cohorts(), data=st.data())
def test_no_pair_would_both_rather_have_each_other(cohort: Cohort, data) -> None:
    made = assign(cohort.pairs, cohort.capacities, rules=data.draw(rules_for(cohort)))

    assert made.certificate.stable
    assert made.certificate.blocking_pairs == 0


@settings(max_examples=250, deadline=None)
@given(cohort=cohorts(ties=False), data=st.data())
def test_with_reserves_no_host_would_choose_anybody_who_would_rather_come(cohort: Cohort, data) -> None:
    reserves = data.draw(reserves_for(cohort))
    made = assign(cohort.pairs, cohort.capacities, rules=Rules(reserves=reserves))

    assert blocking_by_loops(cohort, made) == set()


@settings(max_examples=80, deadline=None)
@given(cohort=cohorts(most=4, most_offers=3, ties=False))
def test_no_stable_assignment_is_better_for_any_applicant(cohort: Cohort) -> None:
    made = assign(cohort.pairs, cohort.capacities)
    own = dict(made.pairs)

    for choice in every_assignment(cohort):
        if _is_stable(cohort, choice):
            for i, j in enumerate(choice):
                assert (j is None) == (i not in own), "the same people are placed in every stable assignment"
                assert j is None or cohort.likes[i, own[i]] >= cohort.likes[i, j]


@settings(max_examples=150, deadline=None)
@given(cohort=cohorts(most=4), data=st.data())
def test_no_applicant_gains_by_saying_other_than_they_think(cohort: Cohort, data) -> None:
    assume(cohort.scores.size)
    n, m = cohort.scores.shape
    i = data.draw(st.integers(0, n - 1))
    rules = Rules(reserves=data.draw(reserves_for(cohort)))
    # Ties are broken by the lower offer, so the true order is made strict in the same way.
    likes = cohort.likes - np.arange(m) / 100
    told, left_out = likes.copy(), cohort.scores.copy()
    told[i] = data.draw(st.permutations(range(m)))
    left_out[i, data.draw(st.lists(st.booleans(), min_size=m, max_size=m))] = -INF

    def worth(scores, priorities) -> float:
        pairs = pairs_from_dense(scores, applicant_score=priorities, host_score=cohort.wants)
        own = dict(assign(pairs, cohort.capacities, rules=rules).pairs)
        return likes[i, own[i]] if i in own else -INF

    assert worth(left_out, told) <= worth(cohort.scores, likes)


@settings(max_examples=150, deadline=None)
@given(cohort=cohorts(), data=st.data())
def test_a_reserve_never_leaves_a_place_empty_that_somebody_would_take(cohort: Cohort, data) -> None:
    made = assign(cohort.pairs, cohort.capacities, rules=Rules(reserves=data.draw(reserves_for(cohort))))
    own = dict(made.pairs)

    for j, places in enumerate(cohort.capacities):
        if list(own.values()).count(j) < places:
            for i in np.flatnonzero(np.isfinite(cohort.scores[:, j])):
                assert i in own
                assert cohort.likes[i, own[i]] >= cohort.likes[i, j]


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts(ties=False), data=st.data())
def test_a_reserve_that_all_offers_keep_never_makes_every_protected_applicant_worse_off(cohort, data) -> None:
    """Theorem 2 of Hafalir, Yenmez and Yildirim: somebody protected is at least as well off."""
    n = len(cohort.scores)
    protected = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool)
    reserve = Reserve("protected", data.draw(st.integers(0, 2)), protected)
    without, having = (
        dict(assign(cohort.pairs, cohort.capacities, rules=Rules(reserves=r)).pairs) for r in ((), (reserve,))
    )

    def worth(own, i) -> float:
        return cohort.likes[i, own[i]] if i in own else -INF

    changed = [i for i in np.flatnonzero(protected) if worth(without, i) != worth(having, i)]
    assert not changed or any(worth(having, i) > worth(without, i) for i in changed)


def test_one_offer_places_as_many_protected_applicants_as_its_reserve_allows() -> None:
    scores = [[90.0], [80.0], [70.0], [60.0], [50.0]]
    protected = np.array([False, False, False, True, True])

    def placed(seats: int, protected=protected) -> list[int]:
        rules = Rules(reserves=[Reserve("charities", seats, protected)])
        return [i for i, _ in assign(pairs_from_dense(scores), [3], rules=rules).pairs]

    assert placed(0) == [0, 1, 2]
    assert placed(1) == [0, 1, 3]
    assert placed(2) == [0, 3, 4]
    assert placed(3, np.zeros(5, dtype=bool)) == [0, 1, 2]


def test_a_protected_pin_uses_a_reserved_place() -> None:
    rules = Rules(pins=[(2, 0)], reserves=[Reserve("charities", 1, np.array([False, False, True, True]))])
    made = assign(pairs_from_dense([[90.0], [80.0], [70.0], [60.0]]), [2], rules=rules)

    assert made.pairs == ((0, 0), (2, 0))


RESIDENTS_AND_HOSPITALS = {
    # National Resident Matching Program, “Run a match” (2014): Anderson, Chen, Davis, Eastman and Ford;
    # Mercy, City and General. Davis and Eastman also list programmes that do not list them.
    "national_resident_matching_program": (
        {"A": "C", "C": "CM", "F": "CGM", "D": "MCG", "E": "CMG"},
        {"M": "CF", "C": "EACDF", "G": "EAFD"},
        {"M": 2, "C": 2, "G": 2},
        {"A": "C", "E": "C", "C": "M", "D": "G", "F": "G"},
    ),
    # The readme example of daffidwilde/matching; its answer is M: L, S; C: D, A; G: J.
    "daffidwilde": (
        {"A": "C", "S": "CM", "D": "CMG", "L": "MCG", "J": "CGM"},
        {"M": "DLSJ", "C": "DASLJ", "G": "DJL"},
        {"M": 2, "C": 2, "G": 2},
        {"A": "C", "D": "C", "L": "M", "S": "M", "J": "G"},
    ),
    # Gale and Shapley, American Mathematical Monthly 69 (1962), example 1: three of each, and three
    # stable assignments; each man gets his first choice when men propose.
    "gale_shapley_1": (
        {"a": "ABC", "b": "BCA", "c": "CAB"},
        {"A": "bca", "B": "cab", "C": "abc"},
        {"A": 1, "B": 1, "C": 1},
        {"a": "A", "b": "B", "c": "C"},
    ),
    # The same paper, example 2: four of each and a single stable assignment.
    "gale_shapley_2": (
        {"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"},
        {"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"},
        {"A": 1, "B": 1, "C": 1, "D": 1},
        {"a": "C", "b": "D", "c": "A", "d": "B"},
    ),
}


@pytest.mark.parametrize("name", RESIDENTS_AND_HOSPITALS)
def test_the_published_examples_come_out_as_published(name: str) -> None:
    lists, host_lists, places, answer = RESIDENTS_AND_HOSPITALS[name]
    people, hosts = list(lists), list(host_lists)
    shape = (len(people), len(hosts))
    scores, likes, wants = np.full(shape, -INF), np.zeros(shape), np.zeros(shape)
    for i, person in enumerate(people):
        for j, host in enumerate(hosts):
            if host in lists[person] and person in host_lists[host]:
                scores[i, j] = 50.0
                likes[i, j] = lists[person].index(host) + 1
                wants[i, j] = host_lists[host].index(person) + 1
    pairs = pairs_from_dense(scores, applicant_ranks=likes, host_ranks=wants)

    made = assign(pairs, [places[host] for host in hosts])

    assert {people[i]: hosts[j] for i, j in made.pairs} == answer
    assert made.certificate.stable


@given(data=st.data())
def test_segments_are_ordered_best_first_whatever_their_lengths(data) -> None:
    lengths = data.draw(st.lists(st.integers(0, 9), max_size=8))
    values = np.array(
        data.draw(st.lists(st.integers(0, 4), min_size=sum(lengths), max_size=sum(lengths))), dtype=float
    )
    starts = np.r_[0, np.cumsum(lengths, dtype=np.int64)]

    expected = [
        e
        for first, last in pairwise(starts)
        for e in sorted(range(first, last), key=lambda e: (-values[e], e))
    ]
    assert best_first(starts, values).tolist() == expected


def _is_stable(cohort: Cohort, choice: tuple[int | None, ...]) -> bool:
    held = {j: [i for i, o in enumerate(choice) if o == j] for j in range(cohort.scores.shape[1])}
    for i, own in enumerate(choice):
        for j in np.flatnonzero(np.isfinite(cohort.scores[i])):
            if own is not None and cohort.likes[i, j] <= cohort.likes[i, own]:
                continue
            room = len(held[j]) < cohort.capacities[j]
            if room or any(cohort.wants[i, j] > cohort.wants[h, j] for h in held[j]):
                return False
    return True
