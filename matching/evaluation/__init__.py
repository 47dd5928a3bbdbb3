"""Measuring the estimators on labelled data, beside honest baselines, with intervals and times.

A benchmark is a module with `run(data, *, seed=0, sample=None, extra=None) -> list[Result]`: `data` is the
folder that holds the labelled sets, `sample` keeps that many queries, `extra` adds rankers of text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from matching.evaluation.baselines import TextRanker
from matching.evaluation.results import Result


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A labelled set (or a few) and the module that measures on it.

    Attributes:
        name: What `secondments evaluate --only` takes.

        module: Module of this package; imported when it runs, so that listing costs nothing.

        folders: Folders of the data that it needs.
    """

    name: str
    module: str
    folders: tuple[str, ...]

    def missing(self, data: Path) -> tuple[str, ...]:
        """The needed folders that `data` does not have."""
        return tuple(folder for folder in self.folders if not (data / folder).is_dir())

    def run(
        self,
        data: Path,
        *,
        seed: int = 0,
        sample: int | None = None,
        extra: Mapping[str, TextRanker] | None = None,
    ) -> list[Result]:
        """Measure every model of the benchmark; raises FileNotFoundError where data is missing."""
        module = import_module(f"{__name__}.{self.module}")
        results: list[Result] = module.run(data, seed=seed, sample=sample, extra=extra)
        return results


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("title-similarity", "title_similarity", ("jobtitle_avature",)),
    Benchmark("title-linking", "title_linking", ("melo_usa",)),
    Benchmark("skills", "skills", ("gdad_dev",)),
    Benchmark("causes", "causes", ("ukcat_dev", "missions", "charity_class")),
    Benchmark("levels", "levels", ("success_profiles",)),
)
"""Every benchmark; what its data lacks is named by `missing`."""

__all__ = ["BENCHMARKS", "Benchmark", "Result"]
