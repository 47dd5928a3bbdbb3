"""Which of the current missions a text speaks for: learnt from labelled charities and from a lexicon.

1. Words and pairs of words weighted by TF-IDF give a ridge score for each mission with enough labelled texts.
2. The number of terms of the mission's lexicon that the text names gives a second score, log(1 + n).
3. A logistic curve for each mission turns both into a probability (Platt 1999). It is fitted on scores
   that were held out by group, so that no text judges itself.
4. A mission without labelled texts has the curve of the lexicon alone, learnt over all labelled missions.

Words that name a protected characteristic are not read at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.utils import ClassifierTags, Tags
from sklearn.utils.validation import check_is_fitted

from matching.curves import UNTAUGHT_CURVE, Floats, fitted_curve, pooled_curve, probabilities
from matching.lexicon import Lexicon, plain
from matching.protected_words import PROTECTED_WORDS
from matching.text_ridge import dual_weights, held_out_scores


@dataclass(frozen=True, slots=True)
class MissionEvidence:
    """What a text says of one mission.

    Attributes:
        mission: Its code.

        probability: Chance from 0 to 1 that a person would say the text serves it.

        sure: False within the "not sure" band; a mission that no labelled text taught is never surely served.

        words: Words that speak for it, strongest first.
    """

    mission: str
    probability: float
    sure: bool
    words: tuple[str, ...]


class MissionClassifier(BaseEstimator):  # type: ignore[misc]
    """Weights of a text over the current missions; none when none fits.

    Parameters:
        missions: Codes of the current missions, in order; None takes every code of the labels and lexicon.

        lexicon: Terms by mission code.

        min_probability: A mission below this has no weight. From the dated rules.

        not_sure: Half-width of the band around `min_probability` where a person should look.

        not_sure_untaught: How far below a mission without labelled texts is surely not served; none of
            those is ever surely served.

        min_labelled: Fewest labelled texts that teach a mission.

        strength: Ridge penalty.

        max_terms: Most words and pairs of words that are read.

        n_folds: Folds of the calibration.

        unread: Words that are not read at all; None leaves out those that name a protected characteristic.

    Attributes:
        missions_: (n_missions,) codes; the columns of every result.

        labelled_: (n_missions,) labelled texts of each.

        taught_: (n_missions,) whether there were enough.

        coef_: (n_terms, n_missions) ridge weights; 0 for a mission that is not taught.

        curves_: (n_missions, 3) weight of the ridge score, of the lexicon, and the constant.

        untaught_curve_: (3,) the curve of a mission without labelled texts.

    Examples:
        >>> model = MissionClassifier(lexicon={"NHS": ["hospital"], "CLE": ["solar power"]}).fit([], [])
        >>> model.mission_weights(["We sew quilts."])
        [{}]
    """

    def __init__(
        self,
        *,
        missions: Sequence[str] | None = None,
        lexicon: Mapping[str, Sequence[str]] | None = None,
        min_probability: float = 0.4,
        not_sure: float = 0.1,
        not_sure_untaught: float = 0.35,
        min_labelled: int = 5,
        strength: float = 1.0,
        max_terms: int = 20_000,
        n_folds: int = 5,
        unread: Collection[str] | None = None,
    ) -> None:
        self.missions = missions
        self.lexicon = lexicon
        self.min_probability = min_probability
        self.not_sure = not_sure
        self.not_sure_untaught = not_sure_untaught
        self.min_labelled = min_labelled
        self.strength = strength
        self.max_terms = max_terms
        self.n_folds = n_folds
        self.unread = unread

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.estimator_type = "classifier"
        tags.classifier_tags = ClassifierTags(multi_class=False, multi_label=True)
        tags.input_tags.string, tags.input_tags.one_d_array = True, True
        tags.input_tags.two_d_array = False
        return tags

    def fit(
        self, texts: Sequence[str], missions: Sequence[Iterable[str]], groups: Sequence[Any] | None = None
    ) -> Self:
        """Learn from n texts, the mission codes of each, and the group (as an organisation) it belongs to.

        Raises:
            ValueError: the lengths differ.
        """
        if len(texts) != len(missions) or (groups is not None and len(groups) != len(texts)):
            raise ValueError("Give as many sets of missions, and groups, as texts.")
        self.missions_ = self._codes(missions)
        self.lexicon_ = self._lists()
        truth = np.array([[code in set(row) for code in self.missions_] for row in missions], dtype=float)
        truth = truth.reshape(len(texts), len(self.missions_))
        self.labelled_ = truth.sum(axis=0).astype(int)
        self.taught_ = (self.labelled_ >= self.min_labelled) & (self.labelled_ < len(texts))
        self.untaught_curve_ = UNTAUGHT_CURVE
        if self.taught_.any():
            self._learn(list(texts), truth, np.asarray(texts if groups is None else groups))
        else:
            self.vectoriser_: TfidfVectorizer | None = None
            self.coef_ = np.zeros((0, len(self.missions_)))
            self.curves_ = np.tile(UNTAUGHT_CURVE, (len(self.missions_), 1))
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Independent probabilities, (n_texts, n_missions); the missions of a text need not add to 1."""
        check_is_fitted(self, "curves_")
        scores = self._read(texts) @ self.coef_
        return probabilities(self.curves_, scores, np.log1p(self.lexicon_.counts(texts)))

    def predict(self, texts: Sequence[str]) -> NDArray[np.intp]:
        """1 where a text serves a mission, else 0: (n_texts, n_missions)."""
        return np.asarray(self.predict_proba(texts) >= self.min_probability, dtype=np.intp)

    def mission_weights(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each text, weights that add to 1 over the missions it serves; empty when none fits."""
        chances = self.predict_proba(texts)
        kept = np.where(chances >= self.min_probability, chances, 0.0)
        return [
            {self.missions_[column]: float(row[column] / row.sum()) for column in np.argsort(-row, kind="stable")
             if row[column] > 0}
            for row in kept
        ]  # fmt: skip

    def explain(self, text: str, *, limit: int = 5) -> tuple[MissionEvidence, ...]:
        """What the text says of each mission, the likeliest first, with at most `limit` words for each."""
        chances = self.predict_proba([text])[0]
        above = chances - self.min_probability
        sure = np.where(self.taught_, np.abs(above) > self.not_sure, -above > self.not_sure_untaught)
        words = self._words(text)
        return tuple(
            MissionEvidence(self.missions_[column], float(chances[column]), bool(sure[column]),
                            _strongest(words, column, limit))
            for column in np.argsort(-chances, kind="stable")
        )  # fmt: skip

    def _codes(self, missions: Sequence[Iterable[str]]) -> tuple[str, ...]:
        if self.missions is not None:
            return tuple(self.missions)
        return tuple(sorted({code for row in missions for code in row} | set(self.lexicon or ())))

    def _lists(self) -> Lexicon:
        terms, unread = self.lexicon or {}, set(self._unread())
        return Lexicon(
            [
                [term for term in terms.get(code, ()) if unread.isdisjoint(plain(term).split())]
                for code in self.missions_
            ]
        )

    def _unread(self) -> Collection[str]:
        return PROTECTED_WORDS if self.unread is None else self.unread

    def _learn(self, texts: list[str], truth: Floats, groups: NDArray[Any]) -> None:
        self.vectoriser_ = vectoriser(self._unread(), max_features=self.max_terms).fit(texts)
        read = self._read(texts)
        gram = np.asarray((read @ read.T).todense())
        targets = truth[:, self.taught_]
        self.coef_ = np.zeros((read.shape[1], len(self.missions_)))
        self.coef_[:, self.taught_] = read.T @ dual_weights(gram, targets, self.strength)
        folds = GroupKFold(min(self.n_folds, len(set(groups.tolist())))).split(texts, groups=groups)
        scores = held_out_scores(gram, targets - targets.mean(axis=0), folds, self.strength)
        named = np.log1p(self.lexicon_.counts(texts))
        self.untaught_curve_ = pooled_curve(targets, named[:, self.taught_])
        self.curves_ = np.tile(self.untaught_curve_, (len(self.missions_), 1))
        for place, column in enumerate(np.flatnonzero(self.taught_)):
            self.curves_[column] = fitted_curve(scores[:, place], named[:, column], truth[:, column])

    def _read(self, texts: Sequence[str]) -> Any:
        if self.vectoriser_ is None or not len(texts):
            return np.zeros((len(texts), len(self.coef_)))
        return self.vectoriser_.transform(texts)

    def _words(self, text: str) -> dict[str, Floats]:
        """How much each word of the text adds to the score of each mission."""
        found: dict[str, Floats] = {}
        if self.vectoriser_ is not None:
            row, names = self._read([text]), self.vectoriser_.get_feature_names_out()
            for term, weight in zip(row.indices, row.data, strict=True):
                found[str(names[term])] = weight * self.coef_[term] * self.curves_[:, 0]
        named, counts = self.lexicon_.named([text]), self.lexicon_.counts([text])[0]
        for term in named.indices.tolist():
            lists = self.lexicon_.lists_of(term)
            added = found.setdefault(self.lexicon_.terms[term], np.zeros(len(self.missions_)))
            added[lists] += (self.curves_[:, 1] * np.log1p(counts) / np.maximum(counts, 1))[lists]
        return found


def vectoriser(unread: Collection[str] = PROTECTED_WORDS, **settings: Any) -> TfidfVectorizer:
    """Words and pairs of words by sublinear TF-IDF, without words that say nothing or must not be read."""
    left_out = sorted(ENGLISH_STOP_WORDS | set(unread))
    return TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode", stop_words=left_out, **settings
    )


def _strongest(words: Mapping[str, Floats], column: int, limit: int) -> tuple[str, ...]:
    speaking = [(-added[column], word) for word, added in words.items() if added[column] > 0]
    return tuple(word for _, word in sorted(speaking)[:limit])
