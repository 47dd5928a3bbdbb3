"""Grade codes and charity roles in job titles."""

import pytest

from matching.level_tables import Grade
from matching.level_titles import charity_role, named_grades

GRADES = [
    Grade("*", "EO", 3),
    Grade("*", "Executive Officer", 3),
    Grade("*", "HEO", 4),
    Grade("*", "SEO", 5),
    Grade("*", "Senior Executive Officer", 5),
    Grade("*", "G7", 6),
    Grade("*", "Grade 7", 6),
    Grade("*", "Deputy Director", 8),
    Grade("*", "PS", 10),
    Grade("DfT", "5", 5),
    Grade("FCDO", "C4", 4),
]


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("Policy adviser (SEO)", [5]),
        ("HEO(D)", [4]),
        ("HEO/SEO policy adviser", [4, 5]),
        ("Lawyer - Grade 7", [6]),
        ("G 7 economist", [6]),
        ("Senior Executive Officer", [5]),
        ("Deputy director of housing", [8]),
        ("Team leader (EO)", [3]),
        ("Chief executive officer", []),
        ("PS to the minister", []),
        ("A seo specialist", []),
        ("C4 adviser", []),
        ("5 teachers", []),
    ],
)
def test_a_grade_counts_where_it_stands_as_a_grade(title, levels):
    assert [row.level for row in named_grades(GRADES, None, title)] == levels


def test_an_organisations_own_code_counts_in_its_titles():
    assert [row.level for row in named_grades(GRADES, "FCDO", "C4 adviser")] == [4]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Fundraising manager", ("manager", 0)),
        ("Head of services", ("head_of", 0)),
        ("CEO", ("chief_executive", 0)),
        ("Chief executive officer", ("chief_executive", 0)),
        ("Chief operating officer", ("director", 0)),
        ("Deputy director of finance", ("director", -1)),
        ("Executive assistant to the director", ("assistant", 0)),
        ("Senior caseworker", ("officer", 1)),
        ("Volunteer coordinator", ("assistant", 1)),
        ("Founder", None),
        ("", None),
    ],
)
def test_the_head_of_a_charity_title_names_the_role(title, role):
    assert charity_role(title) == role
