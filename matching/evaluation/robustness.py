"""What typing errors, the length of a text, the words of a sector and a change of settings do to a ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matching.encoder import Encoder
from matching.evaluation.agreement import rank_agreement
from matching.evaluation.findings import Cohort, Finding, Wording
from matching.evaluation.metrics import Floats
from matching.profiles import MAX_SKILL_LEVEL, ApplicantProfile
from matching.scores import score
from matching.skill_tagger import SkillTagger
from matching.tables import Bools

TEXT = "a disturbed text"
TAGS = "skills suggested from a disturbed text"
WORDINGS = "the same skill in both sectors' words"
VERSIONS = "today's score and another version"
SUGGESTED = 5
TEXTS_TAGGED = 40
SHORTEST_MISTYPED = 4

Disturb = Callable[[str], str]


def run(
    cohort: Cohort, scores: Floats, eligible: Bools, *, others: Mapping[str, Encoder], seed: int = 0
) -> list[Finding]:
    """Every finding of this module; `scores` and `eligible` are of the cohort as it is."""
    disturbances: dict[str, Disturb] = {
        "1 word in 20 mistyped": lambda text: mistyped(text, 0.05, seed=seed),
        "1 word in 5 mistyped": lambda text: mistyped(text, 0.2, seed=seed),
        "said twice": lambda text: f"{text} {text}",
        "first half only": first_half,
    }
    tagger = SkillTagger(cohort.vocabulary, relations=cohort.encoder.relations).fit()
    return [
        *disturbed_scores(cohort, disturbances, scores, eligible),
        *disturbed_tags(cohort, tagger, disturbances),
        *both_wordings(cohort, tagger),
        *(row for name in others for row in versions(cohort, scores, eligible, name, others[name])),
    ]


def mistyped(text: str, share: float, *, seed: int = 0) -> str:
    """The text with two neighbouring letters swapped in a share of its longer words, drawn by `seed`."""
    rng = np.random.default_rng(seed)
    return " ".join(_swapped(word, rng) if rng.random() < share else word for word in text.split())


def first_half(text: str) -> str:
    """The first half of the words."""
    words = text.split()
    return " ".join(words[: (len(words) + 1) // 2])


def disturbed_scores(
    cohort: Cohort, disturbances: Mapping[str, Disturb], scores: Floats, eligible: Bools
) -> list[Finding]:
    """Change of the words part, and agreement of the rankings, where every person's text is disturbed."""
    before, n = cohort.words(cohort.people), int(eligible.sum())
    found = []
    for case, disturb in disturbances.items():
        people = [replace(person, text=disturb(person.text)) for person in cohort.people]
        moved = np.abs(cohort.words(people) - before)[eligible]
        agreed = rank_agreement(scores, cohort.scored(people)[0], eligible)
        found += [
            Finding(TEXT, case, "mean change of the words part, points", float(moved.mean()), n),
            Finding(TEXT, case, "Kendall correlation of each person's ranking", agreed.kendall, agreed.n),
        ]
    return found


def disturbed_tags(cohort: Cohort, tagger: SkillTagger, disturbances: Mapping[str, Disturb]) -> list[Finding]:
    """Share of the five likeliest skills of an offer's text that are still suggested."""
    step = max(len(cohort.offers) // TEXTS_TAGGED, 1)
    texts = [offer.text for offer in cohort.offers[::step]]
    before = _likeliest(tagger, texts)
    found = []
    for case, disturb in disturbances.items():
        after = _likeliest(tagger, [disturb(text) for text in texts])
        kept = float(
            np.mean([len(one & other) / SUGGESTED for one, other in zip(before, after, strict=True)])
        )
        found.append(Finding(TAGS, case, f"share of the first {SUGGESTED} kept", kept, len(texts)))
    return found


def both_wordings(cohort: Cohort, tagger: SkillTagger) -> list[Finding]:
    """Rank of the right skill, and of the best offer that asks for it, from either sector's words.

    The person has nothing but one sentence and the skills that are suggested from it.
    """
    known = [wording for wording in cohort.wordings if wording[0] in cohort.vocabulary]
    found = []
    for side, words in (("government's", 1), ("civil society's", 2)):
        skills = [_rank_of_skill(tagger, wording[0], wording[words]) for wording in known]
        offers = _ranks_of_offer(cohort, tagger, known, words)
        case = f"{side} words"
        found += [
            Finding(WORDINGS, case, "median rank of the right skill", float(np.median(skills)), len(skills)),
            Finding(WORDINGS, case, "right skill among the first ten, share", _within(skills), len(skills)),
            Finding(WORDINGS, case, "median rank of the right offer", float(np.median(offers)), len(offers)),
            Finding(WORDINGS, case, "right offer among the first ten, share", _within(offers), len(offers)),
        ]
    return found


def versions(cohort: Cohort, scores: Floats, eligible: Bools, name: str, other: Encoder) -> list[Finding]:
    """Agreement of each person's ranking under another version of the score and under today's."""
    agreed = rank_agreement(replace(cohort, encoder=other).scored()[0], scores, eligible)
    measures = {
        "Kendall correlation": agreed.kendall,
        "Spearman correlation": agreed.spearman,
        "people with the same first offer, share": agreed.same_first,
        "share of the first ten kept": agreed.kept,
    }
    return [Finding(VERSIONS, name, measure, value, agreed.n) for measure, value in measures.items()]


def _swapped(word: str, rng: np.random.Generator) -> str:
    if len(word) < SHORTEST_MISTYPED:
        return word
    at = int(rng.integers(1, len(word) - 2))
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _likeliest(tagger: SkillTagger, texts: Sequence[str]) -> list[set[int]]:
    order = np.argsort(-tagger.predict_proba(texts), axis=1, kind="stable")
    return [set(row) for row in order[:, :SUGGESTED].tolist()]


def _rank_of_skill(tagger: SkillTagger, code: str, words: str) -> int:
    chances = tagger.predict_proba([words])[0]
    return int(1 + (chances > chances[tagger.codes_.index(code)]).sum())


def _ranks_of_offer(
    cohort: Cohort, tagger: SkillTagger, wordings: Sequence[Wording], words: int
) -> list[int]:
    """For each skill that an offer asks for: the rank of the best such offer, eligible or not."""
    found = []
    for wording in wordings:
        right = [any(need.code == wording[0] for need in offer.needs) for offer in cohort.offers]
        if any(right):
            suggested = [code for code, _, _ in tagger.suggest(wording[words], SUGGESTED)]
            person = _only(cohort.people[0], wording[words], suggested)
            scores = score(cohort.encoder, [person], list(cohort.offers))[0]
            found.append(int(1 + (scores > scores[np.array(right)].max()).sum()))
    return found


def _only(person: ApplicantProfile, text: str, skills: Sequence[str]) -> ApplicantProfile:
    """Somebody of whom nothing is known but a sentence and some skills."""
    held = dict.fromkeys(skills, MAX_SKILL_LEVEL)
    return replace(person, text=text, skills=held, wants={}, missions={}, regions=frozenset(), level=None)


def _within(ranks: Sequence[int], first: int = 10) -> float:
    return float(np.mean(np.array(ranks) <= first))
