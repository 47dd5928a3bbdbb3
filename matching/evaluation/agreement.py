"""How far two versions of a ranking agree, and whether groups fare alike under one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import kendalltau, spearmanr

TOP = 10


@dataclass(frozen=True, slots=True)
class RankAgreement:
    """Two rankings of the same columns, row by row; means over the rows that rank at least two.

    Attributes:
        kendall, spearman: Rank correlations, from -1 to 1 (tau-b: ties on either side are allowed for).

        same_first: Share of rows whose first column is the same.

        kept: Share of the first ten (or fewer) that stay among them.

        n: How many rows were compared.
    """

    kendall: float
    spearman: float
    same_first: float
    kept: float
    n: int


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How often members of a group were chosen, beside the group with the highest rate.

    Attributes:
        ratio: The rate divided by the highest rate; 1 where nobody was chosen at all.

        review: Whether the ratio is below what prompts a review. It is not a pass mark.
    """

    group: str
    n: int
    rate: float
    ratio: float
    review: bool


def rank_agreement(
    before: ArrayLike, after: ArrayLike, eligible: ArrayLike, *, top: int = TOP
) -> RankAgreement:
    """Agreement of two score matrices, (n_rows, n_columns) each, over the eligible columns of each row.

    A row that scores all its columns alike has no order and is left out. Raises ValueError where no row
    can be compared.
    """
    first, second, able = np.asarray(before), np.asarray(after), np.asarray(eligible, dtype=bool)
    rows = []
    for old, new, columns in zip(first, second, able, strict=True):
        old, new = old[columns], new[columns]
        if len(old) > 1 and np.ptp(old) > 0 and np.ptp(new) > 0:
            was, now = (np.argsort(-scores, kind="stable")[:top] for scores in (old, new))
            kept = len(np.intersect1d(was, now)) / len(was)
            tau, rho = kendalltau(old, new).statistic, spearmanr(old, new).statistic
            rows.append((tau, rho, was[0] == now[0], kept))
    if not rows:
        raise ValueError("no row ranks two columns or more")
    kendall, spearman, same_first, kept = np.mean(rows, axis=0).tolist()
    return RankAgreement(kendall, spearman, same_first, kept, len(rows))


def selection_rates(
    groups: Sequence[str], chosen: Sequence[bool], *, ratio: float, fewest: int
) -> list[GroupRate]:
    """How often each group of at least `fewest` members was chosen, in the order of their names.

    A rate below `ratio` times the highest prompts a review: the four-fifths rule of the US Uniform
    Guidelines on Employee Selection Procedures (1978) where `ratio` is 0.8.
    """
    names, picked = np.array(groups, dtype=object), np.array(chosen, dtype=bool)
    rates = {
        str(name): (int((names == name).sum()), float(picked[names == name].mean()))
        for name in sorted(set(groups))
        if (names == name).sum() >= fewest
    }
    highest = max((rate for _, rate in rates.values()), default=0.0)
    shares = {name: rate / highest if highest else 1.0 for name, (_, rate) in rates.items()}
    return [GroupRate(name, n, rate, shares[name], shares[name] < ratio) for name, (n, rate) in rates.items()]
