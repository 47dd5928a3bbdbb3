"""The skills benchmark on an invented framework of two families (no licence: our own words)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matching.evaluation import gdad, metrics, skills

ROLES = {
    ("Gardens", "Gardener"): ["Pruning", "Soil care", "Planting"],
    ("Gardens", "Grower"): ["Planting", "Soil care", "Watering"],
    ("Kitchens", "Cook"): ["Baking", "Tasting", "Knife skills"],
    ("Kitchens", "Baker"): ["Baking", "Tasting", "Kneading"],
}
SKILLS = sorted({name for names in ROLES.values() for name in names})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "gdad_dev"
    folder.mkdir()
    written = [
        {"Skill Name": name, "Skill Description": "MISSING"}
        | dict.fromkeys(gdad.LEVELS, f"You do {name.lower()}.")
        for name in SKILLS
    ]
    rows = [
        {
            "Role Family": family,
            "Role": role,
            "Role Description": f"A {role.lower()} does {' and '.join(names[:2]).lower()}.",
            "Role Level": f"{rank} {role.lower()}",
            "Role Level Description": "Works well.",
            "Skill Name": name,
        }
        for (family, role), names in ROLES.items()
        for rank in ("Junior", "Senior")
        for name in names
    ]
    for file, table in (("skills.csv", written), ("roles.csv", rows)):
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, table[0])
            writer.writeheader()
            writer.writerows(table)
    return tmp_path


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many folds as there are roles, and no resampling: the intervals are tested with the metrics."""
    monkeypatch.setattr(skills, "_FOLDS", len(ROLES))
    monkeypatch.setattr(
        metrics, "bootstrap", lambda statistic, n_rows, **_: (statistic(np.arange(n_rows)),) * 3
    )


def test_a_role_level_is_its_text_its_family_and_the_skills_it_asks_for(data: Path) -> None:
    levels = gdad.read(data / "gdad_dev")
    assert levels.asked.shape == (8, len(SKILLS))
    assert set(levels.skills_of(0)) == set(ROLES["Gardens", "Gardener"])
    assert levels.vocabulary["Baking"].description == ""
    assert levels.texts[0].startswith("Junior gardener. A gardener does")


def test_every_task_has_our_model_and_its_baselines(data: Path) -> None:
    def constant(queries: Sequence[str], corpus: Sequence[str], seed: int) -> np.ndarray:
        return np.zeros((len(queries), len(corpus)))

    results = skills.run(data, extra={"constant": constant})
    for task in (skills.KNOWN, skills.NEW, skills.LISTS):
        models = {result.model for result in results if result.benchmark == task}
        assert any(result.ours for result in results if result.benchmark == task)
        assert any("BM25" in model for model in models)
        assert any("constant" in model for model in models)
    assert "popularity in the profession" in {result.model for result in results}


def test_popularity_of_a_new_profession_knows_nothing_of_its_skills(data: Path) -> None:
    levels = gdad.read(data / "gdad_dev")
    gardens = levels.families == "Gardens"
    scores = skills._popular_in_family(levels, np.flatnonzero(~gardens), np.flatnonzero(gardens))
    assert scores[levels.asked.toarray()[gardens] > 0].max() == 0.0


def test_labels_of_the_test_fold_are_never_read(data: Path) -> None:
    levels = gdad.read(data / "gdad_dev")
    train, test = np.arange(4), np.arange(4, 8)
    hidden = levels.asked.toarray()
    hidden[test] = 1.0 - hidden[test]
    changed = gdad.RoleLevels(
        levels.vocabulary, levels.texts, levels.families, levels.roles, type(levels.asked)(hidden)
    )
    for learner in (skills._tagged, skills._tagged_untold, skills._popular, skills._popular_in_family):
        assert np.array_equal(learner(levels, train, test), learner(changed, train, test))


def test_a_sample_keeps_that_many_queries_and_the_same_seed_the_same_ones(data: Path) -> None:
    first, again = (skills.run(data, sample=3, seed=1) for _ in range(2))
    assert [result.value for result in first] == [result.value for result in again]
    assert skills._kept(8, 3, seed=1).tolist() == skills._kept(8, 3, seed=1).tolist()
    assert len(skills._kept(8, 30, seed=1)) == 8


def test_missing_data_is_an_error_and_not_a_skip(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        skills.run(tmp_path)
