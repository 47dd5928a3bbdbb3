"""Levels with their evidence: a table before a title, a title before prose, and a person before a guess."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.utils.estimator_checks import (
    check_estimator_cloneable,
    check_estimator_repr,
    check_no_attributes_set_in_init,
    check_parameters_default_constructible,
)

from matching import knowledge
from matching.building import levels as building
from matching.evaluation.levels import REFERENCE
from matching.level_estimator import LevelEstimator
from matching.level_tables import LevelTables
from matching.level_titles import ROLE_WORDS, STEPS

BANDS = ("micro", "small", "medium", "large", "major", "super_major")
JUNIOR = "Understand what your responsibilities are and support your team."
WORDS = st.sampled_from(["senior", "deputy", "assistant", "finance", "policy", *ROLE_WORDS])


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> LevelEstimator:
    documents, arrays = building.build(REFERENCE, REFERENCE)
    kept = knowledge.write(tmp_path_factory.mktemp("kept") / "k.zip", documents=documents, arrays=arrays)
    return LevelEstimator.from_knowledge(kept)


@pytest.mark.parametrize(
    "check",
    [check_estimator_cloneable, check_estimator_repr, check_no_attributes_set_in_init,
     check_parameters_default_constructible],
)  # fmt: skip
def test_it_keeps_the_contract_of_an_estimator(check):
    check("LevelEstimator", LevelEstimator())


@pytest.mark.parametrize(
    ("title", "level"),
    [("SEO", 5), ("Grade 7", 6), ("G6", 7), ("SCS1", 8), ("HEO(D)", 4), ("Policy adviser (SEO)", 5),
     ("Head of policy (Grade 6)", 7), ("Assistant director, SCS2", 9)],
)  # fmt: skip
def test_a_grade_beats_the_words_of_the_title(model, title, level):
    found = model.predict([title])[0]

    assert (found.level, found.sure, found.needs_a_look) == (level, True, False)


def test_the_same_code_means_what_the_organisation_means(model):
    found = model.predict(["A1", "7", "7", "7"], organisation=["FCDO", "DfT", "FCDO", None])

    assert [estimate.level for estimate in found] == [1, 7, None, None]


def test_two_grades_in_one_title_are_left_to_a_person(model):
    found = model.predict(["HEO/SEO policy adviser"])[0]

    assert found.level is None
    assert found.needs_a_look
    assert len(found.evidence) == 2


def test_a_title_word_gives_a_level_that_is_not_sure(model):
    found = model.predict(["Head of policy"])[0]

    assert (found.level, found.sure) == (7, False)
    assert "head of" in found.evidence[0]


@pytest.mark.parametrize("title", ["Wizard", "", "Band X", "PS to the minister"])
def test_an_unknown_title_needs_a_look(model, title):
    found = model.predict([title])[0]

    assert (found.level, found.sure, found.needs_a_look) == (None, False, True)


@given(prose=st.text(max_size=80), band=st.sampled_from([None, *BANDS]))
def test_prose_alone_never_gives_a_level(model, prose, band):
    found = model.predict(["Wizard"], income_band=band, prose=f"Lead the whole organisation. {prose}")[0]

    assert found.level is None
    assert found.needs_a_look


def test_prose_far_from_the_title_asks_for_a_look_and_changes_no_level(model):
    plain = model.predict(["Director"])[0]
    beside = model.predict(["Director"], prose=JUNIOR)[0]

    assert beside.level == plain.level
    assert not plain.needs_a_look
    assert beside.needs_a_look


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_bigger_charity_never_lowers_the_level_of_the_same_role(model, words):
    title = " ".join(words)

    levels = [model.predict([title], income_band=band)[0].level for band in BANDS]

    assert levels == [None] * 6 or levels == sorted(levels)


def test_a_director_of_a_micro_charity_is_not_a_director_of_a_large_one(model):
    micro, large = model.predict(["Director of services"] * 2, income_band=["micro", "large"])

    assert (micro.level, large.level) == (5, 7)


def test_nobody_in_a_charity_stands_above_its_chief_executive(model):
    for band in BANDS:
        top = model.predict(["Chief executive"], income_band=band)[0].level
        assert all(
            (model.predict([f"{step} {role}"], income_band=band)[0].level or 0) <= top
            for step in STEPS
            for role in ROLE_WORDS
        )


@pytest.mark.parametrize(
    ("one", "other"), [("women's", "men's"), ("Muslim", "Christian"), ("Black", "White")]
)
def test_words_of_a_protected_characteristic_change_no_level(model, one, other):
    titles = [f"Head of {one} services", f"Head of {other} services"]
    prose = [f"Lead {one} services across the organisation", f"Lead {other} services across the organisation"]

    first, second = model.predict(titles, prose=prose)
    in_charity = model.predict(titles, income_band="large")

    assert first == second
    assert in_charity[0] == in_charity[1]
    assert model.prose_level(prose[:1]) == model.prose_level(prose[1:])


def test_titles_of_one_line_of_work_are_put_in_order(model):
    titles = ["Apprentice developer", "Junior developer", "Developer", "Senior developer", "Lead developer",
              "Principal developer", "Head of development"]  # fmt: skip

    assert model.seniority(titles).tolist() == sorted(model.seniority(titles))
    assert len(set(model.seniority(titles).tolist())) == len(titles)


def test_the_same_tables_give_the_same_answers_and_a_pickle_keeps_them(model):
    again = clone(model).fit(model.tables_)
    kept = pickle.loads(pickle.dumps(model))
    asked = {"titles": ["Head of policy", "SEO"], "prose": [JUNIOR, None]}

    assert again.predict(**asked) == model.predict(**asked) == kept.predict(**asked)


def test_without_statements_prose_says_nothing():
    model = LevelEstimator().fit(LevelTables())

    assert model.predict(["Wizard"], prose=JUNIOR)[0].evidence == (
        "No grade, role or title word is known here.",
    )


def test_one_value_for_each_title_or_one_for_all_is_asked_for(model):
    with pytest.raises(ValueError, match="one for all"):
        model.predict(["SEO", "EO"], organisation=["DfT"])
