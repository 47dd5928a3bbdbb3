"""Dates as day numbers, so that whole grids of pairs can be compared at once."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

LONG_AGO = 1
"""Day number that stands for "no limit on the early side"."""

FAR_AHEAD = 3_652_059
"""Day number that stands for "no limit on the late side" (the last day a `date` can hold)."""

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date | None, *, unknown: int) -> int:
    """The proleptic ordinal of a date, or `unknown` where there is none."""
    return unknown if day is None else day.toordinal()


def placement_end(start: Days, months: Days) -> Days:
    """Last day of placements that start on `start` and last `months`; broadcasts.

    The last day is the day before the same day of the month, that many months later; where that
    month is too short, the month's last day takes its place. Never decreases as `start` grows.
    """
    start, months = np.broadcast_arrays(start, months)
    day = (start - _EPOCH).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    into_month = (day - month.astype("datetime64[D]")).astype(np.int64)
    later = month + months.astype("timedelta64[M]")
    first = later.astype("datetime64[D]").astype(np.int64)
    last = (later + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64) - 1
    same_day: Days = np.minimum(first + into_month, last) + _EPOCH
    return same_day - 1
