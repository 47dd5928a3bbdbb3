"""A made-up world where the true weights are known, to see what learning from outcomes gains and risks.

The true weights are those in force, each times ``exp(sigma x normal)``. The truth also has what no sum of
parts has: a skill counts less the more of it is covered, and level matters more where skills are covered.
Outcomes are seen only for pairs that the ranking in force put in front of somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from matching.outcome_learning import Floats, OutcomeModel
from matching.shadow import PROMOTABLE, shadow_report

SIGMAS = (0.0, 0.5, 1.2)
SIZES = (50, 100, 200, 500, 1000, 2000)
HARM = 0.003  # a loss of nDCG that counts as harm

SHOWN = 10  # how many offers one person is shown, and how deep the nDCG looks
CHOSEN_FROM = 40
TEST_PEOPLE = 150
SLOPE, CONCAVE, TOGETHER = 9.0, 0.6, 0.12
BASE_RATE_AT = 0.62  # the true worth at which an outcome is as likely good as bad
N_PARTS = 6
SKILLS, LEVEL = 1, 3

Scorer = Callable[[Floats], Floats]
DEFAULTS, PLAIN, POLICY = "Points in force, calibrated", "Plain logistic regression", "Our policy"


@dataclass(frozen=True, slots=True)
class Line:
    """One method on one size: mean nDCG at 10, mean excess Brier (times 1,000), and how often it did harm.

    `harm` is the share of runs whose nDCG is more than 0.003 below the points in force; `loss` the mean nDCG
    lost against them (below 0 for a gain). `changed` is the share of runs in which the points changed.
    """

    sigma: float
    n: int
    method: str
    runs: int
    ndcg: float
    ndcg_se: float
    excess_brier: float
    harm: float
    loss: float
    changed: float


@dataclass(frozen=True, slots=True)
class World:
    """One truth: its weights (n_parts,), which add to 1."""

    weights: Floats

    def chance(self, shares: Floats) -> Floats:
        """The true chance of a good outcome, (...,), from shares (..., n_parts)."""
        seen = shares.copy()
        seen[..., SKILLS] **= CONCAVE
        together = TOGETHER * (shares[..., SKILLS] * shares[..., LEVEL] - 0.25)
        return np.asarray(expit(SLOPE * (seen @ self.weights + together - BASE_RATE_AT)), dtype=np.float64)


def simulate(
    default_points: Sequence[float],
    *,
    model: OutcomeModel | None = None,
    sigmas: Sequence[float] = SIGMAS,
    sizes: Sequence[int] = SIZES,
    runs: int = 20,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Line]:
    """The table: one line for each sigma, number of outcomes and method.

    `default_points` (6,) are the match points in force, in the order of the parts; `model` carries the
    thresholds of our policy. `progress` is told (done, total) after each run.
    """
    policy = (model or OutcomeModel()).set_params(default_points=tuple(default_points))
    lines, total = [], len(sigmas) * len(sizes) * runs
    for at, (sigma, n) in enumerate((sigma, n) for sigma in sigmas for n in sizes):
        found: dict[str, list[tuple[float, float, bool]]] = {}
        for run in range(runs):
            rng = np.random.default_rng([seed, run, round(sigma * 1000)])  # the same truths for every n
            for method, figures in _one_run(rng, policy, sigma, n).items():
                found.setdefault(method, []).append(figures)
            progress(at * runs + run + 1, total)
        base = np.array([each[0] for each in found[DEFAULTS]])
        lines += [_line(sigma, n, method, rows, base) for method, rows in found.items()]
    return lines


def shares_of(rng: np.random.Generator, people: int, offers: int) -> Floats:
    """Shares of the six parts as pairs have them, (people, offers, 6): some graded, some in steps."""
    size = (people, offers)
    return np.stack(
        (
            rng.beta(1.2, 1.8, size),
            rng.beta(1.5, 2.5, size),
            rng.beta(0.8, 2.5, size),
            rng.choice((1.0, 0.8, 0.75, 0.5, 0.25), size, p=(0.35, 0.1, 0.25, 0.2, 0.1)),
            rng.beta(2.0, 8.0, size),
            rng.choice((1.0, 0.8, 0.4), size, p=(0.35, 0.25, 0.4)),
        ),
        axis=-1,
    )


def outcomes_of(
    rng: np.random.Generator, world: World, default_points: Sequence[float], n: int
) -> tuple[Floats, Floats, Floats]:
    """`n` outcomes of pairs that the points in force would show: shares (n, 6), outcomes (n,), people (n,)."""
    people = -(-n // SHOWN)
    shares = shares_of(rng, people, CHOSEN_FROM)
    first = np.argsort(-(shares @ np.asarray(default_points)), axis=1, kind="stable")[:, :SHOWN]
    shown = np.take_along_axis(shares, first[..., None], axis=1).reshape(-1, N_PARTS)[:n]
    good = (rng.random(n) < world.chance(shown)).astype(np.float64)
    return shown, good, np.repeat(np.arange(people), SHOWN)[:n].astype(np.float64)


def ndcg(chance: Floats, score: Floats, *, k: int = SHOWN) -> float:
    """Mean nDCG at `k` of ranking each row by `score`, with the true `chance` as the gain; both (people, offers)."""
    discount = 1 / np.log2(np.arange(2, k + 2))
    order = np.argsort(-score, axis=1, kind="stable")[:, :k]
    best = -np.sort(-chance, axis=1)[:, :k]
    got = np.take_along_axis(chance, order, axis=1)
    return float(((got @ discount) / (best @ discount)).mean())


def _one_run(
    rng: np.random.Generator, policy: OutcomeModel, sigma: float, n: int
) -> dict[str, tuple[float, float, bool]]:
    defaults = np.asarray(policy.default_points, dtype=np.float64)
    weights = defaults / defaults.sum() * np.exp(sigma * rng.standard_normal(N_PARTS))
    world = World(weights / weights.sum())
    shares, good, people = outcomes_of(rng, world, tuple(defaults), n)
    if len(np.unique(good)) < 2:
        good[0] = 1 - good[0]
    pool = shares_of(rng, TEST_PEOPLE, CHOSEN_FROM)
    chance = world.chance(pool)
    shown = np.argsort(-(pool @ defaults), axis=1, kind="stable")[:, :SHOWN]
    return {
        method: (
            ndcg(chance, score(pool)),
            1000 * float(np.take_along_axis((score(pool) - chance) ** 2, shown, axis=1).mean()),
            changed,
        )
        for method, score, changed in _methods(policy, shares, good, people)
    }


def _methods(
    policy: OutcomeModel, shares: Floats, good: Floats, people: Floats
) -> Iterator[tuple[str, Scorer, bool]]:
    """Each method by name, as a function from shares to chances, and whether it left the points in force."""
    known = clone(policy).set_params(min_outcomes=len(good) + 1).fit(shares, good)
    yield DEFAULTS, _chances(known), False
    yield PLAIN, _chances(LogisticRegression(C=1.0).fit(shares, good)), True
    for tau in (3.0, 10.0):
        yield f"Shrunk, tau {tau:g}", _chances(clone(policy).set_params(tau=tau).fit(shares, good)), True
    promoted = shadow_report(shares, good, people, model=policy).verdict == PROMOTABLE
    yield POLICY, _chances(clone(policy).fit(shares, good) if promoted else known), promoted


def _chances(fitted: OutcomeModel | LogisticRegression) -> Scorer:
    def chances(shares: Floats) -> Floats:
        flat = fitted.predict_proba(shares.reshape(-1, shares.shape[-1]))[:, 1]
        return np.asarray(flat.reshape(shares.shape[:-1]), dtype=np.float64)

    return chances


def _line(sigma: float, n: int, method: str, rows: Sequence[tuple[float, float, bool]], base: Floats) -> Line:
    figures = np.array(rows, dtype=np.float64)
    lost = base - figures[:, 0]
    return Line(
        sigma=sigma,
        n=n,
        method=method,
        runs=len(rows),
        ndcg=float(figures[:, 0].mean()),
        ndcg_se=float(figures[:, 0].std(ddof=1) / np.sqrt(len(rows))) if len(rows) > 1 else 0.0,
        excess_brier=float(figures[:, 1].mean()),
        harm=float((lost > HARM).mean()),
        loss=float(lost.mean()),
        changed=float(figures[:, 2].mean()),
    )


def by_method(lines: Sequence[Line], sigma: float) -> Mapping[str, list[Line]]:
    """The lines of one sigma by method, each in the order of its number of outcomes."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.sigma == sigma:
            found.setdefault(line.method, []).append(line)
    return found
