"""The tagger on a small vocabulary, and on the shipped one where both sectors' words must meet."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

import seed_data
from matching.skill_index import SkillText, title_of
from matching.skill_relations import SkillRelations
from matching.skill_tagger import SkillTagger

VOCABULARY = {
    "volunteers": SkillText("Manage volunteers", "Recruit volunteers and give them tasks."),
    "budgets": SkillText("Manage budgets", "Plan, monitor and report on a budget."),
    "research": SkillText("User research methods", "Choose methods to learn what users need."),
    "data": SkillText("Data visualisation", "Show data in charts so that people understand it."),
    "grants": SkillText("Give out grants", "Award grants that an organisation has set up."),
}
TEXTS = [
    "Finance lead. You plan the budget of a small charity and report on it.",
    "Analyst. You turn data into charts for ministers.",
    "Grants officer. You award grants to community groups.",
]
LABELS = [["budgets", "grants"], ["data", "research"], ["grants", "budgets"]]


@pytest.fixture(scope="module")
def tagger() -> SkillTagger:
    return SkillTagger(VOCABULARY).fit()


@pytest.fixture(scope="module")
def programme() -> SkillTagger:
    rows = seed_data.reference_rows("skills")
    vocabulary = {row["code"]: SkillText(row["name"], row["description"]) for row in rows}
    return SkillTagger(vocabulary, relations=SkillRelations.from_knowledge()).fit()


def codes(tagger: SkillTagger, text: str, k: int) -> set[str]:
    return {code for code, _, _ in tagger.suggest(text, k)}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Recruiting volunteers for a night shelter", "volunteers"),
        ("Responsible for a budget of £2 million", "budgets"),
        ("Grantmaking: awarding a grant to each group", "grants"),
    ],
)
def test_a_text_finds_the_skill_in_any_form_of_its_words(tagger: SkillTagger, text: str, first: str) -> None:
    assert tagger.suggest(text, 1)[0][0] == first


@pytest.mark.parametrize(
    "text", ["Manage volunters", "managing volunteeers", "user reserch methods", "Manage bugdets"]
)
def test_a_typing_error_still_finds_the_skill(tagger: SkillTagger, text: str) -> None:
    right = {"v": "volunteers", "r": "research", "b": "budgets"}
    wanted = next(code for letter, code in right.items() if f" {letter}" in text)
    assert tagger.suggest(text, 1)[0][0] == wanted


def test_the_words_that_caused_a_suggestion_stand_in_the_text(tagger: SkillTagger) -> None:
    text = "You will manage a budget. Recruit volunteers, too."
    for _, _, words in tagger.suggest(text, len(VOCABULARY)):
        assert set(words) <= set(text.lower().replace(".", "").replace(",", "").split())
    assert "volunteers" in {code: words for code, _, words in tagger.suggest(text, 5)}["volunteers"]


@given(st.text(max_size=200))
def test_any_text_has_probabilities_between_0_and_1_best_first(tagger: SkillTagger, text: str) -> None:
    scores = [score for _, score, _ in tagger.suggest(text, len(VOCABULARY))]
    assert all(0.0 < score < 1.0 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_scores_of_no_text_and_of_many_have_a_row_a_text_and_a_column_a_skill(tagger: SkillTagger) -> None:
    assert tagger.decision_function([]).shape == (0, len(VOCABULARY))
    assert tagger.decision_function(TEXTS).shape == (len(TEXTS), len(VOCABULARY))


def test_a_group_learnt_from_lifts_what_its_texts_ask_for() -> None:
    groups = ["finance", "analysis", "finance"]
    learnt = SkillTagger(VOCABULARY).fit(TEXTS * 10, LABELS * 10, groups * 10)
    column = learnt.codes_.index("grants")
    told = learnt.predict_proba(["Finance manager"], ["finance"])[0, column]
    untold = learnt.predict_proba(["Finance manager"])[0, column]
    assert told > untold
    assert told > learnt.predict_proba(["Finance manager"], ["analysis"])[0, column]


def test_a_group_that_was_never_learnt_from_leaves_the_text_to_decide_alone(tagger: SkillTagger) -> None:
    learnt = SkillTagger(VOCABULARY).fit(TEXTS, LABELS, ["finance", "analysis", "finance"])
    alone, new = tagger.predict_proba(TEXTS), learnt.predict_proba(TEXTS, ["policy"] * 3)
    assert np.allclose(alone, new)


def test_labels_of_texts_outside_the_fit_cannot_leak_into_it() -> None:
    before = SkillTagger(VOCABULARY).fit(TEXTS[:2], LABELS[:2]).decision_function(TEXTS[2:])
    changed = [*LABELS[:2], ["volunteers"]]
    after = SkillTagger(VOCABULARY).fit(TEXTS[:2], changed[:2]).decision_function(TEXTS[2:])
    assert np.array_equal(before, after)


def test_a_close_relative_lifts_a_skill_and_never_lowers_one(tagger: SkillTagger) -> None:
    relations = SkillRelations.from_pairs([("budgets", "research", 0.9, "this test says so")])
    related = SkillTagger(VOCABULARY, relations=relations).fit()
    plain, lifted = (it.predict_proba(["Manage budgets"])[0] for it in (tagger, related))
    assert (lifted >= plain).all()
    assert lifted[tagger.codes_.index("research")] > plain[tagger.codes_.index("research")]
    code, _, words = next(it for it in related.suggest("Manage budgets", 5) if it[0] == "research")
    assert (code, "budgets" in words) == ("research", False)


def test_a_clone_and_a_pickle_give_the_same_scores(tagger: SkillTagger) -> None:
    expected = tagger.decision_function(TEXTS)
    assert np.array_equal(clone(tagger).fit().decision_function(TEXTS), expected)
    assert np.array_equal(pickle.loads(pickle.dumps(tagger)).decision_function(TEXTS), expected)


def test_misuse_is_refused_in_words(tagger: SkillTagger) -> None:
    with pytest.raises(ValueError, match="has no skill"):
        SkillTagger({}).fit()
    with pytest.raises(ValueError, match="differ in number"):
        SkillTagger(VOCABULARY).fit(TEXTS, LABELS[:1])
    with pytest.raises(NotFittedError):
        SkillTagger(VOCABULARY).suggest("Budgets")


@pytest.mark.parametrize(
    ("whitehall", "charity"),
    [
        ("stakeholder engagement", "partnership working"),
        ("budget responsibility", "managing a budget"),
        ("policy evaluation", "impact measurement"),
        ("commissioning services", "bidding for contracts"),
        ("user needs", "lived experience"),
        ("grants management", "grant making"),
        ("line management", "supervision"),
    ],
)
def test_the_same_skill_in_whitehalls_and_in_charities_words_meets(
    programme: SkillTagger, whitehall: str, charity: str
) -> None:
    relations = SkillRelations.from_knowledge()
    found, others = codes(programme, whitehall, 5), codes(programme, charity, 5)
    near = {code for one in found for code, _ in relations.neighbours(one)} | found
    assert near & others


def test_the_title_is_the_first_sentence_or_line_and_never_long() -> None:
    assert title_of("Policy adviser. You advise.") == "Policy adviser"
    assert title_of("Grants officer\nYou award grants") == "Grants officer"
    assert len(title_of("word " * 40).split()) == 12
    assert title_of("") == ""
