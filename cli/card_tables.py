"""The tables of the model card, from stored figures: none is typed by hand."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cli.evaluation_record import Measured
from matching.evaluation import Result
from matching.evaluation.findings import Finding

PEOPLE = "a second person"
"""What people reach on the same task: shown beside the models, and no rival."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> list[str]:
    """A Markdown table; the last `numbers` columns hold numbers."""
    marks = ["---"] * (len(head) - numbers) + ["---:"] * numbers
    return [_row(head), _row(marks), *(_row(row) for row in rows)]


def quality_table(results: Sequence[Result]) -> list[str]:
    """One labelled set: a row a model, its first measure with the interval, the others plain, the seconds."""
    metrics = list(dict.fromkeys(row.metric for row in results))
    models = list(dict.fromkeys(row.model for row in results))
    cells = {(row.model, row.metric): row for row in results}
    head = ["Model", f"{metrics[0]} (95 % interval)", *metrics[1:], "Seconds"]
    rows = []
    for model in models:
        own = [row for row in results if row.model == model]
        first, *others = (cells.get((model, metric)) for metric in metrics)
        name = f"**{model}**" if own[0].ours else model
        seconds = "" if model == PEOPLE else f"{own[0].seconds:.1f}"
        rows.append([name, _with_interval(first), *map(_plain, others), seconds])
    return table(head, rows, numbers=len(head) - 1)


def verdict(results: Sequence[Result]) -> str:
    """How ours stands to the best of the others on the first measure, in one sentence."""
    metric = results[0].metric
    rows = [row for row in results if row.metric == metric and row.model != PEOPLE]
    ours = max((row for row in rows if row.ours), key=lambda row: row.value)
    best = max((row for row in rows if not row.ours), key=lambda row: row.value)
    beside = f"{ours.model} {ours.value:.3f}, {best.model} {best.value:.3f}"
    if ours.low > best.high:
        return f"Ahead of the best baseline, outside both intervals ({metric}: {beside})."
    if ours.high < best.low:
        return f"Behind the best baseline, outside both intervals ({metric}: {beside})."
    return f"Level with the best baseline: the intervals overlap ({metric}: {beside})."


def when(measured: Measured) -> str:
    """Where the figures of one benchmark come from."""
    drawn = f", {measured.sample} queries drawn" if measured.sample else ""
    return f"Measured on {measured.measured_on}{drawn}; code {measured.code}, knowledge {measured.knowledge}."


def fairness_tables(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """A table for each check, with what the value has to be."""
    findings = [Finding(**row) for row in rows]
    lines: list[str] = []
    for check in dict.fromkeys(finding.check for finding in findings):
        own = [finding for finding in findings if finding.check == check]
        lines += [f"### {check[0].upper()}{check[1:]}", ""]
        lines += table(
            ["Case", "Measure", "Says", "Value", "n"],
            [[each.case, each.measure, said_of(each), f"{each.value:.3f}", f"{each.n:,}"] for each in own],
            numbers=2,
        )
        lines.append("")
    return lines


def said_of(finding: Finding) -> str:
    """What a finding asks of its reader."""
    if finding.must_be is not None:
        return f"must be {finding.must_be:g}: {'it is' if finding.holds else 'it is not'}"
    return "a prompt for review" if finding.review else "measured"


def read_costs(file: Path) -> list[dict[str, Any]]:
    """Figures of the benchmarks, none where nothing was stored."""
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return found


def cost_table(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    """Figures of the benchmarks beside what they were meant to stay under."""
    rows = []
    for each in figures:
        reach = "" if each["reach"] is None else f"{each['reach']:g}"
        rows.append([each["case"], each["measure"], f"{each['value']:,.2f}", reach])
    return table(["Case", "Measure", "Value", "Reach"], rows, numbers=2)


def _with_interval(row: Result | None) -> str:
    return "" if row is None else f"{row.value:.3f} ({row.low:.3f} to {row.high:.3f})"


def _plain(row: Result | None) -> str:
    return "" if row is None else f"{row.value:.3f}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
