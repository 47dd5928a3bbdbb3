"""Words of skills: which of them say what a skill is about, in a form that survives endings."""

from __future__ import annotations

import re
from functools import lru_cache

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

_WORD = re.compile(r"[a-z]{2,}")
_ROLE = re.compile(r"\s*\([^)]*\)")
_ENDINGS = (
    "isations", "isation", "ations", "ation", "ements", "ement", "ments", "ment", "ities", "ings", "ing",
    "ity", "ies", "ally", "ical", "ers", "er", "ed", "es", "ly", "s", "al", "e", "y",
)  # fmt: skip
_SHORTEST_STEM = 4

SAYS_HOW = frozenset(
    _WORD.findall(
        "able activity apply assess carry conduct coordinate create cycle develop draft ensure focus follow "
        "general help include involve life make methods monitor organise other people perform practice "
        "practices prepare principles process processes promote provide relate relevant skills such support "
        "take technique techniques use using various ways work working"
    )
)
"""Words that stand in names and descriptions of any skill and say nothing of what it is about."""


def base_name(name: str) -> str:
    """The name without the role in brackets: "Agile working (content design)" is "Agile working"."""
    return _ROLE.sub("", name)


def content_stems(text: str) -> list[str]:
    """Stems of the words that say what a text is about, in order, repeats kept.

    >>> content_stems("Managing volunters")
    ['manag', 'volunt']
    """
    return [stem(word) for word in content_words(text)]


def content_words(text: str) -> list[str]:
    """Words that say what a text is about, in lower case and in order."""
    return [
        word
        for word in _WORD.findall(text.lower())
        if word not in ENGLISH_STOP_WORDS and stem(word) not in _HOW_STEMS
    ]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without any of its endings: `managing` and `management` meet in `manag`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return stem(word[: -len(ending)])
    return word


_HOW_STEMS = frozenset(stem(word) for word in SAYS_HOW)
