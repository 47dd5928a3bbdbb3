"""What came of the placements, in tables where every figure stands beside its n.

A row about fewer placements than the publication rule allows shows its n and nothing else (D5), and a rate is shown
only when enough placements, objectives or surveys are behind it. Nothing here says why (E4): these are counts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import outcomes as queries
from db.queries.outcomes import PlacementOutcome
from programme import clock, reference, vocabulary
from programme.actors import Actor
from programme.permissions import Permission, require

NOT_RECORDED = "Not recorded"
DIRECTIONS = {"outward": "Outward: into civil society", "inward": "Inward: into government"}


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One row: ``n`` placements started, how many ended, how many of those ran to their end, and so on.

    ``completion_pct`` is of ``ended``, ``objectives_met_pct`` of ``objectives_n``, ``response_pct`` of
    ``responses_asked``; each is None when too few are behind it. ``suppressed`` rows show nothing but ``n``.
    """

    label: str
    n: int
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

    ``threshold`` is the least number of placements that a row needs; ``weak_pct`` the response below which a row
    is called weak (E2). A placement counts under the mission that its offer gives the most weight, and under the
    income band of its civil society side.
    """

    total: OutcomeRow
    tables: Mapping[str, tuple[OutcomeRow, ...]]
    threshold: int
    weak_pct: float


def summary(session: Session, actor: Actor) -> OutcomeSummary:
    """The outcomes of every placement that started, for those who may see them."""
    require(actor, Permission.OUTCOMES_VIEW)
    today = clock.today()
    threshold = int(reference.rule_number(session, "publish.min_count", on=today))
    weak_pct = reference.rule_number(session, "publish.weak_response_pct", on=today)
    found = queries.outcomes(session, on=today)

    def table(
        key: Callable[[PlacementOutcome], str | None], labels: Mapping[str, str]
    ) -> tuple[OutcomeRow, ...]:
        groups: dict[str, list[PlacementOutcome]] = {}
        for row in found:
            groups.setdefault(key(row) or "", []).append(row)
        order = [code for code in labels if code in groups]
        order += sorted(code for code in groups if code not in labels)
        return tuple(
            _row(labels.get(code, code or NOT_RECORDED), groups[code], threshold, weak_pct) for code in order
        )

    return OutcomeSummary(
        total=_row("All placements", found, threshold, weak_pct),
        tables={
            "mission": table(lambda row: row.mission_code, vocabulary.mission_names(session)),
            "direction": table(lambda row: row.direction.value, DIRECTIONS),
            "level": table(_level, _level_names(session)),
            "region": table(lambda row: row.region_code, vocabulary.region_names(session)),
            "income_band": table(
                lambda row: row.income_band,
                {band.code: band.words for band in reference.income_bands(session)},
            ),
        },
        threshold=threshold,
        weak_pct=weak_pct,
    )


def _level(row: PlacementOutcome) -> str | None:
    return None if row.level is None else str(row.level)


def _level_names(session: Session) -> dict[str, str]:
    return {str(level.number): f"Level {level.number} ({level.grade})" for level in reference.levels(session)}


def _row(label: str, rows: Iterable[PlacementOutcome], threshold: int, weak_pct: float) -> OutcomeRow:
    rows = list(rows)
    n = len(rows)
    if n < threshold:
        return OutcomeRow(label, n, *(None,) * 8, weak=False, suppressed=n > 0)
    ended, completed = sum(row.ended for row in rows), sum(row.completed for row in rows)
    objectives, met = sum(row.objectives for row in rows), sum(row.objectives_met for row in rows)
    asked, answered = sum(row.asked for row in rows), sum(row.answered for row in rows)
    response_pct = _pct(answered, asked, threshold)
    return OutcomeRow(
        label=label,
        n=n,
        ended=ended,
        completed=completed,
        completion_pct=_pct(completed, ended, threshold),
        objectives_n=objectives,
        objectives_met_pct=_pct(met, objectives, threshold),
        responses=answered,
        responses_asked=asked,
        response_pct=response_pct,
        weak=response_pct is not None and response_pct < weak_pct,
        suppressed=False,
    )


def _pct(part: int, whole: int, threshold: int) -> float | None:
    """A rate in per cent to one decimal; None when there is nothing, or too little, behind it."""
    return round(100 * part / whole, 1) if whole and whole >= threshold else None
