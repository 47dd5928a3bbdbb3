"""What is learnt from titles: reproducible, and from no judgement of anybody."""

from pathlib import Path

import numpy as np

import matching.building
from matching import knowledge
from matching.building import text, titles
from matching.text_similarity import TextSimilarity

REFERENCE = Path(__file__).resolve().parents[3] / "seed_data" / "reference"


def built(data, path):
    documents, arrays = titles.build(data, REFERENCE)
    more_documents, more_arrays = text.build(data, REFERENCE)
    return knowledge.write(path, documents=documents | more_documents, arrays=arrays | more_arrays)


def test_the_same_data_gives_the_same_bytes(data, tmp_path):
    built(data, tmp_path / "one.zip")
    built(data, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_nothing_of_a_benchmark_of_titles_is_needed_or_named(data):
    assert not {"jobtitle_avature", "melo_usa"} & {path.name for path in data.iterdir()}

    for module in Path(matching.building.__file__).parent.glob("*.py"):
        assert not [
            word for word in ("avature", "melo", "annotations.tsv", "qrels") if word in module.read_text()
        ]


def test_what_was_built_serves_similarity(data, tmp_path):
    fitted = TextSimilarity(knowledge=built(data, tmp_path / "k.zip")).fit(["museum adviser", "data officer"])

    assert fitted.similarity(["head of museum"]).argmax() == 0


def test_a_title_is_listed_with_and_without_what_stands_in_brackets(data):
    found = titles.read(data)

    assert {"grant officer", "the grant officer"} <= set(found.titles)


def test_ridge_is_the_closed_form_solution():
    rng = np.random.default_rng(0)
    counts, targets, importance = rng.random((40, 8)), rng.random((40, 3)), rng.random(40)

    found = titles.ridge(titles.csr_array(counts), targets, importance)

    weighted = counts.T * importance
    closed = np.linalg.solve(weighted @ counts + titles.RIDGE * np.eye(8), weighted @ targets)
    assert np.allclose(found, closed, atol=1e-3)
