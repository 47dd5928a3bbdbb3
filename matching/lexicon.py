"""How many of a list's terms each text names: knowledge written by people, which needs no labelled text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

WORD = r"(?u)\b\w+\b"


def plain(term: str) -> str:
    """Words of a term in lower case, without accents or punctuation, one space apart."""
    letters = unicodedata.normalize("NFKD", term.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(WORD, letters))


class Lexicon:
    """Lists of terms, each of one to four words, ready to be looked for.

    Parameters:
        lists: One sequence of terms for each thing that the lists speak for.

    Attributes:
        terms: Every term once, in order.
    """

    LONGEST = 4

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        cleaned = [sorted({term for term in map(plain, terms) if self._fits(term)}) for terms in lists]
        self.terms: tuple[str, ...] = tuple(sorted(set(chain.from_iterable(cleaned))))
        position = {term: row for row, term in enumerate(self.terms)}
        rows = [position[term] for terms in cleaned for term in terms]
        columns = [column for column, terms in enumerate(cleaned) for _ in terms]
        self._member = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(self.terms), len(lists)))

    def named(self, texts: Sequence[str]) -> csr_array[Any]:
        """Whether each text names each term: (n_texts, n_terms) of 0 and 1."""
        if not self.terms or not len(texts):
            return csr_array((len(texts), len(self.terms)), dtype=np.float64)
        return csr_array(self._counter().transform(texts))

    def counts(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """How many different terms of each list a text names: (n_texts, n_lists)."""
        return np.asarray((self.named(texts) @ self._member).todense(), dtype=np.float64)

    def lists_of(self, term: int) -> NDArray[np.intp]:
        """The lists that hold the term at this position."""
        return np.asarray(self._member[[term]].indices, dtype=np.intp)

    def _counter(self) -> CountVectorizer:
        return CountVectorizer(
            vocabulary=self.terms,
            ngram_range=(1, self.LONGEST),
            token_pattern=WORD,
            strip_accents="unicode",
            binary=True,
            dtype=np.float64,
        )

    def _fits(self, term: str) -> bool:
        return len(term) > 2 and term.count(" ") < self.LONGEST
