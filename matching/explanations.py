"""One pair's score in words: what each part gave, what caused it, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from matching import part_words
from matching.encoder import Encoder
from matching.part_words import VOICES, Names, PartExplanation, Voice, listed, name_of
from matching.profiles import ApplicantProfile, OfferProfile
from matching.scores import parts as part_scores
from matching.scores import score
from matching.weights import PART_NAMES, SIDES

Reader = Literal["applicant", "host"]

STRONG, WEAK = 0.75, 0.35
"""Shares of a part's points from which a sentence calls it strong, and below which weak."""

PART_WORDS = {
    "missions": "missions",
    "skills": "skills",
    "learning": "what {they} want to learn",
    "level": "level",
    "words": "likeness in words",
    "place": "place",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts in order, their sum and one plain sentence."""

    parts: tuple[PartExplanation, ...]
    total: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the applicant's profile, the points it would add, computed exactly, and the profile then."""

    what: str
    gain: float
    code: str | None
    after: ApplicantProfile


def explain(
    encoder: Encoder,
    applicant: ApplicantProfile,
    offer: OfferProfile,
    *,
    names: Names | None = None,
    reader: Reader = "applicant",
) -> Explanation:
    """Why the pair has its score.

    `names` gives the words people read for codes. The words speak to the applicant as "you", or
    about them as "they" where the `reader` is a host.
    """
    names, voice = names or {}, VOICES[reader]
    scores = part_scores(encoder, [applicant], [offer])
    points = dict(zip(scores.names, scores.points[:, 0, 0].tolist(), strict=True))
    makers = {
        "missions": part_words.missions(applicant, offer, names, voice),
        "skills": part_words.skills(encoder, applicant, offer, names, voice),
        "learning": part_words.learning(encoder, applicant, offer, names, voice),
        "level": part_words.level(applicant, offer, voice),
        "words": part_words.words(encoder, applicant, offer, voice),
        "place": part_words.place(applicant, offer, names, voice),
    }
    most = _most(encoder, applicant)
    parts = tuple(replace(makers[name], points=points[name], out_of=most[name]) for name in PART_NAMES)
    return Explanation(parts, float(scores.total[0, 0]), _sentence(parts, voice))


def what_would_change(
    encoder: Encoder, applicant: ApplicantProfile, offer: OfferProfile, *, names: Names | None = None
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
            skill = name_of(need.code, names)
            what = f"Raise {skill} to" if held else f"Gain {skill} at"
            what = f"{what} level {need.level}"
            changes.append((what, need.code, replace(applicant, skills=skills)))
    if offer.region and offer.region not in applicant.regions:
        regions = applicant.regions | {offer.region}
        what = f"Be able to work in {name_of(offer.region, names)}"
        changes.append((what, offer.region, replace(applicant, regions=regions)))
    if offer.remote == "remote" and not applicant.remote_ok:
        changes.append(("Be open to remote work", None, replace(applicant, remote_ok=True)))
    variants = [applicant, *(changed for _, _, changed in changes)]
    scores = score(encoder, variants, [offer])[:, 0]
    gains = [
        Change(what, float(score - scores[0]), code, after)
        for (what, code, after), score in zip(changes, scores[1:], strict=True)
    ]
    worthwhile = [change for change in gains if change.gain > 1e-9]
    return tuple(sorted(worthwhile, key=lambda change: (-change.gain, change.what)))


def _most(encoder: Encoder, applicant: ApplicantProfile) -> dict[str, float]:
    """Most points of each part for this applicant, at their own balance of using and learning."""
    w, (host, own) = encoder.weights, SIDES[encoder.side]
    use, learn = w.use_and_learn(applicant.balance)
    chosen = {**w.applicant, "skills": use, "learning": learn}
    return {name: host * w.host[name] + own * chosen[name] for name in PART_NAMES}


def _sentence(parts: tuple[PartExplanation, ...], voice: Voice) -> str:
    """Name the strong and the weak parts; parts that can give no points are not spoken of."""
    said_of = {name: text.format(they=voice.they) for name, text in PART_WORDS.items()}
    counted = [part for part in parts if part.out_of > 0]
    strong = [said_of[p.name] for p in counted if p.points >= STRONG * p.out_of]
    weak = [said_of[p.name] for p in counted if p.points < WEAK * p.out_of]
    said = []
    if strong:
        said.append(f"Strong on {listed(tuple(strong), {})}.")
    if weak:
        said.append(f"Weaker on {listed(tuple(weak), {})}.")
    return " ".join(said) or "A fair fit on every part."
