"""Honest classifiers of text to compare ours with, on grouped folds, each timed from the texts to the scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB

from matching.evaluation.metrics import RESAMPLES

Floats = NDArray[np.float64]
Classifier = Callable[[Sequence[str], NDArray[Any], Sequence[str], int], Floats]
"""`classifier(texts, labels, new_texts, seed)`: labels are (n_texts, n_labels) of 0 and 1; gives scores of the
same width, higher is likelier."""

FOLDS = 5
LSA_COMPONENTS = 200


def at_random(texts: Sequence[str], labels: NDArray[Any], new: Sequence[str], seed: int) -> Floats:
    """Scores drawn evenly around how common each label is."""
    return np.asarray(
        labels.mean(axis=0) + 1e-3 * np.random.default_rng(seed).random((len(new), labels.shape[1]))
    )


def logistic(texts: Sequence[str], labels: NDArray[Any], new: Sequence[str], seed: int) -> Floats:
    """TF-IDF of words and pairs of words, then logistic regression with balanced classes for each label."""
    return _each_label(_tfidf, _balanced, texts, labels, new)


def character_logistic(texts: Sequence[str], labels: NDArray[Any], new: Sequence[str], seed: int) -> Floats:
    """The same over runs of 3 to 5 characters inside words."""
    return _each_label(_characters, _balanced, texts, labels, new)


def naive_bayes(texts: Sequence[str], labels: NDArray[Any], new: Sequence[str], seed: int) -> Floats:
    """TF-IDF, then complement naive Bayes (Rennie et al., ICML 2003) for each label."""
    return _each_label(_tfidf, ComplementNB, texts, labels, new)


def lsa_logistic(texts: Sequence[str], labels: NDArray[Any], new: Sequence[str], seed: int) -> Floats:
    """TF-IDF, its 200 largest singular directions, then logistic regression."""
    words = _tfidf()
    known = words.fit_transform(texts)
    reduce = TruncatedSVD(min(LSA_COMPONENTS, min(known.shape) - 1), random_state=seed)
    known, asked = reduce.fit_transform(known), reduce.transform(words.transform(new))
    return np.column_stack([_chance(_balanced(), known, column, asked) for column in labels.T])


BASELINES: Mapping[str, Classifier] = {
    "random": at_random,
    "TF-IDF + logistic": logistic,
    "character TF-IDF + logistic": character_logistic,
    "complement naive Bayes": naive_bayes,
    "TF-IDF + SVD 200 + logistic": lsa_logistic,
}
"""Every baseline by the name that tables show."""


def from_vectors(vectors: Mapping[str, Floats]) -> Classifier:
    """Logistic regression on vectors made beforehand, one for each text."""

    def classifier(texts: Sequence[str], labels: NDArray[Any], new: Sequence[str], seed: int) -> Floats:
        known, asked = (np.array([vectors[text] for text in side]) for side in (texts, new))
        return np.column_stack([
            _balanced().fit(known, column).predict_proba(asked)[:, 1] for column in labels.T
        ])  # fmt: skip

    return classifier


def held_out(
    classifier: Classifier, texts: Sequence[str], labels: NDArray[Any], groups: Sequence[Any], *, seed: int
) -> tuple[Floats, NDArray[np.intp], float]:
    """Scores of each text by a model of the other folds, the fold of each, and the seconds it all took."""
    scores, fold_of = np.zeros(labels.shape), np.zeros(len(texts), dtype=np.intp)
    started = perf_counter()
    split = GroupKFold(FOLDS, shuffle=True, random_state=seed).split(texts, groups=groups)
    for fold, (learnt, asked) in enumerate(split):
        known, new = [texts[row] for row in learnt], [texts[row] for row in asked]
        scores[asked], fold_of[asked] = classifier(known, labels[learnt], new, seed), fold
    return scores, fold_of, perf_counter() - started


def ranked_in_folds(scores: Floats, fold_of: NDArray[np.intp]) -> Floats:
    """Ranks from 0 to 1 inside each fold: five models' scores need not be on one scale."""
    ranks = np.empty_like(scores)
    for fold in np.unique(fold_of):
        rows = fold_of == fold
        ranks[rows] = rankdata(scores[rows], axis=0) / rows.sum()
    return ranks


def macro_auc_interval(truth: NDArray[Any], scores: Floats, *, seed: int) -> tuple[float, float, float]:
    """Mean ROC AUC over labels and its 95 % interval over 1,000 resamples of the texts, drawn at once."""
    rows = len(truth)
    drawn = np.random.default_rng(seed).multinomial(rows, np.full(rows, 1 / rows), size=RESAMPLES)
    counts = np.vstack([np.ones(rows), drawn])
    areas = [_auc(truth[:, label], scores[:, label], counts) for label in range(truth.shape[1])]
    mean = np.nanmean(areas, axis=0)
    low, high = np.percentile(mean[1:], [2.5, 97.5])
    return float(mean[0]), float(low), float(high)


def _auc(truth: NDArray[Any], scores: Floats, counts: Floats) -> Floats:
    """ROC AUC for each row of `counts`, which says how often each text was drawn."""
    order = np.argsort(scores)
    starts = np.flatnonzero(np.append(True, np.diff(scores[order]) > 0))
    true, drawn = truth[order].astype(float), counts[:, order]
    positive = np.add.reduceat(drawn * true, starts, axis=1)
    negative = np.add.reduceat(drawn * (1 - true), starts, axis=1)
    below = np.cumsum(negative, axis=1) - negative / 2
    pairs = positive.sum(axis=1) * negative.sum(axis=1)
    area = np.full(len(counts), np.nan)
    np.divide((positive * below).sum(axis=1), pairs, out=area, where=pairs > 0)
    return area


def _tfidf() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english")


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)


def _balanced() -> LogisticRegression:
    return LogisticRegression(C=5.0, class_weight="balanced", solver="liblinear")


def _each_label(
    vectoriser: Callable[[], Any],
    model: Callable[[], Any],
    texts: Sequence[str],
    labels: NDArray[Any],
    new: Sequence[str],
) -> Floats:
    words = vectoriser()
    known, asked = words.fit_transform(texts), words.transform(new)
    return np.column_stack([_chance(model(), known, column, asked) for column in labels.T])


def _chance(model: Any, known: Any, column: NDArray[Any], asked: Any) -> Floats:
    if column.min() == column.max():
        return np.full(asked.shape[0], float(column[0]))
    return np.asarray(model.fit(known, column).predict_proba(asked)[:, 1])
