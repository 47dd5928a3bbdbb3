"""Free text as 64 numbers: a fixed map from words, so that a text's vector never depends on other texts.

A text is counted over a fixed vocabulary, damped to `1 + log(count)`, weighted by inverse document frequency
and multiplied by one vector a word. Word vectors come from latent semantic analysis of occupations, skills
and charities, with what all placement texts share taken out, so that unrelated texts have a cosine near 0.
Sources: Deerwester et al., JASIS 41 (1990); common direction: Arora et al., ICLR 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

from matching.knowledge import Knowledge

DIMENSIONS = 64
TOKEN = r"[a-z][a-z0-9]+"
"""Lower-case words of two characters or more; also how the builder reads its texts."""


@dataclass(frozen=True, slots=True)
class _Map:
    """The fixed map of one version of the knowledge."""

    counter: CountVectorizer
    names: Sequence[str]
    vectors: NDArray[np.float32]


_MAPS: dict[str, _Map] = {}


def text_vectors(
    texts: Sequence[str], knowledge: Knowledge, unread: frozenset[str] = frozenset()
) -> NDArray[np.float32]:
    """Vectors of length 1, (n_texts, 64); a text with no known word has a row of zeros.

    `unread` are words that count for nothing: with or without them the vector is the same to the last bit.
    """
    summed = np.asarray(
        _damped_counts(texts, knowledge, unread) @ _map_of(knowledge).vectors, dtype=np.float32
    )
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(np.divide(summed, lengths, out=np.zeros_like(summed), where=lengths > 0))


def word_shares(
    first: str,
    second: str,
    knowledge: Knowledge,
    limit: int | None = None,
    unread: frozenset[str] = frozenset(),
) -> list[tuple[str, float]]:
    """The words of `first` with what each adds to the cosine with `second`, the most first.

    Over all words (`limit` None) the shares add up to the cosine; a word that tells against is negative.
    """
    fixed = _map_of(knowledge)
    counts = _damped_counts([first], knowledge, unread)
    length = float(np.linalg.norm(counts @ fixed.vectors))
    if not length:
        return []
    towards = text_vectors([second], knowledge, unread)[0]
    shares = counts.data * (fixed.vectors[counts.indices] @ towards) / length
    named = [
        (fixed.names[word], float(share)) for word, share in zip(counts.indices.tolist(), shares, strict=True)
    ]
    return sorted(named, key=lambda entry: (-entry[1], entry[0]))[:limit]


def word_counter(**settings: Any) -> CountVectorizer:
    """The counter of words that the builder and the map share."""
    return CountVectorizer(strip_accents="unicode", token_pattern=TOKEN, dtype=np.float32, **settings)


def _damped_counts(texts: Sequence[str], knowledge: Knowledge, unread: frozenset[str]) -> csr_array[Any]:
    counts = csr_array(_map_of(knowledge).counter.transform(texts))
    counts.data = 1 + np.log(counts.data)
    if unread:
        counts.data *= _read(knowledge.version, unread)[counts.indices]
        counts.eliminate_zeros()
    return counts


@lru_cache(maxsize=8)
def _read(version: str, unread: frozenset[str]) -> NDArray[np.float32]:
    """1 for each word of the map that is read, 0 for the others."""
    return np.array([word not in unread for word in _MAPS[version].names], dtype=np.float32)


def _map_of(knowledge: Knowledge) -> _Map:
    """The map of one version, made once in a process."""
    if knowledge.version not in _MAPS:
        names = knowledge.documents["text/words"]
        steps, scale, idf = (knowledge.arrays[f"text/{name}"] for name in ("vectors", "scale", "idf"))
        vectors = steps.astype(np.float32) * scale * idf[:, None]
        _MAPS[knowledge.version] = _Map(word_counter(vocabulary=names), names, vectors)
    return _MAPS[knowledge.version]
