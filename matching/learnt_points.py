"""Points from learnt weights: tenths that add to 100 exactly, for the match and then for each of its two sides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

FULL_MARKS = 100
STEPS_A_POINT = 10


def in_tenths(weights: Sequence[float]) -> tuple[float, ...]:
    """Points in proportion to `weights` that add to 100 in steps of 0.1, by largest remainder.

    Ties go to the earlier weight, and a weight of 0 gets 0 points. Weights that already are such points stay.
    Raises ValueError when a weight is negative or not a number, or none is above 0.
    """
    given = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(given).all() or (given < 0).any() or not given.sum() > 0:
        raise ValueError("weights must be 0 or more, and at least one above 0")
    exact = np.round(given / math.fsum(given) * FULL_MARKS * STEPS_A_POINT, 9)
    steps = np.floor(exact).astype(np.int64)
    left = FULL_MARKS * STEPS_A_POINT - int(steps.sum())
    steps[np.argsort(steps - exact, kind="stable")[:left]] += 1
    return tuple(float(step) / STEPS_A_POINT for step in steps)


def match_points(host: Mapping[str, float], applicant: Mapping[str, float]) -> dict[str, float]:
    """The points of each part in the match score: the mean of the two sides. Adds to 100 when both do."""
    return {part: (points + applicant[part]) / 2 for part, points in host.items()}


def side_points(
    side: Mapping[str, float], before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, float]:
    """The points of one side once the match points go from `before` to `after`, all keyed by part.

    Each part keeps the side's own leaning: it is multiplied by after / before, then all are brought back
    to 100 in tenths. A part that counted nothing before, on either side, starts with its new match points.
    """
    scaled = {
        part: points * after[part] / before[part] if before[part] > 0 else after[part]
        for part, points in side.items()
    }
    return dict(zip(scaled, in_tenths(tuple(scaled.values())), strict=True))
