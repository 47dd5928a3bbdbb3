"""What the skill tagger and the relations between skills know, from ESCO, the roles and our own lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.building import skill_evidence as evidence
from matching.building.skill_evidence import EvidenceWeights, Pair
from matching.skill_relations import HUNDREDTHS

ESCO_COLLECTIONS = (
    "transversalSkillsCollection_en",
    "digitalSkillsCollection_en",
    "greenSkillsCollection_en",
)
_URI = "http://data.europa.eu/esco/skill/"


def build(data: Path, reference: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Documents and arrays under `skills/`, from the raw sets in `data` and the tables in `reference`.

    Raises FileNotFoundError where the ESCO files or a table are missing.
    """
    skills = list(_rows(reference / "skills.csv"))
    names = {row["code"]: row["name"] for row in skills}
    known_as = other_names(data, skills)
    pairs = related_pairs(data, reference)
    place = {code: i for i, code in enumerate(names)}
    reasons = sorted({reason for *_, reason in pairs})
    documents: dict[str, Any] = {
        "skills/relations": {"codes": list(names), "reasons": reasons},
        "skills/names": known_as,
        "skills/sayings": sayings(reference),
    }
    arrays: dict[str, NDArray[Any]] = {
        "skills/pairs": np.array([[place[a], place[b]] for a, b, *_ in pairs], dtype=np.uint16),
        "skills/relatedness": np.array([round(v * HUNDREDTHS) for *_, v, _ in pairs], dtype=np.uint8),
        "skills/reasons": np.array([reasons.index(reason) for *_, reason in pairs], dtype=np.uint16),
    }
    return documents, arrays


def related_pairs(data: Path, reference: Path, weights: EvidenceWeights | None = None) -> list[Pair]:
    """Every related pair of the vocabulary with its strongest evidence."""
    weights = weights or EvidenceWeights()
    skills = list(_rows(reference / "skills.csv"))
    names = {row["code"]: row["name"] for row in skills}
    known_as = other_names(data, skills)
    texts = {
        row["code"]: f"{row['name']}. {known_as.get(row['code'], row['name'])}. {row['description']}"
        for row in skills
    }
    gathered = [
        *evidence.stated(_rows(reference / "skill_relations.csv"), weights),
        *evidence.same_for_another_role(names, weights),
        *evidence.alike(names, texts, weights),
        *evidence.grouped(_groups(data, skills), weights),
        *evidence.asked_together(_roles(reference), weights),
    ]
    return evidence.strongest(gathered, weights)


def other_names(data: Path, skills: list[dict[str, str]]) -> dict[str, str]:
    """The other names that ESCO gives a skill, in one string by our code; only skills that have some."""
    code_of = {row["uri"]: row for row in skills if row["uri"]}
    found = {}
    for row in _rows(data / "esco" / "skills_pypi.csv"):
        if skill := code_of.get(row["id"]):
            described = row["description"].removesuffix(skill["description"]).strip()
            others = described.removeprefix(skill["name"].lower()).strip()
            if others and len(others) < len(row["description"]):
                found[skill["code"]] = others
    return found


def sayings(reference: Path) -> dict[str, list[str]]:
    """How people in each sector say a skill, by code: this programme's own list, beside `reference`."""
    found: dict[str, list[str]] = {}
    for row in _rows(reference.parent / "knowledge" / "skill_names.csv"):
        found.setdefault(row["skill_code"], []).append(row["name"])
    return found


def _groups(data: Path, skills: list[dict[str, str]]) -> dict[str, list[str]]:
    code_of = {row["uri"]: row["code"] for row in skills if row["uri"]}
    groups: dict[str, set[str]] = {}
    for collection in ESCO_COLLECTIONS:
        for row in _rows(data / "esco" / f"{collection}.csv"):
            if code := code_of.get(row["conceptUri"]):
                broader = zip(
                    row["broaderConceptUri"].split(" | "), row["broaderConceptPT"].split(" | "), strict=True
                )
                for uri, name in broader:
                    if uri.startswith(_URI):  # the rest are fields of study, too wide to relate skills
                        groups.setdefault(name, set()).add(code)
    return {name: sorted(codes) for name, codes in sorted(groups.items())}


def _roles(reference: Path) -> list[list[str]]:
    roles: dict[str, list[str]] = {}
    for row in _rows(reference / "gdad_roles.csv"):
        asked = [pair.partition("=")[0] for pair in row["skills"].split(";")]
        roles.setdefault(f"{row['role_family']}/{row['role']}", []).extend(asked)
    return list(roles.values())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
