"""Measuring from the command line: a table or JSON, and what is missing is named."""

import json

import pytest
from typer.testing import CliRunner

from cli import evaluate, evaluation_record
from cli.main import app
from matching import building, knowledge
from matching.evaluation import BENCHMARKS, Result
from matching.evaluation.findings import Finding

FINDINGS = [
    Finding("size", "small", "change", 0.0, 3, 0.0),
    Finding("size", "large", "change", 0.5, 3, 0.0),
    Finding("region", "north", "share placed", 0.5, 12, None, True),
]


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(autouse=True)
def quick_fairness(monkeypatch):
    """The whole of it is measured in tests/matching/evaluation."""
    monkeypatch.setattr(evaluate.fairness, "measure", lambda seed=0: FINDINGS)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus.jsonl").write_text('{"_id": "a", "title": "Cook"}\n{"_id": "b", "title": "Nurse"}\n')
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "nurse"}\n')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n")
    return tmp_path


def test_a_folder_in_beir_form_is_measured_beside_the_baselines(folder):
    answer = json.loads(run("evaluate", "--benchmark", folder, "--json").stdout)

    ours = [row for row in answer["results"] if row["ours"]]
    assert {row["model"] for row in ours} == {"TextSimilarity"}
    assert {"benchmark", "metric", "value", "low", "high", "seconds"} <= set(ours[0])
    assert {"BM25", "word TF-IDF"} <= {row["model"] for row in answer["results"]}


def test_the_table_names_model_measure_and_interval(folder, monkeypatch):
    monkeypatch.setattr("cli.output.out.width", 140, raising=False)

    printed = run("evaluate", "--benchmark", folder).stdout

    assert "TextSimilarity" in printed
    assert "95 % interval" in printed


def test_every_missing_set_is_named(tmp_path):
    answer = run("evaluate", "--data", tmp_path)

    assert answer.exit_code == 0
    for benchmark in BENCHMARKS:
        assert f"{benchmark.name} was not measured" in " ".join(answer.stdout.split())


def test_fairness_stands_under_a_heading_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr("cli.output.out.width", 140, raising=False)

    printed = run("evaluate", "--data", tmp_path, "--only", "fairness").stdout

    assert "Fairness and robustness" in printed
    assert "must be 0" in printed
    assert "a prompt for review" in printed
    assert "was not measured" not in printed


def test_a_record_keeps_each_benchmark_with_its_versions_until_it_is_measured_again(tmp_path):
    file = tmp_path / "evaluation.json"
    row = Result("titles", "ours", "nDCG", 0.5, 0.4, 0.6, 1.0, ours=True)
    evaluation_record.keep(file, [evaluation_record.measured_now("titles", [row], sample=9)])
    run("evaluate", "--data", tmp_path, "--record", file)

    record = evaluation_record.read(file)

    assert record["titles"].results == (row,)
    assert record["titles"].sample == 9
    assert len(record["fairness"].rows) == len(FINDINGS)
    assert record["titles"].knowledge == knowledge.version()
    evaluation_record.keep(file, [evaluation_record.measured_now("titles", [])])
    assert evaluation_record.read(file)["titles"].rows == ()


def test_an_anchor_without_its_packages_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate.anchor, "missing", lambda: ("torch",))

    assert "no package torch" in run("evaluate", "--data", tmp_path, "--anchor").stdout


@pytest.mark.parametrize(
    "words", [("--only", "nothing"), ("--benchmark", "no-such-folder")], ids=["benchmark", "folder"]
)
def test_wrong_use_is_refused(words):
    assert run("evaluate", *words).exit_code == 2


def test_a_folder_that_lacks_a_file_is_refused_with_its_name(folder):
    (folder / "corpus.jsonl").unlink()

    answer = run("evaluate", "--benchmark", folder)

    assert answer.exit_code == 2
    assert "corpus.jsonl" in "".join(answer.output.replace("│", "").split())


def test_knowledge_is_written_where_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "BUILDERS", (lambda data, reference: ({"one": [1]}, {}),))

    answer = json.loads(
        run("build-knowledge", "--data", tmp_path, "--target", tmp_path / "k.zip", "--json").stdout
    )

    assert knowledge.read(tmp_path / "k.zip").documents == {"one": [1]}
    assert answer["members"] == 1


def test_data_that_lacks_a_file_builds_nothing(tmp_path):
    answer = run("build-knowledge", "--data", tmp_path, "--target", tmp_path / "k.zip")

    assert answer.exit_code == 2
    assert not (tmp_path / "k.zip").exists()
