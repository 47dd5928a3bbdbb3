"""A matching round from the command line, on this machine or on a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import joblib
import typer

from cli.output import AsJson, emit, out, refusals
from programme import rounds, store
from programme.actors import SYSTEM
from programme.round_cohort import RoundSettings


def run_round(
    name: Annotated[str, typer.Option(help="What the round is for.")] = "From the command line",
    direction: Annotated[str, typer.Option(help="outward or inward; both when not given.")] = "",
    method: Annotated[str, typer.Option(help="stable, most_total_fit or worst_served_first.")] = "stable",
    floor: Annotated[float | None, typer.Option(help="Lowest score to propose, 0 to 100.")] = None,
    seed: Annotated[int, typer.Option(help="Stored with the result.")] = 0,
    pin: Annotated[list[str] | None, typer.Option(help="PERSON:OFFER to keep together.")] = None,
    forbid: Annotated[list[str] | None, typer.Option(help="PERSON:OFFER never to propose.")] = None,
    small_charity_share: Annotated[
        float | None, typer.Option(help="Least share of placements at small charities, 0 to 1.")
    ] = None,
    small_charity_places: Annotated[
        int, typer.Option(help="Places of each offer that go first to people from small charities.")
    ] = 0,
    reserve: Annotated[
        list[str] | None,
        typer.Option(help="GROUP:PLACES of each offer first for first_time or a region's code."),
    ] = None,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler, to rank on its workers.")] = "",
    as_json: AsJson = False,
) -> None:
    """Assign the whole cohort and store the proposals. Nothing is decided: a programme manager publishes."""
    if direction not in ("", "outward", "inward"):
        raise typer.BadParameter("Direction is outward or inward.")
    settings = RoundSettings(
        name=name,
        direction=direction or None,
        method=method,
        floor=floor,
        seed=seed,
        small_charity_share=small_charity_share,
        small_charity_places=small_charity_places,
        reserved=_reserved(reserve or []),
        pins=_pairs(pin or []),
        forbids=_pairs(forbid or []),
    )
    with refusals(as_json), _workers(scheduler), store.writing() as session:
        stored = rounds.run(session, SYSTEM, settings)
        answer = {
            "round": stored.ref,
            "settings": stored.settings,
            "seed": stored.seed,
            "model_version": stored.model_version,
            "fingerprint": stored.fingerprint,
            "certificate": stored.certificate,
            "pairs": rounds.pairs(session, stored),
        }
    emit(answer, as_json, lambda: _say_round(answer))


@contextmanager
def _workers(scheduler: str) -> Iterator[None]:
    """Inside the block heavy work runs on the workers of this scheduler, or here when there is none."""
    if not scheduler:
        yield
        return
    try:
        from dask.distributed import Client
    except ImportError as missing:
        raise typer.BadParameter("--scheduler needs the extra named cluster: install it first.") from missing
    with Client(scheduler), joblib.parallel_config("dask"):
        yield


def _reserved(texts: list[str]) -> tuple[tuple[str, int], ...]:
    reserved = []
    for text in texts:
        group, _, places = text.partition(":")
        if not group or not places.isdigit():
            raise typer.BadParameter(f"Write a reserve as GROUP:PLACES, not {text!r}.")
        reserved.append((group, int(places)))
    return tuple(reserved)


def _pairs(texts: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for text in texts:
        person, _, offer = text.partition(":")
        if not person or not offer:
            raise typer.BadParameter(f"Write a pair as PERSON:OFFER, not {text!r}.")
        pairs.append((person, offer))
    return tuple(pairs)


def _say_round(answer: dict[str, Any]) -> None:
    certificate = answer["certificate"]
    out.print(
        f"Round {answer['round']}: {certificate['matched']} people matched, "
        f"{certificate['unmatched']} not, {certificate['blocking_pairs']} blocking pairs."
    )
    out.print(f"Model {answer['model_version']}, data {answer['fingerprint']}, seed {answer['seed']}.")
