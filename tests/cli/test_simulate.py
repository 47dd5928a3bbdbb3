"""The simulation from the command line: a table, and the page and picture of the documentation."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from cli.learning_page import learning_chart, learning_page
from cli.main import app
from matching.outcome_simulation import POLICY, SIGMAS, SIZES, Line, by_method

ROOT = Path(__file__).resolve().parents[2]


def line(sigma: float, n: int, method: str, ndcg: float) -> Line:
    return Line(sigma, n, method, 2, ndcg, 0.01, 5.0, 0.0, 0.9 - ndcg, 0.5)


LINES = [
    line(sigma, n, method, 0.9 + n / 10_000)
    for sigma in (0.0, 0.5)
    for n in (50, 200)
    for method in ("Points in force, calibrated", "Plain & simple", POLICY)
]


def test_the_command_writes_the_page_and_the_picture(tmp_path: Path) -> None:
    words = ["simulate", "--runs", "2", "--most", "50", "--out", str(tmp_path), "--json"]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    printed = json.loads(answer.stdout)
    assert {each["sigma"] for each in printed["lines"]} == set(SIGMAS)
    assert printed["written"] == [str(tmp_path / "learning.md"), str(tmp_path / "images" / "learning.svg")]
    assert "# Learning from outcomes" in (tmp_path / "learning.md").read_text()
    ElementTree.parse(tmp_path / "images" / "learning.svg")


def test_a_folder_that_is_not_there_is_wrong_use() -> None:
    assert CliRunner().invoke(app, ["simulate", "--runs", "2", "--out", "no-such-folder"]).exit_code == 2


def test_the_page_has_a_row_for_every_method_and_says_what_our_policy_did() -> None:
    page = learning_page(LINES, runs=2, seed=0, picture="images/learning.svg")
    assert page.count("| Our policy |") == 5
    assert "| Plain & simple | 0.905 / 5.0 | 0.920 / 5.0 |" in page
    assert "With 200 outcomes our policy changed the points in 50% of runs and gained 0.0200 nDCG" in page


def test_the_picture_has_a_line_with_a_name_for_every_method_in_every_panel() -> None:
    drawing = ElementTree.fromstring(learning_chart(LINES))
    lines = [each for each in drawing.iter() if each.tag.endswith("polyline")]
    assert len(lines) == 6
    assert {each[0].text for each in lines} == set(by_method(LINES, 0.0))
    heights = [float(point.split(",")[1]) for point in lines[0].attrib["points"].split()]
    assert heights[0] > heights[1]  # more is higher up
    assert len({each.attrib["stroke-dasharray"] + each.attrib["stroke"] for each in lines}) == 3


@pytest.mark.parametrize("size", SIZES)
def test_the_shipped_page_is_of_a_whole_run(size: int) -> None:
    page = (ROOT / "docs" / "learning.md").read_text()
    assert len(re.findall(rf"\| Outcomes \|.* {size:,} \|", page)) == 2 * len(SIGMAS)
