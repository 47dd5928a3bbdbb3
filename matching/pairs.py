"""The pairs that a cohort may be assigned from: a sparse list, never the full matrix.

Every array has one entry a pair and they run side by side. Higher is better everywhere, except for
rankings that people gave, where 1 is the first choice.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ids = NDArray[np.int32]
Values = NDArray[np.floating]

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pairs:
    """Eligible pairs, sorted by applicant and then by offer, each pair once.

    Attributes:
        applicant, offer: int32 (e,). The two sides of each pair.

        score: (e,). The match score that people see, 0 to 100.

        applicant_score: (e,). Orders the list of an applicant who ranked nothing.

        host_score: (e,). The host's priority where the host ranked nobody.

        n_applicants, n_offers: How many there are, those without a pair included.

        applicant_ranks, host_ranks: int32 (e,) or None. The order that people gave themselves, from 1;
            0 where they did not rank the pair.
    """

    applicant: Ids
    offer: Ids
    score: Values
    applicant_score: Values
    host_score: Values
    n_applicants: int
    n_offers: int
    applicant_ranks: Ids | None = None
    host_ranks: Ids | None = None

    def __post_init__(self) -> None:
        """Raise ValueError, saying what is wrong, for arrays that do not make a list of pairs."""
        for name in ("offer", "score", "applicant_score", "host_score", "applicant_ranks", "host_ranks"):
            values = getattr(self, name)
            if values is not None and values.shape != self.applicant.shape:
                raise ValueError(
                    f"{name} must have one entry a pair {self.applicant.shape}, not {values.shape}"
                )
        for name in ("score", "applicant_score", "host_score"):
            if not np.isfinite(getattr(self, name)).all():
                raise ValueError(f"{name} must be a number for every pair")
        _check_side("applicant", self.applicant, self.n_applicants)
        _check_side("offer", self.offer, self.n_offers)
        step, across = np.diff(self.applicant), np.diff(self.offer)
        if ((step < 0) | ((step == 0) & (across <= 0))).any():
            raise ValueError("pairs must be sorted by applicant and then by offer, each pair once")

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.applicant)

    def find(self, applicant: int, offer: int) -> int:
        """Where the pair stands in the list, or -1 when it is not in it."""
        first, last = self.span(applicant)
        at = int(first + np.searchsorted(self.offer[first:last], np.int32(offer)))
        return at if at < last and self.offer[at] == offer else -1

    def span(self, applicant: int) -> tuple[int, int]:
        """Where the pairs of one applicant begin and end."""
        ends = np.searchsorted(self.applicant, np.array([applicant, applicant + 1], dtype=np.int32))
        return int(ends[0]), int(ends[1])

    def only(self, kept: NDArray[np.bool_]) -> Pairs:
        """Some of the pairs, of the same applicants and offers."""
        arrays = (each.name for each in fields(self) if isinstance(getattr(self, each.name), np.ndarray))
        return replace(self, **{name: getattr(self, name)[kept] for name in arrays})


def pairs_from_lists(
    indices: ArrayLike,
    score: ArrayLike,
    *,
    n_offers: int,
    applicant_score: ArrayLike | None = None,
    host_score: ArrayLike | None = None,
) -> Pairs:
    """Pairs from ranked lists: `indices` (n_applicants, k) of offers, padded with -1, scores alike.

    The two priorities default to the score. A pair that one list names twice raises ValueError.
    """
    lists = np.asarray(indices, dtype=np.int32)
    rows = np.repeat(np.arange(len(lists), dtype=np.int32), lists.shape[1])
    order = np.argsort(lists, axis=1, kind="stable") + np.arange(len(lists))[:, None] * lists.shape[1]
    kept = order.ravel()[lists.ravel()[order.ravel()] >= 0]

    def listed(values: ArrayLike | None) -> Values:
        flat: Values = np.asarray(score if values is None else values).ravel()[kept]
        return flat

    return Pairs(
        applicant=rows[kept],
        offer=lists.ravel()[kept],
        score=listed(score),
        applicant_score=listed(applicant_score),
        host_score=listed(host_score),
        n_applicants=len(lists),
        n_offers=n_offers,
    )


def pairs_from_dense(
    score: ArrayLike,
    *,
    applicant_score: ArrayLike | None = None,
    host_score: ArrayLike | None = None,
    applicant_ranks: ArrayLike | None = None,
    host_ranks: ArrayLike | None = None,
) -> Pairs:
    """Pairs from matrices (n_applicants, n_offers); a score that is no number means "not eligible".

    Raises ValueError when a matrix has another shape than the scores.
    """
    scores = np.asarray(score, dtype=np.float64)
    if scores.ndim != 2:
        raise ValueError("scores must have one row an applicant and one column an offer")
    rows, columns = np.nonzero(np.isfinite(scores))

    def eligible(values: ArrayLike | None) -> NDArray[np.float64]:
        matrix = scores if values is None else np.asarray(values, dtype=np.float64)
        if matrix.shape != scores.shape:
            raise ValueError(
                f"every matrix must have the shape of the scores {scores.shape}, not {matrix.shape}"
            )
        return matrix[rows, columns]

    return Pairs(
        applicant=rows.astype(np.int32),
        offer=columns.astype(np.int32),
        score=eligible(None),
        applicant_score=eligible(applicant_score),
        host_score=eligible(host_score),
        n_applicants=scores.shape[0],
        n_offers=scores.shape[1],
        applicant_ranks=None if applicant_ranks is None else eligible(applicant_ranks).astype(np.int32),
        host_ranks=None if host_ranks is None else eligible(host_ranks).astype(np.int32),
    )


def _check_side(name: str, ids: Ids, n: int) -> None:
    if len(ids) and not (ids.min() >= 0 and ids.max() < n):
        raise ValueError(f"{name} must be between 0 and {n - 1}")
