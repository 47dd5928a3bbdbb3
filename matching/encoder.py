"""Profiles as factors: the score of a pair, hard rules included, as one exact inner product."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.utils.validation import check_is_fitted

from matching.applicant_factors import applicant_days, applicant_factors
from matching.factors import ApplicantDays, Factors, OfferDays, Rows, Units
from matching.knowledge import Knowledge, shipped
from matching.layout import Layout, learn_layout
from matching.offer_factors import offer_days, offer_factors
from matching.profiles import ApplicantProfile, OfferProfile
from matching.protected_words import UNREAD_WORDS
from matching.skill_relations import SkillRelations
from matching.tables import ApplicantTable, Bools, OfferTable, applicant_table, offer_table
from matching.text_vectors import text_vectors
from matching.weights import Side, Weights

Applicants = Sequence[ApplicantProfile] | ApplicantTable
Offers = Sequence[OfferProfile] | OfferTable


@dataclass(frozen=True, slots=True)
class EncodedApplicants:
    """Applicants, one row each: their factors, the days that rules compare, and their direction."""

    factors: Factors
    days: ApplicantDays
    outward: Bools

    def __len__(self) -> int:
        return len(self.outward)

    def take(self, rows: Rows) -> EncodedApplicants:
        """Some of the rows."""
        return EncodedApplicants(self.factors.take(rows), self.days.take(rows), self.outward[rows])

    def stack(self, other: EncodedApplicants) -> EncodedApplicants:
        """These rows, then those of another."""
        outward = np.concatenate([self.outward, other.outward])
        return EncodedApplicants(self.factors.stack(other.factors), self.days.stack(other.days), outward)


@dataclass(frozen=True, slots=True)
class EncodedOffers:
    """Offers, one row each: their factors, the days that rules compare, and their direction."""

    factors: Factors
    days: OfferDays
    outward: Bools

    def __len__(self) -> int:
        return len(self.outward)

    def take(self, rows: Rows) -> EncodedOffers:
        """Some of the rows."""
        return EncodedOffers(self.factors.take(rows), self.days.take(rows), self.outward[rows])

    def stack(self, other: EncodedOffers) -> EncodedOffers:
        """These rows, then those of another."""
        outward = np.concatenate([self.outward, other.outward])
        return EncodedOffers(self.factors.stack(other.factors), self.days.stack(other.days), outward)


class Encoder(BaseEstimator):  # type: ignore[misc]  # scikit-learn is not typed
    """Turns both sides into rows whose inner product is the score.

    `fit` learns which missions, skills, places, lengths and organisations the offers name, and which
    skills are used most. It learns nothing that moves a score: the weights, the relations of skills
    and the knowledge of words are given, so a new profile needs no new fit.

    Parameters
    ----------
    weights : Weights
        The dated settings; `fit` validates them.

    relations : SkillRelations or None, default=None
        How much one skill counts for another; None lets a skill count for itself alone.

    knowledge : Knowledge or None, default=None
        What the vectors of texts were built with; None takes what ships with the project.

    unread : collection of str or None, default=None
        Words of texts that count for nothing; None leaves out those that name a person or a protected
        characteristic.

    side : {"both", "host", "applicant"}, default="both"
        Whose score: the match score, or what one side alone would give.

    Attributes
    ----------
    layout_ : Layout
        The columns of the product.

    See Also
    --------
    matching.scores.parts : The parts of the score of each pair.
    matching.reference.reference_parts : The same in plain Python.
    """

    def __init__(
        self,
        weights: Weights,
        *,
        relations: SkillRelations | None = None,
        knowledge: Knowledge | None = None,
        unread: Collection[str] | None = None,
        side: Side = "both",
    ) -> None:
        self.weights = weights
        self.relations = relations
        self.knowledge = knowledge
        self.unread = unread
        self.side = side

    def fit(self, offers: Offers, applicants: Applicants | None = None) -> Self:
        """Learn the columns. The order of the profiles does not matter.

        Raises ValueError when the weights do not make sense.
        """
        self.weights.validate()
        people = None if applicants is None else _applicants(applicants)
        self.layout_: Layout = learn_layout(_offers(offers), people, self.relations)
        return self

    def transform_applicants(self, applicants: Applicants) -> EncodedApplicants:
        """Applicants as factors, one row each, in the order given."""
        check_is_fitted(self)
        table = _applicants(applicants)
        vectors = self.text_vectors(table.texts.tolist())
        factors = applicant_factors(table, vectors, self.layout_, self.weights, self.side, self.relations)
        return EncodedApplicants(factors, applicant_days(table), table.outward)

    def transform_offers(self, offers: Offers) -> EncodedOffers:
        """Offers as factors, one row each, in the order given.

        Raises UnseenCodeError when one names what the catalogue did not have at the time of `fit`.
        """
        check_is_fitted(self)
        table = _offers(offers)
        vectors = self.text_vectors(table.texts.tolist())
        factors = offer_factors(table, vectors, self.layout_, self.weights, self.side, self.relations)
        return EncodedOffers(factors, offer_days(table), table.outward)

    def text_vectors(self, texts: Sequence[str]) -> Units:
        """(n_texts, 64): the vectors of texts, in ten-thousandths so that any machine agrees on them."""
        vectors: Units = np.round(text_vectors(texts, self.knowledge or shipped(), self.unread_words()), 4)
        return vectors

    def unread_words(self) -> frozenset[str]:
        """Words of texts that count for nothing."""
        return UNREAD_WORDS if self.unread is None else frozenset(self.unread)

    def for_side(self, side: Side) -> Encoder:
        """The same columns for the score of another side."""
        other: Encoder = clone(self).set_params(side=side)
        other.layout_ = self.layout_
        return other


def _applicants(applicants: Applicants) -> ApplicantTable:
    return applicants if isinstance(applicants, ApplicantTable) else applicant_table(applicants)


def _offers(offers: Offers) -> OfferTable:
    return offers if isinstance(offers, OfferTable) else offer_table(offers)
