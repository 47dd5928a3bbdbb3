"""The words of each part of a score, to the applicant (you) or about them to a host (they).

Each function says one part for one pair; the points are filled in by `matching/explanations.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.encoded import mission_shares, mission_strengths
from matching.profiles import ApplicantProfile, OfferProfile
from matching.text import TextVocabulary, shared_words

SHARED_WORDS_SHOWN = 8

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """How the applicant is spoken of."""

    They: str
    they: str
    Their: str
    their: str
    them: str


VOICES = {
    "applicant": Voice("You", "you", "Your", "your", "you"),
    "host": Voice("They", "they", "Their", "their", "them"),
}
"""Voices by who reads."""


@dataclass(frozen=True, slots=True)
class PartExplanation:
    """One part: its points, its sentence and the codes (or words of the texts) behind it.

    Attributes:
        matched: Codes met in full, or the words that both texts share.

        partly: Codes held or taught below the level asked.

        missing: Codes asked for and not there at all.

        learnt: Codes that the applicant wants to learn and the offer teaches.
    """

    name: str
    points: float
    out_of: float
    words: str
    matched: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()


def name_of(code: str, names: Names) -> str:
    """The words for a code; without any, the code with spaces for its underscores."""
    return names.get(code, code.replace("_", " "))


def listed(codes: tuple[str, ...], names: Names) -> str:
    """The words for codes as a list in a sentence. There is at least one code."""
    said = [name_of(code, names) for code in codes]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _part(name: str, words: str, **codes: tuple[str, ...]) -> PartExplanation:
    return PartExplanation(name, 0.0, 0.0, words, **codes)


def missions(a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    cares, works = mission_strengths(a.missions), mission_shares(o.missions)
    if not cares:
        return _part(
            "missions", f"{v.They} have not said which missions matter to {v.them}, so this counts half way."
        )
    if not works:
        return _part("missions", "The offer names no mission, so this counts half way.")
    order = sorted(works, key=lambda code: (-works[code], code))
    matched = tuple(code for code in order if cares.get(code, 0) == 1)
    partly = tuple(code for code in order if 0 < cares.get(code, 0) < 1)
    missing = tuple(code for code in order if code not in cares)
    said = _sentences(
        (f"It works on what matters most to {v.them}: {{}}.", matched),
        (f"It works on something {v.they} also care about: {{}}.", partly),
        (f"It also works on missions {v.they} have not chosen: {{}}.", missing),
        names=names,
    )
    return _part("missions", said, matched=matched, partly=partly, missing=missing)


def skills(a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    if not o.needs:
        return _part("skills", "The offer names no skill it needs, so this counts half way.")
    needs = sorted(o.needs, key=lambda need: (not need.essential, need.code))
    held = [(need.code, a.skills.get(need.code, 0), need.level) for need in needs]
    matched = tuple(code for code, has, asked in held if has >= asked)
    partly = tuple(code for code, has, asked in held if 0 < has < asked)
    missing = tuple(code for code, has, _ in held if not has)
    said = _sentences(
        (f"{v.They} have {{}} at the level asked.", matched),
        (f"{v.They} have {{}} below the level asked.", partly),
        (f"{v.Their} profile does not have {{}}.", missing),
        names=names,
    )
    return _part("skills", said, matched=matched, partly=partly, missing=missing)


def learning(a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    if not a.wants:
        return _part(
            "learning", f"{v.They} have not said what {v.they} want to learn, so this counts half way."
        )
    wants = sorted(a.wants)
    taught = [(code, o.teaches.get(code, 0), a.wants[code]) for code in wants]
    matched = tuple(code for code, gives, aim in taught if gives >= aim)
    partly = tuple(code for code, gives, aim in taught if 0 < gives < aim)
    missing = tuple(code for code, gives, _ in taught if not gives)
    said = _sentences(
        (f"{v.They} would learn {{}}.", matched),
        (f"{v.They} would learn some of {{}}, below the level {v.they} aim at.", partly),
        ("It does not teach {}.", missing),
        names=names,
    )
    learnt = tuple(code for code in wants if code in matched or code in partly)
    return _part("learning", said, matched=matched, partly=partly, missing=missing, learnt=learnt)


def level(a: ApplicantProfile, o: OfferProfile, v: Voice) -> PartExplanation:
    if a.level is None:
        return _part("level", f"We do not know {v.their} level yet, so this counts half way.")
    if o.level_min <= a.level <= o.level_max:
        return _part("level", f"{v.Their} level ({a.level}) is within the offer's range.")
    if o.stretch_ok and a.level == o.level_min - 1:
        return _part("level", f"{v.Their} level ({a.level}) is one below the range, which is welcome.")
    side = "below" if a.level < o.level_min else "above"
    return _part("level", f"{v.Their} level ({a.level}) is {side} the offer's range.")


def words(vocabulary: TextVocabulary, a: ApplicantProfile, o: OfferProfile, v: Voice) -> PartExplanation:
    both = shared_words(vocabulary, a.text, o.text, limit=SHARED_WORDS_SHOWN)
    if not both:
        return _part("words", f"{v.Their} profile and the offer share no telling words.")
    return _part("words", f"{v.Their} profile and the offer both say {listed(both, {})}.", matched=both)


def practical(a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    if o.region and o.region in a.regions:
        where = f"It is in {name_of(o.region, names)}, one of {v.their} regions."
    elif o.remote == "remote" and a.remote_ok:
        where = f"It is remote, which suits {v.them}."
    else:
        where = f"It is outside the regions {v.they} chose."
        if not a.regions:
            where = f"{v.They} have not chosen any regions."
    inside = a.days_min <= o.days <= a.days_max and a.length_min <= o.length_months <= a.length_max
    wish = "within" if inside else "not all within"
    first = max(a.available_from or o.start_from, o.start_from)
    last = min(a.available_to or o.start_to, o.start_to)
    when = "all of" if (first, last) == (o.start_from, o.start_to) else "part of"
    if first > last:
        when = "none of"
    return _part(
        "practical",
        f"{where} The days a week and the length are {wish} {v.their} wishes. "
        f"{v.They} are available for {when} its start window.",
    )


def _sentences(*pairs: tuple[str, tuple[str, ...]], names: Names) -> str:
    return " ".join(text.format(listed(codes, names)) for text, codes in pairs if codes)
