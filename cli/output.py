"""How the command line answers: words for people, one JSON document for machines, and an exit code.

0 done, 1 refused (with the reason), 2 wrong use.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from programme.errors import Invalid, Refused

REFUSED = 1

out = Console()
err = Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


def emit(answer: Any, as_json: bool, words: Callable[[], None]) -> None:
    """Print ``answer`` as JSON, or let ``words`` say it."""
    if as_json:
        typer.echo(json.dumps(answer, default=plain, ensure_ascii=False, indent=2))
    else:
        words()


def plain(value: Any) -> Any:
    """Dates, enumerations, numbers and dataclasses as JSON has them. Raises TypeError for anything else."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON.")


@contextmanager
def refusals(as_json: bool) -> Iterator[None]:
    """Turn a refusal inside the block into its message and exit code 1."""
    try:
        yield
    except Refused as refusal:
        if as_json:
            fields = refusal.fields if isinstance(refusal, Invalid) else {}
            typer.echo(json.dumps({"error": refusal.message, "fields": fields}, ensure_ascii=False, indent=2))
        else:
            err.print(refusal.message, style="red", markup=False, highlight=False)
        raise typer.Exit(REFUSED) from refusal


@contextmanager
def progress(what: str, as_json: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for long work, on the error stream; silent with ``--json``. Call it with (done, total)."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        disable=as_json,
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
