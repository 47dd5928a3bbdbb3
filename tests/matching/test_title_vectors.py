"""Titles as points among occupations."""

import numpy as np
import pytest

from matching.knowledge import shipped
from matching.title_vectors import title_vectors


def nearness(first, second):
    one, other = title_vectors([first, second], shipped())
    return float(one @ other)


@pytest.mark.parametrize(
    ("title", "near", "far"),
    [
        ("attorney", "solicitor", "cook"),
        ("software developer", "computer programmer", "property developer"),
        ("fundraiser", "charity fundraising manager", "fund accountant"),
    ],
)
def test_titles_of_like_work_are_nearer(title, near, far):
    assert nearness(title, near) > nearness(title, far)


def test_rows_have_length_one_and_unknown_titles_a_row_of_zeros():
    vectors = title_vectors(["data analyst", "ж"], shipped())

    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0], abs=1e-5)


def test_no_titles_give_no_rows():
    assert len(title_vectors([], shipped())) == 0
