"""How long the assignment of a cohort takes, as ratios to plain baselines in the same run.

    python -m tests.load.bench_assignment [--applicants 100000] [--offers 10000] [--width 50]
        [--only stable] [--json FILE]

Prints processor seconds (one thread) and ratios. The baselines: deferred acceptance in fifteen lines
on heaps, lists built beforehand; and OR-tools' own solve of the flow network, built beforehand.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from heapq import heappush, heapreplace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from time import process_time

import numpy as np

from matching import Group, Pairs, Quota, Reserve, Rules, assign, clear, pairs_from_lists, quotas, total_fit
from matching.deferred_acceptance import best_first
from matching.market import Market, make_market
from tests.load.figures import Figure, keep

BENCH = "assignment"
POINTS = 100.0


def heap_version(lists, priority, places, host, applicant):
    """The baseline: applicant-proposing deferred acceptance, and nothing else."""
    at, held, free = [0] * len(lists), defaultdict(list), list(range(len(lists)))
    while free:
        a = free.pop()
        while at[a] < len(lists[a]):
            pair = lists[a][at[a]]
            at[a] += 1
            there = held[host[pair]]
            if len(there) < places[host[pair]]:
                heappush(there, (priority[pair], -pair))
                break
            if (priority[pair], -pair) > there[0]:
                free.append(applicant[-heapreplace(there, (priority[pair], -pair))[1]])
                break
    return sorted(-pair for bids in held.values() for _, pair in bids)


def cohort(n: int, m: int, width: int, seed: int = 0) -> tuple[Pairs, np.ndarray]:
    """The best `width` offers of each applicant by tastes that people share in part, and one to three places."""
    rng = np.random.default_rng(seed)
    people, offers = (rng.normal(size=(rows, 8)).astype(np.float32) for rows in (n, m))
    indices, scores = np.empty((n, width), dtype=np.int32), np.empty((n, width))
    for first in range(0, n, 2000):
        rows = slice(first, min(first + 2000, n))
        fit = people[rows] @ offers.T * 3 + rng.normal(scale=6, size=(rows.stop - first, m)) + 40
        indices[rows] = np.argpartition(-fit, width, axis=1)[:, :width]
        scores[rows] = np.take_along_axis(fit, indices[rows], axis=1)
    own, wanted = (
        np.clip(scores + rng.normal(scale=5, size=scores.shape), 0, POINTS).round(4) for _ in range(2)
    )
    pairs = pairs_from_lists(
        indices, ((own + wanted) / 2).round(4), n_offers=m, applicant_score=own, host_score=wanted
    )
    return pairs, rng.integers(1, 4, m)


def settings(pairs: Pairs, places: np.ndarray, quota: bool = False) -> tuple[Rules, list[Group]]:
    """Everything switched on: a reserve, pins, forbidden pairs, a floor and groups to count."""
    rng = np.random.default_rng(1)
    protected, small = rng.random(pairs.n_applicants) < 0.2, rng.random(pairs.n_offers) < 0.48
    some = rng.choice(len(pairs), 300, replace=False)
    pins: dict[int, tuple[int, int]] = {}
    for at in some[:100]:
        pins.setdefault(int(pairs.offer[at]), (int(pairs.applicant[at]), int(pairs.offer[at])))
    pinned = {i for i, _ in pins.values()}
    rules = Rules(
        pins=list({i: (i, j) for i, j in pins.values()}.values()),
        forbids=[
            (int(pairs.applicant[a]), int(pairs.offer[a]))
            for a in some[100:]
            if pairs.applicant[a] not in pinned
        ],
        floor=20.0,
        reserves=[Reserve("protected", (places >= 2).astype(int), protected)],
        quotas=[Quota("small charities", small, 0.55)] if quota else [],
    )
    return rules, [Group("small charities", "offer", small), Group("protected", "applicant", protected)]


def say(line: str) -> None:
    """One line of the answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(call: Callable[[], object], times: int = 1) -> tuple[float, object]:
    """The least processor seconds of some runs, and the last answer."""
    best, answer = np.inf, None
    for _ in range(times):
        answer = None
        gc.collect()
        start = process_time()
        answer = call()
        best = min(best, process_time() - start)
    return best, answer


def peak() -> float:
    """The most memory this process has held, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def bench_stable(pairs: Pairs, places: np.ndarray) -> list[Figure]:
    """Stable with everything switched on against the heap version with nothing."""
    rules, groups = settings(pairs, places)
    ours, made = timed(lambda: assign(pairs, places, rules=rules, groups=groups), times=2)
    memory = peak()
    market = make_market(pairs, places, Rules())
    plain = assign(pairs, places)
    order, starts = best_first(market.starts, market.likes).tolist(), market.starts.tolist()
    lists = [order[first:last] for first, last in pairwise(starts)]
    columns = (market.wants.tolist(), places.tolist(), market.offer.tolist(), market.applicant.tolist())
    gc.freeze()
    theirs, held = timed(lambda: heap_version(lists, *columns), times=2)
    gc.unfreeze()
    same = held == plain.held.tolist()
    say(f"stable, everything on   {ours:8.2f} s   {made.certificate.matched:,} placed, {memory:.2f} GB peak")
    say(f"heap version            {theirs:8.2f} s   same pairs without rules: {'yes' if same else 'NO'}")
    say(f"  ratio                 {ours / theirs:8.2f}     (reach: 1.2)")
    return [
        Figure(
            BENCH, "stable, everything on", "times deferred acceptance in fifteen lines", ours / theirs, 1.2
        ),
        Figure(BENCH, "stable, everything on", "memory of the process, GB", memory, 1.5),
    ]


def solve_only(market: Market) -> float:
    """OR-tools' own solve, its network built before the clock starts."""
    flow, _ = total_fit.flow_network(market, -market.score, np.zeros(market.pairs.n_applicants))
    seconds, status = timed(flow.solve)
    assert status == flow.OPTIMAL
    return seconds


