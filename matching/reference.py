"""The score of one pair in plain Python, written to be read: what the encoder is held to.

Slow on purpose, and used by tests and by people who check a score by hand. It shares no arithmetic
with the encoder but the sharing out of whole units (`factors.apportion`) and the vectors of texts.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matching.encoder import Encoder
from matching.factors import UNITS, apportion
from matching.offer_factors import SHARE_UNITS, TEACH_UNITS, WORDS_UNITS
from matching.profiles import MAX_SKILL_LEVEL, ApplicantProfile, OfferProfile
from matching.weights import PART_NAMES, SIDES


def reference_score(encoder: Encoder, applicant: ApplicantProfile, offer: OfferProfile) -> float:
    """Score of one pair from 0 to 100."""
    return sum(reference_units(encoder, applicant, offer).values()) / UNITS


def reference_parts(encoder: Encoder, applicant: ApplicantProfile, offer: OfferProfile) -> dict[str, float]:
    """Points of each part for one pair, by name."""
    return {name: units / UNITS for name, units in reference_units(encoder, applicant, offer).items()}


def reference_units(encoder: Encoder, applicant: ApplicantProfile, offer: OfferProfile) -> dict[str, int]:
    """Whole units of each part for one pair, by name."""
    units = (_missions, _skills, _learning, _level, _words, _place)
    return {name: part(encoder, applicant, offer) for name, part in zip(PART_NAMES, units, strict=True)}


def _points(e: Encoder, a: ApplicantProfile, part: str) -> float:
    """Most points of a part for this applicant, at their own balance of use and learning."""
    host, own = SIDES[e.side]
    use, learn = e.weights.use_and_learn(a.balance)
    chosen = {"skills": use, "learning": learn}.get(part, e.weights.applicant[part])
    return host * e.weights.host[part] + own * chosen


def _missions(e: Encoder, a: ApplicantProfile, o: OfferProfile) -> int:
    most = _points(e, a, "missions")
    cares = {code: weight for code, weight in a.missions.items() if weight > 0}
    works = {code: weight for code, weight in sorted(o.missions.items()) if weight > 0}
    if not works:
        return round(e.weights.neutral * most * UNITS)
    top = max(cares.values(), default=0)
    shared = _shared_out(list(works.values()), SHARE_UNITS)
    total = 0
    for code, share in zip(works, shared, strict=True):
        strength = cares.get(code, 0) / top if top else e.weights.neutral
        total += share * _whole(strength * most * UNITS / SHARE_UNITS)
    return total


def _skills(e: Encoder, a: ApplicantProfile, o: OfferProfile) -> int:
    most = _whole(_points(e, a, "skills") * UNITS / SHARE_UNITS)
    if not o.needs:
        return most * round(e.weights.neutral * SHARE_UNITS)
    needs = sorted(o.needs, key=lambda need: need.code)
    weights = [
        (e.weights.essential_weight if need.essential else 1.0) / need.level
        for need in needs
        for _ in range(need.level)
    ]
    shared = iter(_shared_out(weights, SHARE_UNITS))
    total = 0
    for need in needs:
        held = _covered(e, a.skills, need.code)
        for step in range(need.level):
            total += next(shared) * _whole(min(max(held - step, 0), 1) * most)
    return total


def _learning(e: Encoder, a: ApplicantProfile, o: OfferProfile) -> int:
    most = _points(e, a, "learning")
    wants = {code: aim for code, aim in sorted(a.wants.items()) if aim > 0}
    if not wants:
        return round(e.weights.neutral * most * UNITS)
    weights = [1 / aim for aim in wants.values() for _ in range(aim)]
    shared = iter(_shared_out(weights, round(most * UNITS / TEACH_UNITS)))
    total = 0
    for code, aim in wants.items():
        taught = _covered(e, o.teaches, code)
        for step in range(aim):
            total += next(shared) * _whole(min(max(taught - step, 0), 1) * TEACH_UNITS)
    return total


def _level(e: Encoder, a: ApplicantProfile, o: OfferProfile) -> int:
    w, (host, own) = e.weights, SIDES[e.side]
    if a.level is None:
        return _whole(w.neutral * _points(e, a, "level") * UNITS)
    away = max(o.level_min - a.level, a.level - o.level_max, 0)
    wanted = max(1 - w.level_step * away, 0)
    if o.stretch_ok and a.level == o.level_min - 1:
        wanted = max(wanted, w.stretch_credit)
    down, up = max(a.level - o.level_max, 0), max(o.level_min - a.level - 1, 0)
    hoped = max(1 - w.level_step * down - w.ambition_step * up, 0)
    return _whole((host * w.host["level"] * wanted + own * w.applicant["level"] * hoped) * UNITS)


def _words(e: Encoder, a: ApplicantProfile, o: OfferProfile) -> int:
    half = _points(e, a, "words") * UNITS / 2
    first, second = e.text_vectors([a.text, o.text])
    alike = sum(
        int(x * np.float32(half / WORDS_UNITS)) * int(y * np.float32(WORDS_UNITS))
        for x, y in zip(first, second, strict=True)
    )
    return round(half) + alike


def _place(e: Encoder, a: ApplicantProfile, o: OfferProfile) -> int:
    credit = e.weights.elsewhere_credit
    if o.region and o.region in a.regions:
        credit = 1.0
    elif o.remote == "remote" and a.remote_ok:
        credit = e.weights.remote_credit
    return _whole(credit * _points(e, a, "place") * UNITS)


def _covered(e: Encoder, held: Mapping[str, int], skill: str) -> float:
    """The level at which what is held covers a skill, itself or by a relation."""
    best = float(held.get(skill, 0))
    if e.relations is None or skill not in e.relations.codes:
        return best
    codes = e.relations.codes
    column = codes.index(skill)
    for code, level in held.items():
        if code in codes and code != skill:
            best = max(best, float(e.relations.matrix[codes.index(code), column]) * level)
    return min(best, MAX_SKILL_LEVEL)


def _shared_out(weights: list[float], total: int) -> list[int]:
    rows = np.zeros(len(weights), dtype=np.int64)
    shares: list[int] = apportion(rows, np.array(weights, dtype=np.float64), np.array([total])).tolist()
    return shares


def _whole(value: float) -> int:
    return int(np.rint(value))
