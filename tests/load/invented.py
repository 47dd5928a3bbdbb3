"""Invented factors of a realistic form: the same columns, densities and share of eligible pairs.

Nothing here is a person or an offer: only arrays to measure with.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.factors import PENALTY, ApplicantDays, Factors, OfferDays

Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]

TEXT, HEAD, TAIL = 64, 64, 2_000
LEVELS, PLACES, KINDS, DAYS, MONTHS, RANKS = 10, 15, 6, 9, 24, 5
TODAY = 740_000
FAR = 3_652_059


@dataclass(frozen=True, slots=True)
class Cohort:
    """Both sides of a problem; `outward` says who goes which way."""

    applicants: Factors
    offers: Factors
    applicant_days: ApplicantDays
    offer_days: OfferDays
    applicants_outward: Bools
    offers_outward: Bools


def cohort(n_applicants: int, n_offers: int, *, mixed: bool, seed: int = 0) -> Cohort:
    """A cohort: about 18 % of the pairs within a direction are eligible, half of that where mixed."""
    rng = np.random.default_rng(seed)
    ways = (rng.random(n_applicants) < 0.5, rng.random(n_offers) < 0.5)
    applicants_outward, offers_outward = ways if mixed else tuple(np.ones_like(way) for way in ways)
    return Cohort(
        Factors(_applicants(n_applicants, rng), _tail(n_applicants, 60, rng)),
        Factors(_offers(n_offers, rng), _tail(n_offers, 12, rng)),
        _applicant_days(n_applicants, rng),
        _offer_days(n_offers, rng),
        applicants_outward,
        offers_outward,
    )


def _applicants(n: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Each hard block holds `PENALTY` where the applicant cannot, and the soft ones whole numbers."""
    level = _one_hot(rng.integers(2, 9, n), LEVELS)
    regions = rng.random((n, PLACES)) < 0.35
    regions[np.arange(n), rng.integers(0, PLACES - 3, n)] = True
    regions[:, -3:-1] = rng.random((n, 1)) < 0.83  # remote and hybrid, where that suits
    kinds = np.ones((n, KINDS), dtype=bool)
    kinds[:, -2:] = rng.random((n, 1)) < 0.5
    lowest = rng.choice([1, 1, 2, 3, 4, 5], n)
    days = _between(lowest, np.maximum(lowest, rng.choice([3, 4, 5, 5], n)), DAYS, step=2)
    months = _between(rng.choice([0, 1, 1, 3, 6], n), rng.choice([9, 12, 18, 24, 24], n), MONTHS)
    held = np.arange(RANKS) <= rng.choice([0, 1, 1, 1, 2, 3], n)[:, None]
    hard = [np.where(able, 0, PENALTY) for able in (regions, kinds, days, months, held)]
    soft = rng.integers(0, 900, (n, TEXT)) * (rng.random((n, TEXT)) < 0.5)
    skills = rng.random((n, HEAD)) < 0.3
    return np.hstack([level, *hard, soft, skills]).astype(np.float32)


def _offers(n: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Levels hold units or `PENALTY`; the other hard blocks say what the offer is."""
    lowest = rng.integers(2, 7, n)
    highest = lowest + rng.integers(3, 6, n)
    lowest = lowest - (rng.random(n) < 0.4)
    within = (np.arange(LEVELS) >= lowest[:, None]) & (np.arange(LEVELS) <= highest[:, None])
    level = np.where(within, rng.integers(800_000, 1_600_000, (n, LEVELS)), PENALTY)
    place = _one_hot(
        np.where(rng.random(n) < 0.4, rng.integers(0, PLACES - 3, n), PLACES - 2 - (rng.random(n) < 0.5)),
        PLACES,
    )
    kind = _one_hot(rng.choice(KINDS, n, p=[0.5, 0.2, 0.15, 0.09, 0.04, 0.02]), KINDS)
    days = _one_hot(rng.choice([0, 2, 4, 4, 6, 8, 8, 8], n), DAYS)
    months = _one_hot(rng.choice([2, 3, 6, 6, 9, 12, 12, 18], n) - 1, MONTHS)
    vetting = _one_hot(rng.choice([0, 0, 1, 1, 1, 1, 2], n), RANKS)
    soft = rng.integers(0, 40, (n, TEXT)) * (rng.random((n, TEXT)) < 0.7)
    skills = rng.integers(0, 60_000, (n, HEAD)) * (rng.random((n, HEAD)) < 0.15)
    return np.hstack([level, place, kind, days, months, vetting, soft, skills]).astype(np.float32)


def _tail(n: int, per_row: int, rng: np.random.Generator) -> sparse.csr_array:
    """About `per_row` entries a row over columns of uneven use; worth less on the larger side."""
    use = 1 / (np.arange(TAIL) + 60.0)
    columns = rng.choice(TAIL, (n, per_row), p=use / use.sum())
    largest = 60_000 if per_row < 30 else 2
    values = rng.integers(1, largest, n * per_row).astype(np.float32)
    starts = np.arange(0, n * per_row + 1, per_row)
    tail = sparse.csr_array((values, columns.ravel(), starts), shape=(n, TAIL))
    tail.sum_duplicates()
    return tail


def _applicant_days(n: int, rng: np.random.Generator) -> ApplicantDays:
    some = rng.random(n) < 0.08
    return ApplicantDays(
        ready_on=(TODAY - 30 + rng.integers(0, 150, n)).astype(np.int32),
        available_to=np.where(rng.random(n) < 0.1, TODAY + rng.integers(100, 400, n), FAR).astype(np.int32),
        contract_end=np.where(some, TODAY + rng.integers(200, 1100, n), FAR).astype(np.int32),
        vetting_held=rng.choice(np.array([0, 1, 1, 1, 2, 3], dtype=np.int8), n),
    )


def _offer_days(n: int, rng: np.random.Generator) -> OfferDays:
    start = (TODAY + 75 + rng.integers(0, 120, n)).astype(np.int32)
    ends = start + rng.integers(60, 540, n).astype(np.int32)
    late = np.arange(RANKS, dtype=np.int32)[::-1, None] * 10
    return OfferDays(start, start + rng.integers(28, 88, n).astype(np.int32), ends + late)


def _one_hot(places: Whole, width: int) -> Bools:
    return np.arange(width) == places[:, None]


def _between(lowest: Whole, highest: Whole, width: int, step: int = 1) -> Bools:
    steps = np.arange(1, width + 1) if step == 1 else 1 + np.arange(width) / step
    return (steps >= lowest[:, None]) & (steps <= highest[:, None])
