"""The best eligible pairs, for each applicant or for each offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.coded import Floats
from matching.eligibility import eligibility_mask
from matching.encoded import EncodedApplicants, EncodedOffers
from matching.facts import Ints
from matching.profiles import ApplicantProfile, OfferProfile
from matching.scorer import BLOCK_ROWS, MatchScorer, block_rows

SIDES = ("applicant", "offer")
SAME_SCORE_DECIMALS = 9
"""Scores that agree to this many decimals are a tie: rounding is not a reason to rank."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best `k` of the other side for each row, best first.

    Attributes:
        indices: (n, k) index on the other side, -1 where fewer than k are eligible.

        scores: (n, k) score from 0 to 100, NaN where the index is -1.
    """

    indices: Ints
    scores: Floats

    def row(self, i: int) -> list[tuple[int, float]]:
        """(index, score) of the eligible ones of row `i`, best first."""
        pairs = zip(self.indices[i].tolist(), self.scores[i].tolist(), strict=True)
        return [(index, score) for index, score in pairs if index >= 0]


def recommend(
    scorer: MatchScorer,
    applicants: Sequence[ApplicantProfile] | EncodedApplicants,
    offers: Sequence[OfferProfile] | EncodedOffers,
    *,
    k: int,
    side: Literal["applicant", "offer"] = "applicant",
    block_size: int | None = None,
) -> Ranking:
    """The `k` best eligible offers for each applicant, or applicants for each offer.

    Exact; only eligible pairs; ties go to the lower index; the same for every `block_size` (rows of
    the chosen side scored at a time, chosen to bound memory when None).

    Raises ValueError for a side that does not exist or a `k` below 1.
    """
    if side not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, not {side!r}")
    if k < 1:
        raise ValueError("k must be at least 1")
    columns = scorer.encode_offers(offers)
    rows = scorer.encode_applicants(applicants).onto(columns)
    by_applicant = side == "applicant"
    n, others = (len(rows), len(columns)) if by_applicant else (len(columns), len(rows))
    size = block_size or min(BLOCK_ROWS, block_rows(others))
    indices, scores = np.full((n, k), -1, dtype=np.int64), np.full((n, k), np.nan)
    for start in range(0, n, size):
        cut = slice(start, start + size)
        if by_applicant:
            grid = _eligible_scores(scorer, rows.take(cut), columns)
        else:
            grid = _eligible_scores(scorer, rows, columns.take(cut)).T
        for i, row in enumerate(grid, start):
            best = best_of(row, k)
            indices[i, : len(best)], scores[i, : len(best)] = best, row[best]
    return Ranking(indices, scores)


def best_of(scores: Floats, k: int) -> NDArray[np.intp]:
    """Indices of the `k` highest scores above minus infinity, best first, ties to the lower index."""
    eligible = np.flatnonzero(scores > -np.inf)
    if len(eligible) > k:
        threshold = np.partition(scores[eligible], len(eligible) - k)[len(eligible) - k]
        eligible = eligible[scores[eligible] >= threshold]
    return eligible[np.argsort(-scores[eligible], kind="stable")[:k]]


def _eligible_scores(scorer: MatchScorer, rows: EncodedApplicants, columns: EncodedOffers) -> Floats:
    scores = np.round(scorer.score(rows, columns), SAME_SCORE_DECIMALS)
    return np.where(eligibility_mask(rows.facts, columns.facts), scores, -np.inf)
