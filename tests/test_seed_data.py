"""The shipped files: tidy, cited, small, and without what must never be scored."""

import re
from datetime import date
from pathlib import Path

import pytest

import seed_data
from programme.reference_load import LOADS

FOLDER = Path(seed_data.__file__).parent
NAMES = seed_data.reference_names()


def readme_line(name: str, folder: str = "reference") -> list[str]:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line.startswith(f"| `{folder}/{name}.csv` |")]
    assert len(found) == 1, f"{name}.csv needs exactly one line in seed_data/README.md"
    return [cell.strip() for cell in found[0].strip("|").split("|")]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_has_its_line_with_source_licence_date_and_rows(name: str) -> None:
    _file, what, source, licence, copied_on, rows = readme_line(name)
    assert what
    assert source
    assert licence
    assert date.fromisoformat(copied_on)
    assert int(rows) == len(seed_data.reference_rows(name))


@pytest.mark.parametrize("name", ["questions", "options"])
def test_equality_questions_are_listed_cited_and_dated(name: str) -> None:
    rows = seed_data.equality_rows(name)
    assert int(readme_line(name, "equality")[-1]) == len(rows)
    for row in rows:
        assert date.fromisoformat(row["valid_from"])
        assert row["source"]
        assert row["confirmed"] == (
            "no" if row["source"].startswith(("Our proposal", "From memory")) else "yes"
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_utf8_with_lf_and_a_tidy_header(name: str) -> None:
    raw = (FOLDER / "reference" / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    header = raw.decode("utf-8").splitlines()[0].split(",")
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in header)
    assert None not in {key for row in seed_data.reference_rows(name) for key in row}


@pytest.mark.parametrize("name", [name for name, _model, _key in LOADS])
def test_every_row_of_a_table_is_dated_cited_and_marked_confirmed_or_not(name: str) -> None:
    for row in seed_data.reference_rows(name):
        first = date.fromisoformat(row["valid_from"])
        assert row["valid_to"] == "" or date.fromisoformat(row["valid_to"]) >= first
        assert row["source"]
        assert row["confirmed"] in {"yes", "no"}


def test_a_proposal_or_a_fact_from_memory_is_never_marked_confirmed() -> None:
    for name, _model, _key in LOADS:
        for row in seed_data.reference_rows(name):
            if row["source"].startswith(("Our proposal", "From memory")):
                assert row["confirmed"] == "no", (name, row)


def test_every_file_is_a_table_or_the_import_file_of_roles() -> None:
    assert {name for name, _model, _key in LOADS} | {"gdad_roles"} == set(NAMES)


def test_the_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in (FOLDER / "reference").iterdir()) < 1_500_000


def test_no_campaigning_or_lobbying_skill_is_in_the_vocabulary() -> None:
    for row in seed_data.reference_rows("skills"):
        assert not re.search(r"campaign|lobby", row["name"], re.IGNORECASE), row["name"]


def test_at_least_a_hundred_real_role_levels_name_skills_of_the_vocabulary() -> None:
    known = {row["code"] for row in seed_data.reference_rows("skills")}
    roles = seed_data.reference_rows("gdad_roles")
    assert len({(row["role"], row["role_level"]) for row in roles}) >= 100
    for row in roles:
        for pair in row["skills"].split(";"):
            code, level = pair.split("=")
            assert code in known
            assert level in {"1", "2", "3", "4"}


def test_skill_codes_are_short_and_readable() -> None:
    for row in seed_data.reference_rows("skills"):
        assert re.fullmatch(r"(gdad|esco|beh):[a-z0-9-]{2,75}", row["code"])
