"""Ranking against the arithmetic it cannot do without, and against libraries that people would reach for.

    python -m tests.load.bench_ranking [--quick] [--json FILE]

Every figure is the median of several repeats, taken in turns, and every ratio compares what was
measured in the same run. The bound is the float32 matrix product of the same shapes, free to use every
core. No library sees the rules on days, and all but
sparse_dot_topn see the dense columns alone; a `~` marks what was measured on a
sample of the applicants and scaled up. Invented arrays; nothing is written anywhere.
"""

from __future__ import annotations

import argparse
import importlib
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from scipy import sparse
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_info, threadpool_limits

from matching.best_for_one import OneSide, best_for_one
from matching.factors import Factors, dates_conflict
from matching.top_k import top_both_ways
from tests.load.figures import Figure, keep
from tests.load.invented import Cohort, cohort

BENCH = "ranking"
K = 20
REACH, MEMORY, ONE_MS = 2.5, 300.0, {10_000: 1.0, 100_000: 5.0}
"""Times the bound, MiB, and milliseconds for one applicant by number of offers."""
SHAPES = ((1_000, 1_000, 15), (10_000, 2_000, 7), (100_000, 10_000, 3))
CATALOGUES = (10_000, 100_000)
ROWS_AT_ONCE = 4_096
SAMPLE = 10_000_000
"""Pairs on which the libraries are measured before they are scaled up."""

Run = Callable[[], object]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the two smaller shapes only")
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    given = parser.parse_args()
    figures: list[Figure] = []
    for library in threadpool_info():
        if library["user_api"] == "blas":
            print(f"{library['internal_api']} {library['version']}, {library['architecture']} kernels")
    for n_applicants, n_offers, repeats in SHAPES[:2] if given.quick else SHAPES:
        for mixed in (True, False):
            figures += both_ways(cohort(n_applicants, n_offers, mixed=mixed), mixed=mixed, repeats=repeats)
    for n_offers in CATALOGUES:
        figures += one_applicant(n_offers)
    keep(given.json, figures)


def both_ways(people: Cohort, *, mixed: bool, repeats: int) -> list[Figure]:
    """Top 20 both ways for one shape, and what others take."""
    n_applicants, n_offers = len(people.applicants), len(people.offers)
    way = "half in each direction" if mixed else "all in one direction"
    print(f"\n{n_applicants:,} applicants x {n_offers:,} offers, {way}, top {K} both ways")
    runs: dict[str, Run] = {
        "matrix product (the bound)": product_run(people),
        "top_both_ways": our_run(people),
    }
    scale = min(1.0, SAMPLE / (n_applicants * n_offers))
    others = other_runs(people, max(K, int(n_applicants * scale)))
    seconds, cores = measured({**runs, **others}, repeats)
    bound = seconds["matrix product (the bound)"]
    for name, wall in seconds.items():
        factor = 1 / scale if name in others else 1.0
        about = "~" if factor > 1 else " "
        print(
            f"  {name:<44}{about}{wall * factor:9.4f} s {cores[name] * factor:9.4f} core-s"
            f" {about}{wall * factor / bound:7.2f} x the bound"
        )
    memory = working_memory(people) / 2**20
    print(f"  working memory of top_both_ways: {memory:.0f} MiB at most")
    case = f"top {K} both ways, {n_applicants:,} x {n_offers:,}, {way}"
    ours = seconds["top_both_ways"]
    return [
        Figure(BENCH, case, "times the float32 product of the same shapes", ours / bound, REACH),
        *(Figure(BENCH, case, f"times as fast as {name}", seconds[name] / scale / ours) for name in others),
        Figure(BENCH, case, "working memory, MiB", memory, MEMORY),
    ]


