"""The one function through which every published count of people passes (D5).

What is promised, to a reader who knows this code, every figure ever published before rounding, and which counts
have not moved since an earlier release:

1. A count under the threshold, none included, is withheld.
2. Nothing published narrows a withheld count to values that are all under the threshold: what can still be true
   of it lies on both sides of the threshold, or spans at least as many people as the threshold.
3. Between two releases a count stays as it was or moves by the threshold or more, so that the difference is never
   one person who came or asked to be left out.
4. What is shown is rounded, and a total is the sum of what is shown beside it, and of the rest as one rounded count.

Not promised: anything about a group whose members a reader can name from elsewhere, or about two tables that were
not passed in together. Counts come as leaves; totals are worked out from them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from programme import reference
from programme.disclosure_audit import Figures, exposed

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """Counts under ``threshold`` are withheld; those shown are multiples of ``round_to``."""

    threshold: int
    round_to: int


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of a table: ``total`` is the sum of ``parts``, which may be totals of other lines."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """What one publication held and showed.

    ``held`` are the counts behind it, by leaf; they are kept for the next release and never shown. ``shown`` is
    every leaf and total: its rounded count, or None where it is withheld.
    """

    held: Mapping[Cell, int]
    shown: Mapping[Cell, int | None]
    sums: tuple[Sum, ...]


def control(session: Session, *, on: date | None = None, pay: bool = False) -> Control:
    """The threshold and the rounding in the rules of a day, for counts or for people behind a pay figure."""
    kind = "pay_" if pay else ""
    return Control(
        int(reference.rule_number(session, f"publish.min_{kind}count", on=on)),
        int(reference.rule_number(session, f"publish.{kind}round_to", on=on)),
    )


def publish(
    counts: Mapping[Cell, int],
    sums: Sequence[Sum],
    control: Control,
    *,
    earlier: Sequence[Release] = (),
    withhold: Collection[Cell] = (),
    known: Collection[Cell] = (),
) -> Release:
    """What may be shown of ``counts`` and of the totals of ``sums``.

    1. A leaf that has moved by less than the threshold since the last of ``earlier`` keeps its count of then.
    2. Withhold every count under the threshold, and those of ``withhold``.
    3. While a withheld count of this or an earlier release could be worked out, withhold its smallest neighbour.
    4. Round what is left.

    Sums are listed after the sums that make their parts. ``known`` are totals that another table shows already, so
    that they cannot be withheld here. It always ends: at worst nothing else is shown.
    """
    held = _held(counts, earlier, control.threshold)
    table = _Table(_with_totals(held, sums), tuple(sums), frozenset(known), control.threshold)
    hidden = {cell for cell, count in table.exact.items() if count < control.threshold} | set(withhold)
    hidden = table.in_pairs(hidden)
    past = [_figures(release) for release in earlier]
    while table.exact.keys() - hidden - table.known:
        now = Figures(held, _lines(sums), frozenset(hidden))
        found = exposed([*past, now], control.threshold)
        if not found:
            break
        hidden = table.in_pairs(hidden | table.neighbours(found, hidden))
    return Release(held, _rounded(table, hidden, control.round_to), tuple(sums))


def publish_count(session: Session, count: int) -> int | None:
    """A single count of people as it may be shown today; None when it is withheld."""
    return publish({("count",): count}, (), control(session)).shown["count",]


def _held(counts: Mapping[Cell, int], earlier: Sequence[Release], threshold: int) -> dict[Cell, int]:
    before = earlier[-1].held if earlier else {}
    return {
        cell: before[cell] if cell in before and abs(count - before[cell]) < threshold else count
        for cell, count in counts.items()
    }


def _with_totals(leaves: Mapping[Cell, int], sums: Sequence[Sum]) -> dict[Cell, int]:
    exact = dict(leaves)
    for line in sums:
        exact[line.total] = sum(exact[part] for part in line.parts)
    return exact


def _figures(release: Release) -> Figures:
    hidden = frozenset(cell for cell, count in release.shown.items() if count is None)
    return Figures(release.held, _lines(release.sums), hidden)


def _lines(sums: Iterable[Sum]) -> list[tuple[Cell, tuple[Cell, ...]]]:
    return [(line.total, line.parts) for line in sums]


@dataclass(frozen=True, slots=True)
class _Table:
    """Exact counts and the lines that tie them together; it says what to withhold next."""

    exact: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    known: frozenset[Cell]
    threshold: int

    def in_pairs(self, hidden: set[Cell]) -> set[Cell]:
        """``hidden`` and what the eye sees it needs: two withheld counts in each line, with enough people in both."""
        hidden = set(hidden)
        while weak := next((line for line in self.sums if self._is_weak(line, hidden)), None):
            hidden.add(self._smallest(self._shown_in(weak, hidden)))
        return hidden

    def neighbours(self, found: Iterable[Cell], hidden: set[Cell]) -> set[Cell]:
        """The smallest shown count in a line of each exposed cell; of all there is, where its lines show nothing."""
        more: set[Cell] = set()
        for cell in found:
            lines = [line for line in self.sums if cell in {line.total, *line.parts}]
            near = set().union(*(self._shown_in(line, hidden) for line in lines))
            if not near & more:
                more.add(self._smallest(near or (self.exact.keys() - hidden - self.known)))
        return more

    def _is_weak(self, line: Sum, hidden: set[Cell]) -> bool:
        inside = hidden & {line.total, *line.parts}
        if not inside or not self._shown_in(line, hidden):
            return False
        few = line.total not in hidden and sum(self.exact[cell] for cell in inside) < self.threshold
        return len(inside) == 1 or few

    def _shown_in(self, line: Sum, hidden: set[Cell]) -> set[Cell]:
        return {line.total, *line.parts} - hidden - self.known

    def _smallest(self, cells: Iterable[Cell]) -> Cell:
        """The cell to give up: a leaf before a total, the fewest people first."""
        totals = {line.total for line in self.sums}
        return min(cells, key=lambda cell: (cell in totals, self.exact[cell], cell))


def _rounded(table: _Table, hidden: set[Cell], round_to: int) -> dict[Cell, int | None]:
    """What is shown of each cell. A total is rounded from the first of its lines."""
    shown: dict[Cell, int | None] = {
        cell: None if cell in hidden else _nearest(count, round_to) for cell, count in table.exact.items()
    }
    done = set(hidden)
    for line in table.sums:
        if line.total not in done:
            seen = [part for part in line.parts if part not in hidden]
            rest = table.exact[line.total] - sum(table.exact[part] for part in seen)
            shown[line.total] = sum(shown[part] or 0 for part in seen) + _nearest(rest, round_to)
            done.add(line.total)
    return shown


def _nearest(count: int, round_to: int) -> int:
    return (2 * count + round_to) // (2 * round_to) * round_to
