"""Ridge regression in its dual form: for a few thousand texts and far more words than texts.

With K = X X' (n_texts, n_texts), the weights are X' a where (K + strength I) a = y - mean(y).
Source: Saunders, Gammerman and Vovk, ICML 1998.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

Floats: TypeAlias = NDArray[np.floating[Any]]
Rows: TypeAlias = NDArray[np.intp]


def dual_weights(gram: Floats, targets: Floats, strength: float) -> Floats:
    """Weights of the texts, (n_texts, n_targets), for targets less their mean."""
    held = gram + strength * np.eye(len(gram))
    return np.asarray(linalg.solve(held, targets - targets.mean(axis=0), assume_a="pos"))


def held_out_scores(
    gram: Floats, targets: Floats, folds: Iterable[tuple[Rows, Rows]], strength: float
) -> Floats:
    """Scores of each text by the weights of the other folds: (n_texts, n_targets)."""
    scores = np.zeros(targets.shape)
    for learnt, held_out in folds:
        weights = dual_weights(gram[np.ix_(learnt, learnt)], targets[learnt], strength)
        scores[held_out] = gram[np.ix_(held_out, learnt)] @ weights + targets[learnt].mean(axis=0)
    return scores
