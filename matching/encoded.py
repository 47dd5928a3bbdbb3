"""Profiles as arrays, once: what the scorer reads for any number of pairs.

Missions, skills and wants are coded so that the share of each part is one inner product:

- missions: the applicant's strength in each mission (their highest is 1) times the share of the
  offer's work that the mission has. Somebody open to everything loses nothing.
- skills: steps of a thermometer. The applicant has step 1 to the level held, the offer weighs each
  step to the level needed, so the sum is `weight * min(held, needed) / needed` over the needs.
- wants: the same, with the applicant weighing the steps to the level aimed at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matching.coded import Coded, coded, steps
from matching.facts import ApplicantFacts, Bools, OfferFacts, applicant_facts, offer_facts
from matching.profiles import ApplicantProfile, OfferProfile
from matching.weights import Weights


@dataclass(frozen=True, slots=True)
class EncodedApplicants:
    """Applicants, one row each. The flags say who stated missions and wants."""

    facts: ApplicantFacts
    missions: Coded
    skills: Coded
    wants: Coded
    text: sparse.csr_array
    has_missions: Bools
    has_wants: Bools

    def __len__(self) -> int:
        return len(self.has_wants)

    def take(self, rows: slice) -> EncodedApplicants:
        """Some of the rows."""
        return EncodedApplicants(
            facts=self.facts.take(rows),
            missions=self.missions.take(rows),
            skills=self.skills.take(rows),
            wants=self.wants.take(rows),
            text=self.text[rows],
            has_missions=self.has_missions[rows],
            has_wants=self.has_wants[rows],
        )

    def onto(self, offers: EncodedOffers) -> EncodedApplicants:
        """The same rows in the columns that the offers use."""
        return replace(
            self,
            facts=self.facts.onto(offers.facts),
            missions=self.missions.onto(offers.missions.codes),
            skills=self.skills.onto(offers.needs.codes),
            wants=self.wants.onto(offers.teaches.codes),
        )


@dataclass(frozen=True, slots=True)
class EncodedOffers:
    """Offers, one row each. The flags say which stated missions and needs."""

    facts: OfferFacts
    missions: Coded
    needs: Coded
    teaches: Coded
    text: sparse.csr_array
    has_missions: Bools
    has_needs: Bools

    def __len__(self) -> int:
        return len(self.has_needs)

    def take(self, rows: slice) -> EncodedOffers:
        """Some of the rows, with every column kept."""
        return EncodedOffers(
            facts=self.facts.take(rows),
            missions=self.missions.take(rows),
            needs=self.needs.take(rows),
            teaches=self.teaches.take(rows),
            text=self.text[rows],
            has_missions=self.has_missions[rows],
            has_needs=self.has_needs[rows],
        )


def mission_strengths(missions: Mapping[str, float]) -> dict[str, float]:
    """Missions with a weight above 0, the highest as 1."""
    stated = {code: float(weight) for code, weight in missions.items() if weight > 0}
    highest = max(stated.values(), default=1.0)
    return {code: weight / highest for code, weight in stated.items()}


def mission_shares(missions: Mapping[str, float]) -> dict[str, float]:
    """Missions with a weight above 0, adding to 1."""
    stated = {code: float(weight) for code, weight in missions.items() if weight > 0}
    total = sum(stated[code] for code in sorted(stated))
    return {code: weight / total for code, weight in stated.items()}


def need_shares(offer: OfferProfile, essential_weight: float) -> list[tuple[str, int, float]]:
    """(code, level, share) of each skill that the offer needs; shares add to 1, essential ones weigh more."""
    weighed = [
        (need.code, need.level, essential_weight if need.essential else 1.0)
        for need in offer.needs
        if need.level > 0
    ]
    total = sum(weight for _, _, weight in weighed)
    return [(code, level, weight / total) for code, level, weight in weighed]


def encode_applicants(applicants: Sequence[ApplicantProfile], *, text: sparse.csr_array) -> EncodedApplicants:
    """Encode applicants with the vectors of their texts."""
    wants = [{code: aim for code, aim in a.wants.items() if aim > 0} for a in applicants]
    return EncodedApplicants(
        facts=applicant_facts(applicants),
        missions=coded([mission_strengths(a.missions) for a in applicants]),
        skills=coded([steps((code, held, 1.0) for code, held in a.skills.items()) for a in applicants]),
        wants=coded([steps((code, aim, 1 / aim / len(w)) for code, aim in w.items()) for w in wants]),
        text=text,
        has_missions=np.array([bool(mission_strengths(a.missions)) for a in applicants], dtype=bool),
        has_wants=np.array([bool(w) for w in wants], dtype=bool),
    )


def encode_offers(
    offers: Sequence[OfferProfile], *, weights: Weights, text: sparse.csr_array
) -> EncodedOffers:
    """Encode offers with the vectors of their texts."""
    needs = [need_shares(o, weights.essential_weight) for o in offers]
    return EncodedOffers(
        facts=offer_facts(offers),
        missions=coded([mission_shares(o.missions) for o in offers]),
        needs=coded([steps((code, level, share / level) for code, level, share in need) for need in needs]),
        teaches=coded([steps((code, level, 1.0) for code, level in o.teaches.items()) for o in offers]),
        text=text,
        has_missions=np.array([bool(mission_shares(o.missions)) for o in offers], dtype=bool),
        has_needs=np.array([bool(need) for need in needs], dtype=bool),
    )
