"""A text's vector is its own: fixed, of length 1, and explained word by word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import knowledge
from matching.text_vectors import DIMENSIONS, text_vectors, word_shares

KNOWN = knowledge.shipped()
SHELTER = "Run the night shelter for homeless people and plan the winter beds."
HOSTEL = "Support people who sleep rough to move into hostels and settled housing."
ACCOUNTS = "Prepare the annual accounts, the audit file and the monthly budget report."

TEXTS = st.text(alphabet="abcdefghij éA1 ,.", max_size=60) | st.sampled_from([SHELTER, HOSTEL, ACCOUNTS])


def cosine(first, second):
    one, other = text_vectors([first, second], KNOWN)
    return float(one @ other)


def test_texts_on_one_subject_are_closer_than_texts_on_two():
    assert cosine(SHELTER, HOSTEL) > 0.3
    assert abs(cosine(SHELTER, ACCOUNTS)) < 0.15


def test_rows_have_length_one():
    vectors = text_vectors([SHELTER, HOSTEL], KNOWN)

    assert vectors.dtype == np.float32
    assert vectors.shape == (2, DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize("text", ["", "   ", "zzqx", "12 34", "the of and"])
def test_a_text_with_no_known_word_has_a_row_of_zeros(text):
    assert not text_vectors([text], KNOWN).any()
    assert word_shares(text, SHELTER, KNOWN) == []


def test_no_texts_give_no_rows():
    assert text_vectors([], KNOWN).shape == (0, DIMENSIONS)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_vector_never_depends_on_the_other_texts(texts):
    together = text_vectors(texts, KNOWN)

    assert np.array_equal(together, np.vstack([text_vectors([text], KNOWN) for text in texts]))


@given(TEXTS, TEXTS)
def test_the_shares_of_words_add_up_to_the_cosine(first, second):
    assert sum(share for _, share in word_shares(first, second, KNOWN)) == pytest.approx(
        cosine(first, second), abs=1e-5
    )


def test_the_words_that_cause_the_likeness_come_first():
    words = [word for word, _ in word_shares(SHELTER, HOSTEL, KNOWN, limit=2)]

    assert set(words) <= {"homeless", "shelter", "night", "beds"}


def test_words_that_are_not_read_change_nothing_to_the_last_bit():
    unread = frozenset({"christian", "women"})
    plain, told = text_vectors([SHELTER, f"Christian women. {SHELTER}"], KNOWN, unread)
    assert np.array_equal(plain, told)
    assert not np.array_equal(*text_vectors([SHELTER, f"Christian women. {SHELTER}"], KNOWN))
    assert word_shares(f"Christian women. {SHELTER}", HOSTEL, KNOWN, unread=unread) == word_shares(
        SHELTER, HOSTEL, KNOWN, unread=unread
    )
