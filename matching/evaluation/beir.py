"""Any folder in BEIR form: `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` (in the folder or in `qrels/`).

A document and a query may each carry `title`, `text`, `skills` (names), `level` (1 to 10) and `missions`
(names), all optional.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from matching.evaluation.baselines import TextRanker
from matching.evaluation.ours import TEXT_RANKERS
from matching.evaluation.rankers import Judged, compare
from matching.evaluation.results import Result


def run(
    data: Path, *, seed: int = 0, sample: int | None = None, extra: Mapping[str, TextRanker] | None = None
) -> list[Result]:
    """Results of every ranker on one folder; the folder's name names the benchmark.

    Raises FileNotFoundError where a file is missing, and ValueError, with the line, where one is not BEIR.
    """
    return compare(data.resolve().name, read(data), TEXT_RANKERS, seed=seed, sample=sample, extra=extra)


def read(folder: Path) -> Judged:
    """The texts and judgements of a folder; queries that nobody judged are left out."""
    queries, corpus = documents(folder / "queries.jsonl"), documents(folder / "corpus.jsonl")
    judged = [entry for entry in _judgements(_qrels(folder)) if entry[0] in queries and entry[1] in corpus]
    asked = {query for query, _, _ in judged}
    kept = [name for name in queries if name in asked]
    row_of = {name: row for row, name in enumerate(kept)}
    column_of = {name: column for column, name in enumerate(corpus)}
    relevance = csr_array(
        (
            np.array([gain for *_, gain in judged]),
            ([row_of[query] for query, *_ in judged], [column_of[document] for _, document, _ in judged]),
        ),
        shape=(len(kept), len(corpus)),
    )
    return Judged(
        [plain_text(queries[name]) for name in kept], [plain_text(one) for one in corpus.values()], relevance
    )


def documents(path: Path) -> dict[str, Mapping[str, Any]]:
    """The documents of a JSON-lines file by their `_id`."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            document = json.loads(line)
            if "_id" not in document:
                raise ValueError(f"{path.name} line {number} has no _id.")
            found[str(document["_id"])] = document
    return found


def plain_text(document: Mapping[str, Any]) -> str:
    """Everything that a text ranker may read of a document, in one string."""
    words = [document.get("title"), document.get("text"), *(document.get("skills") or ())]
    return ". ".join(str(part) for part in [*words, *(document.get("missions") or ())] if part)


def _qrels(folder: Path) -> Path:
    places = [folder / "qrels.tsv", folder / "qrels" / "test.tsv"]
    return next((place for place in places if place.exists()), places[0])


def _judgements(path: Path) -> list[tuple[str, str, float]]:
    judged = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if number == 1 and not cells[-1].replace(".", "", 1).isdigit():
            continue  # the heading that BEIR files carry
        if line.strip() and len(cells) not in (3, 4):
            raise ValueError(f"{path.name} line {number} is not query, document, gain.")
        if line.strip():
            judged.append((cells[0], cells[-2], float(cells[-1])))
    return judged
