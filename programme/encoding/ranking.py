"""Whole lists for one reader, from the catalogue: who is eligible, in which order, with which score.

The order is that of the match score, moved by what clears the market: offers and people that many
would suit come later in each list, by points that are named (``matching.list_lifts``). The score that
people see is never moved.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone

import matching
from programme.encoding.catalogue import Catalogue

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One reader's list.

    Attributes:
        rows: Rows of the other side in the catalogue, best first: those eligible, then, where asked for,
            all others.

        scores: Score of every row of the other side, where it was worked out; NaN elsewhere.

        eligible: How many of ``rows`` are eligible.
    """

    rows: NDArray[np.int64]
    scores: Floats
    eligible: int

    def place(self, row: int) -> int:
        """Where an eligible row stands, from 1; 0 when it does not."""
        found = np.flatnonzero(self.rows[: self.eligible] == row)
        return int(found[0]) + 1 if len(found) else 0


def offers_for(
    catalogue: Catalogue, person: matching.ApplicantProfile, *, everything: bool = False
) -> Ranked:
    """The open offers for this person; with ``everything`` also those that a rule excludes."""
    one = catalogue.encoder.transform_applicants([person])
    if everything:
        every_score, every_pair = matching.grid(one, catalogue.encoded_offers)
        scores, eligible = every_score[0], every_pair[0]
    else:
        scores, eligible = matching.scores_for_applicant(one, catalogue.encoded_offers, catalogue.offer_side)
    return _ranked(scores, eligible, catalogue.offer_lifts, everything)


def people_for(catalogue: Catalogue, offer: matching.OfferProfile, *, everything: bool = False) -> Ranked:
    """The people who look for a placement for this offer, open or not, in the same way.

    An offer that names what no open offer does gets columns of its own, which changes no score.
    """
    people, side = catalogue.encoded_applicants, catalogue.applicant_side
    try:
        one = catalogue.encoder.transform_offers([offer])
    except matching.UnseenCodeError:
        own = clone(catalogue.encoder).fit([offer])
        one, people = own.transform_offers([offer]), own.transform_applicants(catalogue.applicants)
        side = matching.OneSide.of(people.factors)
    if everything:
        every_score, every_pair = matching.grid(people, one)
        scores, eligible = every_score[:, 0], every_pair[:, 0]
    else:
        scores, eligible = matching.scores_for_offer(one, people, side)
    return _ranked(scores, eligible, catalogue.applicant_lifts, everything)


def _ranked(scores: Floats, eligible: Bools, lifts: Floats, everything: bool) -> Ranked:
    best_first = np.argsort(-np.where(eligible, scores + lifts, -np.inf), kind="stable")
    n = int(eligible.sum())
    rows = best_first[:n]
    if everything:
        others = np.flatnonzero(~eligible)
        rows = np.concatenate([rows, others[np.argsort(-scores[others], kind="stable")]])
    return Ranked(rows, scores, n)
