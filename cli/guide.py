"""Writing the generated pages of the documentation."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output import AsJson, emit, out
from programme.guide import workflow_page


def guide(
    folder: Annotated[Path, typer.Argument(help="The documentation folder.")] = Path("docs"),
    as_json: AsJson = False,
) -> None:
    """Write docs/workflow.md from the workflow and permission tables."""
    if not folder.is_dir():
        raise typer.BadParameter(f"There is no folder {folder}.")
    page = folder / "workflow.md"
    page.write_text(workflow_page(), encoding="utf-8")
    emit({"written": [str(page)]}, as_json, lambda: out.print(f"Written: {page}"))
