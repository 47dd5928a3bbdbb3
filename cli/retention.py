"""Erasing what has been kept for its time."""

from typing import Annotated

import typer
from rich.table import Table

from cli.output import AsJson, emit, out, refusals
from programme import operators, retention, store
from programme.actors import SYSTEM


def purge(
    dry_run: Annotated[
        bool, typer.Option("--dry-run/--yes", help="Only say what would be erased, or erase it.")
    ] = True,
    by: Annotated[str, typer.Option(help="E-mail of the programme manager who lets it be erased.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what has been kept for its time, or erase it with --yes. Each class leaves a tombstone."""
    with refusals(as_json):
        if dry_run:
            with store.reading() as session:
                found = retention.due(session, SYSTEM)
        else:
            with store.writing() as session:
                found = retention.purge(session, operators.purging(session, by))

    def words() -> None:
        table = Table("Records", "From before", "Counted from", "Table", "Rows")
        for each in found:
            for name, n in each.counts.items():
                if n:
                    before = f"{each.before_on:%-d %B %Y}"
                    table.add_row(each.kind, before, each.counted_from, name.replace("_", " "), f"{n:,}")
        total = sum(each.total for each in found)
        if total:
            out.print(table)
        verb = "would be erased" if dry_run else "erased"
        out.print(f"{total:,} rows {verb}.")

    emit({"dry_run": dry_run, "classes": found}, as_json, words)
