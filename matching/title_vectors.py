"""A job title as a point among occupations, so that titles in other words can still meet.

A title's words and runs of characters each add a vector learnt from the titles of ESCO and O*NET
(`matching.building.titles`); a title that those lists hold also adds the vectors of its occupations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from matching.knowledge import Knowledge

RUNS_OF_CHARACTERS = (3, 5)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of one version of the knowledge, ready for use."""

    counters: tuple[CountVectorizer, CountVectorizer]
    idf: Vectors
    vectors: Vectors
    occupations: Vectors
    known: NDArray[np.uint32]
    known_occupations: NDArray[np.uint16]


_READY: dict[str, _Titles] = {}


def title_vectors(titles: Sequence[str], knowledge: Knowledge) -> Vectors:
    """Vectors of length 1, one row a title; zeros where nothing in a title is known.

    Parameters:
        titles: Titles as `matching.title_words.plain_words` writes them.

        knowledge: Holds `titles/`.
    """
    ready = _ready(knowledge)
    if not titles:
        return np.zeros((0, ready.vectors.shape[1]), dtype=np.float32)
    learnt = normalize(weighted_counts(ready.counters, ready.idf, titles) @ ready.vectors)
    return np.asarray(normalize(learnt + normalize(_remembered(titles, ready))), dtype=np.float32)


def word_counter(**settings: Any) -> CountVectorizer:
    """The counter of whole words of titles."""
    return CountVectorizer(token_pattern=r"\S+", dtype=np.float32, **settings)


def run_counter(**settings: Any) -> CountVectorizer:
    """The counter of runs of characters inside words of titles."""
    return CountVectorizer(analyzer="char_wb", ngram_range=RUNS_OF_CHARACTERS, dtype=np.float32, **settings)


def weighted_counts(
    counters: Sequence[CountVectorizer], idf: Vectors, titles: Sequence[str]
) -> csr_array[Any]:
    """Damped counts times `idf`, words and runs of characters each scaled to length 1, side by side."""
    blocks, start = [], 0
    for counter in counters:
        counts = csr_array(counter.transform(titles))
        counts.data = 1 + np.log(counts.data)
        end = start + counts.shape[1]
        blocks.append(normalize(counts @ diags_array(idf[start:end])))
        start = end
    return csr_array(hstack(blocks, format="csr"), dtype=np.float32)


def title_key(title: str) -> int:
    """A number of 32 bits that stands for a title (CRC-32)."""
    return crc32(title.encode())


def _remembered(titles: Sequence[str], ready: _Titles) -> Vectors:
    """The sum of the vectors of the occupations that hold each title, zeros where none does."""
    keys = np.array([title_key(title) for title in titles], dtype=np.uint32)
    first, last = (np.searchsorted(ready.known, keys, side=side) for side in ("left", "right"))
    sums = np.zeros((len(titles), ready.occupations.shape[1]), dtype=np.float32)
    for row in np.flatnonzero(last > first):
        sums[row] = ready.occupations[ready.known_occupations[first[row] : last[row]]].sum(axis=0)
    return sums


def _ready(knowledge: Knowledge) -> _Titles:
    if knowledge.version not in _READY:
        arrays = {name.removeprefix("titles/"): array for name, array in knowledge.arrays.items()}
        _READY[knowledge.version] = _Titles(
            (
                word_counter(vocabulary=knowledge.documents["titles/words"]),
                run_counter(vocabulary=knowledge.documents["titles/runs"]),
            ),
            arrays["idf"],
            arrays["vectors"].astype(np.float32) * arrays["vector_scale"],
            arrays["occupations"].astype(np.float32) * arrays["occupation_scale"],
            arrays["known"],
            arrays["known_occupations"],
        )
    return _READY[knowledge.version]
