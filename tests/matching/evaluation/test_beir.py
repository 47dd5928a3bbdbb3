"""Any folder in BEIR form can be measured."""

import json

import pytest

from matching.evaluation import beir

CORPUS = [
    {"_id": "a", "title": "Policy adviser", "text": "Advise on housing policy."},
    {"_id": "b", "title": "Nurse", "skills": ["wound care"], "level": 4, "missions": ["health"]},
    {"_id": "c", "text": "Drive a van."},
]
QUERIES = [{"_id": "q", "text": "housing adviser"}, {"_id": "unjudged", "text": "anything"}]


@pytest.fixture
def folder(tmp_path):
    for name, documents in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = "\n".join(json.dumps(document) for document in documents)
        (tmp_path / f"{name}.jsonl").write_text(lines)
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t2\n")
    return tmp_path


def test_a_query_that_nobody_judged_is_left_out(folder):
    task = beir.read(folder)

    assert task.queries == ["housing adviser"]
    assert task.relevance.toarray().tolist() == [[2, 0, 0]]


def test_every_field_of_a_document_is_optional(folder):
    assert beir.read(folder).corpus == [
        "Policy adviser. Advise on housing policy.",
        "Nurse. wound care. health",
        "Drive a van.",
    ]


def test_a_folder_is_measured_with_every_baseline(folder):
    results = beir.run(folder)

    assert {result.benchmark for result in results} == {folder.name}
    assert {"random", "BM25", "word TF-IDF"} <= {result.model for result in results}
    assert next(r for r in results if r.model == "BM25" and r.metric == "nDCG").value == 1


def test_a_line_that_is_not_a_judgement_is_named(folder):
    (folder / "qrels.tsv").write_text("q\ta\t2\nq a\n")

    with pytest.raises(ValueError, match="line 2"):
        beir.read(folder)


def test_a_missing_file_is_named(folder):
    (folder / "queries.jsonl").unlink()

    with pytest.raises(FileNotFoundError, match=r"queries\.jsonl"):
        beir.read(folder)
