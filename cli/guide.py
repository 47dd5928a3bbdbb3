"""Writing the generated pages of the documentation."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cli.output import AsJson, emit, out
from programme.guide import workflow_page
from programme.permission_guide import permissions_page
from programme.rulebook import rules_page

PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions_page,
    "rules.md": rules_page,
    "workflow.md": workflow_page,
}


def guide(
    folder: Annotated[Path, typer.Argument(help="The documentation folder.")] = Path("docs"),
    as_json: AsJson = False,
) -> None:
    """Write the pages of the documentation that come from the programme's own tables."""
    if not folder.is_dir():
        raise typer.BadParameter(f"There is no folder {folder}.")
    written = []
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
        written.append(str(folder / name))
    emit({"written": written}, as_json, lambda: out.print(f"Written: {', '.join(written)}"))
