"""Job titles with judgements in TREC form: `queries.tsv`, one corpus file and `annotations.tsv`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from matching.evaluation.rankers import Judged


def read(folder: Path, corpus_file: str) -> Judged:
    """The queries, corpus and judgements of one folder. Raises FileNotFoundError where a file is missing."""
    queries, corpus = _texts(folder / "queries.tsv"), _texts(folder / corpus_file)
    row_of = {name: row for row, name in enumerate(queries)}
    column_of = {name: column for column, name in enumerate(corpus)}
    judged = [line.split("\t") for line in _lines(folder / "annotations.tsv")]
    gains = np.array([float(gain) for *_, gain in judged])
    rows = [row_of[query] for query, *_ in judged]
    columns = [column_of[document] for _, _, document, _ in judged]
    relevance = csr_array((gains, (rows, columns)), shape=(len(queries), len(corpus)))
    return Judged(list(queries.values()), list(corpus.values()), relevance)


def _texts(path: Path) -> dict[str, str]:
    lines = (line.partition("\t") for line in _lines(path))
    return {name: text for name, _, text in lines}


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
