"""Words of skills without their endings."""

from __future__ import annotations

import pytest

from matching.skill_words import base_name, content_stems, stem


@pytest.mark.parametrize(
    "forms",
    [
        ("manage", "manages", "managing", "management"),
        ("volunteer", "volunteers", "volunteering"),
        ("policy", "policies"),
        ("budget", "budgets", "budgeting"),
        ("grant", "grants"),
    ],
)
def test_forms_of_one_word_share_their_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_words_that_any_skill_may_use_are_left_out() -> None:
    assert content_stems("Apply the principles of working with data") == ["data"]


def test_the_role_in_brackets_is_not_part_of_the_name() -> None:
    assert base_name("User focus (content design)") == "User focus"
