"""Running every ranker of text on one labelled set, each timed from the corpus to the last query's scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from matching.evaluation.baselines import RANKERS, TextRanker
from matching.evaluation.metrics import ranking_results
from matching.evaluation.results import Result


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled ranking task.

    Attributes:
        queries: n_queries texts.

        corpus: n_corpus texts to rank for each query.

        relevance: (n_queries, n_corpus) gains.
    """

    queries: Sequence[str]
    corpus: Sequence[str]
    relevance: csr_array[Any]


def compare(
    benchmark: str,
    task: Judged,
    ours: Mapping[str, TextRanker],
    *,
    seed: int = 0,
    sample: int | None = None,
    extra: Mapping[str, TextRanker] | None = None,
) -> list[Result]:
    """Results of our rankers, of each baseline and of the `extra` ones, in one run.

    `sample` keeps that many queries, drawn by `seed`; the corpus stays whole.
    """
    task = sampled(task, sample, seed=seed)
    rankers = {**ours, **RANKERS, **(extra or {})}
    return [
        result
        for name, ranker in rankers.items()
        for result in _measure(benchmark, name, ranker, task, seed=seed, ours=name in ours)
    ]


def sampled(task: Judged, sample: int | None, *, seed: int) -> Judged:
    """The task with at most `sample` of its queries."""
    if sample is None or sample >= len(task.queries):
        return task
    kept = np.sort(np.random.default_rng(seed).choice(len(task.queries), sample, replace=False))
    return Judged([task.queries[row] for row in kept], task.corpus, csr_array(task.relevance[kept]))


def _measure(
    benchmark: str, name: str, ranker: TextRanker, task: Judged, *, seed: int, ours: bool
) -> list[Result]:
    started = perf_counter()
    scores = ranker(task.queries, task.corpus, seed)
    seconds = perf_counter() - started
    return ranking_results(benchmark, name, scores, task.relevance, seconds=seconds, seed=seed, ours=ours)
