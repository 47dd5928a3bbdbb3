"""How closely skills are related, from 0 to 1, and why: so that one sector's words find the other's.

Relatedness is a claim that a person who holds one skill brings part of the other, so it is symmetric and
never adds up: each pair has the value of its strongest evidence, in whole hundredths.
How the evidence is gathered is in `matching/building/skill_evidence.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_array

from matching.knowledge import Knowledge, shipped

HUNDREDTHS = 100
SAME = "it is the same skill"


@dataclass(frozen=True, slots=True)
class SkillRelations:
    """Soft relatedness between the skills of a vocabulary.

    Attributes:
        codes: Code of each row and column.

        matrix: (n_skills, n_skills), symmetric, values from 0 to 1 in whole hundredths, 1 on the diagonal.

        reasons: Why the pair (code, related), in the order of `codes`, is related.

    Examples:
        >>> relations = SkillRelations.from_pairs([("a", "b", 0.6, "both are about letters")])
        >>> relations.matrix.toarray().tolist()
        [[1.0, 0.6], [0.6, 1.0]]
        >>> relations.why("b", "a")
        'both are about letters'
    """

    codes: tuple[str, ...]
    matrix: csr_array[Any]
    reasons: Mapping[tuple[str, str], str]

    @classmethod
    def from_pairs(
        cls, pairs: Iterable[tuple[str, str, float, str]], *, codes: Sequence[str] | None = None
    ) -> Self:
        """Relations from (code, related, relatedness, reason); the strongest of a repeated pair counts.

        `codes` gives the vocabulary and its order (default: the codes of the pairs, sorted). Pairs outside
        it are left out, and a code without pairs is related to itself only.
        Raises ValueError where a relatedness is not above 0 and at most 1, or a reason is missing.
        """
        strongest: dict[tuple[str, str], tuple[float, str]] = {}
        for code, related, value, reason in pairs:
            if not 0.0 < value <= 1.0 or not reason:
                raise ValueError(f"{code} and {related} need a relatedness from 0 to 1 and a reason.")
            pair = (min(code, related), max(code, related))
            if code != related and value > strongest.get(pair, (0.0, ""))[0]:
                strongest[pair] = (value, reason)
        known = tuple(codes) if codes is not None else tuple(sorted({c for pair in strongest for c in pair}))
        return cls._of(known, strongest)

    @classmethod
    def from_knowledge(
        cls, knowledge: Knowledge | None = None, *, codes: Sequence[str] | None = None
    ) -> Self:
        """The relations of a file of knowledge (default: the shipped one) between `codes` (default: its own).

        A code that the file does not know is related to itself only.
        """
        held = knowledge or shipped()
        document = held.documents["skills/relations"]
        own, reasons = document["codes"], document["reasons"]
        columns = zip(
            held.arrays["skills/pairs"].tolist(),
            held.arrays["skills/relatedness"].tolist(),
            held.arrays["skills/reasons"].tolist(),
            strict=True,
        )
        pairs = ((own[i], own[j], value / HUNDREDTHS, reasons[why]) for (i, j), value, why in columns)
        return cls.from_pairs(pairs, codes=own if codes is None else codes)

    def onto(self, codes: Sequence[str]) -> Self:
        """The same relations for another vocabulary, in its order."""
        place = {code: i for i, code in enumerate(self.codes)}
        pairs = (
            (first, second, float(self.matrix[place[first], place[second]]), reason)
            for (first, second), reason in self.reasons.items()
        )
        return self.from_pairs(pairs, codes=codes)

    def why(self, code: str, related: str) -> str:
        """Why the two are related, to follow "because". Raises KeyError where they are not."""
        if code == related:
            return SAME
        return self.reasons[min(code, related), max(code, related)]

    def neighbours(self, code: str) -> tuple[tuple[str, float], ...]:
        """Other skills with their relatedness, closest first; none for a code outside the vocabulary."""
        if code not in self.codes:
            return ()
        row = self.codes.index(code)
        start, end = self.matrix.indptr[row], self.matrix.indptr[row + 1]
        found = [
            (self.codes[column], float(value))
            for column, value in zip(self.matrix.indices[start:end], self.matrix.data[start:end], strict=True)
            if column != row
        ]
        return tuple(sorted(found, key=lambda it: (-it[1], it[0])))

    @classmethod
    def _of(cls, codes: tuple[str, ...], strongest: Mapping[tuple[str, str], tuple[float, str]]) -> Self:
        place = {code: i for i, code in enumerate(codes)}
        if len(place) != len(codes):
            raise ValueError("A code stands twice in the vocabulary.")
        kept = {pair: it for pair, it in sorted(strongest.items()) if pair[0] in place and pair[1] in place}
        first = np.array([place[a] for a, _ in kept], dtype=np.int64)
        second = np.array([place[b] for _, b in kept], dtype=np.int64)
        values = np.round([value for value, _ in kept.values()], 2)
        every = np.arange(len(codes))
        matrix = csr_array(
            (
                np.concatenate([np.ones(len(codes)), values, values]),
                (np.concatenate([every, first, second]), np.concatenate([every, second, first])),
            ),
            shape=(len(codes), len(codes)),
        )
        matrix.sort_indices()
        return cls(codes, matrix, {pair: reason for pair, (_, reason) in kept.items()})
