"""Small random cohorts for the tests of assignment, and the slow, plain ways to check an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from matching import Assignment, Pairs, Reserve, Rules, pairs_from_dense

INF = float("inf")


class Cohort(NamedTuple):
    """Matrices of (n_applicants, n_offers), places, and the pairs made of them."""

    scores: np.ndarray
    likes: np.ndarray
    wants: np.ndarray
    capacities: list[int]

    @property
    def pairs(self) -> Pairs:
        return pairs_from_dense(self.scores, applicant_score=self.likes, host_score=self.wants)

    @property
    def shared(self) -> Pairs:
        """The same pairs where both sides go by the match score."""
        return pairs_from_dense(self.scores)


@st.composite
def cohorts(draw: st.DrawFn, most: int = 6, most_offers: int = 4, ties: bool = True) -> Cohort:
    """Scores with gaps and, unless told otherwise, many ties on both sides."""
    n, m = draw(st.integers(0, most)), draw(st.integers(0, most_offers))

    def grid(values: st.SearchStrategy[float]) -> np.ndarray:
        cells = draw(st.lists(values, min_size=n * m, max_size=n * m))
        return np.array(cells, dtype=float).reshape(n, m)

    def side() -> np.ndarray:
        if ties:
            return grid(st.integers(0, 5))
        return np.array(draw(st.permutations(range(n * m))), dtype=float).reshape(n, m)

    scores = grid(st.sampled_from([-INF, float("nan"), 0.0, 10.0, 20.0, 33.3, 50.0, 99.9]))
    capacities = draw(st.lists(st.integers(0, 3), min_size=m, max_size=m))
    return Cohort(scores, side(), side(), capacities)


@st.composite
def rules_for(draw: st.DrawFn, cohort: Cohort, reserves: bool = True) -> Rules:
    """Pins that fit the capacities, forbidden pairs that are not pins, a floor and reserves."""
    n, m = cohort.scores.shape
    cells = list(product(range(n), range(m)))
    pins: dict[int, int] = {}
    forbids: list[tuple[int, int]] = []
    if cells:
        left = list(cohort.capacities)
        for i, j in draw(st.lists(st.sampled_from(cells), max_size=2)):
            if i not in pins and left[j] > 0:
                pins[i] = j
                left[j] -= 1
        forbids = [p for p in draw(st.lists(st.sampled_from(cells), max_size=3)) if p not in pins.items()]
    return Rules(
        pins=list(pins.items()),
        forbids=forbids,
        floor=draw(st.sampled_from([None, 15.0])),
        reserves=draw(reserves_for(cohort)) if reserves else (),
    )


@st.composite
def reserves_for(draw: st.DrawFn, cohort: Cohort, most: int = 2) -> list[Reserve]:
    """Up to two reserves, whose groups may overlap."""
    n, m = cohort.scores.shape
    return [
        Reserve(
            f"group {r}",
            draw(st.lists(st.integers(0, 2), min_size=m, max_size=m)),
            np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool),
        )
        for r in range(draw(st.integers(0, most)))
    ]


def every_assignment(cohort: Cohort) -> Iterator[tuple[int | None, ...]]:
    """Each way to place the applicants: the offer of each, or None."""
    n, m = cohort.scores.shape
    for choice in product([None, *range(m)], repeat=n):
        if all(choice.count(j) <= places for j, places in enumerate(cohort.capacities)):
            worth = [cohort.scores[i, j] for i, j in enumerate(choice) if j is not None]
            if np.isfinite(worth).all():
                yield choice


def chosen_by_host(
    cohort: Cohort, j: int, people: set[int], places: int, reserves: list[tuple[int, set[int]]]
) -> set[int]:
    """Whom an offer would choose among `people`, in words and loops: reserves first, then the rest."""
    ranked = sorted(people, key=lambda i: (-cohort.wants[i, j], i))
    chosen: list[int] = []
    unreserved = places
    for seats, protected in reserves:
        kept = min(seats, unreserved)  # a later reserve has what the earlier ones leave of the places
        unreserved -= kept
        chosen += [i for i in ranked if i in protected and i not in chosen][:kept]
    chosen += [i for i in ranked if i not in chosen][: places - len(chosen)]
    return set(chosen)


def blocking_by_loops(cohort: Cohort, made: Assignment) -> set[tuple[int, int]]:
    """Pairs that would both rather have each other, by asking every one of them (no pins, no ties broken)."""
    own = dict(made.pairs)
    found = set()
    for i, j in product(*map(range, cohort.scores.shape)):
        if not np.isfinite(cohort.scores[i, j]) or own.get(i) == j:
            continue
        if i in own and cohort.likes[i, j] <= cohort.likes[i, own[i]]:
            continue
        held = {a for a, o in made.pairs if o == j}
        reserves = [
            (int(np.broadcast_to(r.seats, len(cohort.capacities))[j]), set(np.flatnonzero(r.protected)))
            for r in made.market.rules.reserves
        ]
        if i in chosen_by_host(cohort, j, held | {i}, cohort.capacities[j], reserves):
            found.add((i, j))
    return found
