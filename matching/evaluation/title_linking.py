"""Title linking: US occupation titles to the ESCO forms of the same occupation (633 x 33,809; MIT, MELO)."""

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
    """Results of every ranker on `data`/melo_usa."""
    task = titles.read(data / "melo_usa", "corpus_elements.tsv")
    return compare("title linking", task, TEXT_RANKERS, seed=seed, sample=sample, extra=extra)
