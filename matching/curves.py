"""Two scores of a text turned into one probability, and what to do where no labelled text taught the curve.

A curve is (weight of the learnt score, weight of the lexicon score, constant) of a logistic function.
Source: Platt, "Probabilistic outputs for support vector machines" (1999).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]

UNTAUGHT_CURVE = np.array([0.0, 1.0, -2.0])
"""For a lexicon that nothing was learnt about: not sure at two or three terms, likely at ten."""


def probabilities(curves: Floats, scores: Floats, named: Floats) -> Floats:
    """Chances (n_texts, n_missions) from curves (n_missions, 3) and both scores."""
    return np.asarray(expit(scores * curves[:, 0] + named * curves[:, 1] + curves[:, 2]))


def fitted_curve(score: NDArray[Any], named: Floats, truth: Floats) -> Floats:
    """The curve of one mission, (3,), from the held-out scores of n texts and their labels of 0 and 1."""
    spread = np.array([score.std() or 1.0, named.std() or 1.0])
    fitted = LogisticRegression().fit(np.column_stack([score, named]) / spread, truth)
    return np.append(fitted.coef_[0] / spread, fitted.intercept_)


def pooled_curve(truth: Floats, named: Floats) -> Floats:
    """The curve of the lexicon alone, over every pair of a text and a taught mission."""
    if not named.any():
        return UNTAUGHT_CURVE
    return np.append(0.0, fitted_curve(np.zeros(named.size), named.ravel(), truth.ravel())[1:])
