"""The Government Digital and Data capability framework as offers: one for each role level.

Two layouts are read: the published table, one row for each skill of a role level, and the tidy file of
``seed_data``, one row for each role level. What the framework does not say (dates, place, missions, length)
comes from the importer's stated defaults; nothing is made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from programme import reference
from programme.import_rows import (
    ImportDefaults,
    ParsedOffer,
    Row,
    RowError,
    Sheet,
    check_header,
    formula_problem,
)
from programme.offer_fields import OfferFields
from programme.vocabulary import Vocabulary

FRAMEWORK = "Government Digital and Data Profession Capability Framework"
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
HOST_COMPLETES = "Imported from the capability framework; the host completes this."
PROFESSION = "digital_and_data"
BASELINE_CHECK = "bpss"
ROLE = ("role_family", "role", "role_description", "role_level", "role_level_description")
PUBLISHED = (*ROLE, "skill_name", "skill_description", "skill_level", "skill_level_description")
PUBLISHED_REQUIRED = (*ROLE, "skill_name", "skill_level")
TIDY = (*ROLE, "skills")
PUBLISHED_HEADER = ",".join(column.replace("_", " ").title() for column in PUBLISHED)


@dataclass(slots=True)
class _RoleLevel:
    """One role level while its rows are gathered."""

    first: Row
    last_line: int
    rows: int = 0
    skills: list[tuple[str, int]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the rows are read with: skill codes by lower-case name, levels by lower-case word."""

    codes: dict[str, str]
    levels: dict[str, int]
    headings: dict[str, str]


def parse(
    session: Session, sheet: Sheet, defaults: ImportDefaults, known: Vocabulary, skill_levels: dict[int, str]
) -> list[ParsedOffer]:
    """One offer for each role level, in the order of the file. Raises Invalid for a header of neither layout."""
    tidy = "skills" in sheet.headings
    check_header(
        sheet,
        required=TIDY if tidy else PUBLISHED_REQUIRED,
        known=TIDY if tidy else PUBLISHED,
        expected=",".join(TIDY) if tidy else PUBLISHED_HEADER,
        what="the capability framework",
    )
    words = _Words(
        codes={name.lower(): code for code, name in known.skills.items() if code.startswith("gdad:")},
        levels={name.lower(): level for level, name in skill_levels.items()},
        headings=dict(sheet.headings),
    )
    return [_offer(session, found, defaults, known, words) for found in _gather(sheet.rows, words, tidy=tidy)]


def _gather(rows: Sequence[Row], words: _Words, *, tidy: bool) -> list[_RoleLevel]:
    gathered: dict[tuple[str, str], _RoleLevel] = {}
    key = ("", "")
    for row in rows:
        if row.error is None:
            key = (row.cells["role"], row.cells["role_level"])
        found = gathered.setdefault(key, _RoleLevel(row, row.line))
        found.last_line, found.rows = row.line, found.rows + 1
        found.errors.extend(_row_errors(found, row, words))
        if row.error is None:
            _read_skills(found, row, words, tidy=tidy)
    return list(gathered.values())


def _row_errors(found: _RoleLevel, row: Row, words: _Words) -> list[RowError]:
    if row.error is not None:
        return [row.error]
    errors = []
    for name in ROLE:
        cell, heading = row.cells[name], words.headings[name]
        problem = formula_problem(cell) if cell else "This is empty. Every role level needs it."
        if problem is not None:
            errors.append(RowError(row.line, heading, problem))
        elif found.first.cells and cell != found.first.cells[name]:
            message = f"This differs from line {found.first.line}, which describes the same role level."
            errors.append(RowError(row.line, heading, message))
    return errors


def _read_skills(found: _RoleLevel, row: Row, words: _Words, *, tidy: bool) -> None:
    if tidy:
        entries = [entry.strip() for entry in row.cells["skills"].split(";") if entry.strip()]
        for entry in entries:
            code, _, level = entry.partition("=")
            if not level.strip().isdigit():
                message = f"{entry!r} is not a skill with its level, such as gdad:user-focus=3"
                found.errors.append(RowError(row.line, words.headings["skills"], message))
            else:
                _add(found, row, code.strip(), int(level), words.headings["skills"])
        return
    name, level_name = row.cells["skill_name"], row.cells["skill_level"]
    known_code, known_level = words.codes.get(name.lower()), words.levels.get(level_name.lower())
    if known_code is None:
        message = f"{name!r} is not a skill of the framework that we know. Check its spelling."
        found.errors.append(RowError(row.line, words.headings["skill_name"], message))
    if known_level is None:
        message = f"{level_name!r} is not a skill level. Use one of: {', '.join(words.levels)}."
        found.errors.append(RowError(row.line, words.headings["skill_level"], message))
    if known_code is not None and known_level is not None:
        _add(found, row, known_code, known_level, words.headings["skill_name"])


def _add(found: _RoleLevel, row: Row, code: str, level: int, heading: str) -> None:
    if any(code == other for other, _ in found.skills):
        found.errors.append(RowError(row.line, heading, f"{code} is there twice for this role level."))
        return
    found.skills.append((code, level))


def _offer(
    session: Session, found: _RoleLevel, defaults: ImportDefaults, known: Vocabulary, words: _Words
) -> ParsedOffer:
    cells = found.first.cells
    title = cells.get("role_level", "")
    level = reference.title_level(session, title)
    if title and level is None:
        message = f"No level is known for {title!r}. Add a word of it to the title ladder."
        found.errors.append(RowError(found.first.line, words.headings["role_level"], message))
    summary, tasks = texts(cells.get("role_description", ""), cells.get("role_level_description", ""))
    skill_column = words.headings.get("skills") or words.headings["skill_name"]
    return ParsedOffer(
        line=found.first.line,
        last_line=found.last_line,
        rows=found.rows,
        fields=OfferFields(
            title=title,
            kind=defaults.kind,
            summary=summary,
            tasks=tasks,
            learning=HOST_COMPLETES,
            profession_code=PROFESSION if PROFESSION in known.professions else None,
            missions=defaults.missions,
            needs=tuple((code, number, defaults.skills_essential) for code, number in found.skills),
            level_min=level or 1,
            level_max=level or 1,
            stretch_ok=defaults.stretch_ok,
            region_code=defaults.region_code,
            remote=defaults.remote,
            days_per_week=defaults.days_per_week,
            start_from_on=defaults.start_from_on,
            start_to_on=defaults.start_to_on,
            length_months=defaults.length_months,
            capacity=defaults.capacity,
            vetting_code=defaults.vetting_code or BASELINE_CHECK,
        ),
        errors=tuple(found.errors),
        imported_from=f"{FRAMEWORK}: {cells.get('role', '')[:50]}. {LICENCE}",
        columns={
            "title": words.headings["role_level"],
            "summary": words.headings["role_description"],
            "tasks": words.headings["role_level_description"],
            "needs": skill_column,
        },
    )


def texts(role: str, role_level: str) -> tuple[str, str]:
    """Summary and tasks from the framework's own words: what the role is, then what this level of it does."""
    about_role, _, role_tasks = role.partition("In this role, you will:")
    about_level, _, level_tasks = role_level.partition("At this role level, you will:")
    summary = "\n\n".join(part.strip() for part in (about_role, about_level) if part.strip())
    if level_tasks.strip():
        return summary, f"At this role level, you will:\n{level_tasks.strip()}"
    return summary, role_tasks.strip() or role_level.strip()
