"""The charities that people tagged by hand, and the words of the tags (UK Charity Activity Tags, CC BY 4.0)."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.building.patterns import phrases
from matching.lexicon import plain


@dataclass(frozen=True, slots=True)
class Charity:
    """One coding of one charity.

    Attributes:
        organisation: Its register number; a charity coded twice has two rows.

        text: Its name, activities and objects.

        tags: Codes of its cause tags.

        sector: Its ICNP/TSO code, as `D14`.
    """

    organisation: str
    text: str
    tags: frozenset[str]
    sector: str


def read_charities(data: Path) -> list[Charity]:
    """Every coding in `data`/ukcat_dev/sample.csv, in its order."""
    return [
        Charity(
            row["org_id"],
            f"{row['name']}. {row['activities']} {row['objects']}",
            frozenset(tag.strip() for tag in row["UKCAT"].split(";") if tag.strip()),
            row["ICNPTSO"].strip(),
        )
        for row in rows(data / "ukcat_dev" / "sample.csv")
    ]


def tag_terms(data: Path) -> dict[str, list[str]]:
    """The phrases of each cause tag: its name and what its pattern stands for."""
    found = {}
    for row in rows(data / "ukcat_dev" / "ukcat.csv"):
        written = {row["tag"], *phrases(row["Regular expression"])}
        found[row["Code"]] = sorted({plain(term) for term in written} - {""})
    return found


def mission_tags(reference: Path) -> dict[str, tuple[str, ...]]:
    """The cause tags of each mission that holds now; a tag that must not be scored is left out."""
    scored = {row["code"] for row in rows(reference / "cause_tags.csv") if row["scored"] == "yes"}
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(reference / "cause_missions.csv"):
        if row["cause_code"] in scored and not row["valid_to"]:
            found[row["mission_code"]] = (*found.get(row["mission_code"], ()), row["cause_code"])
    return found


def missions_of(tags: Collection[str], causes: Mapping[str, Sequence[str]]) -> list[str]:
    """The missions that any of the tags speaks for."""
    return [mission for mission, codes in causes.items() if not set(codes).isdisjoint(tags)]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings. Raises FileNotFoundError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
