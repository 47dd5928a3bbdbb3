"""Public texts about occupations, skills, roles and charities: what words of placements mean together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_LARGEST_STEP = 127
_SLOT = re.compile(r"\{\w+\}")


def rows(path: Path) -> pd.DataFrame:
    """A CSV file as text, empty cells as empty strings. Raises FileNotFoundError where it is missing."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def idf_of(counts: Any) -> NDArray[np.floating[Any]]:
    """The smoothed inverse document frequency of scikit-learn's TfidfTransformer."""
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + found)) + 1)


def in_steps(vectors: NDArray[np.floating[Any]]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors as whole numbers from -127 to 127, and the size of one step in each direction."""
    scale = np.maximum(np.abs(vectors).max(axis=0), np.finfo(np.float32).tiny) / _LARGEST_STEP
    return np.round(vectors / scale).astype(np.int8), scale.astype(np.float32)


def occupations(data: Path) -> list[str]:
    """What ESCO and O*NET say of each occupation, titles and descriptions together."""
    esco = rows(data / "esco" / "occupations_en.csv")
    onet = rows(data / "onet" / "occupation_data.csv")
    titles = rows(data / "onet" / "alternate_titles.csv").groupby("O*NET-SOC Code")["Alternate Title"]
    also = titles.agg(". ".join).reindex(onet["O*NET-SOC Code"], fill_value="")
    return [
        *_joined(esco, "preferredLabel", "altLabels", "description"),
        *_joined(onet, "Title", "Description"),
        *also,
    ]


def skills(data: Path) -> list[str]:
    """What ESCO and the digital framework say of each skill and group of skills."""
    groups = rows(data / "esco" / "skillGroups_en.csv")
    gdad = rows(data / "gdad_dev" / "skills.csv").drop_duplicates("Skill Name")
    levels = [text for level in ("Awareness", "Working", "Practitioner", "Expert") for text in gdad[level]]
    return [
        *rows(data / "esco" / "skills_pypi.csv")["description"],
        *_joined(groups, "preferredLabel", "description"),
        *_joined(gdad, "Skill Name", "Skill Description"),
        *levels,
    ]


def government(data: Path) -> list[str]:
    """How government describes its work: digital roles and the behaviours of Success Profiles."""
    roles = rows(data / "gdad_dev" / "roles.csv")
    return [
        *roles.drop_duplicates("Role")["Role Description"],
        *roles.drop_duplicates(["Role", "Role Level"])["Role Level Description"],
        *rows(data / "success_profiles" / "behaviours.csv")["statement"],
    ]


def charities(data: Path) -> list[str]:
    """How charities describe their work, and the names of causes. No tag of a charity is read."""
    sample = rows(data / "ukcat_dev" / "sample.csv").drop_duplicates("org_id")
    return [
        *sample["activities"],
        *sample["objects"],
        *_joined(rows(data / "ukcat_dev" / "ukcat.csv"), "tag", "Notes"),
    ]


def placements(reference: Path) -> list[str]:
    """How offers and people write: the demonstration's invented texts, beside `reference`."""
    folder = reference.parent / "demonstration"
    found = []
    for name in ("offers_outward", "offers_inward", "people"):
        for entries in tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")).values():
            found += [_prose(entry) for entry in entries if isinstance(entry, Mapping)]
    return found


def _prose(entry: Mapping[str, Any]) -> str:
    parts = [*entry.get("titles", ()), *entry.get("summaries", ()), *entry.get("tasks", ())]
    return _SLOT.sub(" ", " ".join([*parts, entry.get("learning", ""), entry.get("hopes", "")]))


def _joined(table: pd.DataFrame, *columns: str) -> list[str]:
    return [". ".join(cells) for cells in zip(*(table[column] for column in columns), strict=True)]
