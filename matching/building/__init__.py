"""Building what the estimators know, once, from the reference data.

Each builder has `build(data, reference) -> (documents, arrays)`: `data` is the folder of public data sets,
`reference` is `seed_data/reference`. No builder reads the judgements of a benchmark of titles.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from matching.building import levels, missions, skills, text, titles

Builder = Callable[[Path, Path], tuple[dict[str, Any], dict[str, NDArray[Any]]]]

BUILDERS: tuple[Builder, ...] = (text.build, titles.build, skills.build, missions.build, levels.build)
"""Every builder; `secondments build-knowledge` runs them in this order and writes one file."""

__all__ = ["BUILDERS", "Builder"]
