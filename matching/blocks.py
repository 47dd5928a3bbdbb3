"""The products of one block of applicants with offers, and the pairs in it that can be on a list.

A block is worked through in tiles: grids of (offers, applicants), written in memory that is used again
and read a few times in the order in which it lies. Only pairs that can be on a list ever leave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.factors import Factors, Units
from matching.lists import Index
from matching.margins import Margins

_GROUPS = 4
"""Groups for each place on a list; their best members give the first idea of the k-th best."""


class Room:
    """Memory that one worker uses again and again: for tiles of `cells` pairs, blocks of `rows`."""

    def __init__(self, offers: Factors, *, rows: int, cells: int) -> None:
        self.cells = min(cells, max(1, rows) * len(offers))
        self.grid = np.empty(self.cells, dtype=np.float32)
        self.spare = np.empty(self.cells, dtype=np.float32)
        self.marks = np.empty(self.cells + 8, dtype=bool)
        self.dense = np.empty(0, dtype=np.float32)
        self.tails = np.zeros(offers.tail.shape[1] * rows, dtype=np.float32)

    def gathered(self, dense: Units, rows: Index) -> Units:
        """Some rows of `dense`, written where the last ones were."""
        if len(rows) == len(dense):
            return dense
        size = len(rows) * dense.shape[1]
        if size > len(self.dense):
            self.dense = np.empty(size, dtype=np.float32)
        out = self.dense[:size].reshape(len(rows), -1)
        np.take(dense, rows, axis=0, out=out, mode="clip")  # "clip" writes to `out` without a copy
        return out


@dataclass(frozen=True, slots=True)
class Tile:
    """A grid of products (offers, rows), negative where the pair is not eligible."""

    rows: Index
    offers: Index
    grid: Units
    room: Room


def tiles(
    applicants: Factors, offers: Factors, margins: Margins | None, rows: Index, still_open: Index, room: Room
) -> Iterator[Tile]:
    """The products of a block with the offers open to it, a tile of offers at a time."""
    limits = slice(0, 0), slice(0, 0)
    if margins is not None:
        rows, limits = margins.arranged(rows)
    dense = applicants.dense[rows].T
    tails = Tails.of(applicants.tail, rows, room.tails)
    height = max(1, room.cells // max(1, len(rows)))
    for top in range(0, len(still_open), height):
        some = still_open[top : top + height]
        size = len(some) * len(rows)
        grid = room.grid[:size].reshape(len(some), len(rows))
        np.dot(room.gathered(offers.dense, some), dense, out=grid)
        if len(tails.places):
            np.add(grid, tails.products(offers.tail, some), out=grid)
        if margins is not None:
            margins.apply(grid, rows, some, limits, room.spare[:size].reshape(grid.shape))
        yield Tile(rows, some, grid, room)
    tails.wipe()


def entries_of(matrix: sparse.csr_array, rows: Index) -> tuple[Index, Index]:
    """Where the entries of some rows stand in the arrays of a matrix, and where each row starts."""
    first, lengths = matrix.indptr[rows], matrix.indptr[rows + 1] - matrix.indptr[rows]
    starts = np.zeros(len(rows) + 1, dtype=np.intp)
    np.cumsum(lengths, out=starts[1:])
    entries = np.arange(starts[-1])
    entries += np.repeat(first - starts[:-1], lengths)
    return entries, starts


@dataclass(frozen=True, slots=True)
class Tails:
    """The tails of a block of rows, dense and side by side, of the columns that the block uses.

    Attributes:
        column: (v,) where each column of the tail stands; -1 where no row of the block uses it.

        upright: (columns used, rows).

        places: Flat places of `upright` that are not 0.
    """

    column: NDArray[np.int32]
    upright: Units
    places: Index

    @classmethod
    def of(cls, matrix: sparse.csr_array, rows: Index, room: Units | None = None) -> Tails:
        """The tails of some rows, written into `room` where one is given, which must be all 0."""
        entries, starts = entries_of(matrix, rows)
        used = np.zeros(matrix.shape[1], dtype=bool)
        used[matrix.indices[entries]] = True
        column = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
        places = column[matrix.indices[entries]] * np.intp(len(rows))
        places += np.repeat(np.arange(len(rows)), np.diff(starts))
        shape = int(used.sum()), len(rows)
        size = shape[0] * shape[1]
        upright = np.zeros(size, dtype=np.float32) if room is None else room[:size]
        upright[places] = matrix.data[entries]
        return cls(column, upright.reshape(shape), places)

    def products(self, matrix: sparse.csr_array, rows: Index) -> Units:
        """(rows of the other side, rows of the block): what the tails add to each product."""
        entries, starts = entries_of(matrix, rows)
        column = self.column[matrix.indices[entries]]
        met = column >= 0
        before = np.concatenate([[0], np.cumsum(met, dtype=np.int32)])
        parts = matrix.data[entries[met]], column[met], before[starts].astype(np.int32)
        products: Units = sparse.csr_array(parts, shape=(len(rows), len(self.upright))) @ self.upright
        return products

    def wipe(self) -> None:
        """Leave the room as it was."""
        self.upright.reshape(-1)[self.places] = 0


def kth_best_down(grid: Units, k: int) -> Units:
    """For each column of a grid a value that at least k of its entries reach, or 0.

    The entries are dealt into groups. The k-th best of the groups' best is reached by one entry in each
    of k groups, so the k-th best of all is no less.
    """
    groups = min(_GROUPS * k, len(grid))
    if groups < k:
        return np.zeros(grid.shape[1], dtype=np.float32)
    deep = len(grid) // groups
    peaks = grid[: deep * groups].reshape(deep, groups * grid.shape[1]).max(axis=0)
    return _kth(np.ascontiguousarray(peaks.reshape(groups, -1).T), k)


def kth_best_across(grid: Units, k: int) -> Units:
    """For each row of a grid a value that at least k of its entries reach, or 0: see `kth_best_down`."""
    groups = min(_GROUPS * k, grid.shape[1])
    if groups < k:
        return np.zeros(len(grid), dtype=np.float32)
    deep = grid.shape[1] // groups
    return _kth(grid[:, : deep * groups].reshape(len(grid), deep, groups).max(axis=1), k)


def _kth(peaks: Units, k: int) -> Units:
    peaks.partition(peaks.shape[1] - k, axis=1)
    kth: Units = np.maximum(peaks[:, -k], 0)
    return kth


def reaching(tile: Tile, for_rows: Units, for_offers: Units | None) -> tuple[Index, Index, Units]:
    """(offer, row, product) of the pairs that reach either threshold; places are those in the tile."""
    size, width = tile.grid.size, tile.grid.shape[1]
    over = tile.room.marks[:size].reshape(tile.grid.shape)
    np.greater_equal(tile.grid, for_rows, out=over)
    if for_offers is not None:
        too = tile.room.spare.view(np.bool_)[:size].reshape(tile.grid.shape)
        np.greater_equal(tile.grid, for_offers[:, None], out=too)
        np.logical_or(over, too, out=over)
    places = _marked(tile.room.marks, size)
    offer = places // width
    return offer, places - offer * width, tile.grid.reshape(-1)[places]


def _marked(marks: NDArray[np.bool_], size: int) -> Index:
    """Places of the marks among the first `size`: by whole words first, as most are empty."""
    end = -(-size // 8) * 8
    marks[size:end] = False
    words = marks[:end].view(np.uint64)
    some = np.flatnonzero(words)
    found = np.flatnonzero(words[some].view(np.bool_))
    places: Index = some[found >> 3] * 8 + (found & 7)
    return places
