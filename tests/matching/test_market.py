"""People's own rankings come before scores; what the rules settle is taken out first."""

from __future__ import annotations

import numpy as np
import pytest

from matching import Reserve, Rules, assign, pairs_from_dense

SCORES = [[90.0, 80.0, 70.0], [60.0, 50.0, 40.0]]


def test_ranked_offers_come_first_and_the_rest_follow_by_score() -> None:
    ranks = [[0, 0, 1], [0, 0, 0]]
    pairs = pairs_from_dense(SCORES, applicant_ranks=ranks)

    assert assign(pairs, [1, 1, 1]).pairs == ((0, 2), (1, 0))
    assert assign(pairs, [1, 1, 0]).pairs == ((0, 0), (1, 1))


def test_unranked_offers_can_be_left_out_for_those_who_ranked() -> None:
    pairs = pairs_from_dense(SCORES, applicant_ranks=[[0, 0, 1], [0, 0, 0]])

    assert assign(pairs, [1, 1, 0], rules=Rules(unranked="never")).pairs == ((1, 0),)


def test_a_host_that_ranked_goes_by_its_own_order() -> None:
    pairs = pairs_from_dense([[90.0], [60.0], [50.0]], host_ranks=[[2], [0], [1]])

    assert assign(pairs, [1]).pairs == ((2, 0),)
    assert assign(pairs, [3]).pairs == ((0, 0), (1, 0), (2, 0))
    assert assign(pairs, [3], rules=Rules(unranked="never")).pairs == ((0, 0), (2, 0))


def test_a_rank_is_counted_from_one() -> None:
    with pytest.raises(ValueError, match="a rank must be 1 or more"):
        assign(pairs_from_dense([[1.0]], host_ranks=[[-1]]), [1])


def test_a_reserve_speaks_of_every_applicant() -> None:
    rules = Rules(reserves=[Reserve("charities", 1, np.array([True, False]))])
    with pytest.raises(ValueError, match="“charities” must say of each applicant"):
        assign(pairs_from_dense([[1.0]]), [1], rules=rules)
