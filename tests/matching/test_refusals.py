"""Nobody is left without a reason, and each reason is two facts that can be checked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import METHODS, Quota, Reserve, Rules, assign, next_in_line, pairs_from_dense, refusals
from tests.matching.cohorts import INF, Cohort, cohorts, rules_for


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts(), method=st.sampled_from(sorted(METHODS)), data=st.data())
def test_everybody_without_a_place_has_a_reason(cohort: Cohort, method: str, data) -> None:
    rules = data.draw(rules_for(cohort))
    made = assign(cohort.pairs, cohort.capacities, rules=rules, method=method)
    placed = {i for i, _ in made.pairs}

    reasons = refusals(made)

    assert sorted(reasons) == sorted(set(range(len(cohort.scores))) - placed)
    assert all(reasons.values())


@settings(max_examples=200, deadline=None)
@given(cohort=cohorts(), data=st.data())
def test_after_a_stable_assignment_every_refusal_is_a_place_or_a_cut_off(cohort: Cohort, data) -> None:
    rules = data.draw(rules_for(cohort))
    made = assign(cohort.pairs, cohort.capacities, rules=rules)
    own = dict(made.pairs)

    for i, found in refusals(made, range(len(cohort.scores))).items():
        for refusal in found:
            assert refusal.why not in ("quota", "set_aside")
            if refusal.why == "below_cut_off":
                assert refusal.own <= refusal.cut_off
                assert refusal.short_by == pytest.approx(refusal.cut_off - refusal.own)
            if refusal.why == "reserved":
                assert rules.reserves
            if i in own and refusal.cut_off is not None:
                assert cohort.likes[i, refusal.offer] > cohort.likes[i, own[i]]


def test_each_reason_is_told_from_the_others() -> None:
    scores = [
        [90.0, -INF, -INF], [80.0, -INF, -INF], [-INF, -INF, -INF], [70.0, -INF, -INF],
        [-INF, 60.0, -INF], [30.0, -INF, -INF], [95.0, -INF, 50.0], [-INF, -INF, 70.0],
    ]  # fmt: skip
    rules = Rules(forbids=[(3, 0)], floor=40.0, pins=[(7, 2)])
    made = assign(pairs_from_dense(scores), [1, 0, 1], rules=rules)
    reasons = refusals(made, range(8))

    assert {i: [(r.offer, r.why) for r in found] for i, found in reasons.items()} == {
        0: [(0, "below_cut_off")],
        1: [(0, "below_cut_off")],
        2: [(None, "nothing_eligible")],
        3: [(0, "forbidden")],
        4: [(1, "no_place")],
        5: [(0, "below_floor")],
        6: [],
        7: [],
    }
    first = reasons[1][0]
    assert (first.own, first.cut_off, first.short_by, first.ahead) == (80.0, 95.0, 15.0, 1)


def test_a_place_settled_by_a_pin_is_said_to_be() -> None:
    made = assign(pairs_from_dense([[90.0], [80.0]]), [1], rules=Rules(pins=[(1, 0)]))

    assert refusals(made)[0][0].why == "settled_by_pin"


def test_a_reserved_place_is_said_to_be() -> None:
    reserve = Reserve("charities", 1, np.array([False, False, True]))
    made = assign(pairs_from_dense([[90.0], [80.0], [70.0]]), [2], rules=Rules(reserves=[reserve]))

    (refusal,) = refusals(made)[1]
    assert (refusal.why, refusal.own, refusal.cut_off) == ("reserved", 80.0, 90.0)


def test_someone_left_off_a_list_is_told_so() -> None:
    pairs = pairs_from_dense([[90.0], [80.0]], host_ranks=[[1], [0]])
    made = assign(pairs, [2], rules=Rules(unranked="never"))

    assert refusals(made)[1][0].why == "not_ranked"


def test_where_a_host_ranked_no_points_are_promised() -> None:
    made = assign(pairs_from_dense([[90.0], [80.0]], host_ranks=[[2], [1]]), [1])

    (refusal,) = refusals(made)[0]
    assert (refusal.why, refusal.short_by, refusal.ahead) == ("below_cut_off", None, 1)


def test_the_highest_total_may_set_somebody_aside_and_a_quota_may_too() -> None:
    pairs = pairs_from_dense([[50.0], [60.0]], host_score=[[9.0], [1.0]])
    (refusal,) = refusals(assign(pairs, [1], method="most_total_fit"))[0]
    assert (refusal.why, refusal.own, refusal.cut_off) == ("set_aside", 9.0, 1.0)

    quota = Quota("small charities", np.array([False, True]), 1.0)
    pairs = pairs_from_dense([[50.0, -INF], [60.0, 40.0]])
    made = assign(pairs, [1, 1], rules=Rules(quotas=[quota]), method="most_total_fit")
    assert refusals(made)[0][0].why == "quota"


def test_the_reserve_list_runs_in_the_order_of_the_host() -> None:
    pairs = pairs_from_dense([[90.0, -INF], [80.0, -INF], [85.0, 95.0], [85.0, 40.0]])
    made = assign(pairs, [1, 1])

    assert made.pairs == ((0, 0), (2, 1))
    assert [(w.applicant, w.priority, w.placed_at) for w in next_in_line(made, 0)] == [
        (3, 85.0, None),
        (1, 80.0, None),
    ]
    assert [w.applicant for w in next_in_line(made, 0, most=1)] == [3]
