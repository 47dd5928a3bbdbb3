"""What came of the placements, in tables where every figure stands beside its n.

Every count passes ``programme.disclosure``: what is shown is rounded, and what could speak of fewer people than the
publication rule allows is withheld. A rate is of two rounded counts, so that it gives away no more than they do.
Nothing here says why (E4): these are counts.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from db.queries import outcomes as queries
from db.queries.outcomes import PlacementOutcome
from programme import clock, disclosure, reference, vocabulary
from programme.actors import Actor
from programme.disclosure import Cell, Control, Sum
from programme.permissions import Permission, require

NOT_RECORDED = "Not recorded"
DIRECTIONS = {"outward": "Outward: into civil society", "inward": "Inward: into government"}


Groups = Mapping[Cell, Sequence[PlacementOutcome]]
Parts = Mapping[str, Callable[[PlacementOutcome], int]]
Shown = Mapping[Cell, int | None]

# What is counted, by the name of its column: the parts into which each whole falls.
WHOLES: dict[str, Parts] = {
    "n": {
        "running": lambda row: not row.ended,
        "completed": lambda row: row.completed,
        "early": lambda row: row.ended and not row.completed,
    },
    "objectives_n": {
        "objectives_met": lambda row: row.objectives_met,
        "objectives_not_met": lambda row: row.objectives - row.objectives_met,
    },
    "responses_asked": {
        "responses": lambda row: row.answered,
        "responses_missing": lambda row: row.asked - row.answered,
    },
}
ENDED = {"completed", "early"}
ALL: Cell = ("programme", "")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One row: ``n`` placements started, how many ended, how many of those ran to their end, and so on.

    ``completion_pct`` is of ``ended``, ``objectives_met_pct`` of ``objectives_n``, ``response_pct`` of
    ``responses_asked``. Counts are rounded; one that is withheld is None, and so is a rate that needs it.
    ``suppressed`` rows show nothing at all.
    """

    label: str
    n: int | None
    ended: int | None
    completed: int | None
    completion_pct: float | None
    objectives_n: int | None
    objectives_met_pct: float | None
    responses: int | None
    responses_asked: int | None
    response_pct: float | None
    weak: bool
    suppressed: bool


@dataclass(frozen=True, slots=True)
class OutcomeSummary:
    """All placements together, and by mission, direction, level, region and income band.

    ``control`` says under which count nothing is shown and to what counts are rounded; ``weak_pct`` is the response
    below which a row is called weak (E2). A placement counts under the mission that its offer gives the most
    weight, and under the income band of its civil society side.
    """

    total: OutcomeRow
    tables: Mapping[str, tuple[OutcomeRow, ...]]
    control: Control
    weak_pct: float


def summary(session: Session, actor: Actor) -> OutcomeSummary:
    """The outcomes of every placement that started, for those who may see them."""
    require(actor, Permission.OUTCOMES_VIEW)
    today = clock.today()
    control = disclosure.control(session, on=today)
    weak_pct = reference.rule_number(session, "publish.weak_response_pct", on=today)
    found = queries.outcomes(session, on=today)
    names = _names(session)
    groups = _groups(found, tuple(names))
    shown = _shown(tuple(found), tuple(names), control)
    tables = {
        kind: tuple(
            _row(labels.get(code, code or NOT_RECORDED), (kind, code), shown, weak_pct)
            for code in _in_order(labels, [code for of, code in groups if of == kind])
        )
        for kind, labels in names.items()
    }
    return OutcomeSummary(_row("All placements", ALL, shown, weak_pct), tables, control, weak_pct)


KEYS: dict[str, Callable[[PlacementOutcome], str | None]] = {
    "direction": lambda row: row.direction.value,
    "mission": lambda row: row.mission_code,
    "level": lambda row: None if row.level is None else str(row.level),
    "region": lambda row: row.region_code,
    "income_band": lambda row: row.income_band,
}


def _names(session: Session) -> dict[str, Mapping[str, str]]:
    """The groups of each breakdown by code, in reading order."""
    return {
        "direction": DIRECTIONS,
        "mission": vocabulary.mission_names(session),
        "level": {
            str(level.number): f"Level {level.number} ({level.grade})" for level in reference.levels(session)
        },
        "region": vocabulary.region_names(session),
        "income_band": {band.code: band.words for band in reference.income_bands(session)},
    }


