"""The attack that every release must withstand: what can still be true of a count that was withheld?

The reader is taken to know the exact value of every figure that is shown, in this and all earlier releases, and
which counts did not move between them. What they cannot know is then a set of whole tables, and the least and
the greatest value of a withheld count in that set are small integer programmes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Vector = NDArray[np.float64]  # (unknowns,)
Flags = NDArray[np.bool_]
Matrix = NDArray[np.float64]  # (facts, unknowns)


@dataclass(frozen=True, slots=True)
class Figures:
    """One release as the attack sees it: counts by leaf, lines of (total, parts), and the cells withheld."""

    leaves: Mapping[Any, int]
    lines: Sequence[tuple[Any, tuple[Any, ...]]]
    hidden: frozenset[Any]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the reader knows, ``known @ table == known @ truth``, and what was withheld: ``cells`` with ``rows``."""

    truth: Vector
    known: Matrix
    cells: Sequence[Any]
    rows: Matrix


class _Range:
    """The least and the greatest that each withheld count has been in the tables tried so far."""

    def __init__(self, facts: _Facts, threshold: int) -> None:
        self._rows = facts.rows
        self._low = self._high = facts.rows @ facts.truth
        self._threshold = threshold

    def widen(self, table: Vector) -> None:
        """Take in one more table that fits all that is known."""
        fitting = self._rows @ table
        self._low, self._high = np.minimum(self._low, fitting), np.maximum(self._high, fitting)

    def unsafe(self) -> Flags:
        """Which counts have not been seen on both sides of the threshold, nor over as wide a range."""
        both_sides = (self._low < self._threshold) | (self._high - self._low >= self._threshold)
        return (self._high < self._threshold) | ~both_sides


def exposed(releases: Sequence[Figures], threshold: int) -> list[Any]:
    """The withheld cells of any release that could be worked out too closely, in order, each once."""
    facts = _facts(releases)
    if not len(facts.rows):
        return []
    tried = _Range(facts, threshold)
    for objective in _objectives(facts.rows, tried):
        tried.widen(_least(objective, facts, threshold))
    return list(dict.fromkeys(cell for cell, bad in zip(facts.cells, tried.unsafe(), strict=True) if bad))


def _objectives(rows: Matrix, tried: _Range) -> Iterator[Vector]:
    """What to make least, one after the other, until every row is known to be safe or to be exposed.

    All the unsafe rows together as long as that helps, because one table can clear many; then each alone.
    """
    left = len(rows) + 1
    while 0 < tried.unsafe().sum() < left:
        left = int(tried.unsafe().sum())
        yield -rows[tried.unsafe()].sum(axis=0)
        yield rows[tried.unsafe()].sum(axis=0)
    for place, row in enumerate(rows):
        for sign in (-1, 1):
            if tried.unsafe()[place]:
                yield sign * row


def _facts(releases: Sequence[Figures]) -> _Facts:
    """Every leaf of every release is an unknown, shared with the release since which it has not moved."""
    truth: list[int] = []
    columns: list[dict[Any, int]] = []
    for release in releases:
        columns.append(_columns(release, columns[-1] if columns else {}, truth))
    known: list[Vector] = []
    hidden: list[tuple[Any, Vector]] = []
    for release, places in zip(releases, columns, strict=True):
        rows, same = _rows(release, places, len(truth))
        known += same
        known += [row for cell, row in rows.items() if cell not in release.hidden]
        hidden += [(cell, row) for cell, row in rows.items() if cell in release.hidden]
    told = {row.tobytes() for row in known}  # shown by another release, and rightly: there is nothing to hide
    hidden = [(cell, row) for cell, row in hidden if row.tobytes() not in told]
    width = len(truth)
    return _Facts(
        np.array(truth, float),
        np.array(known).reshape(-1, width),
        [cell for cell, _ in hidden],
        np.array([row for _, row in hidden]).reshape(-1, width),
    )


def _columns(release: Figures, before: Mapping[Any, int], truth: list[int]) -> dict[Any, int]:
    """The place of each leaf among the unknowns; one that has moved gets a new place at the end of ``truth``."""
    places: dict[Any, int] = {}
    for leaf, count in release.leaves.items():
        if leaf in before and truth[before[leaf]] == count:
            places[leaf] = before[leaf]
        else:
            places[leaf] = len(truth)
            truth.append(count)
    return places


def _rows(release: Figures, places: Mapping[Any, int], width: int) -> tuple[dict[Any, Vector], list[Vector]]:
    """Each cell as a row over the unknowns, and rows that are zero because two lines have one total."""
    rows = {leaf: np.eye(1, width, place)[0] for leaf, place in places.items()}
    same = []
    for total, parts in release.lines:
        row = np.sum([rows[part] for part in parts], axis=0)
        if total in rows:
            same.append(row - rows[total])
        else:
            rows[total] = row
    return rows, same


def _least(objective: Vector, facts: _Facts, threshold: int) -> Vector:
    """A table of whole numbers that fits all that is known and makes ``objective`` least.

    A corner of the linear programme is nearly always such a table; only where it is not are whole numbers asked for.
    """
    values = facts.known @ facts.truth
    for whole in (0, 1):
        answer = milp(
            objective,
            integrality=np.full(len(objective), whole),
            bounds=Bounds(0, facts.truth.sum() + 2 * threshold),
            constraints=LinearConstraint(csr_array(facts.known), values, values),
        )
        if answer.x is not None and np.allclose(answer.x, np.rint(answer.x), atol=1e-6):
            break
    assert answer.x is not None, "the truth itself always fits"
    table: Vector = np.rint(answer.x)
    return table
