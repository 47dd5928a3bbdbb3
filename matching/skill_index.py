"""A vocabulary of skills, indexed so that texts can be compared with each skill in four ways."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.knowledge import Knowledge
from matching.skill_words import content_stems, content_words, stem
from matching.text_vectors import text_vectors, word_shares

Floats = NDArray[np.floating[Any]]

TITLE_WORDS = 12
_FIRST_SENTENCE = re.compile(r"[.!?:;]\s|\n")


class SkillText(NamedTuple):
    """What is written about a skill; `more` may hold other names and what each level means."""

    name: str
    description: str = ""
    more: str = ""


class Encoded(NamedTuple):
    """Texts as the index reads them: stems and pairs (sparse) and meaning (dense), rows of length 1 or 0."""

    words: csr_array[Any]
    meaning: Floats


class Likeness(NamedTuple):
    """Four cosines of each text with each skill, (n_texts, n_skills), and (n_texts,) how much of it is title."""

    words: Floats
    meaning: Floats
    title: Floats
    fragments: Floats
    title_share: Floats


@dataclass(frozen=True, slots=True)
class SkillIndex:
    """A vocabulary of skills as rows.

    Attributes:
        written: Everything that is written about each skill.

        knowledge: Where word vectors and other names come from.

        word_counter: Counts stems and pairs of stems.

        features: The stems and pairs, by column.

        fragment_counter: Counts fragments of words.

        skills: Each skill as the texts are encoded.

        names: Fragments of each name and each way of saying it, in the order of the skills.

        first_name: Row in `names` where each skill's names start.
    """

    written: Sequence[str]
    knowledge: Knowledge
    word_counter: TfidfVectorizer
    features: NDArray[np.str_]
    fragment_counter: TfidfVectorizer
    skills: Encoded
    names: csr_array[Any]
    first_name: NDArray[np.intp]

    @classmethod
    def of(cls, vocabulary: Mapping[str, SkillText | tuple[str, ...]], knowledge: Knowledge) -> Self:
        """Index every skill by its name (twice, for it says most), description and other names.

        Raises ValueError where no skill has a word to be found by.
        """
        others = knowledge.documents.get("skills/names", {})
        sayings = knowledge.documents.get("skills/sayings", {})
        written: list[str] = []
        names: list[str] = []
        first_name: list[int] = []
        for code, entry in vocabulary.items():
            it, said = SkillText(*entry), sayings.get(code, [])
            parts = [it.name, it.name, *said, it.description, it.more, others.get(code, "")]
            written.append(". ".join(part for part in parts if part))
            first_name.append(len(names))
            names += [it.name, *said]
        words = TfidfVectorizer(analyzer=stems_and_pairs, sublinear_tf=True)
        fragments = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True)
        skills = Encoded(csr_array(words.fit_transform(written)), text_vectors(written, knowledge))
        return cls(
            written=written,
            knowledge=knowledge,
            word_counter=words,
            features=words.get_feature_names_out(),
            fragment_counter=fragments,
            skills=skills,
            names=csr_array(fragments.fit_transform(names)),
            first_name=np.array(first_name, dtype=np.intp),
        )

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Rows of the texts."""
        if not len(texts):
            return Encoded(
                csr_array((0, self.skills.words.shape[1])), np.zeros((0, self.skills.meaning.shape[1]))
            )
        return Encoded(csr_array(self.word_counter.transform(texts)), text_vectors(texts, self.knowledge))

    def likeness(self, texts: Sequence[str], rows: Encoded) -> Likeness:
        """The four cosines; `rows` are the same texts encoded."""
        titles = [title_of(text) for text in texts]
        fragments = csr_array(self.fragment_counter.transform(titles)) if titles else self.names[:0]
        return Likeness(
            words=cosines(rows.words, self.skills.words),
            meaning=rows.meaning @ self.skills.meaning.T,
            title=text_vectors(titles, self.knowledge) @ self.skills.meaning.T,
            fragments=np.maximum.reduceat(cosines(fragments, self.names), self.first_name, axis=1),
            title_share=np.array([_share(title, text) for title, text in zip(titles, texts, strict=True)]),
        )

    def causes(
        self, text: str, columns: Sequence[int], *, word_weight: float, meaning_weight: float
    ) -> list[list[tuple[str, float]]]:
        """For each of some skills, words of the text with what each adds to the likeness, the most first."""
        row, words = self.encode([text]).words, set(content_words(text))
        found = []
        for column in columns:
            by_stem = self._by_stem(row, column)
            by_meaning = dict(word_shares(text, self.written[column], self.knowledge))
            shares = {
                word: word_weight * by_stem.get(stem(word), 0.0) + meaning_weight * by_meaning.get(word, 0.0)
                for word in words
            }
            ranked = sorted(shares.items(), key=lambda it: (-it[1], it[0]))
            found.append([(word, share) for word, share in ranked if share > 0.0])
        return found

    def _by_stem(self, row: csr_array[Any], column: int) -> dict[str, float]:
        """What each stem adds to the cosine of words; a pair counts half for each of its stems."""
        common = csr_array(row.multiply(self.skills.words[[column]]))
        shares: dict[str, float] = {}
        for feature, value in zip(self.features[common.indices], common.data, strict=True):
            for part in (parts := str(feature).split()):
                shares[part] = shares.get(part, 0.0) + float(value) / len(parts)
        return shares


def cosines(first: csr_array[Any], second: csr_array[Any]) -> Floats:
    """Dense inner products of two sets of sparse rows of length 1."""
    return np.asarray((first @ second.T).toarray())


def stems_and_pairs(text: str) -> list[str]:
    """Stems of the words that say what a text is about, and each pair of neighbours."""
    stems = content_stems(text)
    return stems + [f"{first} {second}" for first, second in pairwise(stems)]


def title_of(text: str) -> str:
    """The first sentence or line of a text, cut after twelve words."""
    first = _FIRST_SENTENCE.split(text.strip(), maxsplit=1)[0]
    return " ".join(first.split()[:TITLE_WORDS])


def _share(title: str, text: str) -> float:
    return len(title.split()) / max(len(text.split()), 1)
