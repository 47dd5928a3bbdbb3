"""What the level estimator knows: the rows of the reference data that hold now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from matching.building.charities import rows


def build(data: Path, reference: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Documents under `levels/` from the reference rows; `data` is not read."""
    del data
    grades = _current(reference, "grade_aliases.csv")
    statements = _current(reference, "behaviour_statements.csv")
    documents = {
        "levels/grades": [[row["organisation_key"], row["native_code"], int(row["level"])] for row in grades],
        "levels/roles": [
            [row["role"], row["income_band"], int(row["level"])]
            for row in _current(reference, "charity_roles.csv")
        ],
        "levels/rungs": [[row["word"], int(row["level"])] for row in _current(reference, "title_rungs.csv")],
        "levels/statements": [
            [row["statement"], (int(row["level_from"]) + int(row["level_to"])) / 2] for row in statements
        ],
    }
    return documents, {}


def _current(reference: Path, name: str) -> list[dict[str, str]]:
    """Rows without an end, oldest first."""
    return sorted(
        (row for row in rows(reference / name) if not row["valid_to"]), key=lambda row: row["valid_from"]
    )
