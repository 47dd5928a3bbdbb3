"""The score of one pair in plain Python, written to be read: what the fast scorer is held to.

Slow on purpose and used by tests and by people checking a score by hand. It shares no arithmetic with
`matching/parts.py`; only the text vocabulary comes from the fitted scorer.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from matching.profiles import ApplicantProfile, OfferProfile
from matching.scorer import MatchScorer
from matching.weights import PART_NAMES, Weights


def reference_parts(
    scorer: MatchScorer, applicant: ApplicantProfile, offer: OfferProfile
) -> dict[str, float]:
    """Points of each part for one pair, by name."""
    w = scorer.weights
    shares = {
        "missions": _missions(applicant, offer, w),
        "skills": _skills(applicant, offer, w),
        "learning": _learning(applicant, offer, w),
        "level": _level(applicant, offer, w),
        "words": _words(scorer, applicant.text, offer.text),
        "practical": _practical(applicant, offer, w),
    }
    return {name: w.points(name) * shares[name] for name in PART_NAMES}


def reference_score(scorer: MatchScorer, applicant: ApplicantProfile, offer: OfferProfile) -> float:
    """Score of one pair from 0 to 100."""
    return math.fsum(reference_parts(scorer, applicant, offer).values())


def _missions(a: ApplicantProfile, o: OfferProfile, w: Weights) -> float:
    cares = {code: weight for code, weight in a.missions.items() if weight > 0}
    works = {code: weight for code, weight in o.missions.items() if weight > 0}
    if not cares or not works:
        return w.neutral
    top = max(cares.values())
    return sum(weight * cares.get(code, 0) / top for code, weight in works.items()) / sum(works.values())


def _skills(a: ApplicantProfile, o: OfferProfile, w: Weights) -> float:
    if not o.needs:
        return w.neutral
    got = asked = 0.0
    for need in o.needs:
        weight = w.essential_weight if need.essential else 1.0
        asked += weight
        got += weight * min(a.skills.get(need.code, 0), need.level) / need.level
    return got / asked


def _learning(a: ApplicantProfile, o: OfferProfile, w: Weights) -> float:
    if not a.wants:
        return w.neutral
    return sum(min(o.teaches.get(code, 0), aim) / aim for code, aim in a.wants.items()) / len(a.wants)


def _level(a: ApplicantProfile, o: OfferProfile, w: Weights) -> float:
    if a.level is None:
        return w.neutral
    away = max(o.level_min - a.level, a.level - o.level_max, 0)
    credit = max(1 - w.level_step * away, 0.0)
    if o.stretch_ok and a.level == o.level_min - 1:
        return max(credit, w.stretch_credit)
    return credit


def _practical(a: ApplicantProfile, o: OfferProfile, w: Weights) -> float:
    place = w.elsewhere_credit
    if o.region and o.region in a.regions:
        place = 1.0
    elif o.remote == "remote" and a.remote_ok:
        place = w.remote_credit
    first, last = o.start_from.toordinal(), o.start_to.toordinal()
    window = max(last - first + 1, 1)
    if a.available_from is not None:
        first = max(first, a.available_from.toordinal())
    if a.available_to is not None:
        last = min(last, a.available_to.toordinal())
    return (
        w.place_share * place
        + w.days_share * (a.days_min <= o.days <= a.days_max)
        + w.length_share * (a.length_min <= o.length_months <= a.length_max)
        + w.start_share * max(last - first + 1, 0) / window
    )


def _words(scorer: MatchScorer, first: str, second: str) -> float:
    vocabulary, share = scorer.vocabulary_, scorer.weights.fragment_share
    whole = _cosine(vocabulary.words, first, second)
    return (1 - share) * whole + share * _cosine(vocabulary.fragments, first, second)


def _cosine(vectoriser: Any | None, first: str, second: str) -> float:
    if vectoriser is None:
        return 0.0
    one, other = _tfidf(vectoriser, first), _tfidf(vectoriser, second)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(value * other.get(term, 0.0) for term, value in one.items()) / lengths if lengths else 0.0


def _tfidf(vectoriser: Any, text: str) -> dict[str, float]:
    counts = Counter(term for term in vectoriser.build_analyzer()(text) if term in vectoriser.vocabulary_)
    return {
        term: (1 + math.log(count)) * float(vectoriser.idf_[vectoriser.vocabulary_[term]])
        for term, count in counts.items()
    }
