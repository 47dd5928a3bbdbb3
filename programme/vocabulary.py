"""The codes that a form may use, with the words people read, looked up once for a form, a file or a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import offers as queries
from programme import clock, reference

WEIGHT_TOLERANCE = 0.001
SKILL_LEVELS = range(1, 5)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be chosen today, as code -> words."""

    missions: Mapping[str, str]
    regions: Mapping[str, str]
    skills: Mapping[str, str]
    professions: Mapping[str, str]
    vetting: Mapping[str, str]


def today(session: Session) -> Vocabulary:
    """The codes in force today."""
    day = clock.today()
    return Vocabulary(
        missions={row.code: row.name for row in reference.current_missions(session, on=day)},
        regions=region_names(session),
        skills=reference.skill_names(session, on=day),
        professions={row.code: row.words for row in reference.professions(session, on=day)},
        vetting={row.code: row.words for row in reference.vetting_levels(session, on=day)},
    )


def region_names(session: Session) -> dict[str, str]:
    """The regions' names by code."""
    return {row.code: row.name for row in reference.regions(session)}


def mission_names(session: Session) -> dict[str, str]:
    """The missions' names by code, the past ones too: an old offer keeps its mission (M1)."""
    return queries.mission_names(session)


def skill_level_names(session: Session) -> dict[int, str]:
    """What the four skill levels are called."""
    return queries.skill_level_names(session)


def mission_problem(missions: Iterable[tuple[str, float]], known: Mapping[str, str]) -> str | None:
    """What is wrong with mission weights: unknown or repeated, out of range, or not adding to 100% (M2)."""
    rows = tuple(missions)
    codes = [code for code, _ in rows]
    for code, weight in rows:
        if code not in known:
            return f"{code!r} is not a mission. Choose from: {', '.join(known)}."
        if codes.count(code) > 1:
            return f"{known[code]} is there twice. Give each mission once."
        if not 0 < weight <= 1:
            return f"The weight of {known[code]} must be more than 0% and at most 100%."
    total = sum(weight for _, weight in rows)
    if rows and abs(total - 1) > WEIGHT_TOLERANCE:
        return f"The mission weights add up to {total:.0%}. Change them so that they add up to 100%."
    return None


def skill_problem(skills: Iterable[tuple[str, int]], known: Mapping[str, str]) -> str | None:
    """What is wrong with a list of skills: unknown or repeated, or a level that is not 1 to 4."""
    seen: set[str] = set()
    for code, level in skills:
        if code not in known:
            return f"{code!r} is not in the list of skills. Search the list for the nearest one."
        if code in seen:
            return f"{known[code]} is there twice. Give each skill once."
        if level not in SKILL_LEVELS:
            return f"The level of {known[code]} must be 1 (awareness) to 4 (expert)."
        seen.add(code)
    return None


def length_problem(text: str, most: int, words: str) -> str | None:
    """What is wrong with a text that may have ``most`` characters; ``words`` names it."""
    if len(text) <= most:
        return None
    return f"{words} has {len(text)} characters. Shorten it to {most} or fewer."
