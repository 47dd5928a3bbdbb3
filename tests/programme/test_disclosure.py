"""Disclosure control (D5): nothing published gives away a count under the threshold, by any arithmetic.

The attacks here are written apart from the code that they attack: every whole number is tried, or every question
is put to an integer programme, about tables whose unrounded figures the attacker is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from sqlalchemy import Engine

from db.engine import reading
from programme import disclosure
from programme.disclosure import Cell, Control, Release, Sum, publish

CONTROL = Control(threshold=5, round_to=5)
few = st.integers(0, 9)


def line_of(counts: Sequence[int]) -> tuple[dict[Cell, int], list[Sum]]:
    """One line of counts and its total."""
    cells: dict[Cell, int] = {(f"c{n}",): count for n, count in enumerate(counts)}
    return cells, [Sum(("total",), tuple(cells))]


def grid_of(rows: Sequence[Sequence[int]]) -> tuple[dict[Cell, int], list[Sum]]:
    """A table of counts with the totals of its rows and columns, and the grand total both ways."""
    cells: dict[Cell, int] = {
        (f"r{i}", f"c{j}"): count for i, row in enumerate(rows) for j, count in enumerate(row)
    }
    r, c = range(len(rows)), range(len(rows[0]))
    sums = [Sum((f"r{i}", ""), tuple((f"r{i}", f"c{j}") for j in c)) for i in r]
    sums += [Sum(("", f"c{j}"), tuple((f"r{i}", f"c{j}") for i in r)) for j in c]
    sums.append(Sum(("", ""), tuple((f"r{i}", "") for i in r)))
    sums.append(Sum(("", ""), tuple(("", f"c{j}") for j in c)))
    return cells, sums


grids = st.tuples(st.integers(2, 3), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(few, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def exact_totals(release: Release) -> dict[Cell, int]:
    """The unrounded value of every cell."""
    exact = dict(release.held)
    for line in release.sums:
        exact[line.total] = sum(exact[part] for part in line.parts)
    return exact


def intervals(releases: Sequence[Release]) -> Iterator[tuple[Cell, int, int]]:
    """What whoever knows each shown figure unrounded, and what has not moved, can say of each cell never shown."""
    names: dict[tuple[Cell, int], int] = {}
    places: list[dict[Cell, int]] = []
    for number, release in enumerate(releases):
        places.append({})
        for cell, count in exact_totals(release).items():
            still = number and cell in release.held and releases[number - 1].held.get(cell) == count
            places[-1][cell] = places[-2][cell] if still else names.setdefault((cell, number), len(names))
    facts = [fact for release, at in zip(releases, places, strict=True) for fact in facts_of(release, at)]
    rows = np.zeros((len(facts), len(names)))
    for row, (signs, _) in zip(rows, facts, strict=True):
        for place, sign in signs.items():
            row[place] += sign
    for release, at in zip(releases, places, strict=True):
        for cell in release.shown:
            if all(each.shown.get(cell) is None for each in releases):
                wanted = np.eye(1, len(names), at[cell])[0]
                values = [value for _, value in facts]
                yield cell, solve(wanted, rows, values), -solve(-wanted, rows, values)


def facts_of(release: Release, at: Mapping[Cell, int]) -> Iterator[tuple[dict[int, int], int]]:
    """Each line of a release and each figure that it shows, as unknowns with their signs, and a value."""
    exact = exact_totals(release)
    for line in release.sums:
        yield {at[line.total]: -1} | dict.fromkeys((at[part] for part in line.parts), 1), 0
    for cell, shown in release.shown.items():
        if shown is not None:
            yield {at[cell]: 1}, exact[cell]


def solve(objective: Any, rows: Any, values: list[int]) -> int:
    """The least of ``objective`` over whole tables that fit."""
    found = milp(
        objective, integrality=np.ones(len(objective)), bounds=Bounds(0, 10_000),
        constraints=LinearConstraint(rows, values, values),
    )  # fmt: skip
    return round(found.fun)


def given_away(low: int, high: int, threshold: int = 5) -> bool:
    """Whether an interval tells a small count: not on both sides of the threshold, nor as wide as it."""
    return not (low < threshold <= high or high - low >= threshold)


@settings(max_examples=40)
@given(st.lists(few, min_size=2, max_size=3))
def test_d5_no_line_and_total_give_away_a_small_count(counts: list[int]) -> None:
    cells, sums = line_of(counts)
    shown = publish(cells, sums, CONTROL).shown
    assert all(shown[cell] is None for cell, count in cells.items() if count < 5)
    fitting: dict[Cell, set[int]] = {cell: set() for cell in cells}
    total = sum(counts)
    for table in product(range(total + 1), repeat=len(counts)):
        known = all(shown[cell] is None or n == cells[cell] for cell, n in zip(cells, table, strict=True))
        if known and (shown["total",] is None or sum(table) == total):
            for cell, n in zip(cells, table, strict=True):
                fitting[cell].add(n)
    for cell, found in fitting.items():
        if shown[cell] is None and shown["total",] is not None:
            assert not given_away(min(found), max(found)), (counts, cell)


@settings(max_examples=25)
@given(grids)
def test_d5_no_rows_columns_or_totals_give_away_a_small_count(rows: list[list[int]]) -> None:
    release = publish(*grid_of(rows), CONTROL)
    for cell, low, high in intervals([release]):
        assert not given_away(low, high), (rows, cell, low, high)


@settings(max_examples=25)
@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(few, min_size=n, max_size=n), min_size=2, max_size=3)
    )
)
def test_d5_no_difference_between_releases_gives_away_a_small_count(history: list[list[int]]) -> None:
    releases: list[Release] = []
    for counts in history:
        releases.append(publish(*line_of(counts), CONTROL, earlier=releases))
    for cell, low, high in intervals(releases):
        assert not given_away(low, high), (history, cell, low, high)


@settings(max_examples=10)
@given(grids, st.data())
def test_d5_two_releases_of_a_table_give_away_no_small_count(rows: list[list[int]], data: Any) -> None:
    moved = [[max(0, n + data.draw(st.sampled_from((0, 0, 1, -1, 6, -6)))) for n in row] for row in rows]
    first = publish(*grid_of(rows), CONTROL)
    second = publish(*grid_of(moved), CONTROL, earlier=[first])
    for cell, low, high in intervals([first, second]):
        assert not given_away(low, high), (rows, moved, cell, low, high)


@settings(max_examples=25)
@given(st.lists(few, min_size=2, max_size=5), st.data())
def test_d5_a_count_stays_or_moves_by_the_threshold(counts: list[int], data: Any) -> None:
    moved = [max(0, n + data.draw(st.integers(-6, 6))) for n in counts]
    first = publish(*line_of(counts), CONTROL)
    second = publish(*line_of(moved), CONTROL, earlier=[first])
    for cell, now in second.held.items():
        assert now == first.held[cell] or abs(now - first.held[cell]) >= 5


@settings(max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_d5_what_is_shown_is_rounded_and_adds_up(counts: list[int]) -> None:
    cells, sums = line_of(counts)
    shown = publish(cells, sums, CONTROL).shown
    seen = [n for n in shown.values() if n is not None]
    assert all(n >= 5 and n % 5 == 0 for n in seen)
    if None not in shown.values():
        assert shown["total",] == sum(shown[cell] or 0 for cell in cells)
    for cell, n in cells.items():
        assert shown[cell] is None or abs((shown[cell] or 0) - n) <= 2


def test_d5_a_lone_small_count_takes_a_second_with_it() -> None:
    shown = publish(*line_of([20, 7, 3]), CONTROL).shown
    assert shown == {("c0",): 20, ("c1",): None, ("c2",): None, ("total",): 30}


def test_d5_nothing_is_shown_of_fewer_than_the_threshold_in_all() -> None:
    assert set(publish(*line_of([2, 1]), CONTROL).shown.values()) == {None}


def test_d5_one_person_who_leaves_moves_no_figure() -> None:
    first = publish(*line_of([20, 13, 9]), CONTROL)
    second = publish(*line_of([20, 12, 9]), CONTROL, earlier=[first])
    assert second.shown == first.shown


def test_d5_what_another_table_shows_stays_shown() -> None:
    cells, sums = line_of([6, 5, 4])
    shown: Mapping[Cell, int | None] = publish(cells, sums, CONTROL, known=[("total",)]).shown
    assert shown["total",] is not None
    assert shown["c1",] is None
    assert shown["c2",] is None


def test_d5_threshold_and_rounding_are_rules_and_pay_has_its_own(sqlite_store: Engine) -> None:
    with reading(sqlite_store) as session:
        assert disclosure.control(session) == Control(5, 5)
        assert disclosure.control(session, pay=True) == Control(10, 10)


@pytest.mark.parametrize(("count", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (103, 105)])
def test_d5_a_single_count_is_rounded_or_withheld(
    sqlite_store: Engine, count: int, shown: int | None
) -> None:
    with reading(sqlite_store) as session:
        assert disclosure.publish_count(session, count) == shown
