"""Levels by table: the organisation's own row first, the newest row last, and never a guess."""

import pytest

from matching.level_tables import Grade, Role, Rung, find_grade, find_role, find_rung

GRADES = [Grade("*", "G7", 6), Grade("FCDO", "A1", 1), Grade("DFID", "A1", 7), Grade("DfT", "7", 7)]
RUNGS = [Rung("assistant", 2), Rung("", 5), Rung("senior", 6), Rung("head", 7), Rung("head of", 7),
         Rung("deputy director", 8)]  # fmt: skip


@pytest.mark.parametrize(
    ("organisation", "code", "level"),
    [("FCDO", "A1", 1), ("dfid", " a1 ", 7), (None, "g 7", 6), ("DfT", "7", 7), ("MoD", "G7", 6)],
)
def test_the_same_code_has_the_level_of_its_organisation(organisation, code, level):
    assert find_grade(GRADES, organisation, code).level == level


@pytest.mark.parametrize(("organisation", "code"), [(None, "A1"), ("FCDO", "A9"), (None, "7"), (None, "")])
def test_a_code_that_no_row_knows_has_no_level(organisation, code):
    assert find_grade(GRADES, organisation, code) is None


def test_the_row_that_was_given_last_wins():
    assert find_grade([*GRADES, Grade("*", "G7", 5)], None, "G7").level == 5
    assert (
        find_role([Role("officer", "micro", 3), Role("officer", "micro", 2)], "Officer", "micro").level == 2
    )


def test_a_charity_role_is_found_by_code_or_name_in_its_band_only():
    rows = [Role("head_of", "large", 6)]

    assert find_role(rows, "Head of", "large") is rows[0]
    assert find_role(rows, "head_of", "micro") is None
    assert find_role(rows, "wizard", "large") is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior analyst", 6),
        ("Assistant to the head of finance", 2),
        ("Deputy  Director, policy", 8),
        ("Wizard", 5),
    ],
)
def test_the_first_ladder_word_of_a_title_decides(title, level):
    assert find_rung(RUNGS, title).level == level


def test_an_empty_title_or_ladder_has_no_rung():
    assert find_rung(RUNGS, " ") is None
    assert find_rung([Rung("", 5)], "Analyst") is None
