"""Guards of the score's versions: what must be true before learnt points replace those in force."""

from sqlalchemy.orm import Session

from db.models.learning import Question, ScoreVersion
from db.queries import learning as queries
from matching.shadow import PROMOTABLE
from programme import score_rules


def evidence_is_enough(session: Session, version: ScoreVersion) -> str | None:
    """Only a model of what both sides accept may set points, and only with the verdict that says so."""
    if version.question is not Question.ACCEPTED:
        return "This says how accepted matches went. Only the model of what both sides accept may set the points."
    if version.figures.get("verdict") != PROMOTABLE:
        return f"The points stay as they are. {version.figures.get('reason', 'Nothing speaks for a change.')}"
    return None


def base_is_in_force(session: Session, version: ScoreVersion) -> str | None:
    """The figures compare with the points of one day; if those have changed, they say nothing any more."""
    base = session.get(ScoreVersion, version.base_id) if version.base_id is not None else None
    if base is not None and base.settings == score_rules.settings_on(session, score_rules.next_day()):
        return None
    return "The points in force have changed since this was fitted. Fit it again, then decide."


def day_is_free(session: Session, version: ScoreVersion) -> str | None:
    """A day has one set of points: a second decision waits until the first one holds."""
    day = score_rules.next_day()
    if queries.starts_on(session, prefix=score_rules.PREFIX, on=day):
        return f"A change of the score is dated {day:%-d %B %Y} already. Decide from that day on."
    return None


def was_learnt(session: Session, version: ScoreVersion) -> str | None:
    """Only a learnt version has one before it to go back to."""
    return None if version.base_id is not None else "These points were not learnt. Change them in the rules."
