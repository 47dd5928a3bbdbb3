"""Agreement of two rankings, and rates of groups with their prompt for review."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.agreement import rank_agreement, selection_rates

SCORES = np.array([[3.0, 2.0, 1.0, 9.0], [1.0, 2.0, 3.0, 9.0]])
ABLE = np.array([[True, True, True, False]] * 2)


def test_a_ranking_agrees_wholly_with_itself():
    agreed = rank_agreement(SCORES, SCORES, ABLE)
    assert (agreed.kendall, agreed.spearman, agreed.same_first, agreed.kept, agreed.n) == (1, 1, 1, 1, 2)


def test_a_ranking_turned_round_disagrees_wholly():
    agreed = rank_agreement(SCORES, -SCORES, ABLE, top=1)
    assert agreed.kendall == agreed.spearman == -1
    assert agreed.same_first == agreed.kept == 0


def test_only_eligible_columns_count():
    other = SCORES.copy()
    other[:, 3] = -100
    assert rank_agreement(SCORES, other, ABLE).kendall == 1


def test_rows_that_rank_nothing_are_left_out_and_none_at_all_is_refused():
    level = np.array([[1.0, 1.0, 1.0, 1.0], SCORES[1]])
    assert rank_agreement(level, SCORES, ABLE).n == 1
    with pytest.raises(ValueError, match="no row"):
        rank_agreement(SCORES, SCORES, np.zeros_like(ABLE))


def test_a_rate_under_four_fifths_of_the_highest_prompts_a_review():
    groups = ["a"] * 10 + ["b"] * 10 + ["c"] * 9
    chosen = [True] * 10 + [True] * 7 + [False] * 12
    first, second = selection_rates(groups, chosen, ratio=0.8, fewest=10)
    assert (first.rate, first.ratio, first.review) == (1.0, 1.0, False)
    assert (second.n, second.rate, second.review) == (10, 0.7, True)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_the_group_with_the_highest_rate_never_prompts_one(members):
    groups, chosen = [group for group, _ in members], [picked for _, picked in members]
    rates = selection_rates(groups, chosen, ratio=0.8, fewest=1)
    assert not [each for each in rates if each.review and each.rate == max(other.rate for other in rates)]
    assert sum(each.n for each in rates) == len(members)
