"""Role levels of the Government Digital and Data framework with the skills that each asks for (OGL v3)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.skill_index import SkillText

LEVELS = ("Awareness", "Working", "Practitioner", "Expert")
_MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class RoleLevels:
    """The labelled set.

    Attributes:
        vocabulary: What is written about each skill, by name; all skills, asked for or not.

        texts: What is written about each role level. No skill is named as one.

        families: Family of each role level.

        roles: Family and role of each role level.

        asked: (n_role_levels, n_skills) ones where the role level asks for the skill.
    """

    vocabulary: dict[str, SkillText]
    texts: Sequence[str]
    families: NDArray[np.str_]
    roles: NDArray[np.str_]
    asked: csr_array[Any]

    def skills_of(self, row: int) -> list[str]:
        """Names of the skills that a role level asks for."""
        names = list(self.vocabulary)
        return [
            names[column]
            for column in self.asked.indices[self.asked.indptr[row] : self.asked.indptr[row + 1]]
        ]


def read(folder: Path) -> RoleLevels:
    """The set in `folder`. Raises FileNotFoundError where a file is missing."""
    vocabulary = {
        row["Skill Name"]: SkillText(
            row["Skill Name"],
            row["Skill Description"].replace(_MISSING, ""),
            " ".join(row[level] for level in LEVELS),
        )
        for row in _rows(folder / "skills.csv")
    }
    column_of = {name: column for column, name in enumerate(vocabulary)}
    asked: dict[tuple[str, str, str], set[int]] = {}
    texts: dict[tuple[str, str, str], str] = {}
    for row in _rows(folder / "roles.csv"):
        key = (row["Role Family"], row["Role"], row["Role Level"])
        texts[key] = f"{row['Role Level']}. {row['Role Description']}\n{row['Role Level Description']}"
        asked.setdefault(key, set()).add(column_of[row["Skill Name"]])
    found = [(line, column) for line, key in enumerate(asked) for column in sorted(asked[key])]
    rows, columns = np.array(found).T
    return RoleLevels(
        vocabulary=vocabulary,
        texts=list(texts.values()),
        families=np.array([family for family, _, _ in texts]),
        roles=np.array([f"{family}/{role}" for family, role, _ in texts]),
        asked=csr_array((np.ones(len(found)), (rows, columns)), shape=(len(texts), len(vocabulary))),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
