"""Seniority: titles and duties in the order of their seniority (GDaD), behaviour statements to grades.

Success Profiles statements (OGL v3) are judged by a model of the other eight behaviours. Role levels of the
Government Digital and Data framework (OGL v3) are ordered inside each role by the mean of the skill levels
that they ask for. Spearman and "right place" reward order; statements of one grade make one section.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata, spearmanr
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut
from sklearn.naive_bayes import ComplementNB

from matching.building import levels as building
from matching.building.charities import rows
from matching.evaluation import anchor
from matching.evaluation.baselines import TextRanker
from matching.evaluation.metrics import bootstrap
from matching.evaluation.results import Result
from matching.knowledge import SHIPPED
from matching.level_estimator import LevelEstimator
from matching.level_tables import LevelTables, Rung

Floats = NDArray[np.float64]
Reader = Callable[[Sequence[str], Floats, Sequence[str], int], Floats]
"""`reader(texts, levels, new_texts, seed)` gives how senior each new text reads."""

OURS = "level estimator"
REFERENCE = SHIPPED.parent.parent / "reference"
SKILL_LEVELS = {"Awareness": 1, "Working": 2, "Practitioner": 3, "Expert": 4}


def run(
    data: Path, *, seed: int = 0, sample: int | None = None, extra: Mapping[str, TextRanker] | None = None
) -> list[Result]:
    """Results on `data`/success_profiles and, where it is there, `data`/gdad_dev; `sample` is not used:
    both sets are small. The anchor runs where `extra` names it."""
    del sample
    readers = {OURS: _ours, **BASELINES}
    if anchor.NAME in (extra or {}):
        readers[anchor.NAME] = _anchor()
    statements = rows(data / "success_profiles" / "behaviours.csv")
    found = _statements(statements, readers, seed=seed)
    if (data / "gdad_dev").is_dir():
        found += _roles(rows(data / "gdad_dev" / "roles.csv"), statements, readers, seed=seed)
    return found


def at_random(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
    """What knowing nothing reaches."""
    return np.random.default_rng(seed).random(len(new))


def logistic(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
    """TF-IDF and logistic regression: the mean level by its probabilities."""
    words = _tfidf()
    return _mean_level(LogisticRegression(C=5.0), words.fit_transform(texts), levels, words.transform(new))


def naive_bayes(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
    """TF-IDF and complement naive Bayes, read the same way."""
    words = _tfidf()
    return _mean_level(ComplementNB(), words.fit_transform(texts), levels, words.transform(new))


def lsa_logistic(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
    """TF-IDF, its 100 largest singular directions and logistic regression, read the same way."""
    words, reduce = _tfidf(), TruncatedSVD(100, random_state=seed)
    known = reduce.fit_transform(words.fit_transform(texts))
    return _mean_level(LogisticRegression(C=5.0), known, levels, reduce.transform(words.transform(new)))


BASELINES: Mapping[str, Reader] = {
    "random": at_random,
    "TF-IDF + logistic": logistic,
    "complement naive Bayes": naive_bayes,
    "TF-IDF + SVD 100 + logistic": lsa_logistic,
}


def _ours(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
    tables = LevelTables(statements=list(zip(texts, levels.tolist(), strict=True)))
    return LevelEstimator().fit(tables).prose_level(new)


def _anchor() -> Reader:
    """Logistic regression on sentence embeddings; each text is embedded once, when it is first met."""
    vectors: dict[str, Floats] = {}

    def reader(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
        unmet = [text for text in dict.fromkeys([*texts, *new]) if text not in vectors]
        if unmet:
            vectors.update(zip(unmet, np.asarray(anchor.embed(unmet), dtype=np.float64), strict=True))
        known, asked = (np.array([vectors[text] for text in side]) for side in (texts, new))
        return _mean_level(LogisticRegression(C=5.0, max_iter=1000), known, levels, asked)

    return reader


def _statements(
    statements: Sequence[Mapping[str, str]], readers: Mapping[str, Reader], *, seed: int
) -> list[Result]:
    """Spearman over statements, and sections in the right place of the six grades of a behaviour."""
    texts = [row["statement"] for row in statements]
    levels = np.array([float(row["level"]) for row in statements])
    behaviours = np.array([row["behaviour"] for row in statements])
    found = []
    for name, reader in readers.items():
        started = perf_counter()
        read = np.zeros(len(texts))
        for learnt, asked in LeaveOneGroupOut().split(texts, groups=behaviours):
            known, new = [texts[row] for row in learnt], [texts[row] for row in asked]
            read[asked] = reader(known, levels[learnt], new, seed)
        seconds = perf_counter() - started
        order = _spearman(levels, read, seed=seed)
        right = _right_places(*_sections(behaviours, levels, read), seed=seed)
        for metric, value in (("Spearman", order), ("section in right place", right)):
            found.append(Result("seniority of statements", name, metric, *value, seconds, name == OURS))
    return found


def _roles(
    skills: Sequence[Mapping[str, str]],
    statements: Sequence[Mapping[str, str]],
    readers: Mapping[str, Reader],
    *,
    seed: int,
) -> list[Result]:
    """Share of the role levels that stand in their right place inside the role."""
    asked: dict[tuple[str, str], list[int]] = {}
    duties: dict[tuple[str, str], str] = {}
    for row in skills:
        key = (row["Role"], row["Role Level"].strip())
        asked.setdefault(key, []).append(SKILL_LEVELS[row["Skill Level"]])
        duties[key] = row["Role Level Description"]
    keys = [key for key in asked if sum(other[0] == key[0] for other in asked) > 1]
    roles, titles = np.array([role for role, _ in keys]), [title for _, title in keys]
    truth = np.array([np.mean(asked[key]) for key in keys])
    texts = [row["statement"] for row in statements]
    levels = np.array([float(row["level"]) for row in statements])
    found = []
    for name, reader in {f"{OURS}, titles": _by_title, **readers}.items():
        read_from = titles if reader is _by_title else [duties[key] for key in keys]
        started = perf_counter()
        read = reader(texts, levels, read_from, seed)
        seconds = perf_counter() - started
        right = _right_places(roles, truth, read, seed=seed)
        pairs = _pairs_in_order(roles, truth, read, seed=seed)
        for metric, value in (("right place in the role", right), ("pairs in order", pairs)):
            found.append(Result("seniority of roles", name, metric, *value, seconds, name.startswith(OURS)))
    return found


def _by_title(texts: Sequence[str], levels: Floats, new: Sequence[str], seed: int) -> Floats:
    """Order of titles by the ladder of the reference data; the statements are not read."""
    documents, _ = building.build(REFERENCE, REFERENCE)
    rungs = [Rung(word, level) for word, level in documents["levels/rungs"]]
    return LevelEstimator().fit(LevelTables(rungs=rungs)).seniority(new)


def _sections(behaviours: NDArray[Any], levels: Floats, read: Floats) -> tuple[NDArray[Any], Floats, Floats]:
    """Behaviour, level and mean reading of each section."""
    keys = sorted(set(zip(behaviours.tolist(), levels.tolist(), strict=True)))
    means = [read[(behaviours == behaviour) & (levels == level)].mean() for behaviour, level in keys]
    return (
        np.array([behaviour for behaviour, _ in keys]),
        np.array([level for _, level in keys]),
        np.array(means),
    )


def _right_places(
    groups: NDArray[Any], truth: Floats, read: Floats, *, seed: int
) -> tuple[float, float, float]:
    """Share whose rank inside the group is the true one, over resamples of the groups."""
    names = np.unique(groups)
    right = [rankdata(truth[groups == name]) == rankdata(read[groups == name]) for name in names]
    hits, sizes = np.array([part.sum() for part in right]), np.array([len(part) for part in right])
    return bootstrap(lambda kept: float(hits[kept].sum() / sizes[kept].sum()), len(names), seed=seed)


def _pairs_in_order(
    groups: NDArray[Any], truth: Floats, read: Floats, *, seed: int
) -> tuple[float, float, float]:
    """Share of pairs of one group in the true order, ties half, over resamples of the groups."""
    names = np.unique(groups)
    hits, sizes = np.zeros(len(names)), np.zeros(len(names))
    for place, name in enumerate(names):
        true, said = truth[groups == name], read[groups == name]
        higher = true[:, None] > true
        gap = said[:, None] - said
        hits[place] = (((gap > 0) + 0.5 * (gap == 0)) * higher).sum()
        sizes[place] = higher.sum()
    return bootstrap(lambda kept: float(hits[kept].sum() / max(sizes[kept].sum(), 1)), len(names), seed=seed)


def _spearman(truth: Floats, read: Floats, *, seed: int) -> tuple[float, float, float]:
    return bootstrap(lambda kept: float(spearmanr(truth[kept], read[kept]).statistic), len(truth), seed=seed)


def _mean_level(model: Any, known: Any, levels: Floats, asked: Any) -> Floats:
    model.fit(known, levels.astype(int))
    return np.asarray(model.predict_proba(asked) @ model.classes_)


def _tfidf() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
