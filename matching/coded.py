"""Named columns: sparse rows whose columns are codes, and how two sides come to share them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A sparse matrix of (n rows, n codes) with the column of each code."""

    codes: Mapping[Hashable, int]
    matrix: sparse.csr_array

    def take(self, rows: slice) -> Coded:
        """The same columns for some of the rows."""
        return Coded(self.codes, self.matrix[rows])

    def onto(self, codes: Mapping[Hashable, int]) -> Coded:
        """The same values in the columns of `codes`; a code that is not among them is dropped."""
        if self.codes is codes:
            return self
        lookup = np.full(len(self.codes), -1, dtype=np.int64)
        for code, column in self.codes.items():
            lookup[column] = codes.get(code, -1)
        own = self.matrix.tocoo()
        columns = lookup[own.col]
        known = columns >= 0
        shape = (own.shape[0], len(codes))
        matrix = sparse.csr_array((own.data[known], (own.row[known], columns[known])), shape=shape)
        matrix.sort_indices()
        return Coded(codes, matrix)


def coded(rows: Sequence[Mapping[Any, float]]) -> Coded:
    """Encode mappings of code to value, one row each; columns are in the order of the sorted codes."""
    codes: dict[Hashable, int] = {code: i for i, code in enumerate(sorted({c for row in rows for c in row}))}
    columns = [codes[code] for row in rows for code in row]
    values = np.array([value for row in rows for value in row.values()], dtype=np.float64)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    matrix = sparse.csr_array(
        (values, np.array(columns, dtype=np.int64), starts.astype(np.int64)), shape=(len(rows), len(codes))
    )
    matrix.sort_indices()
    return Coded(codes, matrix)


def steps(levels: Iterable[tuple[str, int, float]]) -> dict[tuple[str, int], float]:
    """Thermometer code: for each (code, level, weight) the steps 1 to level, each worth weight.

    Two sides coded like this have an inner product that counts the steps they share, which is
    `min(level, level)` times the weights. A repeated code adds up.
    """
    climbed: dict[tuple[str, int], float] = {}
    for code, level, weight in levels:
        for step in range(1, level + 1):
            climbed[code, step] = climbed.get((code, step), 0.0) + weight
    return climbed


def inner(applicants: sparse.csr_array, offers: sparse.csr_array) -> Floats:
    """Inner products (n_applicants, n_offers) of two sparse matrices with the same columns.

    The smaller side is made dense, so memory is its rows times the columns. Each sum adds its terms in
    the order of the columns, whichever side is dense and however rows are cut: results are
    bit-identical for every block size.
    """
    product: Floats
    if applicants.shape[0] <= offers.shape[0]:
        product = np.ascontiguousarray((offers @ applicants.toarray().T).T)
    else:
        product = applicants @ offers.toarray().T
    return product
