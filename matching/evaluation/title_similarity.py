"""Title similarity: job titles that people judged similar (105 queries, 2,619 titles; Apache-2.0, Avature)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matching.evaluation import titles
from matching.evaluation.baselines import TextRanker
from matching.evaluation.ours import TEXT_RANKERS
from matching.evaluation.rankers import compare
from matching.evaluation.results import Result


def run(
    data: Path, *, seed: int = 0, sample: int | None = None, extra: Mapping[str, TextRanker] | None = None
) -> list[Result]:
    """Results of every ranker on `data`/jobtitle_avature."""
    task = titles.read(data / "jobtitle_avature", "corpus_documents.tsv")
    return compare("title similarity", task, TEXT_RANKERS, seed=seed, sample=sample, extra=extra)
