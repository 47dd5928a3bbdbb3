"""One matching market as arrays: who may be paired, how each side ranks the other, how many places.

Shared by every method of assignment, by the stability check and by the reasons given afterwards.
Matrices are (n_applicants, n_offers). Higher is better everywhere; ties go to the lower index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.factors import Floats
from matching.tables import Bools, Ints

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Market:
    """What is left to decide once pins are set aside.

    Attributes:
        scores: The model's score, minus infinity where a pair is not eligible.

        eligible: Where the score is a finite number.

        allowed: Pairs that may still be made: eligible, not forbidden, at or above the floor, and
            not of a pinned applicant.

        likes: How much each applicant wants each offer.

        wants: How much each offer wants each applicant.

        capacities: Places left at each offer after the pins.

        pins: Pairs that are already settled.

        forbidden: Pairs that nobody may make.
    """

    scores: Floats
    eligible: Bools
    allowed: Bools
    likes: Floats
    wants: Floats
    capacities: Ints
    pins: tuple[Pair, ...]
    forbidden: Bools


def make_market(
    scores: ArrayLike,
    capacities: ArrayLike,
    *,
    applicant_priorities: ArrayLike | None = None,
    offer_priorities: ArrayLike | None = None,
    pins: Iterable[Pair] = (),
    forbids: Iterable[Pair] = (),
    floor: float | None = None,
) -> Market:
    """Check and arrange the inputs of an assignment.

    Raises ValueError, saying what is wrong, for shapes that do not fit, negative capacities, pairs
    out of range, an applicant pinned twice, more pins than places, or a pair both pinned and forbidden.
    """
    score = np.asarray(scores, dtype=np.float64)
    if score.ndim != 2:
        raise ValueError("scores must have one row an applicant and one column an offer")
    places = np.asarray(capacities, dtype=np.int64)
    if places.shape != (score.shape[1],):
        raise ValueError(f"capacities must have one number an offer ({score.shape[1]}), not {places.shape}")
    if (places < 0).any():
        raise ValueError("a capacity cannot be below 0")
    eligible = np.isfinite(score)
    score = np.where(eligible, score, -np.inf)
    settled = tuple(sorted({_pair(pair, score.shape) for pair in pins}))
    forbidden = np.zeros(score.shape, dtype=bool)
    for i, j in (_pair(pair, score.shape) for pair in forbids):
        forbidden[i, j] = True
    left = _places_after(settled, places, forbidden)
    allowed = eligible & ~forbidden
    if floor is not None:
        allowed &= score >= floor
    allowed[[i for i, _ in settled]] = False
    return Market(
        scores=score,
        eligible=eligible,
        allowed=allowed,
        likes=_priorities("applicant_priorities", applicant_priorities, score),
        wants=_priorities("offer_priorities", offer_priorities, score),
        capacities=left,
        pins=settled,
        forbidden=forbidden,
    )


def held_by_offer(pairs: Sequence[Pair], n_offers: int) -> list[list[int]]:
    """The applicants placed at each offer."""
    held: list[list[int]] = [[] for _ in range(n_offers)]
    for i, j in pairs:
        held[j].append(i)
    return held


def _pair(pair: Pair, shape: tuple[int, ...]) -> Pair:
    i, j = int(pair[0]), int(pair[1])
    if not (0 <= i < shape[0] and 0 <= j < shape[1]):
        raise ValueError(f"the pair ({i}, {j}) is outside {shape[0]} applicants and {shape[1]} offers")
    return i, j


def _places_after(pins: tuple[Pair, ...], places: Ints, forbidden: Bools) -> Ints:
    left = places.copy()
    pinned: set[int] = set()
    for i, j in pins:
        if i in pinned:
            raise ValueError(f"applicant {i} is pinned twice")
        if forbidden[i, j]:
            raise ValueError(f"the pair ({i}, {j}) is both pinned and forbidden")
        if left[j] == 0:
            raise ValueError(f"offer {j} has more pins than places ({places[j]})")
        pinned.add(i)
        left[j] -= 1
    return left


def _priorities(name: str, given: ArrayLike | None, scores: Floats) -> Floats:
    if given is None:
        return scores
    priorities: NDArray[np.float64] = np.asarray(given, dtype=np.float64)
    if priorities.shape != scores.shape:
        raise ValueError(f"{name} must have the shape of the scores {scores.shape}, not {priorities.shape}")
    if np.isnan(priorities[np.isfinite(scores)]).any():
        raise ValueError(f"{name} must be a number for every eligible pair")
    return priorities
