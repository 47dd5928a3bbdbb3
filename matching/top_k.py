"""The k best of the other side for everybody, both ways at once and exact.

1. Applicants who are barred from the same offers are put into blocks (`matching/conflicts.py`).
2. The products of a block with the offers open to it are one matrix product (`matching/blocks.py`).
3. Pairs that reach the k-th best so far of either side are kept, sorted as whole numbers and cut to
   the k best (`matching/slabs.py`).

Products are whole numbers that float32 holds exactly, so the lists do not depend on the size of the
blocks, the number of workers, the machine or the order of a sum. Workers are threads, each with one
thread of linear algebra; inside `joblib.parallel_config("dask")` they are those of a cluster.
"""

from __future__ import annotations

from functools import cache

import joblib
import numpy as np
from joblib.parallel import get_active_backend
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from matching.blocks import Tails, entries_of
from matching.conflicts import Index, alike, conflict_bits, with_groups
from matching.factors import Factors
from matching.lists import KeyForm, Keys, Lists
from matching.slabs import Columns, Days, Slab, rank_slab

BLOCK_ROWS = 512
"""Applicants in a block: more share fewer bits, fewer make the product less worth its while."""

Groups = tuple[NDArray[np.integer], NDArray[np.integer]]

_SMALL = 3_000_000
"""Pairs up to which one worker is done before several have started."""

_PAIRS_AT_ONCE = 4_096


def top_both_ways(
    applicants: Factors,
    offers: Factors,
    *,
    k: int,
    days: Days | None = None,
    groups: Groups | None = None,
    n_jobs: int = -1,
    block_rows: int = BLOCK_ROWS,
) -> tuple[Lists, Lists]:
    """Each applicant's k best eligible offers, and each offer's k best eligible applicants.

    A pair is eligible where its product is not negative and no rule on `days` is broken. `groups` are
    whole numbers from 0 to 63, one for each applicant and each offer (the direction, say): only pairs
    of the same group are looked at, which costs no more than the groups apart. `n_jobs` is the number
    of workers, -1 for all there are.

    Raises ValueError for a `k` below 1.
    """
    parts = _ranked(applicants, offers, k, days, groups, n_jobs, block_rows, both=True)
    for_offers = KeyForm(len(offers), len(applicants))
    columns = np.concatenate([keys for _, keys in parts])
    if len(parts) > 1:
        columns, _ = for_offers.best(columns, k)
    return _lists_of_rows(applicants, offers, parts, k), for_offers.lists(columns, k)


def top_of_rows(
    applicants: Factors,
    offers: Factors,
    *,
    k: int,
    days: Days | None = None,
    groups: Groups | None = None,
    n_jobs: int = -1,
    block_rows: int = BLOCK_ROWS,
) -> Lists:
    """Each applicant's k best eligible offers: the first half of `top_both_ways`, sooner."""
    parts = _ranked(applicants, offers, k, days, groups, n_jobs, block_rows, both=False)
    return _lists_of_rows(applicants, offers, parts, k)


def _lists_of_rows(applicants: Factors, offers: Factors, parts: list[tuple[Keys, Keys]], k: int) -> Lists:
    rows = np.concatenate([keys for keys, _ in parts])
    return KeyForm(len(applicants), len(offers)).lists(rows, k)


def _ranked(
    applicants: Factors,
    offers: Factors,
    k: int,
    days: Days | None,
    groups: Groups | None,
    n_jobs: int,
    block_rows: int,
    *,
    both: bool,
) -> list[tuple[Keys, Keys]]:
    """The keys of both sides' lists from each worker's share of the blocks."""
    if k < 1:
        raise ValueError(f"a list holds at least 1, not {k}")
    bits, offer_bits = conflict_bits(applicants.dense, offers.dense)
    if groups is not None:
        bits, offer_bits = with_groups(bits, offer_bits, *groups)
    blocks = list(alike(bits, offer_bits, largest=block_rows, groups=groups and groups[0]))
    small = len(applicants) * len(offers) <= _SMALL
    workers = 1 if small else max(1, min(joblib.effective_n_jobs(n_jobs), len(blocks)))
    everybody = np.arange(len(applicants))
    slabs = [
        Slab(applicants, everybody, blocks[first::workers], days, len(applicants)) for first in range(workers)
    ]
    columns = Columns(offers, offer_bits)
    if workers == 1:
        return [_rank_on_one_core(slabs[0], columns, k, both=both)]
    if getattr(get_active_backend(prefer="threads")[0], "supports_sharedmem", False):
        rank = joblib.delayed(rank_slab)
        with _linear_algebra().limit(limits=1, user_api="blas"):
            return list(
                joblib.Parallel(n_jobs=workers, prefer="threads")(
                    rank(slab, columns, k, both=both) for slab in slabs
                )
            )
    rank = joblib.delayed(_rank_on_one_core)
    return list(joblib.Parallel(n_jobs=workers)(rank(slab.alone(), columns, k, both=both) for slab in slabs))


def _rank_on_one_core(slab: Slab, columns: Columns, k: int, *, both: bool) -> tuple[Keys, Keys]:
    with _linear_algebra().limit(limits=1, user_api="blas"):
        return rank_slab(slab, columns, k, both=both)


@cache
def _linear_algebra() -> ThreadpoolController:
    """Looking for the libraries takes longer than ranking a small problem."""
    return ThreadpoolController()


def products_of(applicants: Factors, offers: Factors, rows: Index, others: Index) -> NDArray[np.float64]:
    """(n_pairs,): the product of each applicant of `rows` with the offer of `others` beside it.

    For a second score of pairs that were listed by a first: only those pairs are multiplied.
    """
    cuts = range(0, len(rows), _PAIRS_AT_ONCE)
    chunks = [slice(first, first + _PAIRS_AT_ONCE) for first in cuts]
    products = [_pair_products(applicants, offers, rows[cut], others[cut]) for cut in chunks]
    return np.concatenate([np.empty(0), *products])


def _pair_products(applicants: Factors, offers: Factors, rows: Index, others: Index) -> NDArray[np.float64]:
    """(n_pairs,): the product of each applicant of `rows` with the offer beside it."""
    products: NDArray[np.float64] = np.einsum(
        "pd,pd->p", applicants.dense[rows], offers.dense[others]
    ).astype(np.float64)
    known, own = np.unique(rows, return_inverse=True)
    tails = Tails.of(applicants.tail, known)
    entries, starts = entries_of(offers.tail, others)
    pair = np.repeat(np.arange(len(others)), np.diff(starts))
    column = tails.column[offers.tail.indices[entries]]
    met = column >= 0
    pair, worth = pair[met], offers.tail.data[entries[met]] * tails.upright[column[met], own[pair[met]]]
    products += np.bincount(pair, weights=worth, minlength=len(others))
    return products
