"""One spelling for the words of titles, whoever wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.title_words import plain_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Snr. Policy Adviser", "Senior policy advisors"),
        ("Programme Manager", "Program Managers"),
        ("HR & Ops Mgr", "Human resources and operations manager"),
        ("Organisation designers", "Organization Designer"),
        ("Labour economist", "Labor economists"),
        ("Community-centre worker", "community center workers"),
        ("Charities", "charity"),
    ],
)
def test_two_ways_of_writing_a_title_meet(one, other):
    assert plain_words(one) == plain_words(other)


def test_prose_keeps_its_pronouns():
    assert plain_words("Plan it", abbreviations=False) == "plan it"


@pytest.mark.parametrize("word", ["business", "status", "gas"])
def test_a_word_that_only_looks_plural_keeps_its_ending(word):
    assert plain_words(word) == word


@given(st.text(max_size=60))
def test_any_text_gives_plain_words(text):
    plain = plain_words(text)

    assert plain == " ".join(plain.split()).lower()
