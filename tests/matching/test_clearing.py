"""Clearing spreads attention over the market, and stays out of the assignment."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import assign, clear, pairs_from_dense
from matching.clearing import balanced_flow, list_lifts, simulate_reading
from tests.matching.cohorts import Cohort, cohorts


def crowded(n: int = 120, m: int = 40, seed: int = 3):
    """A market where everybody likes the same few offers best."""
    rng = np.random.default_rng(seed)
    popular = 60 * rng.random(m) ** 2
    return pairs_from_dense(
        (40 * rng.random((n, m)) + popular).round(1),
        applicant_score=(40 * rng.random((n, m)) + popular).round(1),
        host_score=(100 * rng.random((n, m))).round(1),
    ), np.ones(m, dtype=int)


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(), beta=st.sampled_from([0.02, 0.05, 0.5]))
def test_the_flow_uses_nobody_twice_and_no_offer_beyond_its_places(cohort: Cohort, beta: float) -> None:
    pairs = cohort.shared
    flow = balanced_flow(pairs, cohort.capacities, beta=beta)

    assert (flow >= 0).all()
    by_applicant = np.bincount(pairs.applicant, weights=flow, minlength=pairs.n_applicants)
    by_offer = np.bincount(pairs.offer, weights=flow, minlength=pairs.n_offers)
    assert (by_applicant <= 1 + 1e-6).all()
    assert (by_offer <= np.array(cohort.capacities) + 1e-6).all()


def test_the_flow_balances_every_pair_against_what_both_sides_leave_undone() -> None:
    """The equilibrium of Choo and Siow: mu squared is K squared times the two who stay alone."""
    pairs, capacities = crowded(8, 5)
    flow = balanced_flow(pairs, capacities, beta=0.5)
    alone_applicant = 1 - np.bincount(pairs.applicant, weights=flow)
    alone_offer = capacities - np.bincount(pairs.offer, weights=flow)
    strength = np.exp((pairs.applicant_score + pairs.host_score) / 100 / (2 * 0.5))

    expected = strength * np.sqrt(alone_applicant[pairs.applicant] * alone_offer[pairs.offer])
    assert flow == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("how", ["balanced", "popularity"])
def test_a_crowded_market_places_more_people_and_leaves_fewer_offers_alone(how) -> None:
    cleared = clear(*crowded(), how=how)

    assert cleared.after.placements > cleared.before.placements
    assert cleared.after.offers_without_applications < cleared.before.offers_without_applications


def test_switched_off_the_lists_follow_the_match_score() -> None:
    pairs, capacities = crowded(6, 4)
    cleared = clear(pairs, capacities, how="off")

    assert cleared.before == cleared.after
    for i, group in enumerate(np.split(cleared.for_applicants, 6)):
        assert (pairs.applicant[group] == i).all()
        assert (np.diff(pairs.score[group]) <= 0).all()
    for j, group in enumerate(np.split(cleared.for_hosts, 4)):
        assert (pairs.offer[group] == j).all()
        assert (np.diff(pairs.score[group]) <= 0).all()


def test_the_effect_is_the_same_for_the_same_seed_and_can_be_left_out() -> None:
    one, other = (clear(*crowded(), seed=5) for _ in range(2))

    assert (one.before, one.after) == (other.before, other.after)
    assert clear(*crowded(), seed=None).after is None


def test_the_simulation_reads_ten_applies_to_three_and_never_overfills() -> None:
    pairs = pairs_from_dense(np.full((30, 20), 100.0))
    found = simulate_reading(pairs, np.ones(20, dtype=int), pairs.score, seed=0)

    assert found.offers_without_applications >= 20 - 10, "everybody reads the same ten"
    assert found.placements <= 10


def test_popularity_never_reaches_the_assignment() -> None:
    """The assignment is the same to the last number, whatever the lists were ordered by."""
    pairs, capacities = crowded(40, 12)
    kept = {name: getattr(pairs, name).copy() for name in ("score", "applicant_score", "host_score")}
    before = assign(pairs, capacities)
    for how, beta in product(("balanced", "popularity", "off"), (0.05, 0.5)):
        clear(pairs, capacities, how=how, beta=beta)
        after = assign(pairs, capacities)
        assert after.pairs == before.pairs
        assert after.certificate == before.certificate
        assert np.array_equal(after.cut_offs, before.cut_offs)
    assert all(np.array_equal(getattr(pairs, name), values) for name, values in kept.items())


def test_a_hosts_priorities_do_not_change_when_others_come_to_like_its_offer() -> None:
    pairs, capacities = crowded(20, 6)
    liked = replace(pairs, applicant_score=np.minimum(pairs.applicant_score + 30 * (pairs.offer == 2), 100))

    before, after = assign(pairs, capacities), assign(liked, capacities)

    assert np.array_equal(before.market.wants, after.market.wants)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"how": "magic"}, "balanced, popularity or off"), ({"beta": 0}, "beta must be above 0")],
)
def test_settings_that_cannot_be_used_are_refused(change, says) -> None:
    with pytest.raises(ValueError, match=says):
        clear(*crowded(4, 3), **change)
    with pytest.raises(ValueError, match="one number an offer"):
        clear(crowded(4, 3)[0], [1])


@settings(max_examples=60, deadline=None)
@given(cohort=cohorts(), beta=st.sampled_from([0.05, 0.5]))
def test_score_and_lift_put_every_list_in_the_order_of_the_flow(cohort: Cohort, beta: float) -> None:
    pairs = cohort.shared
    flow = balanced_flow(pairs, cohort.capacities, beta=beta)
    people, offers = list_lifts(pairs, cohort.capacities, beta=beta)
    match_score = (pairs.applicant_score + pairs.host_score) / 2
    lists = (
        (pairs.applicant, match_score + offers[pairs.offer]),
        (pairs.offer, match_score + people[pairs.applicant]),
    )

    for owner, moved in lists:
        for one in np.unique(owner):
            mine = (owner == one) & (flow > 0)
            by_flow = np.argsort(flow[mine], kind="stable")
            assert (np.diff(moved[mine][by_flow]) >= -1e-6).all()
