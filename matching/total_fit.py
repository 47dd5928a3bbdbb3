"""Assignment with the highest total score, whatever anybody would rather have."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.factors import Floats
from matching.market import Market, Pair


def most_total_fit(market: Market) -> list[Pair]:
    """Pairs with the highest sum of scores of what is left after the pins.

    1. Each place of an offer becomes a column (never more than there are applicants for it).
    2. Each applicant has one dummy column of their own, which stands for "not placed".
    3. A pair costs the distance from the highest score, a dummy the distance of a score of 0.
    4. The cheapest full matching of the rows (scipy, LAPJVsp) is the highest total.

    A pair with a score below 0 is never made.
    """
    n_applicants = len(market.scores)
    allowed = market.allowed & (market.scores >= 0)
    places = np.minimum(market.capacities, allowed.sum(axis=0))
    offer_of = np.repeat(np.arange(len(places)), places)
    if not n_applicants or not len(offer_of):
        return []
    rows, slots = np.nonzero(allowed[:, offer_of])
    scores = market.scores[rows, offer_of[slots]]
    columns = np.concatenate([slots, len(offer_of) + np.arange(n_applicants)])
    graph = sparse.csr_array(
        (_costs(scores, n_applicants), (np.concatenate([rows, np.arange(n_applicants)]), columns)),
        shape=(n_applicants, len(offer_of) + n_applicants),
    )
    chosen_rows, chosen = min_weight_full_bipartite_matching(graph)
    made = [(int(i), int(offer_of[c])) for i, c in zip(chosen_rows, chosen, strict=True) if c < len(offer_of)]
    return sorted(made)


def _costs(scores: Floats, n_dummies: int) -> Floats:
    """Costs above 0 (the solver reads a 0 as "no edge"): the pairs, then the dummies."""
    highest = float(scores.max(initial=0.0))
    return np.concatenate([highest - scores + 1.0, np.full(n_dummies, highest + 1.0)])
