"""Learnt points are tenths that add to 100, and each side keeps its own leaning."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import in_tenths, match_points, side_points

HOST = {"missions": 15.0, "skills": 45.0, "learning": 0.0, "level": 20.0, "words": 15.0, "place": 5.0}
APPLICANT = {"missions": 25.0, "skills": 15.0, "learning": 30.0, "level": 10.0, "words": 5.0, "place": 15.0}

weights = st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=8).filter(
    lambda some: sum(some) > 1e-3
)


def are_points(points: list[float]) -> bool:
    """Whether these are tenths that add to 100."""
    tenths = [round(point * 10) for point in points]
    return sum(tenths) == 1000 and all(
        math.isclose(each / 10, point) for each, point in zip(tenths, points, strict=True)
    )


@given(weights)
def test_points_are_tenths_that_add_to_100_and_are_never_negative(some: list[float]) -> None:
    points = in_tenths(some)
    assert are_points(list(points))
    assert min(points) >= 0


@given(weights)
def test_points_that_are_tenths_already_stay_as_they_are(some: list[float]) -> None:
    points = in_tenths(some)
    assert in_tenths(points) == points


@given(weights)
def test_no_point_is_a_tenth_or_more_from_its_exact_share(some: list[float]) -> None:
    total = math.fsum(some)
    for point, weight in zip(in_tenths(some), some, strict=True):
        assert abs(point - 100 * weight / total) < 0.1 + 1e-6


def test_a_tie_goes_to_the_earlier_part() -> None:
    assert in_tenths([1, 1, 1]) == (33.4, 33.3, 33.3)


@pytest.mark.parametrize("wrong", [[0, 0], [-1, 2], [math.nan, 1], [math.inf, 1], []])
def test_weights_that_can_be_no_points_are_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        in_tenths(wrong)


def test_the_match_points_are_the_mean_of_the_two_sides() -> None:
    assert match_points(HOST, APPLICANT) == {
        "missions": 20, "skills": 30, "learning": 15, "level": 15, "words": 10, "place": 10,
    }  # fmt: skip


def test_points_that_did_not_change_change_neither_side() -> None:
    before = match_points(HOST, APPLICANT)
    assert side_points(HOST, before, before) == HOST
    assert side_points(APPLICANT, before, before) == APPLICANT


@given(st.lists(st.floats(0.01, 100), min_size=6, max_size=6))
def test_both_sides_are_points_and_what_a_side_does_not_ask_for_stays_at_0(new: list[float]) -> None:
    before = match_points(HOST, APPLICANT)
    after = dict(zip(before, in_tenths(new), strict=True))
    for side in (HOST, APPLICANT):
        assert are_points(list(side_points(side, before, after).values()))
    assert side_points(HOST, before, after)["learning"] == 0


def test_a_part_that_gains_in_the_match_gains_on_both_sides() -> None:
    before = match_points(HOST, APPLICANT)
    after = before | {"skills": 40.0, "missions": 10.0}
    for side in (HOST, APPLICANT):
        moved = side_points(side, before, after)
        assert moved["skills"] > side["skills"]
        assert moved["missions"] < side["missions"]


def test_a_part_that_counted_nothing_starts_with_its_new_points() -> None:
    host = {"skills": 100.0, "words": 0.0}
    assert side_points(host, host, {"skills": 80.0, "words": 20.0}) == {"skills": 80.0, "words": 20.0}
