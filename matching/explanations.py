"""One pair's score in words: what each part gave, what caused it, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matching.encoded import mission_shares, mission_strengths
from matching.profiles import ApplicantProfile, OfferProfile
from matching.scorer import MatchScorer
from matching.text import shared_words
from matching.weights import PART_NAMES

SHARED_WORDS_SHOWN = 8
STRONG, WEAK = 0.75, 0.35
"""Shares of a part's points from which a sentence calls it strong, and below which weak."""

PART_WORDS = {
    "missions": "missions",
    "skills": "skills",
    "learning": "what you want to learn",
    "level": "level",
    "words": "how you each describe the work",
    "practical": "place and dates",
}

Names = Mapping[str, str]


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


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts in order, their sum and one plain sentence."""

    parts: tuple[PartExplanation, ...]
    total: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the applicant's profile and the points it would add, computed exactly."""

    what: str
    gain: float
    code: str | None = None


def explain(
    scorer: MatchScorer, applicant: ApplicantProfile, offer: OfferProfile, *, names: Names | None = None
) -> Explanation:
    """Why the pair has its score. `names` gives the words people read for codes."""
    names = names or {}
    scores = scorer.parts([applicant], [offer])
    points = dict(zip(scores.names, scores.points[:, 0, 0].tolist(), strict=True))
    makers = {
        "missions": _missions(applicant, offer, names),
        "skills": _skills(applicant, offer, names),
        "learning": _learning(applicant, offer, names),
        "level": _level(applicant, offer),
        "words": _words(scorer, applicant, offer),
        "practical": _practical(applicant, offer, names),
    }
    parts = tuple(
        replace(makers[name], points=points[name], out_of=scorer.weights.points(name)) for name in PART_NAMES
    )
    return Explanation(parts, float(scores.total[0, 0]), _sentence(parts))


def what_would_change(
    scorer: MatchScorer, applicant: ApplicantProfile, offer: OfferProfile, *, names: Names | None = None
) -> tuple[Change, ...]:
    """Changes to the profile that would raise the score, the largest gain first.

    Each gain is the exact difference of two scores, in points. Changes without a gain are left out.
    """
    names = names or {}
    changes: list[tuple[str, str | None, ApplicantProfile]] = []
    for need in offer.needs:
        held = applicant.skills.get(need.code, 0)
        if held < need.level:
            skills = {**applicant.skills, need.code: need.level}
            said = f"{_name(need.code, names)} at level {need.level}"
            what = f"Raise {said}" if held else f"Gain {said}"
            changes.append((what, need.code, replace(applicant, skills=skills)))
    if offer.region and offer.region not in applicant.regions:
        regions = applicant.regions | {offer.region}
        what = f"Be able to work in {_name(offer.region, names)}"
        changes.append((what, offer.region, replace(applicant, regions=regions)))
    if offer.remote == "remote" and not applicant.remote_ok:
        changes.append(("Be open to remote work", None, replace(applicant, remote_ok=True)))
    if applicant.available_from is not None and applicant.available_from > offer.start_from:
        sooner = replace(applicant, available_from=offer.start_from)
        changes.append(("Be available from the first day of the offer's start window", None, sooner))
    variants = [applicant, *(changed for _, _, changed in changes)]
    scores = scorer.score(variants, [offer])[:, 0]
    gains = [
        Change(what, float(score - scores[0]), code)
        for (what, code, _), score in zip(changes, scores[1:], strict=True)
    ]
    worthwhile = [change for change in gains if change.gain > 1e-9]
    return tuple(sorted(worthwhile, key=lambda change: (-change.gain, change.what)))


def _name(code: str, names: Names) -> str:
    return names.get(code, code.replace("_", " "))


def _listed(codes: tuple[str, ...], names: Names) -> str:
    said = [_name(code, names) for code in codes]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _part(name: str, words: str, **codes: tuple[str, ...]) -> PartExplanation:
    return PartExplanation(name, 0.0, 0.0, words, **codes)


def _missions(a: ApplicantProfile, o: OfferProfile, names: Names) -> PartExplanation:
    cares, works = mission_strengths(a.missions), mission_shares(o.missions)
    if not cares:
        return _part("missions", "You have not said which missions you care about, so this counts half way.")
    if not works:
        return _part("missions", "The offer names no mission, so this counts half way.")
    order = sorted(works, key=lambda code: (-works[code], code))
    matched = tuple(code for code in order if cares.get(code, 0) == 1)
    partly = tuple(code for code in order if 0 < cares.get(code, 0) < 1)
    missing = tuple(code for code in order if code not in cares)
    said = _sentences(
        ("It works on what matters most to you: {}.", matched),
        ("It works on something you also care about: {}.", partly),
        ("It also works on missions you have not chosen: {}.", missing),
        names=names,
    )
    return _part("missions", said, matched=matched, partly=partly, missing=missing)


