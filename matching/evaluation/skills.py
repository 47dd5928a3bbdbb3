"""Skills from text, and skills matched with text, on role levels of the Government Digital and Data framework.

1. `skills from text, known profession`: the text of a role level ranks all 188 skills. Folds leave out whole
   roles; other roles of the family are learnt from, and the family is told. Popularity is the rival here.
2. `skills from text, new profession`: folds leave out whole families, so no label of the family is seen.
   Text rankers need no labels and have the same figures in 1 and 2.
3. `text matched with skill lists`: the text of a role level ranks the 128 lists of skill names; lists of the
   same role are relevant. Nothing is learnt from labels.

Text rankers run twice: over skill names, and over all that is written about a skill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut

from matching.evaluation import gdad
from matching.evaluation.baselines import RANKERS, TextRanker, character_tfidf
from matching.evaluation.gdad import RoleLevels
from matching.evaluation.metrics import ranking_results
from matching.evaluation.rankers import Judged, compare
from matching.evaluation.results import Result
from matching.skill_tagger import SkillTagger

KNOWN = "skills from text, known profession"
NEW = "skills from text, new profession"
LISTS = "text matched with skill lists"
OURS = "SkillTagger"

Scores = NDArray[np.floating[Any]]
Learner = Callable[[RoleLevels, NDArray[np.intp], NDArray[np.intp]], Scores]
"""`learner(data, train, test)` gives scores of the test rows; it may read labels of `train` only."""

_FOLDS = 10
_RARELY = 1e-3


def run(
    data: Path, *, seed: int = 0, sample: int | None = None, extra: Mapping[str, TextRanker] | None = None
) -> list[Result]:
    """Results of all three tasks on `data`/gdad_dev. Raises FileNotFoundError where it is missing."""
    levels = gdad.read(data / "gdad_dev")
    kept = _kept(len(levels.texts), sample, seed=seed)
    by_role = list(GroupKFold(_FOLDS).split(levels.texts, groups=levels.roles))
    by_family = list(LeaveOneGroupOut().split(levels.texts, groups=levels.families))
    known: dict[str, Learner] = {OURS: _tagged, "SkillTagger, profession not told": _tagged_untold}
    known |= {"popularity": _popular, "popularity in the profession": _popular_in_family}
    new: dict[str, Learner] = {OURS: _tagged, "popularity": _popular}
    texts = _text_results(levels, kept, seed=seed, extra=extra)
    return [
        *_learnt_results(KNOWN, levels, known, by_role, kept, seed=seed),
        *(replace(result, benchmark=KNOWN) for result in texts),
        *_learnt_results(NEW, levels, new, by_family, kept, seed=seed),
        *(replace(result, benchmark=NEW) for result in texts),
        *_list_results(levels, sample, seed=seed, extra=extra),
    ]


def _kept(n_rows: int, sample: int | None, *, seed: int) -> NDArray[np.intp]:
    if sample is None or sample >= n_rows:
        return np.arange(n_rows)
    return np.sort(np.random.default_rng(seed).choice(n_rows, sample, replace=False))


def _learnt_results(
    benchmark: str,
    levels: RoleLevels,
    learners: Mapping[str, Learner],
    folds: list[tuple[NDArray[np.intp], NDArray[np.intp]]],
    kept: NDArray[np.intp],
    *,
    seed: int,
) -> list[Result]:
    results = []
    for name, learner in learners.items():
        scores = np.zeros(levels.asked.shape)
        started = perf_counter()
        for train, test in folds:
            test = np.intersect1d(test, kept)
            if len(test):
                scores[test] = learner(levels, train, test)
        seconds = perf_counter() - started
        results += ranking_results(
            benchmark,
            name,
            scores[kept],
            csr_array(levels.asked[kept]),
            seconds=seconds,
            seed=seed,
            ours=name.startswith(OURS),
        )
    return results


def _text_results(
    levels: RoleLevels, kept: NDArray[np.intp], *, seed: int, extra: Mapping[str, TextRanker] | None
) -> list[Result]:
    queries, relevance = [levels.texts[row] for row in kept], csr_array(levels.asked[kept])
    corpora = {
        "names": list(levels.vocabulary),
        "all that is written": [". ".join(part for part in it if part) for it in levels.vocabulary.values()],
    }
    results = []
    for what, corpus in corpora.items():
        for name, ranker in {**RANKERS, **(extra or {})}.items():
            started = perf_counter()
            scores = ranker(queries, corpus, seed)
            seconds = perf_counter() - started
            results += ranking_results(NEW, f"{name}, {what}", scores, relevance, seconds=seconds, seed=seed)
    return results


def _tagged(levels: RoleLevels, train: NDArray[np.intp], test: NDArray[np.intp]) -> Scores:
    return _fitted(levels, train).decision_function(
        [levels.texts[row] for row in test], levels.families[test].tolist()
    )


def _tagged_untold(levels: RoleLevels, train: NDArray[np.intp], test: NDArray[np.intp]) -> Scores:
    return _fitted(levels, train).decision_function([levels.texts[row] for row in test])


def _fitted(levels: RoleLevels, train: NDArray[np.intp]) -> SkillTagger:
    return SkillTagger(levels.vocabulary).fit(
        [levels.texts[row] for row in train],
        [levels.skills_of(row) for row in train.tolist()],
        levels.families[train].tolist(),
    )


def _popular(levels: RoleLevels, train: NDArray[np.intp], test: NDArray[np.intp]) -> Scores:
    """How often the other role levels ask for each skill."""
    return np.tile(levels.asked[train].mean(axis=0), (len(test), 1))


def _popular_in_family(levels: RoleLevels, train: NDArray[np.intp], test: NDArray[np.intp]) -> Scores:
    """How often the other role levels of the family do; those of all families settle ties."""
    scores = _RARELY * _popular(levels, train, test)
    for row, family in enumerate(levels.families[test]):
        same = train[levels.families[train] == family]
        if len(same):
            scores[row] += levels.asked[same].mean(axis=0)
    return scores


def _list_results(
    levels: RoleLevels, sample: int | None, *, seed: int, extra: Mapping[str, TextRanker] | None
) -> list[Result]:
    lists = [". ".join(levels.skills_of(row)) for row in range(len(levels.texts))]
    same_role = csr_array((levels.roles[:, None] == levels.roles[None, :]).astype(float))

    def tagged(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
        return _likely_lists(levels, queries, corpus, seed)

    task = Judged(levels.texts, lists, same_role)
    return compare(LISTS, task, {"SkillTagger and fragments": tagged}, seed=seed, sample=sample, extra=extra)


def _likely_lists(levels: RoleLevels, queries: Sequence[str], lists: Sequence[str], seed: int) -> Scores:
    """Skills that a text speaks of against each list, and fragments of words that both share, half and half.

    Rare skills count for more. What a list scores with any text, seen on the vocabulary's own, is taken off.
    """
    tagger = SkillTagger(levels.vocabulary).fit()
    rare = np.log(levels.asked.shape[0] / (1.0 + levels.asked.sum(axis=0)))
    has = levels.asked.toarray() * rare
    has /= np.linalg.norm(has, axis=1, keepdims=True)
    anyhow = tagger.predict_proba([". ".join(it[:2]) for it in levels.vocabulary.values()]) @ has.T
    by_skills = (tagger.predict_proba(queries) @ has.T - anyhow.mean(axis=0)) / anyhow.std(axis=0)
    return _standard(by_skills) + _standard(character_tfidf(queries, lists, seed))


def _standard(scores: Scores) -> Scores:
    """Each query's scores with mean 0 and spread 1."""
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0))
