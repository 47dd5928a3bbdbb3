"""Market clearing: an order of people's lists that spreads attention over the whole market.

When everybody reads their best match first, the same few offers get all the applications. Clearing
puts first the pairs that would come about if the market cleared. It changes the order of lists only:
people see the match score, and an assignment never reads what is computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from matching.deferred_acceptance import best_first, deferred_acceptance
from matching.factors import Floats
from matching.market import Integers, Mask, Rules, make_market
from matching.pairs import Ids, Pairs, Values

Clearing = Literal["balanced", "popularity", "off"]

READ_BY_APPLICANT, APPLICATIONS, READ_BY_HOST = 10, 3, 8
ROUNDS = 300
SETTLED = 1e-9


@dataclass(frozen=True, slots=True)
class Reading:
    """What `simulate_reading` expects of one order of the lists, as means over its draws."""

    placements: float
    offers_without_applications: float


@dataclass(frozen=True, slots=True, eq=False)
class Cleared:
    """The lists in their new order.

    Attributes:
        weight: (e,) What the lists are ordered by. Never shown, never stored as a score.

        for_applicants: (e,) Places in the pairs, applicant by applicant, best first.

        for_hosts: (e,) Places in the pairs, offer by offer, best first.

        before, after: What people can expect when lists follow the match score, and when they follow
            the new order. None when not asked for.
    """

    weight: Values
    for_applicants: Integers
    for_hosts: Integers
    before: Reading | None
    after: Reading | None


def clear(
    pairs: Pairs,
    capacities: ArrayLike,
    *,
    how: Clearing = "balanced",
    beta: float = 0.05,
    seed: int | None = 0,
) -> Cleared:
    """Order the stored lists of both sides; ties go to the lower index.

    `balanced` by the flow of `balanced_flow`, `popularity` by the product of both scores over the
    square root of how popular the offer is (no parameter, the fallback), `off` by the match score.
    `seed` draws the simulation of the effect; None leaves it out. Raises ValueError for a `how` that
    does not exist, a beta that is not above 0 and capacities that do not fit.
    """
    weight = _weight(pairs, np.asarray(capacities), how, beta)
    before = after = None
    if seed is not None:
        before = simulate_reading(pairs, capacities, pairs.score, seed=seed)
        after = simulate_reading(pairs, capacities, weight, seed=seed)
    return Cleared(weight, *_lists(pairs, weight), before, after)


def balanced_flow(pairs: Pairs, capacities: ArrayLike, *, beta: float = 0.05) -> Values:
    """(e,) How much of each pair there is when a market with transferable utility clears.

    Choo and Siow 2006, solved by iterative proportional fitting on the pairs alone: mu = u K v with
    K = exp((p + q) / (2 beta)), p and q the two sides' scores from 0 to 1, and u, v such that nobody
    is used more than once and no offer beyond its places. Written so that nothing cancels for a small
    beta: u = n / (sqrt(n + s s) + s) with s = K v / 2, and the like for v.

    A large beta spreads attention, a small one comes close to the best total.
    """
    return _flow(pairs, *balanced_shares(pairs, capacities, beta=beta), beta)


def list_lifts(pairs: Pairs, capacities: ArrayLike, *, beta: float) -> tuple[Floats, Floats]:
    """(n_applicants,) and (n_offers,): points by which a list moves a row of the other side up or down.

    A list in the order of `score + lift` is in the order of `balanced_flow`, so the points say what
    clearing does: people and offers that many would suit come later in each list, by so many points.
    """
    people, offers = (
        100 * beta * np.log(np.maximum(share.astype(np.float64), np.finfo(np.float64).tiny))
        for share in balanced_shares(pairs, capacities, beta=beta)
    )
    return people, offers


def balanced_shares(pairs: Pairs, capacities: ArrayLike, *, beta: float) -> tuple[Values, Values]:
    """The u (n_applicants,) and v (n_offers,) of `balanced_flow`.

    Raises ValueError for a beta that is not above 0 and for capacities that do not fit.
    """
    if not beta > 0:
        raise ValueError("beta must be above 0")
    places = np.asarray(capacities, dtype=np.float64)
    if places.shape != (pairs.n_offers,):
        raise ValueError(f"capacities must have one number an offer ({pairs.n_offers}), not {places.shape}")
    strength = _strength(pairs, beta)
    kernel = sparse.csr_array(
        (strength, (pairs.applicant, pairs.offer)), shape=(pairs.n_applicants, pairs.n_offers)
    )
    across = kernel.T.tocsr()
    u: Values = np.ones(pairs.n_applicants)
    v: Values = np.ones(pairs.n_offers)
    for _ in range(ROUNDS):
        u = _share(kernel @ v / 2, np.ones(pairs.n_applicants))
        before, v = v, _share(across @ u / 2, places)
        if np.abs(v - before).max(initial=0.0) <= SETTLED * np.abs(v).max(initial=0.0):
            break
    return u, v


def _flow(pairs: Pairs, u: Values, v: Values, beta: float) -> Values:
    flow: Values = u[pairs.applicant] * _strength(pairs, beta) * v[pairs.offer]
    return flow


def _strength(pairs: Pairs, beta: float) -> Values:
    joint = (pairs.applicant_score.astype(np.float64) + pairs.host_score) / 100.0
    strength: Values = np.exp(joint / (2 * beta))
    return strength


def simulate_reading(
    pairs: Pairs, capacities: ArrayLike, weight: ArrayLike, *, seed: int, draws: int = 10
) -> Reading:
    """What comes of lists ordered by `weight`, in a simple model of how people read; the seed decides.

    1. An applicant reads the first 10 of their list and looks closely at number r with probability
       1 / log2(r + 1).
    2. They find an offer they look at worth applying for with probability applicant score / 100, and
       apply to the first 3.
    3. A host reads the first 8 of those who applied, in the order of its own list, and would have each
       with probability host score / 100.
    4. Places go to those they would have by deferred acceptance.

    Each draw has one number a pair and step, the same for every weight, so that orders can be compared.
    """
    rng = np.random.default_rng(seed)
    for_applicants, for_hosts = _lists(pairs, np.asarray(weight))
    has_place = np.asarray(capacities) > 0
    placements, silent = [], []
    at = _position(pairs.applicant[for_applicants])
    look = (at < READ_BY_APPLICANT) / np.log2(at + 2)
    for _ in range(draws):
        interest, welcome = rng.random(len(pairs)), rng.random(len(pairs))
        drawn = interest[for_applicants] < look * pairs.applicant_score[for_applicants] / 100
        applied = _first(for_applicants[drawn], pairs.applicant, APPLICATIONS, len(pairs))
        read = _first(for_hosts[applied[for_hosts]], pairs.offer, READ_BY_HOST, len(pairs))
        wanted = pairs.only(read & (welcome < pairs.host_score / 100))
        placements.append(len(deferred_acceptance(make_market(wanted, capacities, Rules()))))
        reached = np.bincount(pairs.offer[applied], minlength=pairs.n_offers) > 0
        silent.append(int((has_place & ~reached).sum()))
    return Reading(float(np.mean(placements)), float(np.mean(silent)))


def _weight(pairs: Pairs, capacities: Integers, how: Clearing, beta: float) -> Values:
    if how == "off":
        return pairs.score
    if how == "balanced":
        return balanced_flow(pairs, capacities, beta=beta)
    if how == "popularity":
        popularity = np.bincount(pairs.offer, weights=pairs.applicant_score, minlength=pairs.n_offers)
        return pairs.applicant_score * pairs.host_score / np.sqrt(np.maximum(popularity[pairs.offer], 1.0))
    raise ValueError(f"how must be balanced, popularity or off, not {how!r}")


def _share(s: Values, available: Values) -> Values:
    root: Values = np.sqrt(available + s * s) + s
    return np.divide(available, root, out=np.zeros_like(root), where=root > 0)


def _lists(pairs: Pairs, weight: Values) -> tuple[Integers, Integers]:
    """Both sides' lists, best first, ties to the lower index."""
    by_offer = np.argsort(pairs.offer, kind="stable")
    starts = np.searchsorted(pairs.applicant, np.arange(pairs.n_applicants + 1, dtype=np.int32))
    offer_starts = np.r_[0, np.cumsum(np.bincount(pairs.offer, minlength=pairs.n_offers))]
    return best_first(starts, weight), by_offer[best_first(offer_starts, weight[by_offer])]


def _position(side: Ids | Integers) -> Integers:
    """Where each entry stands in its run of equals, from 0."""
    new = np.r_[True, side[1:] != side[:-1]][: len(side)]
    return np.arange(len(side)) - np.maximum.accumulate(np.where(new, np.arange(len(side)), 0))


def _first(listed: Integers, side: Ids, most: int, n: int) -> Mask:
    """The first `most` entries of each run of `side`, as a mask over all pairs."""
    chosen = np.zeros(n, dtype=bool)
    chosen[listed[_position(side[listed])[: len(listed)] < most]] = True
    return chosen
