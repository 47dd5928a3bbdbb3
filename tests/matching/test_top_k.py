"""Short lists both ways: exact, the same however the work is cut, and never a pair that a rule excludes."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.factors import PENALTY, Factors, product
from matching.lists import NOBODY, KeyForm
from matching.top_k import products_of, top_both_ways, top_of_rows
from tests.matching.problems import drawn_problem, problems


def brute_force(products, k):
    """The k best of each row by a stable sort of everything."""
    order = np.argsort(-products, axis=1, kind="stable")[:, :k]
    best = np.take_along_axis(products, order, axis=1)
    short = k - order.shape[1]
    order = np.pad(np.where(best < 0, NOBODY, order), ((0, 0), (0, short)), constant_values=NOBODY)
    best = np.pad(np.where(best < 0, np.nan, best), ((0, 0), (0, short)), constant_values=np.nan)
    return order, best


def assert_same(lists, expected):
    """Lists hold just what the brute force holds."""
    np.testing.assert_array_equal(lists.indices, expected[0])
    np.testing.assert_array_equal(lists.products, expected[1])


@given(problem=problems, k=st.integers(1, 70), block_rows=st.sampled_from([1, 7, 256]))
def test_both_lists_are_those_of_a_full_stable_sort(problem, k, block_rows):
    products = problem.products()
    applicants, offers = top_both_ways(
        problem.applicants, problem.offers, k=k, days=problem.days, block_rows=block_rows
    )
    assert_same(applicants, brute_force(products, k))
    assert_same(offers, brute_force(products.T, k))


@given(problem=problems, k=st.integers(1, 10))
def test_one_way_gives_the_applicants_lists_of_both_ways(problem, k):
    both, _ = top_both_ways(problem.applicants, problem.offers, k=k, days=problem.days)
    assert_same(
        top_of_rows(problem.applicants, problem.offers, k=k, days=problem.days),
        (both.indices, both.products),
    )


@given(problem=problems, k=st.integers(1, 10))
def test_the_offers_lists_are_the_applicants_lists_of_the_problem_turned_round(problem, k):
    _, offers = top_both_ways(problem.applicants, problem.offers, k=k)
    turned, _ = top_both_ways(problem.offers, problem.applicants, k=k)
    assert_same(offers, (turned.indices, turned.products))


@pytest.mark.parametrize("n_jobs", [1, 2, 3])
@pytest.mark.parametrize("block_rows", [1, 64, 999])
def test_the_lists_do_not_depend_on_how_the_work_is_cut(n_jobs, block_rows, monkeypatch):
    monkeypatch.setattr("matching.top_k._SMALL", 0)
    problem = drawn_problem(5, 700, 90, ties=9)
    products = problem.products()
    applicants, offers = top_both_ways(
        problem.applicants, problem.offers, k=8, days=problem.days, n_jobs=n_jobs, block_rows=block_rows
    )
    assert_same(applicants, brute_force(products, 8))
    assert_same(offers, brute_force(products.T, 8))


@given(problem=problems, seed=st.integers(0, 99))
def test_groups_are_ranked_as_if_apart(problem, seed):
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, 3, len(problem.applicants)), rng.integers(0, 3, len(problem.offers))
    products = np.where(groups[0][:, None] == groups[1], problem.products(), -1)
    applicants, offers = top_both_ways(
        problem.applicants, problem.offers, k=4, days=problem.days, groups=groups, block_rows=9
    )
    assert_same(applicants, brute_force(products, 4))
    assert_same(offers, brute_force(products.T, 4))


@given(problem=problems)
def test_products_of_listed_pairs_are_those_of_the_whole_grid(problem):
    lists = top_of_rows(problem.applicants, problem.offers, k=6)
    rows, place = np.nonzero(lists.indices != NOBODY)
    others = lists.indices[rows, place].astype(np.intp)
    found = products_of(problem.applicants, problem.offers, rows, others)
    np.testing.assert_array_equal(found, product(problem.applicants, problem.offers)[rows, others])


def test_products_of_pairs_without_rare_columns_are_found():
    problem = drawn_problem(6, 5, 9)
    plain = [Factors(side.dense, side.tail * 0) for side in (problem.applicants, problem.offers)]
    for side in plain:
        side.tail.eliminate_zeros()
    lists = top_of_rows(*plain, k=2)
    np.testing.assert_array_equal(products_at(*plain, lists.indices), lists.products)


def test_a_list_of_nobody_is_refused():
    problem = drawn_problem(1, 3, 3)
    with pytest.raises(ValueError, match="at least 1"):
        top_both_ways(problem.applicants, problem.offers, k=0)


def test_more_pairs_than_a_key_can_number_are_refused():
    with pytest.raises(ValueError, match="more than one key"):
        KeyForm(2**30, 2**20)


def test_a_pair_that_a_rule_excludes_is_on_no_list():
    problem = drawn_problem(2, 300, 80)
    applicants, offers = top_both_ways(problem.applicants, problem.offers, k=40, days=problem.days)
    excluded = problem.products() < 0
    row, place = np.nonzero(applicants.indices != NOBODY)
    assert not excluded[row, applicants.indices[row, place]].any()
    column, place = np.nonzero(offers.indices != NOBODY)
    assert not excluded[offers.indices[column, place], column].any()


def test_where_nobody_is_eligible_every_list_is_empty():
    problem = drawn_problem(3, 40, 30, broken=1.0)
    ours = np.full((40, 1), PENALTY, dtype=np.float32)
    nobody = Factors(np.hstack([problem.applicants.dense, ours]), problem.applicants.tail)
    asks = Factors(np.hstack([problem.offers.dense, np.ones((30, 1), np.float32)]), problem.offers.tail)
    for lists in top_both_ways(nobody, asks, k=3):
        assert (lists.indices == NOBODY).all()
        assert np.isnan(lists.products).all()


@pytest.mark.parametrize(("n_applicants", "n_offers"), [(0, 5), (5, 0), (0, 0)])
def test_an_empty_side_gives_empty_lists(n_applicants, n_offers):
    problem = drawn_problem(1, n_applicants, n_offers)
    applicants, offers = top_both_ways(problem.applicants, problem.offers, k=3, days=problem.days)
    assert applicants.indices.shape == (n_applicants, 3)
    assert offers.indices.shape == (n_offers, 3)
    assert (applicants.indices == NOBODY).all()
    assert (offers.indices == NOBODY).all()


def test_working_memory_does_not_grow_with_the_number_of_pairs():
    problem = drawn_problem(8, 20_000, 1_000, ties=50)
    tracemalloc.start()
    try:
        top_both_ways(problem.applicants, problem.offers, k=5, days=problem.days, n_jobs=1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    every_product = 20_000 * 1_000 * 4
    assert peak < every_product / 2
