"""What learning from outcomes gains and risks, shown in a simulated world."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.learning_page import learning_chart, learning_page
from cli.output import AsJson, emit, out, progress
from matching.outcome_simulation import SIZES, Line, by_method, simulate
from programme.score_rules import shipped

PICTURE = "images/learning.svg"


def simulate_learning(
    runs: Annotated[int, typer.Option(min=2, help="Simulated programmes for each number of outcomes.")] = 40,
    seed: Annotated[int, typer.Option(help="The same seed gives the same figures.")] = 0,
    most: Annotated[int, typer.Option(min=50, help="The largest number of outcomes to simulate.")] = 2000,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Also write learning.md and its picture to this folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Learn from simulated outcomes, and compare methods by ranking, calibration and harm."""
    if folder is not None and not folder.is_dir():
        raise typer.BadParameter(f"There is no folder {folder}.")
    points, model = shipped()
    sizes = tuple(size for size in SIZES if size <= most)
    with progress("Simulating", as_json) as told:
        lines = simulate(
            tuple(points.values()), model=model, sizes=sizes, runs=runs, seed=seed, progress=told
        )
    written = _write(folder, lines, runs, seed) if folder else []
    answer = {"runs": runs, "seed": seed, "points": points, "lines": lines, "written": written}
    emit(answer, as_json, lambda: _say(lines, written))


def _write(folder: Path, lines: list[Line], runs: int, seed: int) -> list[str]:
    page, picture = folder / "learning.md", folder / PICTURE
    picture.parent.mkdir(exist_ok=True)
    page.write_text(learning_page(lines, runs=runs, seed=seed, picture=PICTURE), encoding="utf-8")
    picture.write_text(learning_chart(lines), encoding="utf-8")
    return [str(page), str(picture)]


def _say(lines: list[Line], written: list[str]) -> None:
    for sigma in dict.fromkeys(line.sigma for line in lines):
        methods = by_method(lines, sigma)
        sizes = [line.n for line in next(iter(methods.values()))]
        table = Table("nDCG / excess Brier x 1,000 / harm", *map(str, sizes), title=f"sigma {sigma:g}")
        for name, found in methods.items():
            table.add_row(
                name, *(f"{line.ndcg:.3f} / {line.excess_brier:.1f} / {line.harm:.0%}" for line in found)
            )
        out.print(table)
    for name in written:
        out.print(f"Written: {name}")
