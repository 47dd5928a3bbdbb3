"""Bringing offers in from files and giving them out."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.output import REFUSED, AsJson, emit, err, out, progress, refusals
from programme import exports, offer_import, operators, store
from programme.offers import OfferFilters

MOST_SHOWN = 20


def import_offers(
    file: Annotated[Path, typer.Argument(help="A CSV of offers, or the capability framework's roles.")],
    host: Annotated[str, typer.Option(help="Reference or name of the organisation that hosts.")],
    by: Annotated[str, typer.Option(help="E-mail of the person of the host who posts these offers.")] = "",
    publish_by: Annotated[
        str, typer.Option(help="E-mail of a programme manager: also publishes what was imported.")
    ] = "",
    mission: Annotated[
        list[str] | None, typer.Option(help="CODE:WEIGHT where the file has no missions; weights add to 1.")
    ] = None,
    start_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Earliest start where the file has none.")
    ] = None,
    start_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Latest start where the file has none.")
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=24, help="Length where the file has none.")] = 6,
    limit: Annotated[int, typer.Option(min=0, help="Read at most this many offers; 0 for all.")] = 0,
    skip_bad: Annotated[bool, typer.Option(help="Keep the good rows when others are bad.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import offers. All or nothing unless --skip-bad: every bad row is reported by line and field."""
    if not file.is_file():
        raise typer.BadParameter(f"There is no file {file}.")
    defaults = offer_import.ImportDefaults(
        missions=tuple(_weight(text) for text in mission or []),
        start_from_on=start_from.date() if start_from else None,
        start_to_on=start_to.date() if start_to else None,
        length_months=months,
    )
    with refusals(as_json), progress("Importing", as_json) as advance, store.writing() as session:
        organisation = operators.organisation(session, host)
        report = offer_import.import_offers(
            session,
            operators.acting(session, by, organisation=organisation),
            file,
            organisation_ref=organisation.ref,
            defaults=defaults,
            publisher=operators.publishing(session, publish_by) if publish_by else None,
            limit=limit or None,
            skip_bad=skip_bad,
            progress=advance,
        )

    def words() -> None:
        for error in report.errors[:MOST_SHOWN]:
            err.print(f"Line {error.line}, {error.field}: {error.message}", markup=False, highlight=False)
        if len(report.errors) > MOST_SHOWN:
            err.print(f"... and {len(report.errors) - MOST_SHOWN} more. Use --json for all.")
        out.print(f"{len(report.created)} offers imported from {report.rows} rows.")

    emit(asdict(report), as_json, words)
    if report.errors and not report.created:
        raise typer.Exit(REFUSED)


def _weight(text: str) -> tuple[str, float]:
    code, _, weight = text.partition(":")
    try:
        return code.strip().upper(), float(weight or 1)
    except ValueError as error:
        raise typer.BadParameter(f"Write a mission as CODE:WEIGHT, such as NHS:0.6, not {text!r}.") from error


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; the screen when not given.")] = None,
    direction: Annotated[str, typer.Option(help="outward or inward; both when not given.")] = "",
    template: Annotated[bool, typer.Option(help="Only the header and an example row, to fill in.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the published offers as CSV, in the form that import reads."""
    if direction not in ("", "outward", "inward"):
        raise typer.BadParameter("Direction is outward or inward.")
    with refusals(as_json), store.reading() as session:
        text = (
            exports.template()
            if template
            else exports.offers_csv(session, operators.READER, OfferFilters(direction=direction or None))
        )
    rows = max(text.count("\n") - 1, 0)
    if file is not None:
        file.write_text(text, encoding="utf-8", newline="")
    emit(
        {"file": str(file) if file else None, "lines": rows, **({} if file else {"csv": text})},
        as_json,
        lambda: out.print(f"Written to {file}.") if file else typer.echo(text, nl=False),
    )
