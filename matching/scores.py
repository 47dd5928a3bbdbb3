"""The score of each pair of a small grid, with its parts and the rules that it breaks.

For whole catalogues use `matching/top_k.py`: the same product, ranked in blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.base import clone

from matching.best_for_one import OneSide, eligible_for_one
from matching.encoder import Applicants, EncodedApplicants, EncodedOffers, Encoder, Offers
from matching.factors import PENALTY, UNITS, Factors, Floats, Units, dates_conflict, product
from matching.layout import Layout
from matching.tables import Bools, Ints
from matching.top_k import products_of
from matching.weights import PART_NAMES


@dataclass(frozen=True, slots=True)
class PartScores:
    """Points of each part for each pair.

    Attributes:
        names: The parts, in order.

        points: (n_parts, n_applicants, n_offers), each between 0 and the part's weight.
    """

    names: tuple[str, ...]
    points: Floats

    @property
    def total(self) -> Floats:
        """(n_applicants, n_offers): the score, the sum of the parts."""
        return points_of(np.rint(self.points * UNITS).sum(axis=0))


def points_of(units: Floats) -> Floats:
    """Points from 0 to 100 of products in units, whatever rules they break."""
    points: Floats = np.mod(units, -PENALTY) / UNITS
    return points


def parts(encoder: Encoder, applicants: Applicants, offers: Offers) -> PartScores:
    """Points of each part for every pair, eligible or not. Memory is six times the grid.

    Like all functions here on profiles, it takes columns of its own from `offers`: they never move a
    score, so an offer outside the catalogue can be scored too.
    """
    own = clone(encoder).fit(offers)
    rows, columns = own.transform_applicants(applicants), own.transform_offers(offers)
    points = np.stack([_part(own.layout_, rows, columns, name) for name in PART_NAMES])
    return PartScores(PART_NAMES, points)


def score(encoder: Encoder, applicants: Applicants, offers: Offers) -> Floats:
    """(n_applicants, n_offers): the score of every pair from 0 to 100, eligible or not."""
    own = clone(encoder).fit(offers)
    return points_of(
        product(own.transform_applicants(applicants).factors, own.transform_offers(offers).factors)
    )


def grid(applicants: EncodedApplicants, offers: EncodedOffers) -> tuple[Floats, Bools]:
    """Scores and eligibility, (n_applicants, n_offers) each, of sides that are already encoded."""
    units = product(applicants.factors, offers.factors)
    eligible = (units >= 0) & (applicants.outward[:, None] == offers.outward)
    eligible &= ~dates_conflict(applicants.days, offers.days)
    return points_of(units), eligible


def scores_for_applicant(
    one: EncodedApplicants, offers: EncodedOffers, side: OneSide
) -> tuple[Floats, Bools]:
    """Score (NaN where not eligible) and eligibility of one applicant for each offer, (n_offers,) each.

    `side` is `OneSide.of(offers.factors)`, made once for each version of the offers.
    """

    def conflict(rows: Ints) -> Bools:
        other_way: Bools = offers.outward[rows] != one.outward[0]
        conflicts: Bools = other_way | dates_conflict(one.days, offers.days.take(rows))[0]
        return conflicts

    return _spread(len(offers), *eligible_for_one(one.factors, side, conflict=conflict))


def scores_for_offer(
    one: EncodedOffers, applicants: EncodedApplicants, side: OneSide
) -> tuple[Floats, Bools]:
    """The same of one offer for each applicant, (n_applicants,) each; `side` is of the applicants."""

    def conflict(rows: Ints) -> Bools:
        other_way: Bools = applicants.outward[rows] != one.outward[0]
        conflicts: Bools = other_way | dates_conflict(applicants.days.take(rows), one.days)[:, 0]
        return conflicts

    return _spread(len(applicants), *eligible_for_one(one.factors, side, conflict=conflict))


def _spread(n: int, rows: Ints, products: Units) -> tuple[Floats, Bools]:
    scores, eligible = np.full(n, np.nan), np.zeros(n, dtype=bool)
    scores[rows], eligible[rows] = products / np.float64(UNITS), True
    return scores, eligible


def eligibility_mask(encoder: Encoder, applicants: Applicants, offers: Offers) -> Bools:
    """(n_applicants, n_offers): True where no rule says no."""
    own = clone(encoder).fit(offers)
    return grid(own.transform_applicants(applicants), own.transform_offers(offers))[1]


def parts_of_pairs(
    encoder: Encoder, applicants: EncodedApplicants, offers: EncodedOffers, rows: Ints, others: Ints
) -> Floats:
    """(n_parts, n_pairs): points of each part of the pair of each applicant with the offer beside it."""
    points = []
    for name in PART_NAMES:
        people, places = (_factors_of(encoder.layout_, side.factors, name) for side in (applicants, offers))
        points.append(points_of(products_of(people, places, rows, others)))
    return np.stack(points)


def _factors_of(layout: Layout, factors: Factors, name: str) -> Factors:
    """The columns of one part."""
    steps = {"skills": layout.skill_columns, "learning": layout.learning_columns}.get(name, slice(0, 0))
    dense = np.ascontiguousarray(factors.dense[:, layout.blocks[name]])
    return Factors(dense, sparse.csr_array(factors.tail[:, steps]))


def _part(layout: Layout, rows: EncodedApplicants, columns: EncodedOffers, name: str) -> Floats:
    return points_of(
        product(_factors_of(layout, rows.factors, name), _factors_of(layout, columns.factors, name))
    )
