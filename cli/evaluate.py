"""Measuring the estimators on labelled data, as a table or as JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Column, Table
from rich.text import Text

from cli import fairness
from cli.card_tables import said_of
from cli.evaluation_record import Measured, keep, measured_now
from cli.output import AsJson, emit, out, progress
from matching.evaluation import BENCHMARKS, Benchmark, Result, anchor, beir
from matching.evaluation.baselines import TextRanker
from matching.evaluation.findings import Finding

HOME = Path(__file__).resolve().parent.parent
USUAL_DATA = HOME.parent / "shared" / "data"


def evaluate(
    data: Annotated[
        Path, typer.Option(help="The folder of labelled sets; missing ones are named.", file_okay=False)
    ] = USUAL_DATA,
    benchmark: Annotated[
        Path | None, typer.Option(help="Only this folder in BEIR form.", exists=True, file_okay=False)
    ] = None,
    only: Annotated[
        str,
        typer.Option(help=f"Only this one: {', '.join(each.name for each in BENCHMARKS)}, {fairness.NAME}."),
    ] = "",
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw this many queries; all if not given.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Orders equal scores and draws resamples.")] = 0,
    with_anchor: Annotated[
        bool, typer.Option("--anchor", help="Also MiniLM sentence embeddings, where their packages are.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option(help="Also keep the figures in this file, from which the card is written.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure every model beside its baselines, with 95 % intervals and seconds."""
    notes, extra = _anchor(with_anchor)
    settings: dict[str, Any] = {"seed": seed, "sample": sample, "extra": extra}
    findings: list[Finding] = []
    if benchmark is not None:
        results = _folder(benchmark, settings)
    else:
        measured, missing = _benchmarks(_chosen(only), data, settings, as_json)
        results = [result for each in measured for result in each.results]
        notes += missing
        if only in ("", fairness.NAME):
            findings = fairness.measure(seed=seed)
            measured.append(measured_now(fairness.NAME, findings))
        if record is not None:
            keep(record, measured)
    answer = {"results": results, "fairness": findings, "notes": notes}
    emit(answer, as_json, lambda: _say(results, findings, notes))


def _anchor(wanted: bool) -> tuple[list[str], Mapping[str, TextRanker]]:
    if not wanted:
        return [], {}
    if anchor.missing():
        return [f"{anchor.NAME} was not measured: no package {', '.join(anchor.missing())}."], {}
    return [], {anchor.NAME: anchor.rank}


def _chosen(only: str) -> tuple[Benchmark, ...]:
    chosen = tuple(each for each in BENCHMARKS if only in ("", each.name))
    if not chosen and only != fairness.NAME:
        raise typer.BadParameter(f"There is no benchmark {only}.")
    return chosen


def _folder(folder: Path, settings: Mapping[str, Any]) -> list[Result]:
    try:
        return beir.run(folder, **settings)
    except FileNotFoundError as missing:
        raise typer.BadParameter(f"The folder lacks {missing.filename}.") from missing
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong


def _benchmarks(
    chosen: tuple[Benchmark, ...], data: Path, settings: Mapping[str, Any], as_json: bool
) -> tuple[list[Measured], list[str]]:
    measured: list[Measured] = []
    notes: list[str] = []
    with progress("Measuring", as_json) as advance:
        for done, each in enumerate(chosen, 1):
            missing = each.missing(data)
            if missing:
                notes.append(f"{each.name} was not measured: the data lacks {', '.join(missing)}.")
            else:
                results = each.run(data, **settings)
                measured.append(measured_now(each.name, results, sample=settings["sample"]))
            advance(done, len(chosen))
    return measured, notes


def _say(results: list[Result], findings: list[Finding], notes: list[str]) -> None:
    if results:
        out.print(_table(results))
    if findings:
        out.print(_fairness_table(findings))
    for note in notes:
        out.print(note, markup=False)


def _table(results: list[Result]) -> Table:
    table = Table(
        "Benchmark",
        "Model",
        "Measure",
        Column("Value", justify="right"),
        "95 % interval",
        Column("Seconds", justify="right"),
    )
    for result in results:
        table.add_row(
            Text(result.benchmark),
            Text(result.model, style="bold" if result.ours else ""),
            result.metric,
            f"{result.value:.3f}",
            f"{result.low:.3f} to {result.high:.3f}",
            f"{result.seconds:.2f}",
        )
    return table


def _fairness_table(findings: list[Finding]) -> Table:
    table = Table(
        "Check",
        "Case",
        "Measure",
        Column("Value", justify="right"),
        Column("n", justify="right"),
        "Says",
        title="Fairness and robustness, on invented people and offers",
    )
    for finding in findings:
        table.add_row(
            Text(finding.check), Text(finding.case), finding.measure, f"{finding.value:.3f}", f"{finding.n:,}",
            said_of(finding),
        )  # fmt: skip
    return table
