"""The score's settings as dated rules: read on a day, seen from both sides, moved to learnt points."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

import matching
from programme import clock
from programme.reference import rule_number, rule_numbers, rule_text
from seed_data import reference_rows

PREFIX = "score."
SIDES = ("host", "applicant")

Points = dict[str, float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the rules ask before learnt points may replace those in force, and before going back."""

    min_outcomes: int
    promote_from: int
    gain_in_se: float
    worse_in_se: float
    wait_days: int


def next_day() -> date:
    """The first day on which a decision of today holds: a day has one set of points from start to end."""
    return clock.today() + timedelta(days=1)


def settings_on(session: Session, on: date) -> Points:
    """The ``score.*`` rules of a day by key without the prefix: all that the scorer reads."""
    return {key.removeprefix(PREFIX): value for key, value in rule_numbers(session, PREFIX, on=on).items()}


def sides(settings: Mapping[str, float]) -> dict[str, Points]:
    """The points of each side, by part."""
    return {side: {part: settings[f"{side}.{part}"] for part in matching.PART_NAMES} for side in SIDES}


def points_of(settings: Mapping[str, float]) -> Points:
    """The points of each part in the match score."""
    both = sides(settings)
    return matching.match_points(both["host"], both["applicant"])


def with_points(settings: Mapping[str, float], points: Mapping[str, float]) -> Points:
    """The settings once the match points become ``points``: both sides moved, all credits as they were."""
    before, moved = points_of(settings), dict(settings)
    for side, own in sides(settings).items():
        for part, value in matching.side_points(own, before, points).items():
            moved[f"{side}.{part}"] = value
    return moved


def thresholds(session: Session) -> Thresholds:
    """The thresholds in force today."""
    on = clock.today()
    return Thresholds(
        min_outcomes=int(rule_number(session, "learning.min_outcomes", on=on)),
        promote_from=int(rule_number(session, "learning.promote_from", on=on)),
        gain_in_se=rule_number(session, "learning.gain_in_se", on=on),
        worse_in_se=rule_number(session, "learning.worse_in_se", on=on),
        wait_days=int(rule_number(session, "learning.wait_days", on=on)),
    )


def model(session: Session, points: Mapping[str, float]) -> matching.OutcomeModel:
    """The unfitted model that the rules of today describe, held to these match points."""
    on = clock.today()
    return _model(
        rule_numbers(session, "learning.", on=on), rule_text(session, "learning.taus", on=on), points
    )


def shipped() -> tuple[Points, matching.OutcomeModel]:
    """The match points and the unfitted model as the rules are shipped: what the simulation starts from."""
    rows = {row["key"]: row for row in reference_rows("rules")}
    numbers = {key: float(row["value_number"]) for key, row in rows.items() if row["value_number"]}
    points = points_of({key.removeprefix(PREFIX): value for key, value in numbers.items()})
    return points, _model(numbers, rows["learning.taus"]["value_text"], points)


def _model(numbers: Mapping[str, float], taus: str, points: Mapping[str, float]) -> matching.OutcomeModel:
    return matching.OutcomeModel(
        tuple(points[part] for part in matching.PART_NAMES),
        min_outcomes=int(numbers["learning.min_outcomes"]),
        choose_tau_from=int(numbers["learning.promote_from"]),
        few_tau=numbers["learning.few_tau"],
        taus=tuple(float(tau) for tau in taus.split(",")),
        doubt=numbers["learning.tau_doubt"],
    )
