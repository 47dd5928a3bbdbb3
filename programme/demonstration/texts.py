"""The hand-written parts of the demonstration programme, read from ``seed_data/demonstration``."""

import csv
import io
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with a level from 1 to 4; essential, or with evidence, where that is meant."""

    code: str
    level: int
    essential: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class OfferText:
    """One kind of offer, with two titles and two summaries that hosts make their own."""

    direction: str
    themes: frozenset[str]
    titles: tuple[str, ...]
    summaries: tuple[str, ...]
    tasks: tuple[str, ...]
    learning: str
    profession: str
    level: tuple[int, int]
    kind: str
    months: tuple[int, int]
    missions: dict[str, float]
    needs: tuple[SkillLine, ...]
    teaches: tuple[SkillLine, ...]
    vetting: str


@dataclass(frozen=True, slots=True)
class PersonText:
    """One kind of person, by the job that they do."""

    side: str
    titles: tuple[str, ...]
    profession: str | None
    level: tuple[int, int]
    roles: tuple[str, ...]
    themes: frozenset[str]
    missions: dict[str, float]
    summaries: tuple[str, ...]
    skills: tuple[SkillLine, ...]
    wants: tuple[SkillLine, ...]
    hopes: str


def _read(name: str) -> str:
    return resources.files("seed_data").joinpath("demonstration", name).read_text(encoding="utf-8")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``<name>.csv``, in file order."""
    return tuple(csv.DictReader(io.StringIO(_read(f"{name}.csv"), newline="")))


@cache
def toml(name: str) -> dict[str, Any]:
    """The contents of ``<name>.toml``."""
    return tomllib.loads(_read(f"{name}.toml"))


@cache
def offer_texts(direction: str) -> tuple[OfferText, ...]:
    """Every kind of offer in one direction."""
    return tuple(
        OfferText(
            direction=direction,
            themes=frozenset(raw["themes"].split()),
            titles=tuple(raw["titles"]),
            summaries=tuple(raw["summaries"]),
            tasks=tuple(raw["tasks"]),
            learning=raw["learning"],
            profession=raw["profession"],
            level=(raw["level"][0], raw["level"][1]),
            kind=raw["kind"],
            months=(raw["months"][0], raw["months"][1]),
            missions=_weights(raw["missions"]),
            needs=_skills(raw["needs"]),
            teaches=_skills(raw["teaches"]),
            vetting=raw["vetting"],
        )
        for raw in toml(f"offers_{direction}")["offer"]
    )


@cache
def person_texts(side: str) -> tuple[PersonText, ...]:
    """Every kind of person on one side, ``government`` or ``charity``."""
    return tuple(
        PersonText(
            side=side,
            titles=tuple(raw["titles"]),
            profession=raw.get("profession"),
            level=tuple(raw.get("level", (1, 10)))[:2],
            roles=tuple(raw.get("roles", "").split()),
            themes=frozenset(raw["themes"].split()),
            missions=_weights(raw["missions"]),
            summaries=tuple(raw["summaries"]),
            skills=tuple(_evidence(part) for part in raw["skills"].split("|")),
            wants=_skills(raw["wants"]),
            hopes=raw["hopes"],
        )
        for raw in toml("people")["person"]
        if raw["side"] == side
    )


def pool(name: str) -> list[Any]:
    """One list of sentences from ``stories.toml``."""
    found: list[Any] = toml("stories")[name]
    return found


def _weights(text: str) -> dict[str, float]:
    return {code: float(weight) for code, weight in (part.split() for part in text.split(","))}


def _skills(text: str) -> tuple[SkillLine, ...]:
    found = []
    for part in text.split(","):
        code, level = part.split()
        found.append(SkillLine(code, int(level.rstrip("!")), essential=level.endswith("!")))
    return tuple(found)


def _evidence(text: str) -> SkillLine:
    head, _, evidence = text.partition(": ")
    code, level = head.split()
    return SkillLine(code, int(level), evidence=evidence.strip())