def _skills(a: ApplicantProfile, o: OfferProfile, names: Names) -> PartExplanation:
    if not o.needs:
        return _part("skills", "The offer names no skill it needs, so this counts half way.")
    needs = sorted(o.needs, key=lambda need: (not need.essential, need.code))
    held = [(need.code, a.skills.get(need.code, 0), need.level) for need in needs]
    matched = tuple(code for code, has, asked in held if has >= asked)
    partly = tuple(code for code, has, asked in held if 0 < has < asked)
    missing = tuple(code for code, has, _ in held if not has)
    said = _sentences(
        ("You have {} at the level asked.", matched),
        ("You have {} below the level asked.", partly),
        ("Your profile does not have {}.", missing),
        names=names,
    )
    return _part("skills", said, matched=matched, partly=partly, missing=missing)


def _learning(a: ApplicantProfile, o: OfferProfile, names: Names) -> PartExplanation:
    if not a.wants:
        return _part("learning", "You have not said what you want to learn, so this counts half way.")
    wants = sorted(a.wants)
    taught = [(code, o.teaches.get(code, 0), a.wants[code]) for code in wants]
    matched = tuple(code for code, gives, aim in taught if gives >= aim)
    partly = tuple(code for code, gives, aim in taught if 0 < gives < aim)
    missing = tuple(code for code, gives, _ in taught if not gives)
    said = _sentences(
        ("You would learn {}.", matched),
        ("You would learn some of {}, below the level you aim at.", partly),
        ("It does not teach {}.", missing),
        names=names,
    )
    learnt = tuple(code for code in wants if code in matched or code in partly)
    return _part("learning", said, matched=matched, partly=partly, missing=missing, learnt=learnt)


def _level(a: ApplicantProfile, o: OfferProfile) -> PartExplanation:
    if a.level is None:
        return _part("level", "We do not know your level yet, so this counts half way.")
    if o.level_min <= a.level <= o.level_max:
        return _part("level", f"Your level ({a.level}) is within the offer's range.")
    if o.stretch_ok and a.level == o.level_min - 1:
        return _part("level", f"Your level ({a.level}) is one below the range, and a stretch is welcome.")
    side = "below" if a.level < o.level_min else "above"
    return _part("level", f"Your level ({a.level}) is {side} the offer's range.")


def _words(scorer: MatchScorer, a: ApplicantProfile, o: OfferProfile) -> PartExplanation:
    both = shared_words(scorer.vocabulary_, a.text, o.text, limit=SHARED_WORDS_SHOWN)
    if not both:
        return _part("words", "Your profile and the offer share no telling words.")
    return _part("words", f"Your profile and the offer both say {_listed(both, {})}.", matched=both)


def _practical(a: ApplicantProfile, o: OfferProfile, names: Names) -> PartExplanation:
    if o.region and o.region in a.regions:
        where = f"It is in {_name(o.region, names)}, one of your regions."
    elif o.remote == "remote" and a.remote_ok:
        where = "It is remote, which suits you."
    else:
        where = "It is outside the regions you chose." if a.regions else "You have not chosen any regions."
    inside = a.days_min <= o.days <= a.days_max and a.length_min <= o.length_months <= a.length_max
    wish = "within" if inside else "not all within"
    late = a.available_from is not None and a.available_from > o.start_from
    early = a.available_to is not None and a.available_to < o.start_to
    when = "part of" if late or early else "all of"
    if (late and a.available_from is not None and a.available_from > o.start_to) or (
        early and a.available_to is not None and a.available_to < o.start_from
    ):
        when = "none of"
    return _part(
        "practical",
        f"{where} The days a week and the length are {wish} your wishes. "
        f"You are available for {when} its start window.",
    )


def _sentences(*pairs: tuple[str, tuple[str, ...]], names: Names) -> str:
    return " ".join(text.format(_listed(codes, names)) for text, codes in pairs if codes)


def _sentence(parts: tuple[PartExplanation, ...]) -> str:
    """Name the strong and the weak parts; parts that can give no points are not spoken of."""
    counted = [part for part in parts if part.out_of > 0]
    strong = [PART_WORDS[p.name] for p in counted if p.points >= STRONG * p.out_of]
    weak = [PART_WORDS[p.name] for p in counted if p.points < WEAK * p.out_of]
    said = []
    if strong:
        said.append(f"Strong on {_listed(tuple(strong), {})}.")
    if weak:
        said.append(f"Weaker on {_listed(tuple(weak), {})}.")
    return " ".join(said) or "A fair fit on every part."
