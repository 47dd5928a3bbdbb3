"""Evidence that two skills are related, each kind with a weight that caps what it may say.

1. Pairs that somebody stated: ESCO's relations, and this programme's own proposals.
2. The same skill described for another role (the name differs only in brackets).
3. Names and descriptions that share rare words (cosine of TF-IDF over stems).
4. Membership of one small ESCO group.
5. Being asked for together in government's digital and data roles: normalised pointwise mutual
   information over roles (Bouma, GSCL 2009), shrunk towards nothing where few roles ask for both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from matching.skill_words import base_name, content_stems, content_words, stem

Pair = tuple[str, str, float, str]
"""Code, related code, relatedness from 0 to 1, and why."""


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """The most that each kind of evidence may say, with its reason. All are our proposal.

    Attributes:
        same: The same skill for another role; not 1, because the examples of each level differ.

        close: Stated as close by this programme: the person who stated it read both.

        essential: ESCO says that the one needs the other.

        optional: ESCO says that the one is useful for the other.

        likeness: Names and descriptions alike: words can mislead, so never as much as a statement.

        group: Same small ESCO group: siblings differ in what they are about.

        together: Asked for together: they complement one another more than they replace one another.

        name_share: Share of the name, rather than of the description, in the likeness.

        full_likeness: Cosine of descriptions that counts as fully alike; two authors rarely reach more.

        floor: Relatedness below this is noise and is left out.

        neighbours: Most neighbours that a skill keeps (a pair stays when both sides keep it).

        group_size: A group with more members of the vocabulary than this says nothing.

        shrinkage: Roles that ask for both count n / (n + shrinkage).
    """

    same: float = 0.9
    close: float = 0.7
    essential: float = 0.65
    optional: float = 0.55
    likeness: float = 0.75
    group: float = 0.35
    together: float = 0.4
    name_share: float = 0.45
    full_likeness: float = 0.35
    floor: float = 0.3
    neighbours: int = 15
    group_size: int = 8
    shrinkage: float = 2.0


_RARITY = 1.5
_REASON_WORDS = 3
_FEWEST_WORDS = 2  # one word shared by two descriptions, and by neither name, is chance

STATED = {
    "close": "this programme counts them as close",
    "essential": "ESCO counts the one as essential for the other",
    "optional": "ESCO counts them as related",
}


def stated(relations: Iterable[Mapping[str, str]], weights: EvidenceWeights) -> Iterator[Pair]:
    """Pairs of `skill_relations.csv`."""
    for row in relations:
        yield row["skill_code"], row["related_code"], getattr(weights, row["kind"]), STATED[row["kind"]]


def same_for_another_role(names: Mapping[str, str], weights: EvidenceWeights) -> Iterator[Pair]:
    """Skills of one scheme whose names differ only in what stands in brackets."""
    families: dict[tuple[str, str], list[str]] = {}
    for code, name in names.items():
        families.setdefault((code.partition(":")[0], base_name(name).lower()), []).append(code)
    for codes in families.values():
        for first, second in combinations(codes, 2):
            yield first, second, weights.same, "they are one skill, described for two roles"


def alike(names: Mapping[str, str], texts: Mapping[str, str], weights: EvidenceWeights) -> Iterator[Pair]:
    """Skills whose names and descriptions share rare words."""
    codes = list(names)
    titles, bodies = [base_name(names[code]) for code in codes], [texts[code] for code in codes]
    by_title, by_body = _rare_words(titles, counted=False), _rare_words(bodies)
    in_titles = (by_title.rows @ by_title.rows.T).toarray()
    in_bodies = np.minimum((by_body.rows @ by_body.rows.T).toarray() / weights.full_likeness, 1.0)
    mixed = weights.likeness * (weights.name_share * in_titles + (1.0 - weights.name_share) * in_bodies)
    for i, j in np.argwhere(np.triu(mixed, 1) >= weights.floor).tolist():
        named, described = by_title.shared(i, j, titles[i]), by_body.shared(i, j, bodies[i])
        if not named and len(described) < _FEWEST_WORDS:
            continue
        if weights.name_share * in_titles[i, j] >= (1.0 - weights.name_share) * in_bodies[i, j]:
            reason = f"their names share {_listed(named)}"
        else:
            reason = f"their descriptions share {_listed(described)}"
        yield codes[i], codes[j], float(mixed[i, j]), reason


def grouped(groups: Mapping[str, Sequence[str]], weights: EvidenceWeights) -> Iterator[Pair]:
    """Skills in one group that has few members; `groups` gives the codes of each group by its name."""
    for name, codes in groups.items():
        if len(codes) <= weights.group_size:
            for first, second in combinations(codes, 2):
                yield first, second, weights.group, f"both are in the ESCO group “{name}”"


def asked_together(roles: Sequence[Iterable[str]], weights: EvidenceWeights) -> Iterator[Pair]:
    """Skills that the same roles ask for more often than chance; `roles` gives each role's codes."""
    sets = [sorted(set(role)) for role in roles]
    single = Counter(code for role in sets for code in role)
    both = Counter(pair for role in sets for pair in combinations(role, 2))
    for (first, second), n in sorted(both.items()):
        chance = single[first] * single[second] / len(sets)
        surprise = log(n / chance) / -log(n / len(sets)) if n < len(sets) else 0.0
        value = weights.together * max(surprise, 0.0) * n / (n + weights.shrinkage)
        yield first, second, value, "government's digital and data roles often ask for them together"


def strongest(pairs: Iterable[Pair], weights: EvidenceWeights) -> list[Pair]:
    """The strongest evidence of each pair above the floor, where both sides count it among their closest."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for first, second, value, reason in pairs:
        pair, value = (min(first, second), max(first, second)), round(value, 2)
        if first != second and value >= weights.floor and value > best.get(pair, (0.0, ""))[0]:
            best[pair] = (value, reason)
    ranked = sorted(best.items(), key=lambda it: (-it[1][0], it[0]))
    held: Counter[str] = Counter()
    kept = []
    for (first, second), (value, reason) in ranked:
        if max(held[first], held[second]) < weights.neighbours:
            held.update((first, second))
            kept.append((first, second, value, reason))
    return sorted(kept)


@dataclass(frozen=True, slots=True)
class _Rows:
    stems: NDArray[np.str_]
    rows: csr_array[Any]

    def shared(self, first: int, second: int, text: str) -> list[str]:
        """Words of the first row's text that the second has too, those that make them alike first."""
        product = csr_array(self.rows[[first]].multiply(self.rows[[second]]))
        order = np.lexsort((product.indices, -product.data))[:_REASON_WORDS]
        written = {stem(word): word for word in reversed(content_words(text))}
        return [written[str(it)] for it in self.stems[product.indices[order]]]


def _rare_words(texts: Sequence[str], *, counted: bool = True) -> _Rows:
    """TF-IDF rows of length 1, where a word of many texts counts for less than plain TF-IDF gives it."""
    counter = CountVectorizer(analyzer=content_stems, binary=not counted, dtype=np.float64)
    counts = csr_array(counter.fit_transform(texts))
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((1 + len(texts)) / (1 + found)) ** _RARITY
    counts.data = (1.0 + np.log(counts.data)) * idf[counts.indices]
    return _Rows(counter.get_feature_names_out(), csr_array(normalize(counts)))


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
