"""Free text as vectors whose inner product is a similarity from 0 to 1.

Words and fragments of words are weighted by TF-IDF with sublinear counts (Salton and Buckley 1988,
as scikit-learn implements it). Both vectors have length 1 before they are mixed, so the inner product
is `(1 - fragment_share) * cosine(words) + fragment_share * cosine(fragments)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

FRAGMENT_LENGTHS = (4, 4)


@dataclass(frozen=True, slots=True)
class TextVocabulary:
    """What was learnt from the texts. Either part is None when no text had anything to learn."""

    words: Any | None
    fragments: Any | None


def learn_vocabulary(texts: Sequence[str], *, max_features: int) -> TextVocabulary:
    """Learn words and fragments, at most `max_features` of each; the order of texts does not matter."""
    words = _fit(texts, analyzer="word", stop_words="english", max_features=max_features)
    fragments = _fit(texts, analyzer="char_wb", ngram_range=FRAGMENT_LENGTHS, max_features=max_features)
    return TextVocabulary(words, fragments)


def encode_texts(
    vocabulary: TextVocabulary, texts: Sequence[str], *, fragment_share: float
) -> sparse.csr_array:
    """Vectors of the texts, one row each; words unknown to the vocabulary are left out."""
    blocks = [
        _transform(vocabulary.words, texts) * np.sqrt(1.0 - fragment_share),
        _transform(vocabulary.fragments, texts) * np.sqrt(fragment_share),
    ]
    together = sparse.csr_array(sparse.hstack(blocks, format="csr"))
    together.sort_indices()
    return together


def shared_words(vocabulary: TextVocabulary, first: str, second: str, *, limit: int) -> tuple[str, ...]:
    """Words in both texts, those that add most to the similarity first."""
    if vocabulary.words is None:
        return ()
    one, other = (_transform(vocabulary.words, [text]) for text in (first, second))
    both = sparse.csr_array(one.multiply(other))
    names = vocabulary.words.get_feature_names_out()
    ranked = sorted(
        zip(both.data.tolist(), names[both.indices].tolist(), strict=True), key=lambda it: (-it[0], it[1])
    )
    return tuple(word for _, word in ranked[:limit])


def _fit(texts: Sequence[str], **settings: Any) -> TfidfVectorizer | None:
    vectoriser = TfidfVectorizer(
        strip_accents="unicode", lowercase=True, sublinear_tf=True, dtype=np.float64, **settings
    )
    analyse = vectoriser.build_analyzer()
    if not any(analyse(text) for text in texts):
        return None
    return vectoriser.fit(texts)


def _transform(vectoriser: TfidfVectorizer | None, texts: Sequence[str]) -> sparse.csr_array:
    if vectoriser is None:
        return sparse.csr_array((len(texts), 0), dtype=np.float64)
    if not len(texts):
        return sparse.csr_array((0, len(vectoriser.vocabulary_)), dtype=np.float64)
    return sparse.csr_array(vectoriser.transform(texts))
