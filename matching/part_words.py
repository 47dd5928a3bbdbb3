"""The words of each part of a score, to the applicant (you) or about them to a host (they).

Each function says one part for one pair; the points are filled in by `matching/explanations.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from matching.encoder import Encoder
from matching.knowledge import shipped
from matching.profiles import ApplicantProfile, OfferProfile
from matching.skill_steps import counts_for
from matching.text_vectors import word_shares

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
        matched: Codes met in full, or the words of the profile that make the two texts alike.

        partly: Codes held or taught below the level asked.

        related: (code asked for, code held instead, why the one counts for the other).

        missing: Codes asked for and not there at all.

        learnt: Codes that the applicant wants to learn and the offer teaches.
    """

    name: str
    points: float
    out_of: float
    words: str
    matched: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    related: tuple[tuple[str, str, str], ...] = ()
    missing: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()


def name_of(code: str, names: Names) -> str:
    """The words for a code; without any, the code with spaces for its underscores."""
    return names.get(code, code.replace("_", " "))


def listed(codes: tuple[str, ...], names: Names) -> str:
    """The words for codes as a list in a sentence. There is at least one code."""
    said = [name_of(code, names) for code in codes]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _part(name: str, words: str, **codes: Any) -> PartExplanation:
    return PartExplanation(name, 0.0, 0.0, words, **codes)


def missions(a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    cares = {code: weight for code, weight in a.missions.items() if weight > 0}
    works = {code: weight for code, weight in o.missions.items() if weight > 0}
    top = max(cares.values(), default=0.0)
    if not cares:
        return _part(
            "missions", f"{v.They} have not said which missions matter to {v.them}, so this counts half way."
        )
    if not works:
        return _part("missions", "The offer names no mission, so this counts half way.")
    order = sorted(works, key=lambda code: (-works[code], code))
    matched = tuple(code for code in order if cares.get(code, 0) == top)
    partly = tuple(code for code in order if 0 < cares.get(code, 0) < top)
    missing = tuple(code for code in order if code not in cares)
    said = _sentences(
        (f"It works on what matters most to {v.them}: {{}}.", matched),
        (f"It works on something {v.they} also care about: {{}}.", partly),
        (f"It also works on missions {v.they} have not chosen: {{}}.", missing),
        names=names,
    )
    return _part("missions", said, matched=matched, partly=partly, missing=missing)


def skills(e: Encoder, a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    if not o.needs:
        return _part("skills", "The offer names no skill it needs, so this counts half way.")
    needs = sorted(o.needs, key=lambda need: (not need.essential, need.code))
    met = _met(e, a.skills, [(need.code, need.level) for need in needs], names)
    said = _sentences(
        (f"{v.They} have {{}} at the level asked.", met.matched),
        (f"{v.They} have {{}} below the level asked.", met.partly),
        names=names,
    )
    stand_ins = [
        f"{v.Their} {name_of(held, names)} counts in part for {name_of(code, names)}: {why}."
        for code, held, why in met.related
    ]
    lacking = _sentences((f"{v.Their} profile does not have {{}}.", met.missing), names=names)
    return replace(met, name="skills", words=" ".join(filter(None, [said, *stand_ins, lacking])))


def learning(e: Encoder, a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    if not a.wants:
        return _part(
            "learning", f"{v.They} have not said what {v.they} want to learn, so this counts half way."
        )
    wants = [(code, a.wants[code]) for code in sorted(a.wants)]
    met = _met(e, o.teaches, wants, names)
    said = _sentences(
        (f"{v.They} would learn {{}}.", met.matched),
        (f"{v.They} would learn some of {{}}, below the level {v.they} aim at.", met.partly),
        names=names,
    )
    near = [
        f"It teaches {name_of(taught, names)}, which is near {name_of(code, names)}: {why}."
        for code, taught, why in met.related
    ]
    lacking = _sentences(("It does not teach {}.", met.missing), names=names)
    learnt = tuple(code for code, _ in wants if code in met.matched or code in met.partly)
    words = " ".join(filter(None, [said, *near, lacking]))
    return replace(met, name="learning", words=words, learnt=learnt)


def level(a: ApplicantProfile, o: OfferProfile, v: Voice) -> PartExplanation:
    if a.level is None:
        return _part("level", f"We do not know {v.their} level yet, so this counts half way.")
    if o.level_min <= a.level <= o.level_max:
        return _part("level", f"{v.Their} level ({a.level}) is within the offer's range.")
    if o.stretch_ok and a.level == o.level_min - 1:
        return _part("level", f"{v.Their} level ({a.level}) is one below the range, which is welcome.")
    side = "below" if a.level < o.level_min else "above"
    return _part("level", f"{v.Their} level ({a.level}) is {side} the offer's range.")


def words(e: Encoder, a: ApplicantProfile, o: OfferProfile, v: Voice) -> PartExplanation:
    if not a.text.strip() or not o.text.strip():
        return _part("words", "One side has written nothing, so this counts half way.")
    knowledge, unread = e.knowledge or shipped(), e.unread_words()
    shares = word_shares(a.text, o.text, knowledge, limit=SHARED_WORDS_SHOWN, unread=unread)
    alike = tuple(word for word, share in shares if share > 0)
    if not alike:
        return _part("words", f"{v.Their} profile and the offer speak of different things.")
    return _part(
        "words", f"What {v.they} write and the offer are alike in {listed(alike, {})}.", matched=alike
    )


def place(a: ApplicantProfile, o: OfferProfile, names: Names, v: Voice) -> PartExplanation:
    if o.region and o.region in a.regions:
        return _part("place", f"It is in {name_of(o.region, names)}, one of {v.their} regions.")
    if o.remote == "remote" and a.remote_ok:
        return _part("place", f"It is remote, which suits {v.them}.")
    if not a.regions:
        return _part("place", f"{v.They} have not chosen any regions.")
    return _part("place", f"It is outside the regions {v.they} chose.")


def _met(e: Encoder, held: Mapping[str, int], asked: list[tuple[str, int]], names: Names) -> PartExplanation:
    """Which of what is asked is met in full, below its level, by something related, or not at all."""
    matched, partly, related, missing = [], [], [], []
    for code, level in asked:
        own = held.get(code, 0)
        stand_in = None if own >= level else counts_for(e.relations, held, code, above=own)
        if own >= level:
            matched.append(code)
        elif stand_in is not None:
            related.append((code, stand_in.code, stand_in.why))
        elif own:
            partly.append(code)
        else:
            missing.append(code)
    return _part(
        "", "", matched=tuple(matched), partly=tuple(partly), related=tuple(related), missing=tuple(missing)
    )


def _sentences(*pairs: tuple[str, tuple[str, ...]], names: Names) -> str:
    return " ".join(text.format(listed(codes, names)) for text, codes in pairs if codes)
