"""Dates are read as people type them; what is not a date is answered in words."""

from datetime import date

import pytest

from ui.forms import NotADate, date_errors, parse_date


@pytest.mark.parametrize(
    "typed",
    ["27 3 2027", "27/03/2027", "27-3-2027", "27.3.2027", "27 March 2027", "27 mar 2027", "2027-03-27"],
)
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert parse_date(typed, "First day") == date(2027, 3, 27)


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_date(typed: str) -> None:
    assert parse_date(typed, "First day") is None


@pytest.mark.parametrize("typed", ["31 2 2027", "soon", "3 2027", "27 3 27 1"])
def test_what_is_not_a_date_is_answered_in_words(typed: str) -> None:
    answer = parse_date(typed, "First day")

    assert isinstance(answer, NotADate)
    assert answer.typed == typed
    assert date_errors({"starts_on": answer, "ends_on": date(2027, 3, 27), "other": None}) == {
        "starts_on": "First day must be a real date, such as 27 3 2027."
    }
