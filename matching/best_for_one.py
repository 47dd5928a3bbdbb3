"""The best for one profile, while somebody waits: eligible rows first, products only of those.

The other side carries its conflict bits in words, laid out one word after another. A profile reads
the few words in which it has a bit at all; of most rows nothing else is ever read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.conflicts import Index, Words, packed
from matching.factors import PENALTY, Factors, Units
from matching.lists import NOBODY, Lists

Conflict = Callable[[Index], NDArray[np.bool_]]

_ROWS_AT_ONCE = 512
"""Rows that are copied and multiplied while they are near the processor."""


@dataclass(frozen=True, slots=True)
class OneSide:
    """One side, ready to be ranked for one profile of the other; build once for each version of it.

    Attributes:
        factors: n rows.

        asks: (w, n) words of one bit a dense column, set where the row has a positive value.

        bars: (w, n) words likewise, set where the row carries `PENALTY`.
    """

    factors: Factors
    asks: Words
    bars: Words

    @classmethod
    def of(cls, factors: Factors) -> Self:
        """The side with its bits."""
        asks, bars = packed(factors.dense > 0), packed(factors.dense <= PENALTY)
        return cls(factors, np.ascontiguousarray(asks.T), np.ascontiguousarray(bars.T))

    def __len__(self) -> int:
        return len(self.factors)

    def not_barred(self, one: Units) -> Index:
        """Rows with which no dense column of one profile breaks a rule, ascending."""
        closed = np.zeros(len(self), dtype=np.uint64)
        for ours, theirs in ((one <= PENALTY, self.asks), (one > 0, self.bars)):
            for word, bits in enumerate(packed(ours[None, :])[0]):
                if bits:
                    closed |= theirs[word] & bits
        return np.flatnonzero(closed == 0)


def best_for_one(one: Factors, side: OneSide, *, k: int, conflict: Conflict | None = None) -> Lists:
    """(1, k): the k best rows of a side for one profile, best first, ties to the lower index.

    `one` has one row. `conflict` says of some rows, by index, which are not eligible for reasons that
    the factors do not hold, such as days; it is asked only about rows that no column bars.
    """
    rows, products = eligible_for_one(one, side, conflict=conflict)
    if len(rows) > k:
        among = products >= np.partition(products, len(products) - k)[-k]
        rows, products = rows[among], products[among]
    order = np.lexsort((rows, -products))[:k]
    lists = Lists(np.full((1, k), NOBODY, dtype=np.int32), np.full((1, k), np.nan, dtype=np.float32))
    lists.indices[0, : len(order)] = rows[order]
    lists.products[0, : len(order)] = products[order]
    return lists


def eligible_for_one(one: Factors, side: OneSide, *, conflict: Conflict | None = None) -> tuple[Index, Units]:
    """The eligible rows of a side for one profile, ascending, and their products; `conflict` as above."""
    rows = side.not_barred(one.dense[0])
    if conflict is not None:
        rows = rows[~conflict(rows)]
    products = _products(one, side.factors, rows)
    eligible = products >= 0
    return rows[eligible], products[eligible]


def _products(one: Factors, others: Factors, rows: Index) -> Units:
    """(n_rows,): the products of one profile with some rows of the other side."""
    products = np.empty(len(rows), dtype=np.float32)
    near = np.empty((min(_ROWS_AT_ONCE, len(rows)), others.dense.shape[1]), dtype=np.float32)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[first : first + _ROWS_AT_ONCE]
        np.take(others.dense, some, axis=0, out=near[: len(some)], mode="clip")
        np.dot(near[: len(some)], one.dense[0], out=products[first : first + len(some)])
    if one.tail.nnz:
        tail = np.zeros(one.tail.shape[1], dtype=np.float32)
        tail[one.tail.indices] = one.tail.data
        products += others.tail[rows] @ tail
    return products
