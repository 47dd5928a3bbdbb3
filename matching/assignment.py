"""Assignment of a whole cohort: who goes where, with a certificate that anybody can check.

Nothing here decides: people approve pairs. Three methods, made to be shown side by side:

- `stable` leaves no applicant and offer who would both rather have each other, given the reserves.
- `most_total_fit` has the highest sum of scores, given the share quotas.
- `worst_served_first` places as many as can be and lifts the lowest fits first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from matching.certificate import Certificate, Group, certify
from matching.deferred_acceptance import bars_of, deferred_acceptance
from matching.market import Integers, Market, Rules, make_market
from matching.pairs import Ids, Pair, Pairs, Values
from matching.quotas import QuotaResult, most_total_fit_with_quotas
from matching.total_fit import Solver
from matching.worst_served import worst_served_first

Solved = tuple[Integers, tuple[QuotaResult, ...]]

METHODS: Mapping[str, Callable[[Market, Solver], Solved]] = {
    "stable": lambda market, _: (deferred_acceptance(market), ()),
    "most_total_fit": most_total_fit_with_quotas,
    "worst_served_first": lambda market, solver: (worst_served_first(market, solver), ()),
}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Assignment:
    """Who goes where, and all that is needed to explain it and to check it.

    Attributes:
        method: One of METHODS.

        market: The inputs, as arranged for the method.

        held: Places of the pairs made in the market's pairs, sorted. Pins are not among them.

        groups: As asked.

        solver: As asked.

        certificate: What the assignment achieves.
    """

    method: str
    market: Market
    held: Integers
    groups: tuple[Group, ...]
    solver: Solver
    certificate: Certificate

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """(applicant, offer), sorted by applicant, pins included."""
        applicants, offers = self.market.applicant[self.held].tolist(), self.market.offer[self.held].tolist()
        return tuple(sorted([*zip(applicants, offers, strict=True), *self.market.pins]))

    @property
    def offer_of(self) -> Ids:
        """(n_applicants,) The offer of each applicant, -1 without a place."""
        offers = np.full(self.market.pairs.n_applicants, -1, dtype=np.int32)
        offers[self.market.applicant[self.held]] = self.market.offer[self.held]
        for i, j in self.market.pins:
            offers[i] = j
        return offers

    @property
    def cut_offs(self) -> Values:
        """(n_reserves + 1, n_offers) What an applicant must beat at each offer, in host priority.

        A row a reserve, for those it protects, in the order of the rules; the last is for everybody.
        Minus infinity while a place is free, infinity where no place was left after the pins.
        """
        return bars_of(self.market, self.held)


def assign(
    pairs: Pairs,
    capacities: ArrayLike,
    *,
    rules: Rules | None = None,
    method: str = "stable",
    groups: Sequence[Group] = (),
    directions: ArrayLike | None = None,
    solver: Solver = "auto",
    highest_total: float | None = None,
) -> Assignment:
    """Assign applicants to offers, each applicant at most once and no offer beyond its capacity.

    `capacities` has one number an offer, places already taken left out. Pins are settled first;
    forbidden pairs and open pairs with a score below the floor are never made. Reserves are kept by
    `stable` only, quotas by `most_total_fit` only. Ties go to the lower index and the same inputs
    always give the same pairs.

    `directions` names the direction of each offer. Nobody goes both ways, so the directions share no
    applicant and this one call is one run a direction; ValueError where somebody may go both ways.
    Each direction is added to the groups.

    `highest_total` (of `most_total_fit` on the same inputs) lets the certificate print the price of
    stability; `scenarios` does that. Raises ValueError for a method that does not exist and for inputs
    that contradict each other.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}")
    market = make_market(pairs, capacities, rules or Rules())
    shown = (*groups, *_directions(pairs, directions))
    return solve(market, method, shown, solver, highest_total)


def scenarios(
    pairs: Pairs,
    capacities: ArrayLike,
    *,
    rules: Rules | None = None,
    groups: Sequence[Group] = (),
    directions: ArrayLike | None = None,
    solver: Solver = "auto",
    methods: Sequence[str] = tuple(METHODS),
) -> dict[str, Assignment]:
    """Each method on the same inputs, with the price of stability against the highest total of all.

    That total is of `most_total_fit` without quotas, so that the price is one of stability alone.
    Takes the inputs of `assign` and raises what it raises.
    """
    free = replace(rules or Rules(), quotas=())
    best = assign(pairs, capacities, rules=free, method="most_total_fit", solver=solver)
    return {
        method: assign(
            pairs,
            capacities,
            rules=rules,
            method=method,
            groups=groups,
            directions=directions,
            solver=solver,
            highest_total=best.certificate.total,
        )
        for method in methods
    }


def solve(
    market: Market,
    method: str,
    groups: tuple[Group, ...] = (),
    solver: Solver = "auto",
    highest_total: float | None = None,
) -> Assignment:
    """The assignment of a market that has been arranged."""
    held, quotas = METHODS[method](market, solver)
    certificate = certify(market, held, groups=groups, quotas=quotas, highest_total=highest_total)
    return Assignment(
        method=method, market=market, held=held, groups=groups, solver=solver, certificate=certificate
    )


def _directions(pairs: Pairs, directions: ArrayLike | None) -> tuple[Group, ...]:
    if directions is None:
        return ()
    labels = np.asarray(directions)
    if labels.shape != (pairs.n_offers,):
        raise ValueError(f"directions must have one label an offer ({pairs.n_offers}), not {labels.shape}")
    names, code = np.unique(labels, return_inverse=True)
    of_pair = code[pairs.offer]
    both = (pairs.applicant[1:] == pairs.applicant[:-1]) & (of_pair[1:] != of_pair[:-1])
    for i in pairs.applicant[1:][both]:
        raise ValueError(f"applicant {i} has pairs in two directions")
    return tuple(Group(str(name), "offer", code == c) for c, name in enumerate(names))
