"""Honest rankers of text to compare ours with: each in its usual form, none tuned, none sees a label.

Sources: BM25: Robertson and Zaragoza, Foundations and Trends in IR 3 (2009). LSA: Deerwester et al.,
JASIS 41 (1990). Reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

Scores = NDArray[np.floating[Any]]
TextRanker = Callable[[Sequence[str], Sequence[str], int], Scores]
"""`ranker(queries, corpus, seed)` gives (n_queries, n_corpus), higher is better."""

K1 = 1.5
B = 0.75
LSA_COMPONENTS = 200
RRF_K = 60


def at_random(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Scores drawn evenly: what knowing nothing reaches."""
    return np.random.default_rng(seed).random((len(queries), len(corpus)), dtype=np.float32)


def bm25(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Okapi BM25 with k1 1.5 and b 0.75."""
    counter = CountVectorizer(dtype=np.float32)
    counts = csr_array(counter.fit_transform(corpus))
    lengths = counts.sum(axis=1)
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log(1 + (len(corpus) - found + 0.5) / (found + 0.5))
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    damped = K1 * (1 - B + B * lengths / lengths.mean())
    counts.data = idf[counts.indices] * counts.data * (K1 + 1) / (counts.data + damped[rows])
    return _dense(csr_array(counter.transform(queries)) @ counts.T)


def word_tfidf(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Cosine of sublinear TF-IDF over words and pairs of words."""
    return _tfidf(queries, corpus, ngram_range=(1, 2), sublinear_tf=True)


def character_tfidf(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Cosine of TF-IDF over runs of 3 to 5 characters inside words."""
    return _tfidf(queries, corpus, analyzer="char_wb", ngram_range=(3, 5))


def lsa(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Cosine in the 200 largest singular directions of word TF-IDF."""
    vectoriser = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
    documents = vectoriser.fit_transform(corpus)
    size = min(LSA_COMPONENTS, min(documents.shape) - 1)
    svd = TruncatedSVD(size, random_state=seed)
    reduced = normalize(svd.fit_transform(documents))
    return np.asarray(normalize(svd.transform(vectoriser.transform(queries))) @ reduced.T)


def fused(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Reciprocal rank fusion (k = 60) of word TF-IDF, character TF-IDF and LSA."""
    parts = [1 / (RRF_K + _ranks(ranker(queries, corpus, seed), seed)) for ranker in _FUSED]
    return parts[0] + parts[1] + parts[2]


_FUSED: tuple[TextRanker, ...] = (word_tfidf, character_tfidf, lsa)

RANKERS: Mapping[str, TextRanker] = {
    "random": at_random,
    "BM25": bm25,
    "word TF-IDF": word_tfidf,
    "character TF-IDF": character_tfidf,
    "TF-IDF + SVD 200": lsa,
    "rank fusion": fused,
}
"""Every baseline by the name that tables show."""


def _tfidf(queries: Sequence[str], corpus: Sequence[str], **settings: Any) -> Scores:
    vectoriser = TfidfVectorizer(dtype=np.float32, **settings)
    documents = vectoriser.fit_transform(corpus)
    return _dense(vectoriser.transform(queries) @ documents.T)


def _dense(product: Any) -> Scores:
    dense: Scores = np.asarray(product.toarray(), dtype=np.float32)
    return dense


def _ranks(scores: Scores, seed: int) -> Scores:
    """Ranks from 1, ties in a seeded order of the columns."""
    shuffled = np.random.default_rng(seed).permutation(scores.shape[1])
    order = shuffled[np.argsort(-scores[:, shuffled], axis=1, kind="stable")]
    ranks = np.empty(scores.shape, dtype=np.float32)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1, dtype=np.float32)[None, :], axis=1)
    return ranks
