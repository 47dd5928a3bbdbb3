"""The record of an evaluation: what the model card is written from, kept as one JSON document.

Each benchmark stands in it with the day, the version of the knowledge and the version of the code that it was
measured with, so that a long evaluation can be run in parts and no figure loses where it comes from.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import matching
from matching.evaluation import Result
from programme import clock


@dataclass(frozen=True, slots=True)
class Measured:
    """One benchmark as it was measured: when, with what, and every row.

    ``sample`` is how many queries were drawn, None for all. ``rows`` are `Result` or, for fairness, `Finding`.
    """

    benchmark: str
    measured_on: str
    knowledge: str
    code: str
    sample: int | None
    rows: tuple[dict[str, Any], ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """The rows of a labelled benchmark."""
        return tuple(Result(**row) for row in self.rows)


def measured_now(benchmark: str, rows: Sequence[Any], *, sample: int | None = None) -> Measured:
    """Rows of today, with the versions of the knowledge and of the code that made them."""
    return Measured(
        benchmark=benchmark,
        measured_on=clock.today().isoformat(),
        knowledge=matching.knowledge_version(),
        code=matching.CODE_VERSION,
        sample=sample,
        rows=tuple(asdict(row) for row in rows),
    )


def read(file: Path) -> dict[str, Measured]:
    """The record by benchmark; empty where there is no file yet."""
    if not file.exists():
        return {}
    return {
        row["benchmark"]: Measured(**{**row, "rows": tuple(row["rows"])})
        for row in json.loads(file.read_text(encoding="utf-8"))
    }


def keep(file: Path, new: Sequence[Measured]) -> None:
    """Write the record with these benchmarks in place of earlier ones of the same name."""
    kept = read(file) | {each.benchmark: each for each in new}
    rows = [asdict(kept[name]) for name in sorted(kept)]
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
