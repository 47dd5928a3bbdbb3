"""The algorithmic transparency record has every field of the standard, in its order, and invents nothing."""

import re
from pathlib import Path

import pytest

from seed_data import reference_rows

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "atrs.md").read_text(encoding="utf-8")
NUMBERED = (
    *(f"1.{n}" for n in range(1, 5)),
    *(f"2.1.{n}" for n in range(1, 5)),
    *(f"2.1.4.{n}" for n in range(1, 6)),
    *(f"2.2.{n}" for n in range(1, 5)),
    *(f"2.3.{n}" for n in range(1, 6)),
    *(f"2.4.1.{n}" for n in range(1, 6)),
    *(f"2.4.2.{n}" for n in range(1, 9)),
    *(f"2.4.3.{n}" for n in range(1, 10)),
    *(f"2.4.4.{n}" for n in range(1, 6)),
    *(f"2.5.{n}" for n in range(1, 3)),
)
TITLE = ("Name", "Organisation", "Phase", "Region", "One-sentence description")
OURS_TO_SAY = ("2.1.1", "2.1.2", "2.1.3", "2.1.4.1", "2.1.4.2", "1.3", "1.4", "2.2.3", "2.4.4.5")
TO_BE_COMPLETED = "o be completed by the adopting organisation"


def entries() -> dict[str, str]:
    """What stands beside each numbered field, in the order of the page."""
    return dict(re.findall(r"^\| (\d[\d.]*) [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE))


def test_every_field_of_the_standard_is_there_in_its_order() -> None:
    assert tuple(entries()) == NUMBERED
    assert all(entry.strip() for entry in entries().values())


@pytest.mark.parametrize("field", TITLE)
def test_the_title_has_its_fields(field: str) -> None:
    assert re.search(rf"^\| {field} \| [^|]+ \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("number", OURS_TO_SAY)
def test_what_only_an_organisation_can_know_is_left_to_it(number: str) -> None:
    assert TO_BE_COMPLETED in entries()[number]


def test_the_quantities_are_those_of_the_shipped_data() -> None:
    quantities = entries()["2.4.3.3"]
    for table, what in (
        ("skills", "skills"), ("gdad_roles", "role levels"), ("behaviour_statements", "statements")
    ):  # fmt: skip
        assert f"{len(reference_rows(table))} {what}" in quantities


def test_every_page_that_the_record_names_is_there() -> None:
    folder = Path(__file__).resolve().parent.parent / "docs"
    links = re.findall(r"\]\(([^)]+)\)", PAGE)
    assert links
    assert [link for link in links if not (folder / link).exists()] == []
    assert [
        name for name in re.findall(r"`([\w/]+\.\w+)`", PAGE) if not (folder.parent / name).exists()
    ] == []
