"""Named columns: sparse rows whose columns are codes, and how two sides come to share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from matching.factors import Rows


@dataclass(frozen=True, slots=True)
class Coded:
    """A sparse matrix (n_rows, n_codes) with the code of each column, sorted."""

    codes: tuple[str, ...]
    matrix: sparse.csr_array

    def __len__(self) -> int:
        return int(self.matrix.shape[0])

    def take(self, rows: Rows) -> Coded:
        """The same columns for some of the rows."""
        return Coded(self.codes, sparse.csr_array(self.matrix[rows]))

    def onto(self, codes: Sequence[str]) -> sparse.csr_array:
        """The same values in the columns of `codes`; a code that is not among them is dropped."""
        if self.codes == tuple(codes):
            return self.matrix
        where = {code: column for column, code in enumerate(codes)}
        lookup = np.array([where.get(code, -1) for code in self.codes], dtype=np.int64)
        own = self.matrix.tocoo()
        columns = lookup[own.col] if len(lookup) else own.col
        known = columns >= 0
        shape = (len(self), len(codes))
        matrix = sparse.csr_array((own.data[known], (own.row[known], columns[known])), shape=shape)
        matrix.sort_indices()
        return matrix

    def stack(self, other: Coded) -> Coded:
        """These rows, then those of another, in the columns of both."""
        codes = tuple(sorted({*self.codes, *other.codes}))
        both = sparse.vstack([self.onto(codes), other.onto(codes)], format="csr")
        return Coded(codes, sparse.csr_array(both))

    def row(self, i: int) -> dict[str, float]:
        """The values of one row by code."""
        start, stop = self.matrix.indptr[i], self.matrix.indptr[i + 1]
        entries = zip(self.matrix.indices[start:stop], self.matrix.data[start:stop], strict=True)
        return {self.codes[column]: float(value) for column, value in entries}

    def used(self) -> tuple[str, ...]:
        """The codes that some row has."""
        return tuple(self.codes[column] for column in np.unique(self.matrix.indices))


def coded(rows: Sequence[Mapping[Any, float]]) -> Coded:
    """Encode mappings of code to value, one row each; columns are in the order of the sorted codes."""
    row = np.repeat(np.arange(len(rows)), [len(values) for values in rows])
    codes = np.array([code for values in rows for code in values], dtype=object)
    values = np.array([value for values in rows for value in values.values()], dtype=np.float64)
    return coded_columns(row, codes, values, n_rows=len(rows))


def coded_columns(
    row: NDArray[np.int64], code: NDArray[np.object_], value: NDArray[np.float64], *, n_rows: int
) -> Coded:
    """The same from three columns of equal length: row number, code, value. A repeated pair adds up."""
    column, found = pd.factorize(code, sort=True)
    matrix = sparse.csr_array((value, (row, column)), shape=(n_rows, len(found)))
    matrix.sort_indices()
    return Coded(tuple(str(name) for name in found), matrix)
