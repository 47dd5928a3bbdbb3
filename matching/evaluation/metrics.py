"""Measures of a ranking and of a classifier, each with its bootstrap interval.

Rankings follow one protocol: the whole corpus is ranked for each query, equal scores are ordered by a
seeded jitter, gain is linear, and intervals come from 1,000 resamples of the queries.
Sources: nDCG: Järvelin and Kekäläinen, ACM TOIS 20 (2002). MAP and MRR: Voorhees, TREC-8 (1999).
ECE: Guo et al., ICML 2017. Percentile bootstrap: Efron and Tibshirani (1993).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.metrics import roc_auc_score

from matching.evaluation.results import Result

Floats: TypeAlias = NDArray[np.floating[Any]]

RESAMPLES = 1_000
CUT_OFF = 10
_BINS = 10


def relevant_ranks(scores: Floats, columns: NDArray[np.integer[Any]], jitter: Floats) -> NDArray[np.intp]:
    """Rank (1 is best) of each of `columns` in one query's scores; the lower jitter wins a tie."""
    wanted = scores[columns, None]
    ahead = (scores > wanted) | ((scores == wanted) & (jitter < jitter[columns, None]))
    return np.asarray(1 + ahead.sum(axis=1), dtype=np.intp)


def ranking_values(scores: Floats, relevance: csr_array[Any], *, seed: int = 0) -> dict[str, Floats]:
    """nDCG, nDCG@10, MAP, MRR and P@10 for each query that has at least one relevant document.

    Parameters:
        scores: (n_queries, n_corpus), higher is better.

        relevance: (n_queries, n_corpus) gains; 0 is not relevant.

        seed: Orders equal scores.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for query in range(scores.shape[0]):
        jitter = rng.random(size=(scores.shape[1],))
        start, end = relevance.indptr[query], relevance.indptr[query + 1]
        gains = relevance.data[start:end].astype(float)
        columns = relevance.indices[start:end][gains > 0]
        if len(columns):
            ranks = relevant_ranks(scores[query], columns, jitter)
            rows.append(_query_values(ranks, gains[gains > 0]))
    return {name: np.array([row[name] for row in rows]) for name in (rows[0] if rows else ())}


def ranking_results(
    benchmark: str,
    model: str,
    scores: Floats,
    relevance: csr_array[Any],
    *,
    seconds: float,
    seed: int = 0,
    ours: bool = False,
) -> list[Result]:
    """One result a measure of `ranking_values`, with its interval over queries."""
    values = ranking_values(scores, relevance, seed=seed)
    return [
        Result(benchmark, model, metric, *mean_interval(per_query, seed=seed), seconds, ours)
        for metric, per_query in values.items()
    ]


def mean_interval(values: Floats, *, seed: int = 0) -> tuple[float, float, float]:
    """Mean of the values and its 95 % interval over 1,000 seeded resamples."""
    return bootstrap(lambda rows: float(values[rows].mean()), len(values), seed=seed)


def bootstrap(
    statistic: Callable[[NDArray[np.intp]], float], n_rows: int, *, seed: int = 0, resamples: int = RESAMPLES
) -> tuple[float, float, float]:
    """A statistic of rows 0..n_rows-1 and its 95 % percentile interval over seeded resamples of the rows."""
    rng = np.random.default_rng(seed)
    drawn = [statistic(rng.integers(n_rows, size=n_rows)) for _ in range(resamples)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return statistic(np.arange(n_rows)), float(low), float(high)


def macro_auc(truth: NDArray[Any], scores: Floats) -> float:
    """Mean ROC AUC over the labels (columns) that have both kinds of row; NaN where none has."""
    both = [column for column in range(truth.shape[1]) if 0 < truth[:, column].sum() < len(truth)]
    if not both:
        return float("nan")
    return float(np.mean([roc_auc_score(truth[:, column], scores[:, column]) for column in both]))


def calibration_error(truth: NDArray[Any], probabilities: Floats) -> float:
    """Expected calibration error of yes/no probabilities, over ten bins of equal width."""
    truth, probabilities = np.ravel(truth).astype(float), np.ravel(probabilities)
    bins = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(bins, minlength=_BINS)
    gaps = np.bincount(bins, probabilities - truth, minlength=_BINS)
    return float(np.abs(gaps).sum() / max(counts.sum(), 1))


def _query_values(ranks: NDArray[np.intp], gains: Floats) -> dict[str, float]:
    ordered = np.sort(ranks)
    return {
        "nDCG": _ndcg(ranks, gains, cut_off=None),
        "nDCG@10": _ndcg(ranks, gains, cut_off=CUT_OFF),
        "MAP": float((np.arange(1, len(ordered) + 1) / ordered).mean()),
        "MRR": float(1 / ordered[0]),
        "P@10": float((ordered <= CUT_OFF).sum() / CUT_OFF),
    }


def _ndcg(ranks: NDArray[np.intp], gains: Floats, *, cut_off: int | None) -> float:
    last = cut_off or len(gains)
    ideal = np.sort(gains)[::-1][:last] / np.log2(np.arange(2, 2 + min(last, len(gains))))
    reached = gains / np.log2(1 + ranks)
    return float(reached[ranks <= cut_off].sum() if cut_off else reached.sum()) / float(ideal.sum())
