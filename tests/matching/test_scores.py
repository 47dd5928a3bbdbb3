"""The score is one exact product of whole numbers, held to a plain reference, and reads nothing else."""

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

from matching import (
    PART_NAMES,
    Encoder,
    SkillNeed,
    UnseenCodeError,
    Weights,
    check,
    eligibility_mask,
    eligible,
    grid,
    parts,
    score,
)
from matching.factors import UNITS, apportion, product
from matching.reference import reference_parts, reference_score


def points(encoder: Encoder, applicant, offer) -> dict[str, float]:
    scores = parts(encoder, [applicant], [offer])
    return dict(zip(scores.names, scores.points[:, 0, 0].tolist(), strict=True))


def test_a_pair_worked_by_hand(encoder, an_applicant, an_offer) -> None:
    got = points(encoder, an_applicant(), an_offer())

    assert got["missions"] == 20 * 0.5 * 1.0
    assert got["skills"] == 30 * (2 * 1 + 1 * 2 / 4 + 0) / 4
    assert got["learning"] == pytest.approx(15 * (1 + 1 / 3) / 2, abs=0.01)
    assert got["level"] == 15
    assert 5 < got["words"] < 10
    assert got["place"] == 10


def test_a_related_skill_counts_in_part(related_encoder, an_applicant, an_offer) -> None:
    offer = an_offer(needs=(SkillNeed(code="facilitation", level=2, essential=True),))

    got = points(related_encoder, an_applicant(skills={"analysis": 4}), offer)

    assert got["skills"] == pytest.approx(30 * min(0.4 * 4, 2) / 2)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_part_is_what_the_reference_says(
    encoder, related_encoder, any_applicant, any_offer, data
) -> None:
    people = data.draw(st.lists(any_applicant, min_size=1, max_size=3))
    places = data.draw(st.lists(any_offer, min_size=1, max_size=3))
    for one in (encoder, related_encoder, related_encoder.for_side("host")):
        scores = parts(one, people, places)
        for i, person in enumerate(people):
            for j, place in enumerate(places):
                expected = reference_parts(one, person, place)
                got = dict(zip(scores.names, scores.points[:, i, j].tolist(), strict=True))
                assert got == pytest.approx(expected, abs=1e-9)
                assert scores.total[i, j] == pytest.approx(reference_score(one, person, place), abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_mask_is_what_the_rulings_say(encoder, any_applicant, any_offer, data) -> None:
    people = data.draw(st.lists(any_applicant, max_size=3))
    places = data.draw(st.lists(any_offer, max_size=3))
    said = [[eligible(check(person, place)) for place in places] for person in people]

    mask = eligibility_mask(encoder, people, places)

    assert mask.shape == (len(people), len(places))
    assert np.array_equal(mask, np.array(said, dtype=bool).reshape(mask.shape))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_single_precision_is_exact_for_every_eligible_pair(
    related_encoder, any_applicant, any_offer, data
) -> None:
    people = related_encoder.transform_applicants(data.draw(st.lists(any_applicant, min_size=1, max_size=5)))
    places = related_encoder.transform_offers(data.draw(st.lists(any_offer, min_size=1, max_size=5)))
    exact = product(people.factors, places.factors)
    single = people.factors.dense @ places.factors.dense.T
    single = single + (people.factors.tail @ places.factors.tail.T).toarray()
    backwards = people.factors.dense[:, ::-1] @ places.factors.dense[:, ::-1].T
    backwards = backwards + (people.factors.tail @ places.factors.tail.T).toarray()

    assert np.array_equal(exact, np.rint(exact))
    assert np.array_equal(single >= 0, exact >= 0)
    assert np.array_equal(single[exact >= 0], exact[exact >= 0])
    assert np.array_equal(backwards[exact >= 0], exact[exact >= 0])


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_parts_add_to_the_score_and_stay_within_their_weight(
    encoder, weights, any_applicant, any_offer, data
) -> None:
    people = [replace(person, balance=None) for person in data.draw(st.lists(any_applicant, max_size=4))]
    places = data.draw(st.lists(any_offer, max_size=4))
    scores = parts(encoder, people, places)

    assert scores.names == PART_NAMES
    assert np.array_equal(scores.total, score(encoder, people, places))
    for name, part in zip(scores.names, scores.points, strict=True):
        assert (part >= 0).all()
        assert (part <= weights.points(name) + 1e-9).all()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_match_score_is_the_mean_of_what_both_sides_get(encoder, any_applicant, any_offer, data) -> None:
    people = data.draw(st.lists(any_applicant, min_size=1, max_size=3))
    places = data.draw(st.lists(any_offer, min_size=1, max_size=3))
    host, own = (score(encoder.for_side(side), people, places) for side in ("host", "applicant"))

    assert np.allclose(score(encoder, people, places), (host + own) / 2, atol=0.05)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_another_skill_asked_for_never_lowers_the_score(
    related_encoder, any_applicant, any_offer, data
) -> None:
    applicant = data.draw(any_applicant)
    offer = data.draw(any_offer.filter(lambda offer: offer.needs))
    need = data.draw(st.sampled_from(offer.needs))
    held = max(applicant.skills.get(need.code, 0), data.draw(st.integers(1, 4)))
    better = replace(applicant, skills={**applicant.skills, need.code: held})

    before, after = score(related_encoder, [applicant, better], [offer])[:, 0]

    assert after >= before


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_closer_level_never_lowers_the_score(encoder, any_applicant, any_offer, data) -> None:
    applicant, offer = data.draw(any_applicant), data.draw(any_offer)
    people = [replace(applicant, level=level) for level in range(1, 11)]
    scores = score(encoder, people, [offer])[:, 0]

    for level in range(1, offer.level_min):
        assert scores[level] >= scores[level - 1]
    for level in range(offer.level_max, 10):
        assert scores[level] <= scores[level - 1]


def test_g2_swapping_the_direction_of_a_pair_leaves_its_score(encoder, an_applicant, an_offer) -> None:
    out = score(encoder, [an_applicant()], [an_offer()])
    back = score(encoder, [an_applicant(direction="inward")], [an_offer(direction="inward")])

    assert np.array_equal(out, back)


def test_a_step_up_costs_the_applicant_nothing_and_a_step_down_does(encoder, an_applicant, an_offer) -> None:
    own = encoder.for_side("applicant")
    up, same, down = (
        points(own, an_applicant(level=5), an_offer(level_min=level, level_max=level))["level"]
        for level in (6, 5, 4)
    )

    assert up == same > down


NOT_SCORED = [
    {"ref": "Z-9"},
    {"organisation": "dept_two"},
    {"meets_nationality": False},
    {"meets_nationality": None},
    {"contract_end": date(2026, 3, 3)},
    {"vetting_held": 4},
    {"placed_until": date(2030, 1, 1)},
    {"kinds": frozenset()},
    {"days_min": 0.5},
    {"length_max": 60},
    {"available_to": date(2027, 1, 1)},
]


@pytest.mark.parametrize("change", NOT_SCORED, ids=str)
def test_facts_kept_for_hard_rules_never_move_the_score(encoder, an_applicant, an_offer, change) -> None:
    offers = [an_offer(), an_offer(ref="O-2", reserved=True, region="wales", remote="remote")]

    assert np.array_equal(
        score(encoder, [an_applicant()], offers), score(encoder, [an_applicant(**change)], offers)
    )


def test_silence_counts_half_way(encoder, an_applicant, an_offer) -> None:
    quiet = an_applicant(missions={}, wants={}, level=None, text="")
    got = points(encoder, quiet, an_offer(needs=()))

    assert {name: got[name] for name in PART_NAMES if name != "place"} == {
        "missions": 10,
        "skills": 15,
        "learning": 7.5,
        "level": 7.5,
        "words": 5,
    }


def test_being_open_to_every_mission_costs_nothing(encoder, an_applicant, an_offer) -> None:
    everything = an_applicant(missions={"energy": 1, "health": 1, "opportunity": 1})

    assert points(encoder, everything, an_offer(missions={"health": 1.0}))["missions"] == 20


def test_an_essential_skill_counts_double(encoder, an_applicant, an_offer) -> None:
    needs = (
        SkillNeed(code="analysis", level=2, essential=True),
        SkillNeed(code="facilitation", level=2, essential=False),
    )

    assert points(encoder, an_applicant(), an_offer(needs=needs))["skills"] == pytest.approx(20, abs=0.01)


def test_nearer_is_better(encoder, an_applicant, an_offer) -> None:
    applicant = an_applicant(remote_ok=True)
    near, remote, elsewhere = (
        points(encoder, applicant, offer)["place"]
        for offer in (
            an_offer(),
            an_offer(region="wales", remote="remote"),
            an_offer(region="wales", remote="hybrid"),
        )
    )

    assert near > remote > elsewhere


def test_the_balance_moves_points_between_using_and_learning(encoder, an_applicant, an_offer) -> None:
    skilled = an_offer(needs=(SkillNeed(code="analysis", level=3, essential=True),), teaches={})
    teaching = an_offer(needs=(SkillNeed(code="facilitation", level=3, essential=True),),
                        teaches={"fundraising": 2, "service_design": 3})  # fmt: skip
    use, learn = (
        score(encoder, [an_applicant(balance=balance)], [skilled, teaching])[0] for balance in (0, 1)
    )

    assert use[0] > learn[0]
    assert learn[1] > use[1]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_other_offers_never_move_a_score(related_encoder, any_applicant, any_offer, data) -> None:
    person, offer = data.draw(any_applicant), data.draw(any_offer)
    others = data.draw(st.lists(any_offer, max_size=3))
    among = clone(related_encoder).fit([offer, *others], [person])

    scores, _ = grid(among.transform_applicants([person]), among.transform_offers([offer]))

    assert np.array_equal(score(related_encoder, [person], [offer]), scores)


def test_a_catalogue_without_offers_can_be_encoded(weights, an_applicant) -> None:
    encoder = Encoder(weights).fit([], [an_applicant()])

    assert score(encoder, [an_applicant()], []).shape == (1, 0)


def test_an_offer_with_a_new_code_asks_for_a_new_fit(weights, an_offer) -> None:
    encoder = Encoder(weights).fit([an_offer()])

    for change in ({"region": "wales"}, {"length_months": 7}, {"teaches": {"new": 1}}, {"kind": "shadowing"}):
        with pytest.raises(UnseenCodeError, match="was not in the catalogue"):
            encoder.transform_offers([an_offer(**change)])


def test_the_encoder_keeps_the_estimator_contract(encoder, weights, an_applicant, an_offer) -> None:
    assert clone(encoder).get_params() == {
        "weights": weights, "relations": None, "knowledge": None, "side": "both", "unread": None,
    }  # fmt: skip
    with pytest.raises(NotFittedError):
        clone(encoder).transform_applicants([an_applicant()])
    copy = pickle.loads(pickle.dumps(encoder))
    assert np.array_equal(
        score(copy, [an_applicant()], [an_offer()]), score(encoder, [an_applicant()], [an_offer()])
    )


def test_fit_refuses_settings_that_make_no_sense(weights: Weights) -> None:
    with pytest.raises(ValueError, match="must add to 100"):
        Encoder(replace(weights, host={**weights.host, "skills": 1})).fit([])


@settings(max_examples=200, deadline=None)
@given(
    shares=st.lists(st.floats(0.01, 10), min_size=1, max_size=8),
    total=st.integers(0, 4000),
)
def test_sharing_out_whole_numbers_loses_none_and_stays_within_one(shares, total) -> None:
    rows = np.zeros(len(shares), dtype=np.int64)
    given_out = apportion(rows, np.array(shares), np.array([total]))

    exact = np.array(shares) / sum(shares) * total
    assert given_out.sum() == total
    assert (np.abs(given_out - exact) < 1 + 1e-6).all()
    assert UNITS * 100 < 2**23
