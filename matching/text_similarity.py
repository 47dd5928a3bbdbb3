"""How alike two texts are, for job titles and for long prose alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from matching.knowledge import Knowledge, shipped
from matching.text_vectors import text_vectors
from matching.title_vectors import RUNS_OF_CHARACTERS, title_vectors
from matching.title_words import plain_words

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Texts as each channel sees them; `shortness` is 1 for a title and falls towards 0 for prose."""

    shortness: Floats
    characters: csr_array[Any]
    words: csr_array[Any]
    subjects: Floats | None
    occupations: Floats | None


class TextSimilarity(BaseEstimator):  # type: ignore[misc]
    """Likeness of queries to texts, as a blend of channels that depends on how long both are.

    For a pair of titles it is the cosine of `title_vectors` (which occupations they mean), with a little of
    the cosine of runs of characters; for a pair of long texts the cosines of words and pairs of words and of
    runs of characters, with a little of the cosine of `text_vectors` (which subjects they share). In between,
    the product of the two texts' shortness says how much of each.

    Parameters:
        title_length: A text of this many words or fewer counts wholly as a title. Longer ones count as
            `title_length / words`.

        character_share: Weight of runs of characters beside occupations, for titles.

        subject_share: Weight of subjects beside words and runs of characters, for prose.

        knowledge: What `secondments build-knowledge` made; None is the file that ships with the project, and
            an empty one leaves words and runs of characters only.

    Attributes:
        knowledge_: The knowledge in use.

        n_texts_: How many texts were fitted.

        words_: The fitted TF-IDF of words and pairs of words; None where the texts have no word.

        characters_: The fitted TF-IDF of runs of 3 to 5 characters; None where the texts have none.

    Sources: TF-IDF with sublinear counts: Salton and Buckley, IP&M 24 (1988). The channels that know: see
    `matching.title_vectors` and `matching.text_vectors`.

    Examples:
        >>> likeness = TextSimilarity().fit(["Cook", "Solicitor"]).similarity(["Attorney"])
        >>> bool(likeness[0, 1] > likeness[0, 0])
        True
    """

    def __init__(
        self,
        *,
        title_length: int = 6,
        character_share: float = 0.2,
        subject_share: float = 0.2,
        knowledge: Knowledge | None = None,
    ) -> None:
        self.title_length = title_length
        self.character_share = character_share
        self.subject_share = subject_share
        self.knowledge = knowledge

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Learn the words of the texts, which `similarity` will compare queries with."""
        self.knowledge_ = shipped() if self.knowledge is None else self.knowledge
        self.n_texts_ = len(texts)
        plain = self._plain(texts)
        self.words_, words = _learnt(plain, token_pattern=r"\S+", ngram_range=(1, 2))
        self.characters_, characters = _learnt(plain, analyzer="char_wb", ngram_range=RUNS_OF_CHARACTERS)
        self._texts = self._encoded(texts, plain, words, characters)
        return self

    def similarity(self, queries: Sequence[str]) -> Floats:
        """Likeness of each query to each fitted text, (n_queries, n_texts); at most 1, and 0 for no tie."""
        check_is_fitted(self)
        plain, texts = self._plain(queries), self._texts
        words, characters = (_transformed(each, plain) for each in (self.words_, self.characters_))
        asked = self._encoded(queries, plain, words, characters)
        short = np.outer(asked.shortness, texts.shortness)
        fragments = _product(asked.characters, texts.characters)
        likeness = short * self._as_titles(asked, texts, fragments)
        if (short < 1).any():
            likeness += (1 - short) * self._as_prose(asked, texts, fragments)
        return np.asarray(likeness, dtype=np.float32)

    def _as_titles(self, asked: _Encoded, texts: _Encoded, fragments: Floats) -> Floats:
        if asked.occupations is None or texts.occupations is None:
            return fragments
        meant = asked.occupations @ texts.occupations.T
        return np.asarray((meant + self.character_share * fragments) / (1 + self.character_share))

    def _as_prose(self, asked: _Encoded, texts: _Encoded, fragments: Floats) -> Floats:
        both = _product(asked.words, texts.words) + fragments
        if asked.subjects is None or texts.subjects is None:
            return np.asarray(both / 2)
        shared = asked.subjects @ texts.subjects.T
        return np.asarray((both + self.subject_share * shared) / (2 + self.subject_share))

    def _plain(self, texts: Sequence[str]) -> list[str]:
        """One spelling for all; short forms are written out in titles only."""
        return [plain_words(text, abbreviations=len(text.split()) <= self.title_length) for text in texts]

    def _encoded(
        self,
        texts: Sequence[str],
        plain: list[str],
        words: csr_array[Any],
        characters: csr_array[Any],
    ) -> _Encoded:
        lengths = np.array([max(len(text.split()), 1) for text in plain], dtype=np.float32)
        known = self.knowledge_.documents
        return _Encoded(
            np.minimum(1, self.title_length / lengths),
            characters,
            words,
            text_vectors(texts, self.knowledge_) if "text/words" in known else None,
            title_vectors(plain, self.knowledge_) if "titles/words" in known else None,
        )


def _learnt(texts: Sequence[str], **settings: Any) -> tuple[TfidfVectorizer | None, csr_array[Any]]:
    """A TF-IDF fitted on the texts, and what it makes of them; None where they have nothing to learn."""
    if not any(texts):
        return None, _transformed(None, texts)
    vectoriser = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, lowercase=False, **settings)
    return vectoriser, csr_array(vectoriser.fit_transform(texts))


def _transformed(vectoriser: TfidfVectorizer | None, texts: Sequence[str]) -> csr_array[Any]:
    if vectoriser is None or not texts:
        known = 0 if vectoriser is None else len(vectoriser.vocabulary_)
        return csr_array(np.zeros((len(texts), known), dtype=np.float32))
    return csr_array(vectoriser.transform(texts))


def _product(queries: csr_array[Any], texts: csr_array[Any]) -> Floats:
    return np.asarray((queries @ texts.T).toarray(), dtype=np.float32)
