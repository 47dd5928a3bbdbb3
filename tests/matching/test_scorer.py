"""The score is an exact sum of six parts, held to a plain reference, and reads nothing else."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import PART_NAMES, MatchScorer, SkillNeed, Weights
from matching.reference import reference_parts, reference_score


def points(scorer: MatchScorer, applicant, offer) -> dict[str, float]:
    scores = scorer.parts([applicant], [offer])
    return dict(zip(scores.names, scores.points[:, 0, 0].tolist(), strict=True))


def test_a_pair_worked_by_hand(scorer, an_applicant, an_offer) -> None:
    got = points(scorer, an_applicant(), an_offer())

    assert got["missions"] == pytest.approx(20 * 0.5 * 1.0)
    assert got["skills"] == pytest.approx(30 * (2 * 1 + 1 * 2 / 4 + 0) / 4)
    assert got["learning"] == pytest.approx(15 * (1 + 1 / 3) / 2)
    assert got["level"] == 15
    assert 0 < got["words"] < 10
    assert got["practical"] == pytest.approx(10)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_every_part_is_what_the_reference_says(scorer, weights, any_applicant, any_offer, data) -> None:
    people = data.draw(st.lists(any_applicant, min_size=1, max_size=3))
    places = data.draw(st.lists(any_offer, min_size=1, max_size=3))
    scores = scorer.parts(people, places)

    for i, person in enumerate(people):
        for j, place in enumerate(places):
            expected = reference_parts(scorer, person, place)
            got = dict(zip(scores.names, scores.points[:, i, j].tolist(), strict=True))
            assert got == pytest.approx(expected, abs=1e-6)
            assert scores.total[i, j] == pytest.approx(reference_score(scorer, person, place), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_parts_add_to_the_score_and_stay_within_their_weight(
    scorer, weights, any_applicant, any_offer, data
) -> None:
    people = data.draw(st.lists(any_applicant, max_size=4))
    places = data.draw(st.lists(any_offer, max_size=4))
    scores = scorer.parts(people, places)

    assert scores.names == PART_NAMES
    assert np.array_equal(scores.total, scorer.score(people, places))
    for name, part in zip(scores.names, scores.points, strict=True):
        assert (part >= 0).all()
        assert (part <= weights.points(name)).all()


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_another_skill_asked_for_never_lowers_the_score(scorer, any_applicant, any_offer, data) -> None:
    applicant = data.draw(any_applicant)
    offer = data.draw(any_offer.filter(lambda offer: offer.needs))
    need = data.draw(st.sampled_from(offer.needs))
    held = max(applicant.skills.get(need.code, 0), data.draw(st.integers(1, 4)))
    better = replace(applicant, skills={**applicant.skills, need.code: held})

    before, after = scorer.score([applicant, better], [offer])[:, 0]

    assert after >= before - 1e-9


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_closer_level_never_lowers_the_score(scorer, any_applicant, any_offer, data) -> None:
    applicant, offer = data.draw(any_applicant), data.draw(any_offer)
    people = [replace(applicant, level=level) for level in range(1, 11)]
    scores = scorer.score(people, [offer])[:, 0]

    for level in range(1, offer.level_min):
        assert scores[level] >= scores[level - 1]
    for level in range(offer.level_max, 10):
        assert scores[level] <= scores[level - 1]


def test_swapping_the_direction_of_a_pair_leaves_its_score(scorer, an_applicant, an_offer) -> None:
    out = scorer.score([an_applicant()], [an_offer()])
    back = scorer.score([an_applicant(direction="inward")], [an_offer(direction="inward")])

    assert np.array_equal(out, back)


def test_swapping_the_levels_of_a_pair_leaves_the_level_part(scorer, an_applicant, an_offer) -> None:
    for one, other in [(4, 6), (2, 3), (9, 1)]:
        there = points(scorer, an_applicant(level=one), an_offer(level_min=other, level_max=other))
        back = points(scorer, an_applicant(level=other), an_offer(level_min=one, level_max=one))
        assert there["level"] == back["level"]


NOT_SCORED = [
    {"ref": "Z-9"},
    {"organisation": "dept_two"},
    {"meets_nationality": False},
    {"meets_nationality": None},
    {"contract_end": date(2026, 3, 3)},
    {"vetting_held": 4},
    {"placed_until": date(2030, 1, 1)},
    {"kinds": frozenset()},
]


@pytest.mark.parametrize("change", NOT_SCORED, ids=str)
def test_facts_kept_for_hard_rules_never_move_the_score(scorer, an_applicant, an_offer, change) -> None:
    offers = [an_offer(), an_offer(ref="O-2", reserved=True, region="wales", remote="remote")]

    assert np.array_equal(
        scorer.score([an_applicant()], offers), scorer.score([an_applicant(**change)], offers)
    )


def test_silence_counts_half_way(scorer, an_applicant, an_offer) -> None:
    quiet = an_applicant(missions={}, wants={}, level=None)
    got = points(scorer, quiet, an_offer(needs=()))

    assert {name: got[name] for name in ("missions", "skills", "learning", "level")} == {
        "missions": 10,
        "skills": 15,
        "learning": 7.5,
        "level": 7.5,
    }


def test_being_open_to_every_mission_costs_nothing(scorer, an_applicant, an_offer) -> None:
    everything = an_applicant(missions={"energy": 1, "health": 1, "opportunity": 1})

    assert points(scorer, everything, an_offer(missions={"health": 1.0}))["missions"] == 20


def test_an_essential_skill_counts_double(scorer, an_applicant, an_offer) -> None:
    needs = (
        SkillNeed(code="analysis", level=2, essential=True),
        SkillNeed(code="coaching", level=2, essential=False),
    )

    assert points(scorer, an_applicant(), an_offer(needs=needs))["skills"] == pytest.approx(20)


def test_nearer_is_better(scorer, an_applicant, an_offer) -> None:
    applicant = an_applicant(remote_ok=True)
    near, remote, elsewhere = (
        points(scorer, applicant, offer)["practical"]
        for offer in (
            an_offer(),
            an_offer(region="wales", remote="remote"),
            an_offer(region="wales", remote="hybrid"),
        )
    )

    assert near > remote > elsewhere


def test_the_same_profiles_in_another_order_get_the_same_scores(weights, an_applicant, an_offer) -> None:
    offers = [an_offer(text=text) for text in ("heat and power", "power of families", "family heat centre")]
    forward = MatchScorer(weights).fit(offers).score([an_applicant()], offers)
    backward = MatchScorer(weights).fit(offers[::-1]).score([an_applicant()], offers[::-1])

    assert np.array_equal(forward, backward[:, ::-1])


def test_a_scorer_fitted_on_no_words_still_scores(weights, an_applicant, an_offer) -> None:
    for offers in ([], [an_offer(text="")]):
        scorer = MatchScorer(weights).fit(offers)
        assert points(scorer, an_applicant(), an_offer())["words"] == 0


def test_the_vocabulary_is_bounded(weights, an_offer) -> None:
    scorer = MatchScorer(weights, max_features=3).fit([an_offer()])

    assert scorer.encode_offers([an_offer()]).text.shape[1] == 6


def test_encoding_once_gives_the_same_scores(scorer, an_applicant, an_offer) -> None:
    people, places = [an_applicant(), an_applicant(level=2)], [an_offer(), an_offer(needs=())]
    rows, columns = scorer.encode_applicants(people), scorer.encode_offers(places)

    assert np.array_equal(scorer.score(rows, columns), scorer.score(people, places))
    assert len(rows) == len(columns) == 2


def test_the_scorer_keeps_the_estimator_contract(scorer, weights, an_applicant, an_offer) -> None:
    assert clone(scorer).get_params() == {"weights": weights, "max_features": 20_000}
    with pytest.raises(NotFittedError):
        clone(scorer).score([an_applicant()], [an_offer()])
    copy = pickle.loads(pickle.dumps(scorer))
    assert np.array_equal(
        copy.score([an_applicant()], [an_offer()]), scorer.score([an_applicant()], [an_offer()])
    )


def test_fit_refuses_settings_that_make_no_sense(weights: Weights) -> None:
    with pytest.raises(ValueError, match="must add to 100"):
        MatchScorer(replace(weights, skills=1)).fit([])