def _groups(found: Sequence[PlacementOutcome], kinds: tuple[str, ...]) -> dict[Cell, list[PlacementOutcome]]:
    groups: dict[Cell, list[PlacementOutcome]] = {}
    for kind in kinds:
        for row in found:
            groups.setdefault((kind, KEYS[kind](row) or ""), []).append(row)
    return groups


def _in_order(labels: Mapping[str, str], codes: Sequence[str]) -> list[str]:
    return [code for code in labels if code in codes] + sorted(code for code in codes if code not in labels)


@lru_cache(maxsize=4)
def _shown(found: tuple[PlacementOutcome, ...], kinds: tuple[str, ...], control: Control) -> Shown:
    """Every count that may be shown, by group and column; kept until something changes, because it takes seconds.

    The programme comes first. Each breakdown is then published beside the programme's figures, which are all that
    two breakdowns share; where one of those is withheld, only the whole is broken down.
    """
    shown: dict[Cell, int | None] = {}
    groups = _groups(found, kinds)
    for whole, parts in WHOLES.items():
        top = disclosure.publish(_counts({ALL: found}, parts), _across(whole, parts, [ALL]), control).shown
        split = dict(parts) if None not in top.values() else {whole: _total_of(parts)}
        for kind in kinds if found else ():
            mine = {group: rows for group, rows in groups.items() if group[0] == kind}
            sums = _down(split, list(mine)) + _across(whole, split, [*mine, ALL])
            counts = _counts(mine, split)
            small = {
                cell
                for cell in {*counts, *(line.total for line in sums)} - top.keys()
                if len(mine[cell[0], cell[1]]) < control.threshold
            }
            known = [cell for cell, count in top.items() if count is not None]
            shown |= disclosure.publish(counts, sums, control, withhold=small, known=known).shown
        shown |= top
    return shown


def _total_of(parts: Parts) -> Callable[[PlacementOutcome], int]:
    return lambda row: sum(count(row) for count in parts.values())


def _counts(groups: Groups, parts: Parts) -> dict[Cell, int]:
    return {
        (*group, part): sum(count(row) for row in rows)
        for group, rows in groups.items()
        for part, count in parts.items()
    }


def _down(parts: Iterable[str], groups: Sequence[Cell]) -> list[Sum]:
    """The lines of one breakdown: each part, over its groups, is the programme's."""
    return [Sum((*ALL, part), tuple((*group, part) for group in groups)) for part in parts]


def _across(whole: str, parts: Collection[str], groups: Sequence[Cell]) -> list[Sum]:
    """The lines of each group: what ended is completed or early, and the whole is the sum of its parts."""
    if whole in parts:
        return []
    sums: list[Sum] = []
    for group in groups:
        rest = tuple(parts)
        if set(parts) >= ENDED:
            sums.append(Sum((*group, "ended"), tuple((*group, part) for part in parts if part in ENDED)))
            rest = (*(part for part in parts if part not in ENDED), "ended")
        sums.append(Sum((*group, whole), tuple((*group, part) for part in rest)))
    return sums


def _row(label: str, group: Cell, shown: Shown, weak_pct: float) -> OutcomeRow:
    def count(column: str) -> int | None:
        return shown.get((*group, column))

    response_pct = _pct(count("responses"), count("responses_asked"))
    return OutcomeRow(
        label=label,
        n=count("n"),
        ended=count("ended"),
        completed=count("completed"),
        completion_pct=_pct(count("completed"), count("ended")),
        objectives_n=count("objectives_n"),
        objectives_met_pct=_pct(count("objectives_met"), count("objectives_n")),
        responses=count("responses"),
        responses_asked=count("responses_asked"),
        response_pct=response_pct,
        weak=response_pct is not None and response_pct < weak_pct,
        suppressed=count("n") is None,
    )


def _pct(part: int | None, whole: int | None) -> float | None:
    """A rate in whole per cent; None when either count is withheld."""
    return None if part is None or not whole else float(round(100 * part / whole))
