"""Short lists both ways: exact, the same however the work is cut, and never a pair that a rule excludes."""

import tracemalloc
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matching.days import FAR_AHEAD, LONG_AGO
from matching.factors import PENALTY, ApplicantDays, Factors, OfferDays, dates_conflict, product
from matching.lists import NOBODY
from matching.top_k import top_both_ways, top_of_rows

RANKS = 3


@dataclass(frozen=True)
class Problem:
    """Two sides with their days."""

    applicants: Factors
    offers: Factors
    days: tuple[ApplicantDays, OfferDays]

    def products(self):
        """Every product, -1 where the pair is not eligible."""
        exact = product(self.applicants, self.offers)
        return np.where((exact < 0) | dates_conflict(*self.days), -1, exact)


def drawn_problem(seed, n_applicants, n_offers, *, ties=3, broken=0.2, tail=4):
    """Whole-number factors in which rules are carried by either side, and most products are tied."""
    rng = np.random.default_rng(seed)

    def side(n, *, applies):
        soft = rng.integers(0, ties, (n, 3))
        carries = np.where(rng.random((n, 2)) < broken, PENALTY, 0)
        asks = rng.random((n, 2)) < 0.5
        rare = rng.integers(0, ties, (n, 6)) * (rng.random((n, 6)) < tail / 6)
        home = np.eye(4)[rng.integers(0, 4, n)] * (1 if applies else PENALTY)
        hard = [carries, asks] if applies else [asks, carries]
        dense = np.hstack([soft, *hard]).astype(np.float32)
        return Factors(dense, sparse.csr_array(np.hstack([rare, home]).astype(np.float32)))

    applicants = side(n_applicants, applies=True)
    offers = side(n_offers, applies=False)
    low, high = 700_000, 700_040
    limited = rng.random(n_applicants) < 0.4
    start = rng.integers(low, high, n_offers)
    days = (
        ApplicantDays(
            np.where(rng.random(n_applicants) < 0.3, LONG_AGO, rng.integers(low, high, n_applicants)).astype(np.int32),
            np.where(limited, rng.integers(low, high, n_applicants), FAR_AHEAD).astype(np.int32),
            np.where(rng.random(n_applicants) < 0.3, rng.integers(low, high, n_applicants), FAR_AHEAD).astype(np.int32),
            rng.integers(0, RANKS, n_applicants).astype(np.int8),
        ),
        OfferDays(
            start.astype(np.int32),
            (start + rng.integers(0, 20, n_offers)).astype(np.int32),
            (start + rng.integers(0, 30, (RANKS, n_offers))).astype(np.int32),
        ),
    )  # fmt: skip
    return Problem(applicants, offers, days)


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


problems = st.builds(
    drawn_problem,
    st.integers(0, 2**32),
    st.integers(1, 60),
    st.integers(1, 60),
    ties=st.sampled_from([1, 2, 50]),
    broken=st.sampled_from([0.0, 0.2, 1.0]),
    tail=st.sampled_from([0, 2]),
)


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
    monkeypatch.setattr("matching.top_k.SMALL", 0)
    problem = drawn_problem(5, 700, 90, ties=9)
    products = problem.products()
    applicants, offers = top_both_ways(
        problem.applicants, problem.offers, k=8, days=problem.days, n_jobs=n_jobs, block_rows=block_rows
    )
    assert_same(applicants, brute_force(products, 8))
    assert_same(offers, brute_force(products.T, 8))


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
