"""Fairness measured on an invented cohort: the same person or host twice, with one thing changed.

What a profile has no field for can reach a score only through free text. Words that name a person or a
protected characteristic are not read, so changing them changes nothing. Text can still carry such a fact
in other words (an age, a school, a condition): that is measured here and reported, not hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matching.assignment import assign
from matching.encoder import Encoder
from matching.evaluation import robustness
from matching.evaluation.agreement import selection_rates
from matching.evaluation.findings import Cohort, Finding
from matching.evaluation.metrics import Floats
from matching.pairs import pairs_from_dense
from matching.profiles import ApplicantProfile, OfferProfile
from matching.tables import Bools, Ints

STRUCTURED = "one structured fact changed"
IN_WORDS = "one fact changed in a person's text"
SIZE = "small or large charity"
REGION = "region"
CHOSEN = "share placed, by group"
LARGEST = "largest change of a score, points"
MEAN = "mean change of a score, points"
FIRST = "people whose first offer changes, share"

NOT_READ: tuple[tuple[str, str, str], ...] = (
    ("name", "My name is Mohammed Khan.", "My name is Oliver Smith."),
    ("form of address", "I sign my letters as Mrs Osei.", "I sign my letters as Mr Osei."),
    ("pronoun", "She says what she thinks, they tell her.", "He says what he thinks, they tell him."),
    ("sex", "I speak as a woman and a mother.", "I speak as a man and a father."),
    ("marriage", "My husband and I moved here.", "My wife and I moved here."),
    ("sexual orientation", "I am a lesbian.", "I am a heterosexual."),
    ("gender reassignment", "I am transgender.", "I am cisgender."),
    ("ethnic group", "I am Bangladeshi.", "I am white."),
    ("religion or belief", "I am a practising Muslim.", "I am a practising Christian."),
)
"""Facts whose words are not read at all: the change has to be exactly 0."""

READ: tuple[tuple[str, str, str], ...] = (
    ("age", "I am 24 and a recent graduate.", "I am 61 and close to retirement."),
    ("age in a word", "I am the youngest here.", "I am the oldest here."),
    ("disability", "I use a wheelchair.", "I walk to work."),
    ("maternity", "I am back from maternity leave.", "I am back from a long journey."),
    ("school", "I went to Harrow School and to Oxford.", "I went to a state school and to college."),
    ("home as a child", "I grew up in social housing.", "I grew up in a large detached house."),
)
"""Facts in words that missions need too, so they are read: the change is measured and reported."""


def run(
    cohort: Cohort, *, others: Mapping[str, Encoder], ratio: float, fewest: int, seed: int = 0
) -> list[Finding]:
    """Every finding, in the order of the card.

    `others` are other versions of the score to compare today's with, by name. A rate below `ratio` times the
    highest prompts a review; groups with fewer members than `fewest` are left out.
    """
    scores, eligible = cohort.scored()
    return [
        *structured_facts(cohort, scores, eligible),
        *facts_in_words(cohort, NOT_READ, eligible, must_be=0.0),
        *facts_in_words(cohort, READ, eligible, must_be=None),
        *charity_size(cohort),
        *regions(cohort, scores, eligible),
        *rates(cohort, scores, eligible, ratio=ratio, fewest=fewest),
        *robustness.run(cohort, scores, eligible, others=others, seed=seed),
    ]


def structured_facts(cohort: Cohort, scores: Floats, eligible: Bools) -> list[Finding]:
    """What is in the profile and must not move a score: the reference, and an employer that hosts nothing."""
    changes: dict[str, Callable[[ApplicantProfile], ApplicantProfile]] = {
        "reference of the person": lambda person: replace(person, ref=f"{person.ref} again"),
        "employer, where neither hosts": lambda person: replace(
            person, organisation=f"not {person.organisation}"
        ),
    }
    found = []
    for case, change in changes.items():
        again, _ = cohort.scored([change(person) for person in cohort.people])
        found.append(
            Finding(STRUCTURED, case, LARGEST, _largest(scores, again, eligible), int(eligible.sum()), 0.0)
        )
    return found


def facts_in_words(
    cohort: Cohort, facts: Sequence[tuple[str, str, str]], eligible: Bools, *, must_be: float | None
) -> list[Finding]:
    """Each person's own text with one sentence and with the other after it."""
    found = []
    for case, *sentences in facts:
        one, other = (
            cohort.scored([replace(person, text=f"{person.text} {said}") for person in cohort.people])[0]
            for said in sentences
        )
        n = int(eligible.sum())
        found.append(Finding(IN_WORDS, case, LARGEST, _largest(one, other, eligible), n, must_be))
        if must_be is None:
            mean = float(np.abs(one - other)[eligible].mean())
            moved = _firsts(one, eligible) != _firsts(other, eligible)
            found.append(Finding(IN_WORDS, case, MEAN, mean, n))
            found.append(Finding(IN_WORDS, case, FIRST, float(moved.mean()), len(moved)))
    return found


