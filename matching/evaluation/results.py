"""What an evaluation reports: one measured value of one model on one benchmark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table that `secondments evaluate` prints.

    Attributes:
        benchmark: Name of the labelled set, as `title similarity`.

        model: Name of the model or baseline.

        metric: Name of the measure, as `nDCG`.

        value: The measure on all queries.

        low: Lower end of the 95 % bootstrap interval.

        high: Upper end of the interval.

        seconds: Wall time to fit on the corpus and rank every query.

        ours: Whether this is the project's own model rather than something to compare it with.
    """

    benchmark: str
    model: str
    metric: str
    value: float
    low: float
    high: float
    seconds: float
    ours: bool = False
