"""What the benchmarks measured, kept in one JSON document that the model card is written from.

Each run replaces the figures of the cases that it measured and leaves the others, so that they can be run apart.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, in the words that the card shows.

    Attributes:
        bench: Name of the benchmark.

        case: The shape or setting.

        measure: What the value is, with its unit.

        value: As measured.

        reach: What it is meant to stay under; None where nothing was set.
    """

    bench: str
    case: str
    measure: str
    value: float
    reach: float | None = None


def keep(file: Path | None, figures: Sequence[Figure]) -> None:
    """Write the figures in place of earlier ones of the same cases; None writes nothing."""
    if file is None:
        return
    rows = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    new = {(figure.bench, figure.case) for figure in figures}
    kept = [row for row in rows if (row["bench"], row["case"]) not in new] + [
        asdict(figure) for figure in figures
    ]
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