def charity_size(cohort: Cohort) -> list[Finding]:
    """Every charity's offer beside its twin of a host of another size, and in the words of either size."""
    people = [person for person in cohort.people if person.direction == "outward"]
    offers = [offer for offer in cohort.offers if offer.direction == "outward"]
    twins = [
        replace(offer, ref=f"{offer.ref} twin", organisation="a host of another size") for offer in offers
    ]
    scores, eligible = cohort.scored(people, [*offers, *twins])
    one, twin = np.hsplit(scores, 2)
    able = np.hsplit(eligible, 2)[0] & np.hsplit(eligible, 2)[1]
    said = ("We are a small local charity.", "We are a large national charity.")
    small, large = (cohort.scored(people, [_saying(offer, words) for offer in offers])[0] for words in said)
    places = np.abs(_places(one, able) - _places(twin, able))
    n = int(able.sum())
    return [
        Finding(SIZE, "the same offer of another host", LARGEST, _largest(one, twin, able), n, 0.0),
        Finding(
            SIZE, "the same offer of another host", "largest difference of rank", float(places.max()), n, 0.0
        ),
        Finding(SIZE, "size named in the offer's words", LARGEST, _largest(small, large, able), n),
        Finding(SIZE, "size named in the offer's words", MEAN, float(np.abs(small - large)[able].mean()), n),
    ]


def regions(cohort: Cohort, scores: Floats, eligible: Bools) -> list[Finding]:
    """The whole cohort moved round the country: each region takes the place of another, on both sides."""
    codes = sorted({code for person in cohort.people for code in person.regions} |
                   {offer.region for offer in cohort.offers})  # fmt: skip
    other = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    people = [
        replace(person, regions=frozenset(other[code] for code in person.regions)) for person in cohort.people
    ]
    offers = [replace(offer, region=other[offer.region]) for offer in cohort.offers]
    moved, able = cohort.scored(people, offers)
    n = int(eligible.sum())
    return [
        Finding(REGION, "every region in another's place", LARGEST, _largest(scores, moved, eligible), n, 0.0),
        Finding(REGION, "every region in another's place", "pairs that change eligibility",
                float((able != eligible).sum()), able.size, 0.0),
    ]  # fmt: skip


def rates(cohort: Cohort, scores: Floats, eligible: Bools, *, ratio: float, fewest: int) -> list[Finding]:
    """Who has a place, and which offers are filled, once the cohort is assigned by `stable`.

    Beside each rate, how many eligible pairs a member has on average: a low rate may be a matter of supply.
    """
    pairs = pairs_from_dense(np.where(eligible, scores, np.nan))
    placed = assign(pairs, [offer.capacity_left for offer in cohort.offers]).offer_of
    people, offers = placed >= 0, np.isin(np.arange(len(cohort.offers)), placed)
    choices, comers = eligible.sum(axis=1), eligible.sum(axis=0)
    of_charity = np.array([offer.direction == "outward" for offer in cohort.offers])
    sizes = [_size(cohort, offer) for offer in cohort.offers if offer.direction == "outward"]
    looked_at: list[tuple[str, list[str], Bools, Ints]] = [
        ("people, direction", [person.direction for person in cohort.people], people, choices),
        ("people, level", [f"level {person.level}" for person in cohort.people], people, choices),
        ("offers, region", [offer.region for offer in cohort.offers], offers, comers),
        ("offers of charities, size", sizes, offers[of_charity], comers[of_charity]),
    ]
    found = []
    for what, groups, chosen, able in looked_at:
        for each in selection_rates(groups, chosen.tolist(), ratio=ratio, fewest=fewest):
            case, members = f"{what}: {each.group}", np.array(groups, dtype=object) == each.group
            found += [
                Finding(CHOSEN, case, "share placed or filled", each.rate, each.n, None, each.review),
                Finding(CHOSEN, case, "eligible pairs of each, mean", float(able[members].mean()), each.n),
            ]
    return found


def _size(cohort: Cohort, offer: OfferProfile) -> str:
    return "small" if offer.organisation in cohort.small_hosts else "larger"


def _saying(offer: OfferProfile, words: str) -> OfferProfile:
    return replace(offer, text=f"{offer.text} {words}")


def _largest(one: Floats, other: Floats, eligible: Bools) -> float:
    return float(np.abs(one - other)[eligible].max(initial=0.0))


def _firsts(scores: Floats, eligible: Bools) -> Floats:
    """The column that each row ranks first; the first of equals."""
    return np.asarray(np.where(eligible, scores, -1.0).argmax(axis=1))


def _places(scores: Floats, eligible: Bools) -> Floats:
    """(n_rows, n_columns): how many columns are ahead of each; equals share a place."""
    able = np.where(eligible, scores, -1.0)
    return np.asarray((able[:, None, :] > able[:, :, None]).sum(axis=2))