def bench_total(pairs: Pairs, places: np.ndarray) -> list[Figure]:
    """Most total fit with its certificate against OR-tools' own solve, and one quota in solves."""
    ours = theirs = np.inf
    for _ in range(2):  # in turns, so that neither always finds the memory warm
        seconds, made = timed(lambda: assign(pairs, places, method="most_total_fit", solver="ortools"))
        ours, theirs = min(ours, seconds), min(theirs, solve_only(make_market(pairs, places, Rules())))
    memory = peak()
    say(f"most total fit          {ours:8.2f} s   {made.certificate.matched:,} placed, {memory:.2f} GB peak")
    say(f"OR-tools' own solve     {theirs:8.2f} s")
    say(f"  ratio                 {ours / theirs:8.2f}     (reach: 1.2)")
    return [Figure(BENCH, "most total fit", "times OR-tools' own solve", ours / theirs, 1.2)]


def bench_quota(pairs: Pairs, places: np.ndarray, solver: str) -> list[Figure]:
    """One share quota, counted in solves."""
    rules, _ = settings(pairs, places, quota=True)
    solves, cheapest = [0], quotas.cheapest

    def counted(*arguments):
        solves[0] += 1
        return cheapest(*arguments)

    quotas.cheapest = counted
    seconds, made = timed(lambda: assign(pairs, places, rules=rules, method="most_total_fit", solver=solver))
    quotas.cheapest = cheapest
    (result,) = made.certificate.quotas
    say(f"one quota               {seconds:8.2f} s   {solves[0]} solves (reach: 15)")
    say(f"  {result.words} Share {result.share:.3f}, places lost {result.places_lost}.")
    return [Figure(BENCH, "most total fit with one share quota", "solves", solves[0], 15)]


def bench_clearing(pairs: Pairs, places: np.ndarray) -> list[Figure]:
    """The order of the lists, and what it does."""
    seconds, _ = timed(lambda: clear(pairs, places, seed=None))
    cleared = clear(pairs, places)
    say(f"market clearing         {seconds:8.2f} s")
    say(
        f"  placements expected   {cleared.before.placements:,.0f} before, {cleared.after.placements:,.0f} after"
    )
    silent = (cleared.before.offers_without_applications, cleared.after.offers_without_applications)
    say(f"  offers nobody applies to {silent[0]:,.0f} before, {silent[1]:,.0f} after")
    return [
        Figure(BENCH, "order of lists", "seconds", seconds),
        Figure(BENCH, "order of lists", "placements expected before", cleared.before.placements),
        Figure(BENCH, "order of lists", "placements expected after", cleared.after.placements),
        Figure(BENCH, "order of lists", "offers that nobody applies to, before", silent[0]),
        Figure(BENCH, "order of lists", "offers that nobody applies to, after", silent[1]),
    ]


def main() -> None:
    """Run the benchmarks asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--applicants", type=int, default=100_000)
    parser.add_argument("--offers", type=int, default=10_000)
    parser.add_argument("--width", type=int, default=50)
    parser.add_argument("--only", choices=["stable", "total", "quota", "clearing"])
    parser.add_argument("--solver", choices=["scipy", "ortools"], default="ortools")
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    asked = parser.parse_args()
    figures: list[Figure] = []
    pairs, places = cohort(asked.applicants, asked.offers, asked.width)
    say(
        f"{asked.applicants:,} applicants, {asked.offers:,} offers, {len(pairs):,} pairs, {places.sum():,} places"
    )
    benches: dict[str, Callable[[], list[Figure]]] = {
        "stable": lambda: bench_stable(pairs, places),
        "total": lambda: bench_total(pairs, places),
        "quota": lambda: bench_quota(pairs, places, asked.solver),
        "clearing": lambda: bench_clearing(pairs, places),
    }
    for name, bench in benches.items():
        if asked.only not in (None, name):
            continue
        if name in ("total", "quota") and asked.solver == "ortools" and find_spec("ortools") is None:
            say(f"{name}: not run, because the extra “assignment” (OR-tools) is not installed")
            continue
        figures += bench()
    shape = f"{asked.applicants:,} x {asked.offers:,}, lists of {asked.width}"
    keep(asked.json, [replace(figure, case=f"{figure.case} ({shape})") for figure in figures])


if __name__ == "__main__":
    main()
