"""Writing the model card of the documentation."""

from pathlib import Path
from typing import Annotated

import typer

from cli import evaluation_record
from cli.card_page import card_page
from cli.card_tables import read_costs
from cli.output import AsJson, emit, out

RECORD, COSTS, CARD = "evaluation.json", "benchmarks.json", "matching.md"


def card(
    folder: Annotated[Path, typer.Argument(help="The documentation folder.")] = Path("docs"),
    as_json: AsJson = False,
) -> None:
    """Write docs/matching.md from the code, the rules and the stored figures of evaluation and benchmarks."""
    if not folder.is_dir():
        raise typer.BadParameter(f"There is no folder {folder}.")
    page = folder / CARD
    page.write_text(written(folder), encoding="utf-8")
    emit({"written": [str(page)]}, as_json, lambda: out.print(f"Written: {page}"))


def written(folder: Path) -> str:
    """The card as Markdown, with the figures that are stored in this folder."""
    return card_page(evaluation_record.read(folder / RECORD), read_costs(folder / COSTS))
