"""The products of one block of applicants with offers, and the pairs in it that can be on a list.

A block is a grid of (offers, applicants). What is in it that cannot be on anybody's list is left
where it is: the grid is read a few times in the order in which it lies, never sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.factors import Factors, Units
from matching.lists import Index
from matching.margins import Margins

_PEAKS = 4
"""Groups for each place on a list, of which the best members give the first idea of the k-th best."""


@dataclass(slots=True)
class Room:
    """Memory that one worker uses again for each block: grids of at most `cells` pairs."""

    cells: int
    width: int
    grid: Units = field(init=False)
    scratch: Units = field(init=False)
    marks: NDArray[np.bool_] = field(init=False)
    others: Units = field(init=False)

    def __post_init__(self) -> None:
        self.grid = np.empty(self.cells, dtype=np.float32)
        self.scratch = np.empty(self.cells, dtype=np.float32)
        self.marks = np.empty(-(-self.cells // 8) * 8, dtype=bool)
        self.others = np.empty((0, self.width), dtype=np.float32)

    def gathered(self, dense: Units, rows: Index) -> Units:
        """Some rows of `dense`, copied where the last ones were."""
        if len(rows) == len(dense):
            return dense
        if len(rows) > len(self.others):
            self.others = np.empty((len(rows), self.width), dtype=np.float32)
        return np.take(dense, rows, axis=0, out=self.others[: len(rows)], mode="clip")


@dataclass(frozen=True, slots=True)
class Tile:
    """A grid of products (offers, applicants), negative where the pair is not eligible."""

    rows: Index
    offers: Index
    grid: Units
    room: Room


def tiles(
    applicants: Factors, offers: Factors, margins: Margins | None, rows: Index, still_open: Index, room: Room
) -> Iterator[Tile]:
    """The products of a block with the offers open to it, a tile of offers at a time."""
    limits = (slice(0), slice(0))
    if margins is not None:
        rows, *limits = margins.arranged(rows)
    dense = applicants.dense[rows].T
    tail = _upright(applicants.tail, rows)
    height = max(1, room.cells // max(1, len(rows)))
    for top in range(0, len(still_open), height):
        some = still_open[top : top + height]
        shape, size = (len(some), len(rows)), len(some) * len(rows)
        grid, scratch = room.grid[:size].reshape(shape), room.scratch[:size].reshape(shape)
        np.dot(room.gathered(offers.dense, some), dense, out=grid)
        if tail is not None:
            grid += _rows_of(offers.tail, some) @ tail
        if margins is not None:
            margins.apply(grid, rows, some, limits, scratch)
        yield Tile(rows, some, grid, room)


def _rows_of(matrix: sparse.csr_array, rows: Index) -> sparse.csr_array:
    return matrix if len(rows) == matrix.shape[0] else matrix[rows]


def _upright(matrix: sparse.csr_array, rows: Index) -> Units | None:
    """(columns, rows) dense: the tails of a block standing side by side; None where there is nothing."""
    some = matrix[rows]
    if not some.nnz:
        return None
    upright = np.zeros((some.shape[1], len(rows)), dtype=np.float32)
    upright[some.indices, np.repeat(np.arange(len(rows)), np.diff(some.indptr))] = some.data
    return upright


def kth_best(grid: Units, k: int) -> Units:
    """For each column of a grid a value that at least k of its entries reach, or 0.

    The rows are dealt into groups; k groups have a best entry that reaches the k-th best of those, so
    k entries do.
    """
    groups = min(_PEAKS * k, len(grid))
    if groups < k:
        return np.zeros(grid.shape[1], dtype=np.float32)
    deep = len(grid) // groups
    peaks = grid[: deep * groups].reshape(deep, groups * grid.shape[1]).max(axis=0)
    upright = np.ascontiguousarray(peaks.reshape(groups, -1).T)
    upright.partition(groups - k, axis=1)
    return np.maximum(upright[:, groups - k], 0)


def reaching(tile: Tile, for_rows: Units, for_offers: Units | None) -> tuple[Index, Index, Units]:
    """(offer, row, product) of the pairs that reach either threshold; places are those in the tile."""
    size = tile.grid.size
    over = tile.room.marks[:size].reshape(tile.grid.shape)
    np.greater_equal(tile.grid, for_rows, out=over)
    if for_offers is not None:
        too = tile.room.scratch.view(np.bool_)[:size].reshape(tile.grid.shape)
        np.greater_equal(tile.grid, for_offers[:, None], out=too)
        np.logical_or(over, too, out=over)
    places = _marked(tile.room.marks, size)
    offer, row = np.divmod(places, tile.grid.shape[1])
    return offer, row, tile.grid.reshape(-1)[places]


def _marked(marks: NDArray[np.bool_], size: int) -> Index:
    """Places of the marks among the first `size`: by whole words first, as most are empty."""
    end = -(-size // 8) * 8
    marks[size:end] = False
    words = np.flatnonzero(marks[:end].view(np.uint64))
    word, place = np.nonzero(marks[:end].reshape(-1, 8)[words])
    places: Index = words[word] * 8 + place
    return places
