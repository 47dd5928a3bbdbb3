"""What the score is set by today: dated weights, and the words for every code that it may name."""

from datetime import date

from sqlalchemy.orm import Session

import matching
from db.queries import reference as reference_queries
from programme import clock
from programme.reference import current_missions, regions, skill_names

WEIGHT_PREFIX = "score."


def current_weights(session: Session, *, on: date | None = None) -> matching.Weights:
    """The settings of the score from the dated rule rows ``score.*`` in force on ``on`` (today when None)."""
    rules = reference_queries.rules(session, prefix=WEIGHT_PREFIX, on=on or clock.today())
    return matching.Weights.from_rows(
        version=max(rule.valid_from for rule in rules).isoformat(),
        rows={
            rule.key.removeprefix(WEIGHT_PREFIX): rule.value_number
            for rule in rules
            if rule.value_number is not None
        },
    )


def place_names(session: Session) -> dict[str, str]:
    """The words for every region code, which is all that a ruling needs."""
    return {region.code: region.name for region in regions(session)}


def reading_names(session: Session) -> dict[str, str]:
    """The words for every code that an explanation may name: skills, missions, regions."""
    today = clock.today()
    return {
        **skill_names(session),
        **{mission.code: mission.name for mission in current_missions(session, on=today)},
        **place_names(session),
    }
