"""Assignments keep their promises, and the certificate can be checked."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching import METHODS, assign, blocking_pairs, why_unmatched

INF = float("inf")
METHOD_NAMES = sorted(METHODS)


@st.composite
def markets(draw: st.DrawFn, most: int = 6):
    """Scores with gaps and many ties, both sides' priorities, and capacities."""
    n, m = draw(st.integers(0, most)), draw(st.integers(0, 4))

    def grid(values):
        cells = draw(st.lists(values, min_size=n * m, max_size=n * m))
        return np.array(cells, dtype=float).reshape(n, m)

    scores = grid(st.sampled_from([-INF, float("nan"), 0.0, 10.0, 20.0, 33.3, 50.0, 99.9]))
    likes, wants = grid(st.integers(0, 5)), grid(st.integers(0, 5))
    capacities = draw(st.lists(st.integers(0, 3), min_size=m, max_size=m))
    return scores, likes, wants, capacities


@st.composite
def rules_for(draw: st.DrawFn, scores, capacities):
    """Pins that fit the capacities, and forbidden pairs that are not pins."""
    cells = list(product(range(scores.shape[0]), range(scores.shape[1])))
    if not cells:
        return {"pins": [], "forbids": [], "floor": None}
    pins: dict[int, int] = {}
    left = list(capacities)
    for i, j in draw(st.lists(st.sampled_from(cells), max_size=2)):
        if i not in pins and left[j] > 0:
            pins[i] = j
            left[j] -= 1
    forbids = [
        pair for pair in draw(st.lists(st.sampled_from(cells), max_size=3)) if pair not in pins.items()
    ]
    return {"pins": list(pins.items()), "forbids": forbids, "floor": draw(st.sampled_from([None, 15.0]))}


@settings(max_examples=250, deadline=None)
@given(market=markets(), method=st.sampled_from(METHOD_NAMES), data=st.data())
def test_every_assignment_keeps_the_rules(market, method, data) -> None:
    scores, likes, wants, capacities = market
    rules = data.draw(rules_for(scores, capacities))
    made = assign(
        scores, capacities, applicant_priorities=likes, offer_priorities=wants, method=method, **rules
    )
    people = [i for i, _ in made.pairs]

    assert len(people) == len(set(people))
    for j, capacity in enumerate(capacities):
        assert sum(offer == j for _, offer in made.pairs) <= capacity
    assert set(rules["pins"]) <= set(made.pairs)
    assert not set(rules["forbids"]) & set(made.pairs)
    for i, j in set(made.pairs) - set(rules["pins"]):
        assert np.isfinite(scores[i, j])
        assert rules["floor"] is None or scores[i, j] >= rules["floor"]


@settings(max_examples=250, deadline=None)
@given(market=markets(), data=st.data())
def test_a_stable_assignment_has_no_blocking_pair(market, data) -> None:
    scores, likes, wants, capacities = market
    rules = data.draw(rules_for(scores, capacities))
    both = {"applicant_priorities": likes, "offer_priorities": wants}
    made = assign(scores, capacities, **both, **rules)

    assert blocking_pairs(scores, capacities, made.pairs, **both, **rules) == ()
    assert made.certificate.stable
    reasons = why_unmatched(scores, capacities, made.pairs, **both, **rules)
    assert [r.applicant for r in reasons] == sorted(set(range(len(scores))) - {i for i, _ in made.pairs})
    assert "set_aside" not in {reason.why for reason in reasons}


@settings(max_examples=200, deadline=None)
@given(market=markets())
def test_the_check_finds_exactly_the_pairs_that_block(market) -> None:
    scores, likes, wants, capacities = market
    made = assign(
        scores,
        capacities,
        applicant_priorities=likes,
        offer_priorities=wants,
        method="most_total_fit",
    )
    own, held = dict(made.pairs), {j: [i for i, o in made.pairs if o == j] for j in range(len(capacities))}
    expected = tuple(
        (i, j)
        for i, j in product(range(scores.shape[0]), range(scores.shape[1]))
        if np.isfinite(scores[i, j])
        and own.get(i) != j
        and (i not in own or likes[i, j] > likes[i, own[i]])
        and (len(held[j]) < capacities[j] or any(wants[i, j] > wants[h, j] for h in held[j]))
    )
    found = blocking_pairs(scores, capacities, made.pairs, applicant_priorities=likes, offer_priorities=wants)

    assert found == expected
    assert made.certificate.blocking_pairs == len(expected)
    assert made.certificate.applicants_blocking == len({i for i, _ in expected})


@settings(max_examples=200, deadline=None)
@given(market=markets())
def test_the_most_total_fit_is_the_highest_total(market) -> None:
    scores, _, _, capacities = market
    slots = np.repeat(np.arange(len(capacities)), capacities)
    worth = np.where(np.isfinite(scores), scores, 0.0)[:, slots]
    rows, columns = linear_sum_assignment(worth, maximize=True)

    made = assign(scores, capacities, method="most_total_fit")

    assert made.certificate.total == pytest.approx(worth[rows, columns].sum())
    assert made.certificate.price_of_stability in (None, 0.0)


@settings(max_examples=60, deadline=None)
@given(market=markets(most=3))
def test_the_highest_total_by_trying_everything(market) -> None:
    scores, _, _, capacities = market
    best = 0.0
    for choice in product([None, *range(scores.shape[1])], repeat=scores.shape[0]):
        fits = all(choice.count(j) <= c for j, c in enumerate(capacities))
        worth = [scores[i, j] for i, j in enumerate(choice) if j is not None]
        if fits and np.isfinite(worth).all():
            best = max(best, sum(worth))

    assert assign(scores, capacities, method="most_total_fit").certificate.total == pytest.approx(best)


