"""What is stored of a round beside its pairs: certificate, cut-offs, reasons and reserve lists, by reference.

It is written once, when the round is run. History is never worked out again.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

import matching
from programme.encoding import Catalogue

IN_LINE = 5


@dataclass(frozen=True, slots=True)
class Scenario:
    """What one method would achieve, with what it changes for people against the stable one."""

    method: str
    certificate: matching.Certificate
    people_gain: int
    people_lose: int


def record(catalogue: Catalogue, assignment: matching.Assignment) -> dict[str, Any]:
    """The certificate with ``cut_offs``, ``refusals`` and ``in_line``, as JSON can hold it.

    ``cut_offs``: for each full offer the host's priority for the last person placed there. ``refusals``: for
    each person without a place the reason, at the offer they wanted most. ``in_line``: for each offer who
    comes next.
    """
    people, offers = list(catalogue.applicant_refs), list(catalogue.offer_refs)
    return {
        **asdict(assignment.certificate),
        "cut_offs": {
            ref: float(cut_off)
            for ref, cut_off in zip(offers, assignment.cut_offs[-1], strict=True)
            if np.isfinite(cut_off)
        },
        "refusals": {
            people[i]: _refusal(reasons[0], offers) for i, reasons in matching.refusals(assignment).items()
        },
        "in_line": {
            ref: [people[waiting.applicant] for waiting in matching.next_in_line(assignment, j, IN_LINE)]
            for j, ref in enumerate(offers)
        },
    }


def scenario(assignment: matching.Assignment, stable: matching.Assignment) -> Scenario:
    """One scenario, beside the stable one."""
    change = matching.compare(stable, assignment)
    return Scenario(assignment.method, assignment.certificate, change.applicants_gain, change.applicants_lose)


def _refusal(refusal: matching.Refusal, offers: list[str]) -> dict[str, Any]:
    return {
        "offer": None if refusal.offer is None else offers[refusal.offer],
        "why": refusal.why,
        "words": refusal.words,
        "own": refusal.own,
        "cut_off": refusal.cut_off,
        "short_by": refusal.short_by,
    }
