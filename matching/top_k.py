"""The k best of the other side for everybody, both ways at once and exact.

The larger side is cut into blocks of alike applicants (`matching/conflicts.py`), the products of a
block with the offers open to it are one matrix product, and both sides' lists grow from what reaches
the k-th best so far. Products are whole numbers that float32 holds exactly, so the result does not
depend on the size of the blocks, the number of workers, the machine or the order of a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import joblib
import numpy as np
from threadpoolctl import ThreadpoolController

from matching.blocks import Room, Tile, kth_best_across, kth_best_down, reaching, tiles
from matching.conflicts import Index, Words, alike, conflict_bits, open_to
from matching.factors import ApplicantDays, Factors, OfferDays, Units
from matching.lists import KeyForm, Keys, Lists
from matching.margins import Margins

Days = tuple[ApplicantDays, OfferDays]
Block = tuple[Index, Words]

BLOCK_ROWS = 512
TILE_CELLS = 4_000_000
SMALL = 3_000_000
"""Pairs up to which one worker is done sooner than several have started."""


def top_both_ways(
    applicants: Factors,
    offers: Factors,
    *,
    k: int,
    days: Days | None = None,
    n_jobs: int = -1,
    block_rows: int = BLOCK_ROWS,
) -> tuple[Lists, Lists]:
    """Each applicant's k best eligible offers, and each offer's k best eligible applicants."""
    parts = _ranked(applicants, offers, k, days, n_jobs, block_rows, both=True)
    for_applicants, for_offers = _forms(applicants, offers)
    return (
        for_applicants.lists(np.concatenate([rows for rows, _ in parts]), k),
        for_offers.lists(np.concatenate([columns for _, columns in parts]), k),
    )


def top_of_rows(
    applicants: Factors,
    offers: Factors,
    *,
    k: int,
    days: Days | None = None,
    n_jobs: int = -1,
    block_rows: int = BLOCK_ROWS,
) -> Lists:
    """Each applicant's k best eligible offers."""
    parts = _ranked(applicants, offers, k, days, n_jobs, block_rows, both=False)
    return _forms(applicants, offers)[0].lists(np.concatenate([rows for rows, _ in parts]), k)


def _forms(applicants: Factors, offers: Factors) -> tuple[KeyForm, KeyForm]:
    return KeyForm(len(applicants), len(offers)), KeyForm(len(offers), len(applicants))


def _ranked(
    applicants: Factors,
    offers: Factors,
    k: int,
    days: Days | None,
    n_jobs: int,
    block_rows: int,
    *,
    both: bool,
) -> list[tuple[Keys, Keys]]:
    """The keys of both sides' lists from each worker's share of the blocks."""
    bits, offer_bits = conflict_bits(applicants.dense, offers.dense)
    blocks = list(alike(bits, offer_bits, largest=block_rows))
    if len(applicants) * len(offers) <= SMALL:
        with _blas().limit(limits=1, user_api="blas"):
            return [_slab(applicants, offers, days, blocks, offer_bits, None, k, both)]
    workers = min(joblib.effective_n_jobs(n_jobs), len(blocks))
    with _blas().limit(limits=1, user_api="blas"):
        return joblib.Parallel(n_jobs=n_jobs, prefer="threads")(
            joblib.delayed(_slab)(applicants, offers, days, blocks[i::workers], offer_bits, None, k, both)
            for i in range(workers)
        )


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def _slab(
    applicants: Factors,
    offers: Factors,
    days: Days | None,
    blocks: Sequence[Block],
    offer_bits: Words,
    names: Index | None,
    k: int,
    both: bool,
) -> tuple[Keys, Keys]:
    for_applicants, for_offers = _forms(applicants, offers)
    margins = None if days is None else Margins.of(*days)
    widest = max((len(rows) for rows, _ in blocks), default=0)
    room = Room(offers, rows=widest, cells=TILE_CELLS)
    best = _Best(for_offers, k)
    lists: list[Keys] = []
    for rows, shared in blocks:
        found = [np.empty(0, dtype=np.uint64)]
        floor = np.zeros(len(rows), dtype=np.float32)
        for tile in tiles(applicants, offers, margins, rows, open_to(shared, offer_bits), room):
            floor = np.maximum(floor, kth_best_down(tile.grid, k))
            above = best.least(tile) if both else None
            offer, row, product = reaching(tile, floor, above)
            listed = product >= floor[row]
            found.append(
                for_applicants.pack(tile.rows[row[listed]], product[listed], tile.offers[offer[listed]])
            )
            if above is not None:
                listed = product >= above[offer]
                best.add(for_offers.pack(tile.offers[offer[listed]], product[listed], tile.rows[row[listed]]))
        lists.append(for_applicants.best(np.concatenate(found), k)[0])
    best.merge()
    return np.concatenate(lists), best.kept


@dataclass(slots=True)
class _Best:
    """The k best so far on each list of one side, and what a newcomer must reach."""

    form: KeyForm
    k: int
    floor: Units = field(init=False)
    kept: Keys = field(init=False)
    waiting: list[Keys] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.floor = np.zeros(self.form.owners, dtype=np.float32)
        self.kept = np.empty(0, dtype=np.uint64)

    def least(self, tile: Tile) -> Units:
        """What a pair of a tile must reach; a list that has none yet learns it from the tile."""
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
