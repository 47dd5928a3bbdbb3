"""Whole-number problems for the tests of ranking: many ties, rules carried by either side, limits on days."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from matching.days import FAR_AHEAD, LONG_AGO
from matching.factors import PENALTY, ApplicantDays, Factors, OfferDays, dates_conflict, product

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


problems = st.builds(
    drawn_problem,
    st.integers(0, 2**32),
    st.integers(1, 60),
    st.integers(1, 60),
    ties=st.sampled_from([1, 2, 50]),
    broken=st.sampled_from([0.0, 0.2, 1.0]),
    tail=st.sampled_from([0, 2]),
)