@settings(max_examples=150, deadline=None)
@given(market=markets(most=4), data=st.data())
def test_no_applicant_gains_by_saying_other_than_they_think(market, data) -> None:
    scores, likes, wants, capacities = market
    assume(scores.size)
    i = data.draw(st.integers(0, scores.shape[0] - 1))
    # Ties are broken by the lower offer, so the true order is made strict in the same way.
    likes = likes - np.arange(scores.shape[1]) / 100
    told = likes.copy()
    told[i] = data.draw(st.permutations(range(scores.shape[1])))

    def worth(priorities) -> float:
        pairs = assign(scores, capacities, applicant_priorities=priorities, offer_priorities=wants).pairs
        return max((likes[i, j] for a, j in pairs if a == i), default=-INF)

    assert worth(told) <= worth(likes)


def test_the_published_hospital_and_residents_example() -> None:
    """Five residents and three hospitals of two places each.

    The readme example of daffidwilde/matching; its answer is M: L, S; C: D, A; G: J.
    """
    residents, hospitals = "ASDLJ", "MCG"
    residents_lists = {"A": "C", "S": "CM", "D": "CMG", "L": "MCG", "J": "CGM"}
    hospitals_lists = {"M": "DLSJ", "C": "DASLJ", "G": "DJL"}
    scores, likes, wants = (np.full((5, 3), -INF) for _ in range(3))
    for i, resident in enumerate(residents):
        for j, hospital in enumerate(hospitals):
            if hospital in residents_lists[resident] and resident in hospitals_lists[hospital]:
                scores[i, j] = 1.0
                likes[i, j] = -residents_lists[resident].index(hospital)
                wants[i, j] = -hospitals_lists[hospital].index(resident)

    made = assign(scores, [2, 2, 2], applicant_priorities=likes, offer_priorities=wants)

    assert {(residents[i], hospitals[j]) for i, j in made.pairs} == {
        ("A", "C"), ("D", "C"), ("L", "M"), ("S", "M"), ("J", "G"),
    }  # fmt: skip
    assert made.certificate.stable


def test_the_price_of_stability_is_what_a_stable_assignment_gives_up() -> None:
    scores = [[60.0, 50.0], [50.0, 0.0]]
    stable, best = (assign(scores, [1, 1], method=method) for method in ("stable", "most_total_fit"))

    assert stable.pairs == ((0, 0), (1, 1))
    assert best.pairs == ((0, 1), (1, 0))
    assert stable.certificate.price_of_stability == pytest.approx(0.4)
    assert not best.certificate.stable
    assert (best.certificate.mean, best.certificate.worst) == (50, 50)
    assert assign(scores, [1, 1], with_price=False).certificate.price_of_stability is None


def test_a_pin_is_kept_even_where_the_pair_is_no_longer_eligible() -> None:
    made = assign([[-INF, 90.0], [80.0, 70.0]], [1, 1], pins=[(0, 0)])

    assert made.pairs == ((0, 0), (1, 1))
    assert made.certificate.matched == 2
    assert made.certificate.total == 70


def test_the_reason_for_no_place_is_two_facts() -> None:
    scores = [[90.0, -INF], [80.0, -INF], [-INF, -INF], [70.0, -INF], [-INF, 60.0], [30.0, -INF]]
    inputs = {"forbids": [(3, 0)], "floor": 40.0, "pins": []}
    made = assign(scores, [1, 0], **inputs)
    reasons = {r.applicant: r for r in why_unmatched(scores, [1, 0], made.pairs, **inputs)}

    assert {i: r.why for i, r in reasons.items()} == {
        1: "others_ranked_higher",
        2: "nothing_eligible",
        3: "all_forbidden",
        4: "no_place",
        5: "below_floor",
    }
    assert (reasons[1].offer, reasons[1].own, reasons[1].cut_off) == (0, 80.0, 90.0)


def test_the_highest_total_may_set_somebody_aside() -> None:
    scores = [[50.0], [60.0]]
    made = assign(scores, [1], offer_priorities=[[9.0], [1.0]], method="most_total_fit")
    (reason,) = why_unmatched(scores, [1], made.pairs, offer_priorities=[[9.0], [1.0]])

    assert made.pairs == ((1, 0),)
    assert reason.why == "set_aside"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"method": "stabel"}, "method must be one of stable, most_total_fit, not 'stabel'"),
        ({"capacities": [1]}, "one number an offer"),
        ({"capacities": [1, -1]}, "below 0"),
        ({"scores": [1.0, 2.0]}, "one row an applicant"),
        ({"pins": [(0, 0), (0, 1)]}, "pinned twice"),
        ({"pins": [(0, 0), (1, 0)]}, "more pins than places"),
        ({"pins": [(0, 0)], "forbids": [(0, 0)]}, "both pinned and forbidden"),
        ({"forbids": [(0, 7)]}, "outside 2 applicants and 2 offers"),
        ({"offer_priorities": [[1.0]]}, "shape of the scores"),
        ({"applicant_priorities": [[float("nan"), 1.0], [1.0, 1.0]]}, "must be a number"),
    ],
)
def test_inputs_that_contradict_each_other_are_refused(change, says) -> None:
    inputs = {"scores": [[1.0, 2.0], [3.0, 4.0]], "capacities": [1, 1], **change}
    with pytest.raises(ValueError, match=says):
        assign(inputs.pop("scores"), inputs.pop("capacities"), **inputs)
