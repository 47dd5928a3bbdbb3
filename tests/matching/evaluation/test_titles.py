"""Title benchmarks are read from TREC form, and what the data lacks is named."""

from matching.evaluation import BENCHMARKS, titles
from matching.evaluation.rankers import sampled


def write(folder):
    (folder / "queries.tsv").write_text("q1\tPolicy Lead\nq2\tNurse\n")
    (folder / "corpus.tsv").write_text("d1\tPolicy Adviser\nd2\tStaff Nurse\nd3\tCook\n")
    (folder / "annotations.tsv").write_text("q1\t0\td1\t1\nq2\t0\td2\t1\n")


def test_judgements_meet_their_query_and_their_title(tmp_path):
    write(tmp_path)

    task = titles.read(tmp_path, "corpus.tsv")

    assert task.queries == ["Policy Lead", "Nurse"]
    assert task.corpus[1] == "Staff Nurse"
    assert task.relevance.toarray().tolist() == [[1, 0, 0], [0, 1, 0]]


def test_a_sample_keeps_the_whole_corpus(tmp_path):
    write(tmp_path)

    task = sampled(titles.read(tmp_path, "corpus.tsv"), 1, seed=0)

    assert (len(task.queries), len(task.corpus), task.relevance.shape) == (1, 3, (1, 3))


def test_a_benchmark_names_the_folders_that_are_not_there(tmp_path):
    (tmp_path / "melo_usa").mkdir()

    missing = {benchmark.name: benchmark.missing(tmp_path) for benchmark in BENCHMARKS}

    assert missing["title-linking"] == ()
    assert missing["title-similarity"] == ("jobtitle_avature",)
