"""Phrases of a cause tag's pattern."""

import re

import pytest

from matching.building.patterns import phrases


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(cats?|felines?)\b", {"cat", "cats", "feline", "felines"}),
        (r"child(ren)?", {"child", "children"}),
        (r"fund[ -]?raising", {"fund raising", "fund-raising", "fundraising"}),
        (r"over [5-7]0s", {"over 50s", "over 60s", "over 70s"}),
        (r"(primary|prep)+ school", {"primary school", "prep school"}),
        (r"r\.?a\.?f", {"raf", "r.af", "ra.f", "r.a.f"}),
        (r"friends of .* school|pta", {"pta"}),
        (r"accommodat(\w)*", set()),
    ],
)
def test_a_finite_pattern_is_written_out_and_a_gap_is_left_out(pattern, expected):
    assert phrases(pattern) == expected


def test_every_phrase_is_one_that_the_pattern_matches():
    pattern = r"\b(wom[ae]n'?s?|(post|pre)+natal|care( |-)home|pon(y|ies)+)\b"

    assert phrases(pattern)
    assert [phrase for phrase in phrases(pattern) if not re.search(pattern, phrase)] == []


def test_a_bracket_too_many_is_refused():
    with pytest.raises(ValueError, match="bracket too many"):
        phrases("cats)")
