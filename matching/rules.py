"""The eligibility rules as arithmetic on whole grids of pairs.

Each rule takes the facts of both sides and answers for every pair: `NO`, `LOOK` (a person has to look)
or `YES`, as an array that broadcasts to (n_applicants, n_offers). The wording of each answer is in
`matching/eligibility.py`; both the mask and the explained rulings come from these functions alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.days import Days, placement_end
from matching.facts import UNKNOWN, ApplicantFacts, Bools, OfferFacts, has_code
from matching.profiles import VETTING_RANKS

Answers = NDArray[np.int8]

NO, LOOK, YES = 0, 1, 2


def _answers(no: Bools, look: Bools | bool = False) -> Answers:
    answers: Answers = np.where(no, NO, np.where(look, LOOK, YES)).astype(np.int8)
    return answers


def direction(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The offer takes people who come from the applicant's side."""
    return _answers(a.outward[:, None] != o.outward)


def own_organisation(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """Nobody is seconded to the organisation they work for."""
    return _answers(has_code(a.organisations, o.organisation))


def kind(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The kind of placement is one that the applicant is open to."""
    return _answers(~has_code(a.kinds, o.kind))


def level(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The level is within the offer's range, or one below it where a stretch is welcome (rule G2)."""
    known = a.level[:, None] > 0
    lowest = o.level_min - o.stretch_ok
    outside = (a.level[:, None] < lowest) | (a.level[:, None] > o.level_max)
    return _answers(known & outside, ~known)


def days_a_week(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The days a week are within what the applicant can give."""
    return _answers((o.days < a.days_min[:, None]) | (o.days > a.days_max[:, None]))


def place(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The region is one the applicant can work in, or the work is remote and that suits them."""
    fully_remote, partly_remote = o.remote == 2, o.remote == 1
    remote_ok = a.remote_ok[:, None]
    near = has_code(a.regions, o.region) & o.region_known
    certain = (near & ~fully_remote) | (fully_remote & remote_ok)
    possible = near | (partly_remote & remote_ok) | a.any_region[:, None] | ~o.region_known
    return _answers(~certain & ~possible, ~certain)


def dates(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """There is a day on which it can start, and it ends while the applicant is available."""
    start = np.maximum(a.available_from[:, None], o.start_from)
    no_start = start > np.minimum(a.available_to[:, None], o.start_to)
    own_end = _ends_by_length(a.available_from, o)
    end = np.maximum(own_end, placement_end(o.start_from, o.length_months))
    return _answers(no_start, end > a.available_to[:, None])


def length(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The length in months is within what the applicant can give."""
    return _answers((o.length_months < a.length_min[:, None]) | (o.length_months > a.length_max[:, None]))


def contract(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The applicant's contract runs to the end of the placement (rule S5)."""
    return _answers(earliest_end(a, o) > a.contract_end[:, None])


def vetting(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The vetting asked for is held, or can be done before the latest start."""
    held = a.vetting_held[:, None] >= o.vetting
    known = o.vetting_ready_on > 0
    return _answers(~held & known & (o.vetting_ready_on > o.start_to), ~held & ~known)


def nationality(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """A post reserved by nationality rules goes to somebody who has declared that they meet them."""
    declared = a.nationality[:, None]
    return _answers(o.reserved & (declared == 0), o.reserved & (declared == UNKNOWN))


def free(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """No placement of the applicant is still running on the latest start."""
    return _answers(a.placed_until[:, None] >= o.start_to)


def places_left(a: ApplicantFacts, o: OfferFacts) -> Answers:
    """The offer still has a place."""
    return _answers(np.broadcast_to(o.capacity_left < 1, (len(a.level), len(o.level_min))))


def earliest_end(a: ApplicantFacts, o: OfferFacts) -> Days:
    """Last day of each placement if it starts as early as both sides and the vetting allow.

    An end never gets earlier when the start gets later, so the latest of the ends from each side's
    earliest start is the end from the latest of those starts. That keeps date arithmetic per person
    and per offer, not per pair.
    """
    own = _ends_by_length(np.maximum(a.available_from, a.placed_until + 1), o)
    ranks = np.arange(len(VETTING_RANKS))[:, None]
    ready = np.where(ranks < o.vetting, o.vetting_ready_on, 0)
    offered = placement_end(np.maximum(o.start_from, ready), o.length_months)
    ends: Days = np.maximum(own, offered[a.vetting_held])
    return ends


def _ends_by_length(start: Days, o: OfferFacts) -> Days:
    """(n_applicants, n_offers): last day if each applicant starts on `start`, for each offer's length."""
    lengths, which = np.unique(o.length_months, return_inverse=True)
    return placement_end(start[:, None], lengths)[:, which]
