"""Setting the service up, filling it with a demonstration, starting it and counting what is in it."""

import os
import runpy
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.output import AsJson, emit, out, progress, refusals
from programme import demonstration, equality_monitoring, installation, operators, store
from programme import status as counting
from programme.actors import SYSTEM
from programme.errors import Refused
from programme.settings import settings

HOME = Path(__file__).resolve().parent.parent


def init(
    manager_email: Annotated[
        str, typer.Option(help="E-mail of the first programme manager; prints a link to choose a password.")
    ] = "",
    manager_name: Annotated[str, typer.Option(help="Name of the first programme manager.")] = "",
    as_json: AsJson = False,
) -> None:
    """Create or upgrade the database and load the reference data. Safe to run again."""
    with refusals(as_json):
        added = installation.prepare(store.process_engine())
        equality_monitoring.prepare()
        link = ""
        if manager_email:
            with store.writing() as session:
                link = operators.first_manager(session, name=manager_name, email=manager_email)
    answer = {"revision": installation.revision(), "added": added, "link": link}

    def words() -> None:
        out.print(
            f"The database is ready (revision {installation.revision()}, {sum(added.values())} rows added)."
        )
        if link:
            out.print(f"Choose a password at {link}", markup=False)

    emit(answer, as_json, words)


def demo(
    applicants: Annotated[int, typer.Option(min=0, help="People to generate.")] = 0,
    offers: Annotated[int, typer.Option(min=0, help="Offers to generate.")] = 0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same programme.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Load the invented demonstration programme, or generate one of any size for a benchmark."""
    with refusals(as_json):
        if applicants or offers:
            with progress("Generating", as_json) as advance:
                added = demonstration.generate(
                    store.process_engine(), applicants=applicants, offers=offers, seed=seed, progress=advance
                )
        else:
            with store.writing() as session:
                added = demonstration.load(session)

    def words() -> None:
        if added:
            out.print(
                "Added, all of it invented: " + ", ".join(f"{n} {noun}" for noun, n in added.items()) + "."
            )
        else:
            out.print("The demonstration programme is already there. Nothing was changed.")

    emit({"added": added}, as_json, words)


def up(as_json: AsJson = False) -> None:
    """Everything `make run` does: init, the demonstration when SECONDMENTS_DEMO is set, then serve."""
    with refusals(as_json):
        installation.prepare_embedded(store.process_engine())
    serve(as_json=as_json)


def serve(
    port: Annotated[int, typer.Option(help="Port on loopback; SECONDMENTS_PORT otherwise.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Start the service and print its address. Stops with Ctrl+C."""
    chosen = port or settings().port
    address = f"http://{'localhost' if settings().host == '127.0.0.1' else settings().host}:{chosen}"
    with refusals(as_json):
        if not installation.up_to_date(store.process_engine()):
            raise Refused("The database is not up to date. Run `secondments init` first.")
    mode = "Demonstration mode: every person and organisation is invented." if settings().demo else ""
    emit(
        {"address": address, "demonstration": settings().demo},
        as_json,
        lambda: out.print(f"Serving at {address}\n{mode}".strip()),
    )
    sys.stdout.flush()
    os.chdir(HOME)
    sys.argv = [
        "streamlit", "run", str(HOME / "streamlit_app.py"),
        "--server.port", str(chosen), "--server.address", settings().host, "--server.headless", "true",
    ]  # fmt: skip
    # In this process: what is imported already is not imported again, which halves the time to the first page.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def status(as_json: AsJson = False) -> None:
    """Count rows by noun and state."""
    with refusals(as_json), store.reading() as session:
        found = counting.counts(session, SYSTEM)

    def words() -> None:
        table = Table("Noun", "State", "Rows")
        for noun, states in found.items():
            for state, n in states.items():
                table.add_row(noun.replace("_", " "), state.replace("_", " "), f"{n:,}")
        out.print(table)

    emit(found, as_json, words)
