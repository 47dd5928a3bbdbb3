"""One worker's share of the pairs: some blocks of applicants with every offer open to them.

A slab is plain arrays, so that it can be sent to another process or another machine; what comes back
are the keys of its lists. Rows belong to one slab; the columns' lists of several slabs merge by sorting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.blocks import Room, Tile, kth_best_across, kth_best_down, reaching, tiles
from matching.conflicts import Index, Words, open_to
from matching.factors import ApplicantDays, Factors, OfferDays, Units
from matching.lists import KeyForm, Keys
from matching.margins import Margins

Days = tuple[ApplicantDays, OfferDays]
Block = tuple[Index, Words]

TILE_CELLS = 4_000_000
"""Pairs whose products a worker holds at once: 36 MB with what goes beside them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The offers, the same for every slab, with the bits that close them."""

    offers: Factors
    bits: Words


@dataclass(frozen=True, slots=True)
class Slab:
    """Blocks of applicants: rows of `applicants`, whose indices in the whole problem are `names`."""

    applicants: Factors
    names: Index
    blocks: Sequence[Block]
    days: Days | None
    n_applicants: int

    def alone(self) -> Slab:
        """The same with no more applicants than its blocks hold, to be sent elsewhere."""
        rows = np.concatenate([block for block, _ in self.blocks])
        ends = np.cumsum([len(block) for block, _ in self.blocks])
        blocks = [
            (np.arange(end - len(block), end), shared)
            for end, (block, shared) in zip(ends, self.blocks, strict=True)
        ]
        days = self.days and (self.days[0].take(rows), self.days[1])
        return Slab(self.applicants.take(rows), self.names[rows], blocks, days, self.n_applicants)


@dataclass(slots=True)
class _Best:
    """The k best so far on each list of the offers, and what a newcomer must reach."""

    form: KeyForm
    k: int
    floor: Units = field(init=False)
    kept: Keys = field(init=False)
    waiting: list[Keys] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.floor = np.zeros(self.form.owners, dtype=np.float32)
        self.kept = np.empty(0, dtype=np.uint64)

    def least(self, tile: Tile) -> Units:
        """What a pair of a tile must reach; a list that knows nothing yet learns it from the tile."""
        new = np.flatnonzero(self.floor[tile.offers] == 0)
        if len(new):
            self.floor[tile.offers[new]] = kth_best_across(tile.grid[new], self.k)
        return self.floor[tile.offers]

    def add(self, keys: Keys) -> None:
        """Take in candidates; merge them once there are enough to be worth it."""
        self.waiting.append(keys)
        if 2 * sum(map(len, self.waiting)) > len(self.kept):
            self.merge()

    def merge(self) -> None:
        """Keep the k best of what is kept and what waits."""
        self.kept, place = self.form.best(np.concatenate([self.kept, *self.waiting]), self.k)
        self.waiting.clear()
        last = self.kept[place == self.k - 1]
        self.floor[self.form.owner(last)] = self.form.product(last)


def rank_slab(slab: Slab, columns: Columns, k: int, *, both: bool) -> tuple[Keys, Keys]:
    """The keys of the applicants' lists, and of the offers' lists among these applicants (if `both`)."""
    n_offers = len(columns.offers)
    for_applicants = KeyForm(slab.n_applicants, n_offers)
    best = _Best(KeyForm(n_offers, slab.n_applicants), k)
    margins = None if slab.days is None else Margins.of(*slab.days)
    widest = max((len(rows) for rows, _ in slab.blocks), default=0)
    room = Room(columns.offers, rows=widest, cells=TILE_CELLS)
    lists: list[Keys] = [np.empty(0, dtype=np.uint64)]
    for rows, shared in slab.blocks:
        found: list[Keys] = [np.empty(0, dtype=np.uint64)]
        floor = np.zeros(len(rows), dtype=np.float32)
        still_open = open_to(shared, columns.bits)
        for tile in tiles(slab.applicants, columns.offers, margins, rows, still_open, room):
            names = slab.names[tile.rows]
            floor = np.maximum(floor, kth_best_down(tile.grid, k))
            above = best.least(tile) if both else None
            offer, row, product = reaching(tile, floor, above)
            on = product >= floor[row]
            found.append(for_applicants.pack(names[row[on]], product[on], tile.offers[offer[on]]))
            if above is not None:
                on = product >= above[offer]
                best.add(best.form.pack(tile.offers[offer[on]], product[on], names[row[on]]))
        lists.append(for_applicants.best(np.concatenate(found), k)[0])
    best.merge()
    return np.concatenate(lists), best.kept
