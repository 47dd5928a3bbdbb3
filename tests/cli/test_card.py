"""The model card is what the code, the rules and the stored figures say."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import card, card_words, evaluation_record
from cli.card_page import card_page
from cli.card_tables import PEOPLE, quality_table, verdict
from cli.main import app
from matching import METHODS, RULES
from matching.evaluation import BENCHMARKS, Result
from matching.evaluation.findings import Finding

DOCS = Path(__file__).resolve().parents[2] / "docs"
OURS = Result("title similarity", "ours", "nDCG", 0.8, 0.7, 0.9, 1.0, ours=True)
OTHER = Result("title similarity", "BM25", "nDCG", 0.5, 0.4, 0.6, 0.5)
FAIR = [Finding("region", "moved", "points", 0.0, 9, 0.0), Finding("size", "small", "points", 0.25, 9)]


def record(*results: Result) -> dict[str, evaluation_record.Measured]:
    rows = {"title-similarity": list(results), "fairness": FAIR}
    return {name: evaluation_record.measured_now(name, own) for name, own in rows.items()}


def test_the_committed_card_is_what_the_command_writes() -> None:
    assert (DOCS / card.CARD).read_text(encoding="utf-8") == card.written(DOCS), "Run `secondments card`."


def test_the_stored_figures_are_of_whole_runs_and_what_is_not_stored_is_named() -> None:
    stored = evaluation_record.read(DOCS / card.RECORD)
    assert all(each.sample is None and each.rows for each in stored.values())
    assert "fairness" in stored
    said = [line for line in card.written(DOCS).splitlines() if line.startswith("No figures are stored of")]
    for each in BENCHMARKS:
        assert each.name in stored or each.name in said[0]


def test_a_benchmark_without_stored_figures_is_named() -> None:
    page = card_page(record(OURS, OTHER), [])
    assert "No figures are stored of: title-linking, skills, causes, levels." in page


def test_what_must_be_in_the_stored_findings_is() -> None:
    stored = evaluation_record.read(DOCS / card.RECORD)["fairness"]
    findings = [Finding(**row) for row in stored.rows]
    assert [finding for finding in findings if not finding.holds] == []


def test_the_command_writes_the_card_into_the_folder(tmp_path: Path) -> None:
    evaluation_record.keep(tmp_path / card.RECORD, list(record(OURS, OTHER).values()))
    answer = CliRunner().invoke(app, ["card", str(tmp_path), "--json"])
    assert answer.exit_code == 0, answer.output
    page = tmp_path / "matching.md"
    assert json.loads(answer.stdout) == {"written": [str(page)]}
    assert "| **ours** | 0.800 (0.700 to 0.900) | 1.0 |" in page.read_text()


def test_a_folder_that_is_not_there_is_wrong_use() -> None:
    assert CliRunner().invoke(app, ["card", "no-such-folder"]).exit_code == 2


def test_the_card_has_every_rule_and_method_and_says_what_was_not_measured() -> None:
    page = card_page({}, [])
    for rule in RULES:
        assert f"| `{rule.__name__}` |" in page
    for method in METHODS:
        assert f"| `{method}` |" in page
    assert page.count(card_words.NOT_MEASURED) == 2


def test_a_row_of_the_anchor_stands_only_where_it_was_measured() -> None:
    anchor = replace(OTHER, model="MiniLM")
    assert "MiniLM" not in card_page(record(OURS, OTHER), [])
    assert "| MiniLM | 0.500" in card_page(record(OURS, OTHER, anchor), [])


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (OTHER, "Ahead of the best baseline"),
        (replace(OTHER, value=0.75, high=0.85), "Level with the best baseline"),
        (replace(OTHER, value=0.95, low=0.92, high=0.97), "Behind the best baseline"),
    ],
    ids=["ahead", "level", "behind"],
)
def test_a_verdict_goes_by_the_intervals(other: Result, said: str) -> None:
    assert verdict([OURS, other]).startswith(said)


def test_people_who_agree_are_no_baseline() -> None:
    person = Result("title similarity", PEOPLE, "nDCG", 0.95, 0.94, 0.96, 0.0)
    assert verdict([OURS, OTHER, person]).startswith("Ahead")
    assert quality_table([OURS, OTHER, person])[-1].endswith("|  |")


def test_a_set_that_ours_was_tuned_on_says_so_beside_the_figures() -> None:
    for task in ("skills from text, known profession", "skills from text, new profession"):
        results = [replace(row, benchmark=task) for row in (OURS, OTHER)]
        assert "Tuned on this set" in card_page(
            {"skills": evaluation_record.measured_now("skills", results)}, []
        )


def test_costs_stand_beside_what_they_were_to_stay_under() -> None:
    figure = {"bench": "ranking", "case": "big", "measure": "times the bound", "value": 2.25, "reach": 2.5}
    assert "| big | times the bound | 2.25 | 2.5 |" in card_page({}, [figure])
