"""Checking the audit trail from the command line."""

from typing import Annotated

import typer

from cli.output import REFUSED, AsJson, emit, err, out, refusals
from programme import audit_chain, operators, store

app = typer.Typer(help="The audit trail.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """The audit trail."""


@app.command()
def verify(
    head: Annotated[
        str, typer.Option(help="The head that an earlier run printed: finds an end that was cut off since.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Walk the chain over the audit trail; exit with 1 at the first thing that does not fit."""
    with refusals(as_json), store.reading() as session:
        report = audit_chain.verify(session, operators.READER, earlier_head=head)

    def words() -> None:
        if report.problem:
            err.print(report.problem, style="red", markup=False, highlight=False)
            out.print(f"{report.links:,} links before it fit.")
        else:
            out.print(f"The audit trail is whole: {report.links:,} links fit.")
            out.print(
                f"Write down its head, away from this machine: {report.head}", markup=False, highlight=False
            )

    emit(report, as_json, words)
    if report.problem:
        raise typer.Exit(REFUSED)
