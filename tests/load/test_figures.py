"""The benchmarks' figures: a run replaces its own cases and no others."""

import json
from pathlib import Path

from tests.load.figures import Figure, keep


def test_a_run_replaces_its_own_cases_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.json"
    keep(file, [Figure("ranking", "small", "ratio", 1.0), Figure("ranking", "large", "ratio", 2.0, 2.5)])
    keep(file, [Figure("assignment", "stable", "ratio", 1.1)])
    keep(file, [Figure("ranking", "large", "ratio", 3.0, 2.5)])
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert [(row["case"], row["value"]) for row in rows] == [("small", 1.0), ("stable", 1.1), ("large", 3.0)]


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    keep(None, [Figure("ranking", "small", "ratio", 1.0)])
    assert list(tmp_path.iterdir()) == []
