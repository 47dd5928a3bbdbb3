"""Levels by table: a grade by (organisation, code), a charity role by (role, income band), a title by its words.

Rows may be anything with these attributes, as stored rows or `Grade`, `Role` and `Rung`. Where several rows
answer, the last one wins: rows are given oldest first. What no row knows is None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

ANY_ORGANISATION = "*"
"""Key of the standard Civil Service grades, which hold in every department."""


class GradeRow(Protocol):
    """A native grade code of an organisation and its level."""

    @property
    def organisation_key(self) -> str: ...
    @property
    def native_code(self) -> str: ...
    @property
    def level(self) -> int: ...


class RoleRow(Protocol):
    """A charity role, the income band of the charity, and the level there."""

    @property
    def role(self) -> str: ...
    @property
    def income_band(self) -> str: ...
    @property
    def level(self) -> int: ...


class RungRow(Protocol):
    """A word of a job title and its level; the empty word is any other title. Junior rows come first."""

    @property
    def word(self) -> str: ...
    @property
    def level(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Grade:
    """A `GradeRow` as a plain value."""

    organisation_key: str
    native_code: str
    level: int


@dataclass(frozen=True, slots=True)
class Role:
    """A `RoleRow` as a plain value."""

    role: str
    income_band: str
    level: int


@dataclass(frozen=True, slots=True)
class Rung:
    """A `RungRow` as a plain value."""

    word: str
    level: int


@dataclass(frozen=True, slots=True)
class LevelTables:
    """Everything that levels come from.

    Attributes:
        grades: Grade codes.

        roles: The charity matrix.

        rungs: The title ladder, junior words first.

        statements: (text, level) of behaviours as people of that level show them.
    """

    grades: Sequence[GradeRow] = ()
    roles: Sequence[RoleRow] = ()
    rungs: Sequence[RungRow] = ()
    statements: Sequence[tuple[str, float]] = ()


GradeT = TypeVar("GradeT", bound=GradeRow)
RoleT = TypeVar("RoleT", bound=RoleRow)
RungT = TypeVar("RungT", bound=RungRow)


def find_grade(rows: Iterable[GradeT], organisation: str | None, code: str) -> GradeT | None:
    """The row of a code: the organisation's own first, then the standard one; case and spaces do not matter."""
    wanted = _squeezed(code)
    own = (organisation or ANY_ORGANISATION).strip().lower()
    found: dict[str, GradeT] = {
        row.organisation_key.lower(): row for row in rows if _squeezed(row.native_code) == wanted
    }
    return found.get(own) or found.get(ANY_ORGANISATION)


def find_role(rows: Iterable[RoleT], role: str, income_band: str | None) -> RoleT | None:
    """The cell of the charity matrix; `role` is its code or its name."""
    wanted = "_".join(role.lower().split())
    found = [row for row in rows if row.role == wanted and row.income_band == income_band]
    return found[-1] if found else None


def find_rung(rows: Sequence[RungT], title: str) -> RungT | None:
    """The rung that a title speaks for.

    The first ladder word of the title decides, the longer one where two start together; a title without any
    has the row of the empty word.
    """
    ladder = {row.word: row for row in rows}
    words = "|".join(re.escape(word) for word in sorted(ladder, key=len, reverse=True) if word)
    squeezed = " ".join(title.lower().split())
    if not squeezed or not words:
        return None
    found = re.search(rf"\b({words})\b", squeezed)
    return ladder[found.group(1)] if found else ladder.get("")


def _squeezed(code: str) -> str:
    return "".join(code.lower().split())
