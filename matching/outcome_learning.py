"""Learning the points of the parts from outcomes, carefully: shrunk to the points in force, never below 0.

Few outcomes say little, so few outcomes change little: under `min_outcomes` only the calibration is learnt.
No boosting, no isotonic curve, no inverse-propensity weights: each was measured to be worse (docs/learning.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from matching.learnt_points import in_tenths

Floats = NDArray[np.float64]

TAUS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
INTERCEPT_PRECISION = 1e-4  # next to none: the base rate is the data's to say


class OutcomeModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The chance of a good outcome from the shares of the parts, and the points that it speaks for.

    A logistic regression with weights of 0 or more, whose prior is centred on the points in force:
    ``prior mean = (Platt intercept, Platt slope x points / 100)``, found by its mode (MAP).

    Parameters
    ----------
    default_points : sequence of float, shape (n_parts,), or None
        The match points in force, in the order of the columns of `X`. None counts every part the same.
    tau : float or None
        Precision of the prior of each weight: higher holds it closer to the points in force. None takes
        `few_tau` under `choose_tau_from` outcomes, and from there on the most credible of `taus`.
    min_outcomes : int
        Under so many outcomes nothing but the Platt calibration is fitted.
    choose_tau_from : int
        From so many outcomes on `tau` is chosen by Laplace's approximation of the marginal likelihood.
    few_tau : float
        The precision where it is not chosen.
    taus : sequence of float
        The precisions to choose from.
    doubt : float
        How many times more credible each tau is, before the data, than the next lower one (1 or more).

    Attributes
    ----------
    classes_ : ndarray, shape (2,)
        The two outcomes, the good one last.
    coef_ : ndarray, shape (n_parts,)
        Weights, each 0 or more.
    intercept_ : float
    platt_ : tuple of float
        Intercept and slope of the calibration of the score in force (from 0 to 1).
    tau_ : float or None
        The precision used; None when only the calibration was fitted.
    points_ : tuple of float, shape (n_parts,)
        What the weights come to in points: tenths that add to 100.
    n_features_in_ : int

    Notes
    -----
    Platt (1999), *Probabilistic outputs for support vector machines*, for the smoothed targets;
    MacKay (1992), *Bayesian interpolation*, for choosing the precision by the evidence.

    Examples
    --------
    >>> model = OutcomeModel(default_points=(50, 50)).fit([[0.9, 0.1], [0.2, 0.4]], [1, 0])
    >>> model.points_  # two outcomes change no points
    (50.0, 50.0)
    """

    def __init__(
        self,
        default_points: Sequence[float] | None = None,
        tau: float | None = None,
        *,
        min_outcomes: int = 50,
        choose_tau_from: int = 200,
        few_tau: float = 10.0,
        taus: Sequence[float] = TAUS,
        doubt: float = 4.0,
    ) -> None:
        self.default_points = default_points
        self.tau = tau
        self.min_outcomes = min_outcomes
        self.choose_tau_from = choose_tau_from
        self.few_tau = few_tau
        self.taus = taus
        self.doubt = doubt

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:  # noqa: N803 - scikit-learn's name
        """Learn from shares `X` (n_outcomes, n_parts) and outcomes `y` of two kinds. Returns self.

        Raises ValueError when the points and the columns differ in number, or there is only one kind of outcome.
        """
        shares, target = self._checked(X, y)
        self.classes_, outcome = np.unique(target, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(
                f"Only binary classification is supported: y holds {len(self.classes_)} classes, not 2."
            )
        good = outcome.astype(np.float64)
        in_force = self._in_force(shares.shape[1])
        self.platt_ = platt(shares @ in_force, good)
        prior = np.r_[self.platt_[0], self.platt_[1] * in_force]
        self.tau_: float | None = None
        found = prior
        if len(good) >= self.min_outcomes:
            self.tau_ = self._precision(shares, good, prior)
            found = most_credible(shares, good, prior, self.tau_)
        self.intercept_, self.coef_ = float(found[0]), found[1:]
        self.points_ = in_tenths((self.coef_ if self.coef_.sum() > 0 else in_force).tolist())
        return self

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Floats, NDArray[Any]]:  # noqa: N803
        shares, target = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(target)
        return shares, target

    def _in_force(self, n_parts: int) -> Floats:
        points = np.ones(n_parts) if self.default_points is None else np.asarray(self.default_points, float)
        if points.shape != (n_parts,):
            raise ValueError(f"there are points for {points.size} parts, and shares of {n_parts}")
        if not np.isfinite(points).all() or (points < 0).any() or not points.sum() > 0:
            raise ValueError("points must be 0 or more, and at least one above 0")
        return np.asarray(points / points.sum(), dtype=np.float64)

    def _precision(self, shares: Floats, good: Floats, prior: Floats) -> float:
        if self.tau is not None:
            return float(self.tau)
        if len(good) < self.choose_tau_from:
            return float(self.few_tau)
        taus = sorted(self.taus)
        belief = [
            evidence(shares, good, prior, tau) + place * np.log(self.doubt) for place, tau in enumerate(taus)
        ]
        return float(taus[int(np.argmax(belief))])

    def decision_function(self, X: ArrayLike) -> Floats:  # noqa: N803
        """The log-odds of a good outcome, (n_pairs,), from shares `X` (n_pairs, n_parts)."""
        check_is_fitted(self)
        shares: Floats = validate_data(self, X, dtype=np.float64, reset=False)
        return np.asarray(shares @ self.coef_ + self.intercept_, dtype=np.float64)

    def predict_proba(self, X: ArrayLike) -> Floats:  # noqa: N803
        """The chances of a bad and of a good outcome, (n_pairs, 2); each row adds to 1."""
        good = expit(self.decision_function(X))
        return np.column_stack((1 - good, good))

    def predict(self, X: ArrayLike) -> NDArray[Any]:  # noqa: N803
        """The likelier outcome of each pair, (n_pairs,)."""
        likely = self.decision_function(X) > 0
        chosen: NDArray[Any] = self.classes_[likely.astype(np.intp)]
        return chosen

    def __sklearn_tags__(self) -> Any:
        """Binary only; weights of 0 or more cannot fit what falls as a share rises."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.classifier_tags.poor_score = True
        return tags


def platt(score: Floats, good: Floats, *, least_slope: float = 1.0) -> tuple[float, float]:
    """Intercept and slope of the log-odds of a good outcome over the score (0 to 1), by Platt's method.

    The slope is `least_slope` or more: a handful of odd outcomes must not turn the ranking round.
    """
    count = good.sum()
    target = np.where(good > 0, (count + 1) / (count + 2), 1 / (len(good) - count + 2))

    def loss(b: Floats) -> tuple[float, Floats]:
        log_odds = b[0] + b[1] * score
        wrong = expit(log_odds) - target
        return float((np.logaddexp(0, log_odds) - target * log_odds).sum()), np.r_[wrong.sum(), wrong @ score]

    start = np.array([0.0, max(1.0, least_slope)])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(None, None), (least_slope, None)]).x
    return float(found[0]), float(found[1])


def most_credible(shares: Floats, good: Floats, prior: Floats, tau: float) -> Floats:
    """Intercept and weights (1 + n_parts,) at the mode of the posterior; each weight is 0 or more."""
    precision = np.r_[INTERCEPT_PRECISION, np.full(len(prior) - 1, tau)]

    def loss(b: Floats) -> tuple[float, Floats]:
        log_odds, off = b[0] + shares @ b[1:], b - prior
        wrong = expit(log_odds) - good
        value = (np.logaddexp(0, log_odds) - good * log_odds).sum() + 0.5 * (precision * off**2).sum()
        return float(value), np.r_[wrong.sum(), shares.T @ wrong] + precision * off

    bounds = [(None, None), *[(0.0, None)] * (len(prior) - 1)]
    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x, dtype=np.float64)


def evidence(shares: Floats, good: Floats, prior: Floats, tau: float) -> float:
    """How credible `tau` is: the log marginal likelihood by Laplace's approximation, up to a constant."""
    found = most_credible(shares, good, prior, tau)
    design = np.column_stack((np.ones(len(shares)), shares))
    log_odds = design @ found
    chance = expit(log_odds)
    precision = np.r_[INTERCEPT_PRECISION, np.full(len(prior) - 1, tau)]
    curvature = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(precision)
    likelihood = (good * log_odds - np.logaddexp(0, log_odds)).sum()
    closeness = 0.5 * np.log(precision).sum() - 0.5 * (precision * (found - prior) ** 2).sum()
    return float(likelihood + closeness - 0.5 * np.linalg.slogdet(curvature)[1])
