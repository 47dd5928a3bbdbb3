"""The scorer: six named parts that add exactly to one score from 0 to 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching import encoded
from matching.coded import Floats
from matching.encoded import EncodedApplicants, EncodedOffers
from matching.parts import PARTS
from matching.profiles import ApplicantProfile, OfferProfile
from matching.text import encode_texts, learn_vocabulary
from matching.weights import Weights

Applicants = Sequence[ApplicantProfile] | EncodedApplicants
Offers = Sequence[OfferProfile] | EncodedOffers

BLOCK_CELLS = 1_000_000
BLOCK_ROWS = 128


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
        """(n_applicants, n_offers): the score, the sum of the parts in their order."""
        total = np.zeros(self.points.shape[1:])
        for part in self.points:
            total += part
        return total


class MatchScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn is not typed
    """Scores every pair of applicants and offers from 0 to 100 as an exact sum of six parts.

    The score reads the fields of the two profiles and nothing else, and says nothing about
    eligibility: hard rules are kept apart in `matching/eligibility.py`.

    Parameters
    ----------
    weights : Weights
        The dated settings; `fit` validates them.

    max_features : int, default=20_000
        Most words, and most fragments of words, that the text vocabulary keeps.

    Attributes
    ----------
    vocabulary_ : TextVocabulary
        Words and fragments learnt by `fit`, with their rarity.

    See Also
    --------
    matching.ranking.recommend : The best eligible pairs for each side.
    matching.explanations.explain : One pair's score in words.
    """

    def __init__(self, weights: Weights, *, max_features: int = 20_000) -> None:
        self.weights = weights
        self.max_features = max_features

    def fit(self, offers: Sequence[OfferProfile], applicants: Sequence[ApplicantProfile] = ()) -> Self:
        """Learn the text vocabulary. The order of the profiles does not matter.

        Raises ValueError when the weights do not make sense.
        """
        self.weights.validate()
        texts = [offer.text for offer in offers] + [applicant.text for applicant in applicants]
        self.vocabulary_ = learn_vocabulary(texts, max_features=self.max_features)
        return self

    def encode_applicants(self, applicants: Applicants) -> EncodedApplicants:
        """Applicants as arrays, to score many times; already encoded ones come back as they are."""
        if isinstance(applicants, EncodedApplicants):
            return applicants
        check_is_fitted(self)
        texts = [applicant.text for applicant in applicants]
        share = self.weights.fragment_share
        return encoded.encode_applicants(
            applicants, text=encode_texts(self.vocabulary_, texts, fragment_share=share)
        )

    def encode_offers(self, offers: Offers) -> EncodedOffers:
        """Offers as arrays, to score many times; already encoded ones come back as they are."""
        if isinstance(offers, EncodedOffers):
            return offers
        check_is_fitted(self)
        texts = [offer.text for offer in offers]
        share = self.weights.fragment_share
        return encoded.encode_offers(
            offers,
            weights=self.weights,
            text=encode_texts(self.vocabulary_, texts, fragment_share=share),
        )

    def parts(self, applicants: Applicants, offers: Offers) -> PartScores:
        """Points of each part for every pair, (n_parts, n_applicants, n_offers).

        Memory is six times the grid; use `score` or `recommend` for many pairs.
        """
        columns = self.encode_offers(offers)
        rows = self.encode_applicants(applicants).onto(columns)
        points = np.empty((len(PARTS), len(rows), len(columns)))
        for start, stop in _cuts(len(rows), len(columns)):
            block = rows.take(slice(start, stop))
            for i, part in enumerate(self._points(block, columns)):
                points[i, start:stop] = part
        return PartScores(tuple(PARTS), points)

    def score(self, applicants: Applicants, offers: Offers) -> Floats:
        """Score of every pair, (n_applicants, n_offers), from 0 to 100."""
        columns = self.encode_offers(offers)
        rows = self.encode_applicants(applicants).onto(columns)
        scores = np.zeros((len(rows), len(columns)))
        for start, stop in _cuts(len(rows), len(columns)):
            for part in self._points(rows.take(slice(start, stop)), columns):
                scores[start:stop] += part
        return scores

    def _points(self, applicants: EncodedApplicants, offers: EncodedOffers) -> Iterator[Floats]:
        for name, share in PARTS.items():
            limit = self.weights.points(name)
            yield limit * np.clip(share(applicants, offers, self.weights), 0.0, 1.0)


def block_rows(columns: int) -> int:
    """How many rows to score at a time against so many columns, to bound memory.

    A block has about `BLOCK_CELLS` pairs, and the side made dense in it at most `BLOCK_ROWS` rows.
    """
    by_cells = max(1, BLOCK_CELLS // max(columns, 1))
    return by_cells if columns <= BLOCK_ROWS else min(BLOCK_ROWS, by_cells)


def _cuts(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    size = block_rows(columns)
    for start in range(0, rows, size):
        yield start, min(start + size, rows)
