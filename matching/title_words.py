"""One spelling for the words of titles and prose: British and American, abbreviations, simple plurals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^a-z0-9+#]+")

ABBREVIATIONS: Mapping[str, str] = {
    "admin": "administration",
    "asst": "assistant",
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "comms": "communications",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "dept": "department",
    "dir": "director",
    "exec": "executive",
    "hr": "human resources",
    "it": "information technology",
    "jnr": "junior",
    "jr": "junior",
    "mgmt": "management",
    "mgr": "manager",
    "ops": "operations",
    "pa": "personal assistant",
    "pr": "public relations",
    "qa": "quality assurance",
    "snr": "senior",
    "sr": "senior",
    "vp": "vice president",
}
"""Short forms that titles use, each with the one meaning that it nearly always has there."""

_SPELLINGS = (
    (re.compile(r"^adviser$"), "advisor"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})our(?=s?$|ing$|ed$|al$)"), "or"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"gramme$"), "gram"),
    (re.compile(r"^licence"), "license"),
    (re.compile(r"^defence"), "defense"),
)
_SHORTEST_PLURAL = 4


def plain_words(text: str, *, abbreviations: bool = True) -> str:
    """The text in lower case, one space between words, each in its one spelling.

    `abbreviations` False leaves short forms alone, as prose needs: there "it" is a pronoun.
    """
    words = _NOT_A_WORD.sub(" ", text.lower().replace("&", " and ")).split()
    if abbreviations:
        words = " ".join(ABBREVIATIONS.get(word, word) for word in words).split()
    return " ".join(map(_one_spelling, words))


@lru_cache(maxsize=100_000)
def _one_spelling(word: str) -> str:
    word = _singular(word)
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]
