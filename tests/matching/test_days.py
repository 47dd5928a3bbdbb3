"""Ends of placements by the calendar."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.days import placement_end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 2), 6, date(2026, 9, 1)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2025, 8, 31), 6, date(2026, 2, 27)),
        (date(2023, 8, 31), 6, date(2024, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 4)),
    ],
)
def test_a_placement_ends_the_day_before_the_same_day_of_the_month(start, months, end) -> None:
    assert placement_end(np.array(start.toordinal()), np.array(months)) == end.toordinal()


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 60))
def test_a_later_start_never_ends_sooner(start: date, months: int) -> None:
    days = np.array([start.toordinal(), start.toordinal() + 1])
    first, second = placement_end(days, np.array(months))

    assert first <= second
