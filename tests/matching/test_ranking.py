"""The best eligible pairs, exact and the same however they are computed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import eligibility_mask, recommend


@settings(max_examples=60, deadline=None)
@given(data=st.data(), side=st.sampled_from(["applicant", "offer"]), k=st.integers(1, 4))
def test_a_ranking_is_the_sorted_eligible_scores(
    scorer, an_applicant, an_offer, any_applicant, any_offer, data, side, k
) -> None:
    people = [an_applicant(), *data.draw(st.lists(any_applicant, max_size=4)), an_applicant(level=4)]
    places = [an_offer(), *data.draw(st.lists(any_offer, max_size=4)), an_offer(), an_offer(needs=())]
    scores = np.where(eligibility_mask(people, places), np.round(scorer.score(people, places), 9), np.nan)
    ranking = recommend(scorer, people, places, k=k, side=side)

    for i, row in enumerate(scores if side == "applicant" else scores.T):
        expected = sorted((-s, j) for j, s in enumerate(row) if not np.isnan(s))[:k]
        assert ranking.row(i) == [(j, -s) for s, j in expected]


@pytest.mark.parametrize("side", ["applicant", "offer"])
def test_the_block_size_changes_nothing(scorer, an_applicant, an_offer, side) -> None:
    people = [an_applicant(level=3 + i % 5, skills={"analysis": 1 + i % 4}) for i in range(13)]
    places = [an_offer(text=f"heat {'power ' * (i % 3)}", level_max=5 + i % 3) for i in range(9)]
    whole = recommend(scorer, people, places, k=5, side=side)

    for size in (1, 2, 5, 100):
        cut = recommend(scorer, people, places, k=5, side=side, block_size=size)
        assert np.array_equal(cut.indices, whole.indices)
        assert np.array_equal(cut.scores, whole.scores, equal_nan=True)


def test_ties_go_to_the_lower_index(scorer, an_applicant, an_offer) -> None:
    ranking = recommend(scorer, [an_applicant()], [an_offer()] * 6, k=3)

    assert ranking.indices.tolist() == [[0, 1, 2]]


def test_fewer_eligible_than_asked_leaves_gaps(scorer, an_applicant, an_offer) -> None:
    ranking = recommend(scorer, [an_applicant()], [an_offer(direction="inward"), an_offer()], k=3)

    assert ranking.indices.tolist() == [[1, -1, -1]]
    assert np.isnan(ranking.scores[0, 1:]).all()
    assert len(ranking.row(0)) == 1


def test_empty_sides_give_empty_rankings(scorer, an_applicant, an_offer) -> None:
    assert recommend(scorer, [], [an_offer()], k=2).indices.shape == (0, 2)
    assert recommend(scorer, [an_applicant()], [], k=2).row(0) == []


def test_a_side_that_does_not_exist_is_refused(scorer) -> None:
    with pytest.raises(ValueError, match="side must be one of applicant, offer"):
        recommend(scorer, [], [], k=1, side="host")
    with pytest.raises(ValueError, match="k must be at least 1"):
        recommend(scorer, [], [], k=0)
