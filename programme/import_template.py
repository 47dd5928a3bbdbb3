"""The programme's own offers file: one offer a row, columns named here, read and written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from programme.import_rows import (
    ImportDefaults,
    ParsedOffer,
    Row,
    RowError,
    Sheet,
    check_header,
    formula_problem,
    plain,
)
from programme.offer_fields import OfferFields

SOURCE = "Offers file"
YES, NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n")


def _text(cell: str) -> str:
    problem = formula_problem(cell)
    if problem is not None:
        raise ValueError(problem)
    return plain(cell)


def _code(cell: str) -> str:
    return _text(cell)


def _whole(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a whole number. Write it in figures.") from None


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a number. Write it in figures, such as 2.5") from None


def _percent(cell: str) -> int:
    return _whole(cell.removesuffix("%"))


def _yes(cell: str) -> bool:
    if cell.lower() in YES + NO:
        return cell.lower() in YES
    raise ValueError(f"{cell!r} is neither yes nor no.")


def _date(cell: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
    raise ValueError(f"{cell!r} is not a date. Write it as 2027-01-31 or 31/01/2027.")


def _entries(cell: str) -> list[str]:
    return [entry.strip() for entry in _text(cell).split(";") if entry.strip()]


def _missions(cell: str) -> tuple[tuple[str, float], ...]:
    return tuple(_mission(entry) for entry in _entries(cell))


def _mission(entry: str) -> tuple[str, float]:
    code, _, weight = (part.strip() for part in entry.partition(":"))
    try:
        share = float(weight.removesuffix("%")) / 100 if weight.endswith("%") else float(weight or 1)
    except ValueError:
        raise ValueError(f"{entry!r} is not a mission with its weight. Write NHS:0.6;OPP:0.4") from None
    return code.upper(), share


def _needs(cell: str) -> tuple[tuple[str, int, bool], ...]:
    return tuple(_need(entry) for entry in _entries(cell))


def _need(entry: str) -> tuple[str, int, bool]:
    head, _, last = entry.rpartition(":")
    if last.strip() in ("essential", "desirable"):
        return (*_skill(head, entry), last.strip() == "essential")
    return (*_skill(entry, entry), False)


def _teaches(cell: str) -> tuple[tuple[str, int], ...]:
    return tuple(_skill(entry, entry) for entry in _entries(cell))


def _skill(text: str, entry: str) -> tuple[str, int]:
    code, _, level = text.rpartition(":")
    if not code or not level.strip().isdigit():
        raise ValueError(
            f"{entry!r} is not a skill with its level. Write gdad:user-research:3:essential;beh:leadership:2"
        )
    return code.strip(), int(level)


# Column -> (field of the offer, how to read a cell). The order is that of the file.
COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "title": ("title", _text),
    "direction": ("direction", _code),
    "kind": ("kind", _code),
    "summary": ("summary", _text),
    "tasks": ("tasks", _text),
    "learning": ("learning", _text),
    "about_team": ("about_team", _text),
    "contact_role": ("contact_role", _text),
    "profession": ("profession_code", _code),
    "missions": ("missions", _missions),
    "needs": ("needs", _needs),
    "teaches": ("teaches", _teaches),
    "level_min": ("level_min", _whole),
    "level_max": ("level_max", _whole),
    "stretch_ok": ("stretch_ok", _yes),
    "region": ("region_code", _code),
    "place": ("place_name", _text),
    "remote": ("remote", _code),
    "days_per_week": ("days_per_week", _number),
    "start_from_on": ("start_from_on", _date),
    "start_to_on": ("start_to_on", _date),
    "length_months": ("length_months", _whole),
    "closing_on": ("closing_on", _date),
    "capacity": ("capacity", _whole),
    "vetting": ("vetting_code", _code),
    "reserved_post": ("reserved_post", _yes),
    "payroll_party": ("payroll_party", _code),
    "recovery_pct": ("recovery_pct", _percent),
    "expenses_party": ("expenses_party", _code),
    "cost_note": ("cost_note", _text),
}
REQUIRED = ("title", "summary", "tasks", "learning", "needs", "level_min", "level_max")
# Columns that an export adds to say which offer it was; an import reads past them.
ABOUT = ("ref", "organisation", "organisation_ref", "state", "published_on")
FIELD_COLUMNS = {field: column for column, (field, _) in COLUMNS.items()}


def header() -> str:
    """The header line of an offers file."""
    return ",".join(COLUMNS)


def parse(sheet: Sheet, defaults: ImportDefaults) -> list[ParsedOffer]:
    """One offer a row. Raises Invalid when the header is not that of an offers file."""
    check_header(sheet, required=REQUIRED, known=(*COLUMNS, *ABOUT), expected=header(), what="an offers file")
    usual = OfferFields(
        missions=defaults.missions,
        start_from_on=defaults.start_from_on,
        start_to_on=defaults.start_to_on,
        length_months=defaults.length_months,
        region_code=defaults.region_code,
        kind=defaults.kind,
        days_per_week=defaults.days_per_week,
        remote=defaults.remote,
        capacity=defaults.capacity,
        vetting_code=defaults.vetting_code or "none",
    )
    return [_parse(row, usual) for row in sheet.rows]


def _parse(row: Row, usual: OfferFields) -> ParsedOffer:
    values: dict[str, Any] = {}
    errors = [row.error] if row.error else []
    for column, (field, read) in COLUMNS.items():
        cell = row.cells.get(column, "")
        if not cell:
            if column in REQUIRED and row.error is None:
                errors.append(RowError(row.line, column, "This is empty. Every offer needs it."))
            continue
        try:
            values[field] = read(cell)
        except ValueError as error:
            errors.append(RowError(row.line, column, str(error)))
    return ParsedOffer(
        line=row.line,
        last_line=row.line,
        rows=1,
        fields=replace(usual, **values),
        errors=tuple(errors),
        imported_from=SOURCE,
        columns=FIELD_COLUMNS,
    )
