"""Titles and prose alike: nearer in meaning scores higher, however it is written."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching.knowledge import Knowledge, shipped
from matching.text_similarity import TextSimilarity

TITLES = ["Solicitor", "Cook", "Software Developer", "Fundraising Manager", "Primary School Teacher", "Carer"]
SAME_IN_OTHER_WORDS = ["Attorney", "Chef", "Computer Programmer", "Head of Donations", "Elementary Teacher"]
PROSE = [
    "You would plan the winter opening of our night shelter with people who have slept rough, write the "
    "rota, train the volunteers and agree with the council who opens the extra beds in cold weather.",
    "You would close the monthly accounts, prepare the budget report for trustees, answer the auditors and "
    "set up the payment controls that a charity of our size ought to have.",
    "You would interview families in our museum, count who visits the exhibitions and why, and advise the "
    "curators on labels that children and their grandparents can read together.",
]
ASKED = [
    "I have run a shelter for people sleeping rough: rotas, volunteers, winter beds and the council.",
    "I prepare budget reports and annual accounts, and I have answered auditors for nine years.",
    "I was a museum curator who wrote exhibitions for children and families.",
]
NOTHING = Knowledge("none", {}, {})


def typo(text):
    """Each longer word with its second and third letters the wrong way round."""
    return " ".join(
        word[0] + word[2] + word[1] + word[3:] if len(word) > 5 else word for word in text.split()
    )


def best(texts, queries, **parameters):
    return TextSimilarity(**parameters).fit(texts).similarity(queries).argmax(axis=1).tolist()


def test_a_title_meets_the_same_work_in_other_words():
    assert best(TITLES, SAME_IN_OTHER_WORDS) == [0, 1, 2, 3, 4]


def test_prose_meets_prose_on_the_same_subject():
    assert best(PROSE, ASKED) == [0, 1, 2]


def test_a_title_finds_the_prose_that_speaks_of_it():
    assert best(PROSE, ["Night shelter manager", "Accounts officer", "Museum curator"]) == [0, 1, 2]


@pytest.mark.parametrize(("texts", "queries"), [(TITLES, TITLES), (PROSE, ASKED)], ids=["titles", "prose"])
def test_slips_of_the_keyboard_change_no_first_place(texts, queries):
    assert best(texts, [typo(query) for query in queries]) == best(texts, queries)


@pytest.mark.parametrize("times", [2, 5])
def test_saying_the_same_at_greater_length_changes_no_first_place(times):
    assert best(PROSE, [" ".join([query] * times) for query in ASKED]) == [0, 1, 2]


def test_capitals_and_punctuation_change_nothing():
    fitted = TextSimilarity().fit(TITLES)

    assert np.array_equal(
        fitted.similarity(["primary-school TEACHER!"]), fitted.similarity(["Primary school teacher"])
    )


def test_british_and_american_spellings_are_one():
    fitted = TextSimilarity().fit(["Program organizer", "Cook"])

    assert fitted.similarity(["Programme organiser"])[0, 0] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("knowledge", [None, NOTHING], ids=["shipped", "no knowledge"])
def test_a_text_is_most_like_itself(knowledge):
    texts = TITLES + PROSE

    likeness = TextSimilarity(knowledge=knowledge).fit(texts).similarity(texts)

    assert likeness.argmax(axis=1).tolist() == list(range(len(texts)))
    assert np.diag(likeness) == pytest.approx(np.ones(len(texts)), abs=1e-4)


def test_without_knowledge_words_in_common_still_count():
    assert best(["policy adviser", "nurse"], ["housing policy"], knowledge=NOTHING) == [0]


@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=20), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_texts_give_finite_scores_of_the_right_shape(texts, queries):
    likeness = TextSimilarity().fit(texts).similarity(queries)

    assert likeness.shape == (len(queries), len(texts))
    assert np.isfinite(likeness).all()
    assert (likeness <= 1 + 1e-4).all()


def test_a_query_never_depends_on_the_other_queries():
    fitted = TextSimilarity().fit(TITLES + PROSE)
    together = fitted.similarity(ASKED + SAME_IN_OTHER_WORDS)

    alone = np.vstack([fitted.similarity([query]) for query in ASKED + SAME_IN_OTHER_WORDS])
    assert together == pytest.approx(alone, abs=1e-6)


def test_fitting_twice_gives_the_same_scores():
    first, again = (TextSimilarity().fit(TITLES).similarity(SAME_IN_OTHER_WORDS) for _ in range(2))

    assert np.array_equal(first, again)


def test_a_copy_and_a_stored_one_score_the_same():
    fitted = TextSimilarity(title_length=8).fit(TITLES)
    expected = fitted.similarity(SAME_IN_OTHER_WORDS)

    assert np.array_equal(pickle.loads(pickle.dumps(fitted)).similarity(SAME_IN_OTHER_WORDS), expected)
    assert clone(fitted).get_params() == fitted.get_params()
    assert np.array_equal(clone(fitted).fit(TITLES).similarity(SAME_IN_OTHER_WORDS), expected)


def test_nothing_is_scored_before_fitting():
    with pytest.raises(NotFittedError):
        TextSimilarity().similarity(["Cook"])


def test_the_shipped_knowledge_is_what_none_means():
    named = TextSimilarity(knowledge=shipped()).fit(TITLES).similarity(SAME_IN_OTHER_WORDS)

    assert np.array_equal(named, TextSimilarity().fit(TITLES).similarity(SAME_IN_OTHER_WORDS))
