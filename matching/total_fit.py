"""Assignment with the lowest total cost over the pairs, by scipy or by OR-tools."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.market import Integers, Market
from matching.pairs import Values

Solver = Literal["auto", "scipy", "ortools"]

LARGE = 10_000
"""Above this many applicants OR-tools is chosen where it is installed."""

UNITS = 10_000
"""OR-tools counts in whole numbers: this many to a point of score."""


def most_total_fit(market: Market, solver: Solver = "auto") -> Integers:
    """The pairs with the highest sum of scores, as places in the market's pairs, sorted.

    A pair with a score below 0 is never made. Among totals that are equal the solver's choice stands:
    the same inputs, solver and version always give the same pairs.
    """
    return cheapest(market, -market.score, np.zeros(market.pairs.n_applicants), solver)


def cheapest(market: Market, cost: Values, unplaced: Values, solver: Solver = "auto") -> Integers:
    """The pairs with the least sum of costs, where an applicant without a place costs `unplaced`.

    `cost` has one number a pair, `unplaced` one an applicant. OR-tools sees costs to 1/10,000.
    Raises ValueError for a solver that does not exist, ModuleNotFoundError for one not installed.
    """
    if solver == "auto":
        large = market.pairs.n_applicants > LARGE and find_spec("ortools") is not None
        solver = "ortools" if large else "scipy"
    if solver not in SOLVERS:
        raise ValueError(f"solver must be auto, {' or '.join(SOLVERS)}, not {solver!r}")
    if not len(cost):
        return np.zeros(0, dtype=np.int64)
    return np.sort(SOLVERS[solver](market, cost, unplaced))


def _by_scipy(market: Market, cost: Values, unplaced: Values) -> Integers:
    """LAPJVsp on applicants by places, in a full matching.

    1. Each place of an offer becomes a column (never more than there are applicants for it).
    2. Each applicant has one more column of their own, which stands for "no place".
    3. Costs are moved above 0, which the solver reads as "no edge"; each applicant pays one of
       them, so that changes no choice.
    """
    n = market.pairs.n_applicants
    useful = np.flatnonzero((cost <= unplaced[market.applicant]) & (market.places[market.offer] > 0))
    offer = market.offer[useful]
    places = np.minimum(market.places, np.bincount(offer, minlength=len(market.places)))
    begins = np.concatenate([[0], np.cumsum(places)])
    copies = places[offer]
    edge = np.repeat(np.arange(len(useful)), copies)
    copy = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    rows = np.concatenate([market.applicant[useful][edge], np.arange(n)])
    columns = np.concatenate([begins[offer][edge] + copy, begins[-1] + np.arange(n)])
    costs = np.concatenate([cost[useful][edge], unplaced]).astype(np.float64)
    shape = (n, int(begins[-1]) + n)
    graph = sparse.csr_array((costs - costs.min() + 1.0, (rows, columns)), shape=shape)
    chosen = np.asarray(min_weight_full_bipartite_matching(graph)[1])
    placed = np.flatnonzero(chosen < begins[-1])
    at = np.searchsorted(begins, chosen[placed], side="right") - 1
    keys = market.applicant[useful].astype(np.int64) * len(market.places) + offer
    return useful[np.searchsorted(keys, placed * len(market.places) + at)]


def _by_ortools(market: Market, cost: Values, unplaced: Values) -> Integers:
    """Minimum-cost flow: one unit from each applicant, through an offer or straight to the sink."""
    flow, pair_arcs = flow_network(market, cost, unplaced)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped without an answer (status {status})")
    return np.flatnonzero(flow.flows(pair_arcs))


def flow_network(market: Market, cost: Values, unplaced: Values) -> tuple[Any, Any]:
    """The network that OR-tools solves, and its arcs for the pairs."""
    from ortools.graph.python import min_cost_flow

    n, m = market.pairs.n_applicants, len(market.places)
    applicants, sink = np.arange(n, dtype=np.int32), np.int32(n + m)
    offers = n + np.arange(m, dtype=np.int32)
    flow = min_cost_flow.SimpleMinCostFlow()
    one = np.ones(len(cost), dtype=np.int64)
    pair_arcs = flow.add_arcs_with_capacity_and_unit_cost(
        market.applicant, np.int32(n) + market.offer, one, np.rint(UNITS * cost).astype(np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        offers, np.full(m, sink), np.minimum(market.places, n), np.zeros(m, dtype=np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        applicants, np.full(n, sink), np.ones(n, dtype=np.int64), np.rint(UNITS * unplaced).astype(np.int64)
    )
    flow.set_nodes_supplies(
        np.arange(n + m + 1, dtype=np.int32), np.r_[np.ones(n), np.zeros(m), -n].astype(np.int64)
    )
    return flow, pair_arcs


SOLVERS: dict[str, Callable[[Market, Values, Values], Integers]] = {
    "scipy": _by_scipy,
    "ortools": _by_ortools,
}