def measured(runs: dict[str, Run], repeats: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds, and median seconds of all cores together, of runs that take turns."""
    wall: dict[str, list[float]] = {name: [] for name in runs}
    cores: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(repeats):
        for name, run in runs.items():
            start, start_cores = time.perf_counter(), time.process_time()
            run()
            wall[name].append(time.perf_counter() - start)
            cores[name].append(time.process_time() - start_cores)
    return {name: median(s) for name, s in wall.items()}, {name: median(s) for name, s in cores.items()}


def product_run(people: Cohort) -> Run:
    """The float32 product of the dense columns, every pair, in memory that is used again."""
    dense, offers = people.applicants.dense, people.offers.dense.T
    room = np.empty((min(ROWS_AT_ONCE, len(dense)), offers.shape[1]), dtype=np.float32)

    def run() -> None:
        for first in range(0, len(dense), ROWS_AT_ONCE):
            rows = dense[first : first + ROWS_AT_ONCE]
            np.dot(rows, offers, out=room[: len(rows)])

    return run


def our_run(people: Cohort) -> Run:
    """Every rule, every column, both ways."""
    days = people.applicant_days, people.offer_days
    groups = people.applicants_outward.astype(int), people.offers_outward.astype(int)
    return lambda: top_both_ways(people.applicants, people.offers, k=K, days=days, groups=groups)


def other_runs(people: Cohort, n_applicants: int) -> dict[str, Run]:
    """What is installed of the libraries, over the first applicants."""
    applicants, offers = people.applicants.dense[:n_applicants], people.offers.dense
    runs: dict[str, Run] = {"scikit-learn NearestNeighbors, brute": _nearest_neighbours(applicants, offers)}
    for name, package, make in (
        ("faiss-cpu flat index", "faiss", _faiss),
        ("sparse_dot_topn", "sparse_dot_topn", _sparse_dot_topn),
    ):
        try:
            runs[name] = make(importlib.import_module(package), people, n_applicants)
        except ModuleNotFoundError:
            print(f"  {name}: not installed")
    return runs


def _nearest_neighbours(applicants: np.ndarray, offers: np.ndarray) -> Run:
    """Largest product as nearest neighbour: one more column makes every row of the other side as long."""

    def one_way(rows: np.ndarray, others: np.ndarray) -> None:
        squares = np.einsum("nd,nd->n", others, others)
        longer = np.sqrt(np.maximum(squares.max() - squares, 0))
        index = NearestNeighbors(n_neighbors=K, algorithm="brute", n_jobs=-1)
        index.fit(np.column_stack([others, longer]))
        index.kneighbors(np.column_stack([rows, np.zeros(len(rows), dtype=np.float32)]))

    def run() -> None:
        one_way(applicants, offers)
        one_way(offers, applicants)

    return run


def _faiss(faiss: object, people: Cohort, n_applicants: int) -> Run:
    applicants, offers = people.applicants.dense[:n_applicants], people.offers.dense

    def run() -> None:
        for rows, others in ((applicants, offers), (offers, applicants)):
            index = faiss.IndexFlatIP(others.shape[1])
            index.add(others)
            index.search(rows, K)

    return run


def _sparse_dot_topn(library: object, people: Cohort, n_applicants: int) -> Run:
    """Every column as a sparse one."""

    def sparse_rows(factors: Factors) -> sparse.csr_matrix:
        return sparse.csr_matrix(sparse.hstack([sparse.csr_array(factors.dense), factors.tail]))

    applicants = sparse_rows(people.applicants.take(slice(n_applicants)))
    offers = sparse_rows(people.offers)
    forth, back = offers.T.tocsr(), applicants.T.tocsr()

    def run() -> None:
        library.sp_matmul_topn(applicants, forth, top_n=K, n_threads=2)
        library.sp_matmul_topn(offers, back, top_n=K, n_threads=2)

    return run


def working_memory(people: Cohort) -> int:
    """Bytes that ranking needs at most beside what goes in and what comes out."""
    run = our_run(people)
    tracemalloc.start()
    try:
        lists = run()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return peak - sum(each.indices.nbytes + each.products.nbytes for each in lists)


def one_applicant(n_offers: int) -> list[Figure]:
    """Each of some applicants against a catalogue of their own direction, on one thread like a web request."""
    people = cohort(60, n_offers, mixed=False, seed=1)
    side = OneSide.of(people.offers)
    ones = [
        (people.applicants.take(slice(i, i + 1)), people.applicant_days.take(slice(i, i + 1)))
        for i in range(60)
    ]
    out = np.empty(n_offers, dtype=np.float32)
    passes, ours = [], []
    with threadpool_limits(1, user_api="blas"):
        for one, day in ones:
            start = time.perf_counter()
            np.dot(people.offers.dense, one.dense[0], out=out)
            middle = time.perf_counter()
            best_for_one(
                one,
                side,
                k=K,
                conflict=lambda some, day=day: dates_conflict(day, people.offer_days.take(some))[0],
            )
            ours.append(time.perf_counter() - middle)
            passes.append(middle - start)
    case = f"one applicant against {n_offers:,} offers"
    print(
        f"\none applicant x {n_offers:,} offers: {median(ours) * 1e3:.2f} ms (worst {max(ours) * 1e3:.2f}), "
        f"{median(ours) / median(passes):.2f} x one pass over the offers ({median(passes) * 1e3:.2f} ms)"
    )
    return [
        Figure(BENCH, case, "milliseconds", median(ours) * 1e3, ONE_MS.get(n_offers)),
        Figure(BENCH, case, "times one pass over the offers", median(ours) / median(passes)),
    ]


if __name__ == "__main__":
    main()
