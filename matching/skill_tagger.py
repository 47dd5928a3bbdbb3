"""Skills of a vocabulary that a text speaks of, in either sector's words, with the words that say so.

1. The text is compared with each skill: words and pairs of words, meaning, the meaning of its title alone,
   and fragments of the title against the skill's name, so that a typing error still finds it. A weighted
   sum of these cosines is the log-odds of the skill.
2. Where labelled texts were learnt from, those of the same group (a profession, a family of roles), or else
   those that read alike, vote with the skills they have. The text's own probability stands in for
   `pseudo_count` votes, so it decides alone where nothing like the text was seen (beta-binomial shrinkage).
3. Where relations are given, a skill is at least as likely as a share of its likeliest close relative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit, logit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.knowledge import Knowledge, shipped
from matching.skill_index import Encoded, SkillIndex, SkillText, cosines
from matching.skill_relations import SkillRelations

Floats = NDArray[np.floating[Any]]
Suggestion = tuple[str, float, tuple[str, ...]]
"""Code, probability, and the words of the text that caused it."""

REASON_WORDS = 4
_LEAST_SHARE = 0.2


class SkillTagger(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Suggests the skills that a text speaks of.

    The default weights were chosen on role descriptions of the Government Digital and Data framework.

    Parameters:
        vocabulary: `SkillText` (or a tuple of name and description) of each skill, by code.

        knowledge: Word vectors and other names of skills; None is the shipped file.

        relations: Relatedness between skills; None lets no skill speak for another.

        word_weight, meaning_weight, title_weight: Log-odds that a cosine of 1 adds.

        fragment_weight: Log-odds that a squared cosine of 1 adds where the text is all title, as what people
            type is. Squared, for chance fragments are common.

        intercept: Log-odds of a skill that shares nothing with the text.

        pseudo_count: How many labelled texts the text itself counts for.

        alike_from, alike_to: Likeness at which a labelled text starts to vote, and has a whole vote.

        group_lead: Likeness that being of the same group adds.

        group_weight: Least vote of a text of the same group.

        related_share: Share of a relative's probability, times their relatedness, that a skill has at least.

    Attributes:
        codes_: Code of each column.

        index_: The vocabulary, indexed.

        labels_: (n_labelled, n_skills) ones where a labelled text has the skill.

        groups_: Group of each labelled text.

    Examples:
        >>> vocabulary = {"data": ("Data analysis",), "grants": ("Find grants",)}
        >>> SkillTagger(vocabulary).fit().suggest("Find a grant for a new roof", 1)[0][0]
        'grants'
    """

    def __init__(
        self,
        vocabulary: Mapping[str, SkillText | tuple[str, ...]],
        *,
        knowledge: Knowledge | None = None,
        relations: SkillRelations | None = None,
        word_weight: float = 11.0,
        meaning_weight: float = 1.7,
        title_weight: float = 2.2,
        fragment_weight: float = 3.0,
        intercept: float = -4.0,
        pseudo_count: float = 15.0,
        alike_from: float = 0.3,
        alike_to: float = 0.5,
        group_lead: float = 0.1,
        group_weight: float = 0.3,
        related_share: float = 0.5,
    ) -> None:
        self.vocabulary = vocabulary
        self.knowledge = knowledge
        self.relations = relations
        self.word_weight = word_weight
        self.meaning_weight = meaning_weight
        self.title_weight = title_weight
        self.fragment_weight = fragment_weight
        self.intercept = intercept
        self.pseudo_count = pseudo_count
        self.alike_from = alike_from
        self.alike_to = alike_to
        self.group_lead = group_lead
        self.group_weight = group_weight
        self.related_share = related_share

    def fit(
        self,
        texts: Sequence[str] | None = None,
        skills: Sequence[Iterable[str]] | None = None,
        groups: Sequence[str | None] | None = None,
    ) -> Self:
        """Index the vocabulary; learn from labelled texts where there are some.

        `skills` gives the codes of each text (codes outside the vocabulary are left out), `groups` its
        profession or family. Raises ValueError where the vocabulary is empty or the numbers differ.
        """
        if not self.vocabulary:
            raise ValueError("The vocabulary has no skill.")
        texts, skills = list(texts or ()), list(skills or ())
        groups = [None] * len(texts) if groups is None else list(groups)
        if not len(texts) == len(skills) == len(groups):
            raise ValueError("Texts, their skills and their groups differ in number.")
        self.codes_ = tuple(self.vocabulary)
        self.index_ = SkillIndex.of(self.vocabulary, self.knowledge or shipped())
        self.labels_ = _labels(skills, self.codes_)
        self.groups_ = tuple(groups)
        self.labelled_ = self.index_.encode(texts)
        self.related_ = None if self.relations is None else self.relations.onto(self.codes_).matrix
        return self

    def predict_proba(self, texts: Sequence[str], groups: Sequence[str | None] | None = None) -> Floats:
        """Probability of each skill, (n_texts, n_skills). A group that was not learnt from tells nothing."""
        check_is_fitted(self)
        rows = self.index_.encode(texts)
        votes = self._votes(rows, [None] * len(texts) if groups is None else groups)
        support = votes.sum(axis=1, keepdims=True) + self.pseudo_count
        return self._lifted((votes @ self.labels_ + self.pseudo_count * self._alone(texts, rows)) / support)

    def decision_function(self, texts: Sequence[str], groups: Sequence[str | None] | None = None) -> Floats:
        """Log-odds of each skill, (n_texts, n_skills): higher is likelier."""
        return np.asarray(logit(self.predict_proba(texts, groups)))

    def suggest(self, text: str, k: int = 10, *, group: str | None = None) -> list[Suggestion]:
        """The `k` likeliest skills with their probability and the words of the text that caused them.

        A skill that only the group or a relative speaks for has no words.
        """
        scores = self.predict_proba([text], [group])[0]
        likeliest = np.argsort(-scores, kind="stable")[:k].tolist()
        causes = self.index_.causes(
            text, likeliest, word_weight=self.word_weight, meaning_weight=self.meaning_weight
        )
        return [
            (self.codes_[column], float(scores[column]), _leading(words))
            for column, words in zip(likeliest, causes, strict=True)
        ]

    def _alone(self, texts: Sequence[str], rows: Encoded) -> Floats:
        """Probabilities from the text alone."""
        likeness = self.index_.likeness(texts, rows)
        return np.asarray(
            expit(
                self.intercept
                + self.word_weight * likeness.words
                + self.meaning_weight * likeness.meaning
                + self.title_weight * likeness.title
                + self.fragment_weight * likeness.title_share[:, None] * likeness.fragments**2
            )
        )

    def _votes(self, rows: Encoded, groups: Sequence[str | None]) -> Floats:
        """(n_texts, n_labelled) votes of the labelled texts, each from 0 to 1."""
        words, meaning = cosines(rows.words, self.labelled_.words), rows.meaning @ self.labelled_.meaning.T
        alike = (words + meaning) / 2.0
        in_group = self.group_weight + (1.0 - self.group_weight) * self._ramp(alike + self.group_lead)
        known = np.array([group is not None for group in groups], dtype=bool)[:, None]
        same = np.array([[group == other for other in self.groups_] for group in groups], dtype=bool)
        return np.where(known, in_group * same.reshape(alike.shape), self._ramp(alike))

    def _ramp(self, alike: Floats) -> Floats:
        return np.asarray(np.clip((alike - self.alike_from) / (self.alike_to - self.alike_from), 0.0, 1.0))

    def _lifted(self, scores: Floats) -> Floats:
        if self.related_ is None:
            return scores
        lifted = scores.copy()
        for column in range(len(self.codes_)):
            entries = slice(self.related_.indptr[column], self.related_.indptr[column + 1])
            shares = self.related_share * self.related_.data[entries]
            relatives = (scores[:, self.related_.indices[entries]] * shares).max(axis=1)
            lifted[:, column] = np.maximum(scores[:, column], relatives)
        return lifted


def _leading(words: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The words that say most; one that says little beside the first is left out."""
    return tuple(word for word, share in words[:REASON_WORDS] if share >= _LEAST_SHARE * words[0][1])


def _labels(skills: Sequence[Iterable[str]], codes: Sequence[str]) -> csr_array[Any]:
    place = {code: column for column, code in enumerate(codes)}
    found = [
        (row, place[code]) for row, own in enumerate(skills) for code in sorted(set(own)) if code in place
    ]
    rows, columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(len(found)), (rows, columns)), shape=(len(skills), len(codes)))
