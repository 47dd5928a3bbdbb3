"""The builder of skills on a folder of a few invented rows, and what ships."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import seed_data
from matching.building import skills
from matching.knowledge import Knowledge, shipped
from matching.skill_relations import SkillRelations

ESCO = "http://data.europa.eu/esco/skill/"
TABLES = {
    "reference/skills.csv": [
        {"code": "esco:brief", "name": "Brief volunteers", "description": "Tell them.", "uri": f"{ESCO}1"},
        {"code": "esco:train", "name": "Train volunteers", "description": "Teach them.", "uri": f"{ESCO}2"},
        {"code": "gdad:plan", "name": "Planning", "description": "Plan work.", "uri": ""},
    ],
    "reference/skill_relations.csv": [
        {"skill_code": "esco:train", "related_code": "gdad:plan", "kind": "close"}
    ],
    "reference/gdad_roles.csv": [{"role_family": "A", "role": "B", "skills": "gdad:plan=2"}],
    "knowledge/skill_names.csv": [{"skill_code": "gdad:plan", "name": "keeping a diary"}],
    "esco/skills_pypi.csv": [
        {"id": f"{ESCO}1", "description": "brief volunteers instruct helpers Tell them."},
        {"id": f"{ESCO}9", "description": "read maps Find the way."},
    ],
}
COLLECTION = [{"conceptUri": f"{ESCO}1", "broaderConceptUri": f"{ESCO}5", "broaderConceptPT": "helping"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = TABLES | {f"esco/{name}.csv": COLLECTION for name in skills.ESCO_COLLECTIONS}
    for name, rows in tables.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def test_what_is_built_becomes_relations_with_reasons(folder: Path) -> None:
    documents, arrays = skills.build(folder, folder / "reference")
    relations = SkillRelations.from_knowledge(
        Knowledge("1", documents, arrays), codes=["gdad:plan", "esco:train"]
    )
    assert relations.matrix.toarray()[0, 1] == 0.7
    assert relations.why("gdad:plan", "esco:train") == "this programme counts them as close"


def test_a_skill_keeps_the_other_names_that_esco_and_we_give_it(folder: Path) -> None:
    documents, _ = skills.build(folder, folder / "reference")
    assert documents["skills/names"] == {"esco:brief": "instruct helpers"}
    assert documents["skills/sayings"] == {"gdad:plan": ["keeping a diary"]}


def test_the_same_data_gives_the_same_knowledge(folder: Path) -> None:
    (first, arrays), (second, others) = (skills.build(folder, folder / "reference") for _ in range(2))
    assert first == second
    assert all(np.array_equal(arrays[name], others[name]) for name in arrays)


def test_missing_data_is_named(folder: Path) -> None:
    (folder / "esco" / "skills_pypi.csv").unlink()
    with pytest.raises(FileNotFoundError, match="skills_pypi"):
        skills.build(folder, folder / "reference")


def test_every_saying_names_a_skill_of_the_vocabulary_and_is_marked_as_our_proposal() -> None:
    known = {row["code"] for row in seed_data.reference_rows("skills")}
    path = Path(seed_data.__file__).parent / "knowledge" / "skill_names.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {row["skill_code"] for row in rows} <= known
    assert {(row["source"], row["confirmed"]) for row in rows} == {("Our proposal", "no")}
    assert {row["sector"] for row in rows} == {"whitehall", "charity", "both"}


def test_the_shipped_relations_cover_the_vocabulary_with_few_close_neighbours_and_a_reason_each() -> None:
    relations = SkillRelations.from_knowledge(shipped())
    assert set(relations.codes) == {row["code"] for row in seed_data.reference_rows("skills")}
    neighbours = np.diff(relations.matrix.indptr) - 1
    assert neighbours.max() <= 15
    assert (neighbours > 0).mean() > 0.95
    assert relations.matrix.data.min() >= 0.3
    assert all(reason for reason in relations.reasons.values())


@pytest.mark.parametrize(
    ("code", "related"),
    [
        ("esco:engage-with-stakeholders", "beh:working-together"),
        ("esco:manage-volunteers", "esco:manage-volunteering-programmes"),
        ("gdad:user-focus", "esco:communicate-with-beneficiaries"),
        ("esco:monitor-social-impact", "gdad:evaluation-delivery"),
        ("esco:give-out-grants", "esco:manage-government-funding"),
        ("gdad:agile-working", "gdad:agile-working-content-design"),
    ],
)
def test_skills_that_people_call_the_same_are_close_and_strangers_are_not(code: str, related: str) -> None:
    relations = SkillRelations.from_knowledge(shipped())
    assert dict(relations.neighbours(code))[related] >= 0.5
    assert code not in dict(relations.neighbours("gdad:security-architecture"))
