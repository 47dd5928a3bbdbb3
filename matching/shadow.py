"""Whether learnt points may replace those in force: figures out of fold, a verdict, and when to go back.

The two models are compared on the same outcomes, so a difference has a standard error; outcomes of one
applicant go together, in the folds and in the error, because one person's choices are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import clone
from sklearn.model_selection import GroupKFold

from matching.outcome_learning import Floats, OutcomeModel

Verdict = Literal["not enough outcomes: defaults", "in shadow", "may be promoted"]
TOO_FEW: Verdict = "not enough outcomes: defaults"
IN_SHADOW: Verdict = "in shadow"
PROMOTABLE: Verdict = "may be promoted"

MOST_FOLDS = 5
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """What the outcomes say of the points in force (`before`) and of the learnt ones (`after`), out of fold.

    Losses are means over outcomes, in nats for the log loss; `gain` is log loss before less after, and
    `gain_se` its standard error. None where there were too few outcomes to say. `reason` explains the verdict.
    """

    n: int
    groups: int
    good: int
    log_loss_before: float | None
    log_loss_after: float | None
    brier_before: float | None
    brier_after: float | None
    gain: float | None
    gain_se: float | None
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class RollBack:
    """Whether the later outcomes ask for the points before: `worse` is Brier after less before, with its error.

    `worse_se` is None when the outcomes are all of one person, who cannot say how far others would differ.
    """

    n: int
    brier_before: float
    brier_after: float
    worse: float
    worse_se: float | None
    advised: bool


def shadow_report(
    X: ArrayLike,  # noqa: N803 - scikit-learn's name
    y: ArrayLike,
    groups: ArrayLike,
    *,
    model: OutcomeModel,
    promote_from: int = 200,
    gain_in_se: float = 1.0,
) -> ShadowReport:
    """Judge `model`, unfitted, on outcomes `y` (n,) of shares `X` (n, n_parts); `groups` (n,) are applicants.

    It may be promoted from `promote_from` outcomes on when its gain is above `gain_in_se` standard errors.
    """
    shares, good, who = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64), np.asarray(groups)
    n, people = len(good), len(np.unique(who))
    short = _too_few(n, people, good, model)
    if short:
        blank = (None,) * 6
        return ShadowReport(n, people, int(good.sum()), *blank, verdict=TOO_FEW, reason=short)
    before, after = _out_of_fold(shares, good, who, model)
    loss_before, loss_after = log_losses(before, good), log_losses(after, good)
    gain, gain_se = mean_and_error(loss_before - loss_after, who)
    verdict, reason = _verdict(n, gain, gain_se, promote_from, gain_in_se)
    return ShadowReport(
        n=n,
        groups=people,
        good=int(good.sum()),
        log_loss_before=float(loss_before.mean()),
        log_loss_after=float(loss_after.mean()),
        brier_before=float(((before - good) ** 2).mean()),
        brier_after=float(((after - good) ** 2).mean()),
        gain=gain,
        gain_se=gain_se,
        verdict=verdict,
        reason=reason,
    )


def should_roll_back(
    before: ArrayLike, after: ArrayLike, y: ArrayLike, groups: ArrayLike, *, worse_in_se: float = 2.0
) -> RollBack:
    """Judge the chances (n,) that the models `before` and `after` gave to later outcomes `y` (n,).

    Going back is advised when the Brier score is worse by more than `worse_in_se` standard errors. Raises
    ValueError when there is no outcome.
    """
    good = np.asarray(y, dtype=np.float64)
    if not len(good):
        raise ValueError("there is no later outcome to judge by")
    was, now = ((np.asarray(chance, dtype=np.float64) - good) ** 2 for chance in (before, after))
    worse, error = mean_and_error(now - was, np.asarray(groups))
    known = error if np.isfinite(error) else None
    advised = known is not None and worse > worse_in_se * known
    return RollBack(len(good), float(was.mean()), float(now.mean()), worse, known, advised)


def log_losses(chance: Floats, good: Floats) -> Floats:
    """The log loss of each outcome, in nats, (n,)."""
    of_what_came = np.clip(np.where(good > 0, chance, 1 - chance), 1e-12, 1.0)
    return np.asarray(-np.log(of_what_came), dtype=np.float64)


def mean_and_error(values: Floats, groups: NDArray[Any]) -> tuple[float, float]:
    """The mean and its standard error when the values of one group belong together (infinite for one group).

    The sandwich estimator: residuals are summed by group first. Equals s / sqrt(n) when each is alone.
    """
    mean = float(values.mean())
    _, member = np.unique(groups, return_inverse=True)
    sums = np.bincount(member, weights=values - mean)
    if len(sums) < 2:
        return mean, float("inf")
    spread = np.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1))
    return mean, float(spread / len(values))


def _too_few(n: int, people: int, good: Floats, model: OutcomeModel) -> str:
    if n < model.min_outcomes:
        return f"There are {n} outcomes, and the points in force stay until there are {model.min_outcomes}."
    if people < MOST_FOLDS:
        return f"The outcomes are of only {people} people, too few to judge one by the others."
    if min(good.sum(), n - good.sum()) < MOST_FOLDS:
        return "Nearly every outcome is the same, so they cannot say which part matters."
    return ""


def _out_of_fold(
    shares: Floats, good: Floats, who: NDArray[Any], model: OutcomeModel
) -> tuple[Floats, Floats]:
    """Chances (n,) before and after, each from a fit to other people's outcomes, under the rule for all n."""
    chooses = model.tau is None and len(good) >= model.choose_tau_from
    learnt = clone(model).set_params(min_outcomes=0, choose_tau_from=0 if chooses else NEVER)
    known = clone(model).set_params(min_outcomes=NEVER)
    before, after = np.empty(len(good)), np.empty(len(good))
    for seen, unseen in GroupKFold(MOST_FOLDS).split(shares, good, who):
        for chances, each in ((before, known), (after, learnt)):
            fitted = clone(each).fit(shares[seen], good[seen])
            chances[unseen] = fitted.predict_proba(shares[unseen])[:, 1]
    return before, after


def _verdict(
    n: int, gain: float, gain_se: float, promote_from: int, gain_in_se: float
) -> tuple[Verdict, str]:
    if n < promote_from:
        return IN_SHADOW, f"There are {n} outcomes, and a change is allowed from {promote_from} on."
    if not gain > gain_in_se * gain_se:
        return IN_SHADOW, (
            f"The learnt points are better by {gain:.4f}, which is not more than "
            f"{gain_in_se:g} standard error ({gain_se:.4f}). The difference could be chance."
        )
    return PROMOTABLE, (
        f"On {n} outcomes the learnt points are better by {gain:.4f}, more than "
        f"{gain_in_se:g} standard error ({gain_se:.4f})."
    )
