"""Who may go where: named rules, each with an answer, a reason and what would change it.

`RULES` is the whole list. A rule pairs one vectorised predicate (from `matching/rules.py`) with its
wording, so the mask used for ranking and the ruling that a person reads cannot drift apart.
"Needs a look" counts as eligible: nobody who may be eligible is hidden, and the ruling is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching import rules, wording
from matching.facts import ApplicantFacts, Bools, OfferFacts, applicant_facts, offer_facts
from matching.profiles import ApplicantProfile, OfferProfile

Answer = Literal["yes", "no", "needs_a_look"]

_ANSWERS: dict[int, Answer] = {rules.NO: "no", rules.LOOK: "needs_a_look", rules.YES: "yes"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: `answer` decides for grids of pairs, `words` says it for one pair."""

    name: str
    answer: Callable[[ApplicantFacts, OfferFacts], rules.Answers]
    words: wording.Words


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says about one pair.

    `reason` is a sentence addressed to the applicant. `change` is the least that would lift the
    ruling, or None when the answer is yes or nothing in this offer can change it.
    """

    rule: str
    answer: Answer
    reason: str
    change: str | None


RULES: tuple[Rule, ...] = (
    Rule("direction", rules.direction, wording.direction),
    Rule("own_organisation", rules.own_organisation, wording.own_organisation),
    Rule("kind", rules.kind, wording.kind),
    Rule("level", rules.level, wording.level),
    Rule("days_a_week", rules.days_a_week, wording.days_a_week),
    Rule("place", rules.place, wording.place),
    Rule("dates", rules.dates, wording.dates),
    Rule("length", rules.length, wording.length),
    Rule("contract", rules.contract, wording.contract),
    Rule("vetting", rules.vetting, wording.vetting),
    Rule("nationality", rules.nationality, wording.nationality),
    Rule("free", rules.free, wording.free),
    Rule("places_left", rules.places_left, wording.places_left),
)


def check(
    applicant: ApplicantProfile, offer: OfferProfile, *, names: Mapping[str, str] | None = None
) -> tuple[Ruling, ...]:
    """Every rule's ruling on one pair, in the order of `RULES`.

    `names` gives the words people read for codes of regions and kinds; a code without one is shown
    with its underscores as spaces.
    """
    offers = offer_facts([offer])
    applicants = applicant_facts([applicant]).onto(offers)
    rulings = []
    for rule in RULES:
        answer = _ANSWERS[int(rule.answer(applicants, offers)[0, 0])]
        reason, change = rule.words(applicant, offer, answer, names or {})
        rulings.append(Ruling(rule.name, answer, reason, change))
    return tuple(rulings)


def eligible(rulings: Sequence[Ruling]) -> bool:
    """Whether no rule says no."""
    return all(ruling.answer != "no" for ruling in rulings)


def eligibility_mask(
    applicants: Sequence[ApplicantProfile] | ApplicantFacts, offers: Sequence[OfferProfile] | OfferFacts
) -> Bools:
    """(n_applicants, n_offers): True where no rule says no.

    Takes profiles, or facts that are already encoded.
    """
    offers = offers if isinstance(offers, OfferFacts) else offer_facts(offers)
    applicants = applicants if isinstance(applicants, ApplicantFacts) else applicant_facts(applicants)
    applicants = applicants.onto(offers)
    mask = np.ones((len(applicants.level), len(offers.level_min)), dtype=bool)
    for rule in RULES:
        mask &= rule.answer(applicants, offers) != rules.NO
    return mask
