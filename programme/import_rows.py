"""Reading a CSV that people made: its rows with their line numbers, and cells that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from programme.errors import Invalid
from programme.offer_fields import OfferFields

MAX_CHARACTERS = 20_000_000
# A cell that begins like this is run by spreadsheet programs (OWASP, CSV injection).
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?%?$")
_ESCAPED = re.compile(r"^'+(?=[=+\-@\t\r\n＝＋－＠])")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell: the line of the file where its row begins, the column, and how to fix it."""

    line: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What stands where a file says nothing. Shown to whoever imports; nothing here is guessed from the file.

    ``missions`` must be given for the capability framework, which names none. An empty start window opens in
    three months for three; an empty region is the host's; empty vetting is the baseline check for a
    framework file (it is the base of all civil service posts) and none for a template.
    """

    missions: tuple[tuple[str, float], ...] = ()
    start_from_on: date | None = None
    start_to_on: date | None = None
    length_months: int = 6
    region_code: str | None = None
    kind: str = "secondment"
    days_per_week: float = 5.0
    remote: str = "hybrid"
    capacity: int = 1
    vetting_code: str | None = None
    stretch_ok: bool = True
    skills_essential: bool = True


@dataclass(frozen=True, slots=True)
class ParsedOffer:
    """One offer as a file gives it, with the errors of its own cells. ``columns`` names the column of a field."""

    line: int
    last_line: int
    rows: int
    fields: OfferFields
    errors: tuple[RowError, ...] = ()
    imported_from: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it begins, and its cells by normal column name, without surrounding spaces."""

    line: int
    cells: Mapping[str, str]
    error: RowError | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A read file: normal column names with the words of its own header, and its rows."""

    headings: Mapping[str, str]
    rows: tuple[Row, ...]


def read_sheet(source: Path | str | bytes) -> Sheet:
    """The sheet in a file (a Path) or in its content (text or bytes). Empty rows are left out.

    Raises Invalid when it is not UTF-8 text, not CSV, too large, or names a column twice.
    """
    reader = csv.reader(io.StringIO(_text(source), newline=""), strict=True)
    try:
        header = next(reader, [])
        headings = _headings(header)
        rows = []
        before = reader.line_num
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(before + 1, cells, headings))
            before = reader.line_num
    except csv.Error as error:
        raise Invalid(
            f"The file is not proper CSV near line {reader.line_num}: {error}. Save it again as CSV UTF-8."
        ) from error
    return Sheet(headings, tuple(rows))


def _text(source: Path | str | bytes) -> str:
    content = source.read_bytes() if isinstance(source, Path) else source
    if len(content) > MAX_CHARACTERS:
        raise Invalid("The file is larger than 20 MB. Split it into smaller files.")
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The file is not UTF-8 text. Save it as “CSV UTF-8 (comma delimited)”.") from error


def _headings(header: Sequence[str]) -> dict[str, str]:
    headings: dict[str, str] = {}
    for heading in header:
        name = normal(heading)
        if name in headings:
            raise Invalid(f"The column {heading.strip()!r} is there twice. Keep one of them.")
        headings[name] = heading.strip()
    return headings


def normal(heading: str) -> str:
    """The normal name of a column: lower case, with underscores."""
    return "_".join(heading.strip().lower().split())


def _row(line: int, cells: Sequence[str], headings: Mapping[str, str]) -> Row:
    if len(cells) != len(headings):
        message = f"This row has {len(cells)} cells and the header has {len(headings)}. Check its commas and quotes."
        return Row(line, {}, RowError(line, "row", message))
    return Row(line, {name: cell.strip() for name, cell in zip(headings, cells, strict=True)})


def check_header(
    sheet: Sheet, *, required: Sequence[str], known: Sequence[str], expected: str, what: str
) -> None:
    """Raise Invalid, naming the missing and the unknown columns and the expected header, when they differ."""
    missing = [name for name in required if name not in sheet.headings]
    unknown = [heading for name, heading in sheet.headings.items() if name not in known]
    if not missing and not unknown:
        return
    parts = [f"The header is not that of {what}."]
    if missing:
        parts.append(f"Missing columns: {', '.join(missing)}.")
    if unknown:
        parts.append(f"Unknown columns: {', '.join(name or '(empty)' for name in unknown)}.")
    raise Invalid(" ".join((*parts, f"Expected header: {expected}")), field="header")


def formula_problem(cell: str) -> str | None:
    """Why a text cell is refused: a spreadsheet would run it. Numbers, negative ones too, are fine."""
    if not _FORMULA.match(cell) or _NUMBER.match(cell):
        return None
    return (
        f"This begins with {cell[0]!r}, so a spreadsheet could run it as a formula. "
        "Begin with a letter, or put an apostrophe (') in front."
    )


def plain(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def neutralised(text: str) -> str:
    """A text as a cell that no spreadsheet runs; ``plain`` gives the text back."""
    runs = _FORMULA.match(text) is not None and _NUMBER.match(text) is None
    return f"'{text}" if runs or _ESCAPED.match(text) else text
