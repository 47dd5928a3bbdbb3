"""Ranking and matching from the command line: what the pages show, from the same use cases."""

from typing import Annotated, Any

import typer
from rich.table import Column, Table
from rich.text import Text

from cli.output import AsJson, emit, out, refusals
from programme import candidates, operators, recommendations, store
from programme.actors import SYSTEM


def rank(
    applicant: Annotated[str, typer.Option(help="Reference or e-mail address of a person.")] = "",
    offer: Annotated[str, typer.Option(help="Reference of an offer, such as OFR-7K3M2B.")] = "",
    k: Annotated[int, typer.Option(min=1, help="How many to explain.")] = 20,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that a rule excludes, last, with the rule.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Rank offers for a person, or people for an offer, with the parts of each score."""
    if bool(applicant) == bool(offer):
        raise typer.BadParameter("Give either --applicant or --offer.")
    with refusals(as_json), store.reading() as session:
        answer = (
            _for_applicant(session, operators.applicant_ref(session, applicant), k, everything)
            if applicant
            else _for_offer(session, offer, k, everything)
        )
    emit(answer, as_json, lambda: _say(answer))


def _for_applicant(session: Any, ref: str, k: int, everything: bool) -> dict[str, Any]:
    found = recommendations.for_applicant(
        session, SYSTEM, k=k, applicant_ref=ref, include_ineligible=everything
    )
    return {
        "applicant": found.applicant,
        "model_version": found.model_version,
        "fingerprint": found.fingerprint,
        "total": found.total,
        "recommendations": [
            {"offer": item.offer.ref, "title": item.offer.title, **_scored(item)} for item in found.items
        ],
    }


def _for_offer(session: Any, ref: str, k: int, everything: bool) -> dict[str, Any]:
    found = candidates.for_offer(session, SYSTEM, ref, k=k, include_ineligible=everything)
    return {
        "offer": found.offer,
        "model_version": found.model_version,
        "fingerprint": found.fingerprint,
        "total": found.total,
        "recommendations": [
            {"applicant": item.applicant_ref, "title": item.job_title, **_scored(item)}
            for item in found.items
        ],
    }


def _scored(item: recommendations.Recommendation | candidates.Candidate) -> dict[str, Any]:
    return {
        "rank": item.rank,
        "score": item.score,
        "parts": item.parts,
        "eligible": item.eligible,
        "reasons": list(item.reasons) or [item.explanation.sentence],
    }


def _say(answer: dict[str, Any]) -> None:
    table = Table(
        Column("Rank", justify="right"), Column("Reference", no_wrap=True), "Score", "Why", "Can go"
    )
    for item in answer["recommendations"]:
        parts = ", ".join(f"{part} {points:.1f}" for part, points in item["parts"].items())
        table.add_row(
            str(item["rank"]),
            item.get("offer") or item["applicant"],
            f"{item['score']:.1f}",
            Text(f"{item['title']}\n{parts}"),
            "yes" if item["eligible"] else "no",
        )
    out.print(table)
    out.print(f"{answer['total']} in all. Model {answer['model_version']}, data {answer['fingerprint']}.")
