"""How long records are kept, what is due to be erased, and erasing it with a tombstone (D6).

The periods are dated rules; each class of records has the day from which its time is counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.models.purges import Purge
from db.queries import retention as queries
from programme import audit, clock
from programme.actors import Actor
from programme.permissions import Permission, require
from programme.placement_terms import add_months
from programme.reference import rule_number

Back = Callable[[date, int], date]


def _months_back(day: date, months: int) -> date:
    return add_months(day, -months)


def _days_back(day: date, days: int) -> date:
    return day - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class KeptFor:
    """One class of records: the rule that says how long, and what its time is counted from."""

    kind: str
    rule: str
    counted_from: str
    back: Back


SCHEDULE: tuple[KeptFor, ...] = (
    KeptFor("drafts", "retention.draft_days", "the last change to a draft application", _days_back),
    KeptFor("unsuccessful", "retention.unsuccessful_months", "the end of an application or match", _months_back),
    KeptFor("placements", "retention.placement_months", "the end of a placement", _months_back),
    KeptFor("logs", "retention.log_months", "the day of the entry", _months_back),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """What one class has that was kept for its time: rows by table, all of them from before ``before_on``."""

    kind: str
    before_on: date
    counted_from: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many rows in all."""
        return sum(self.counts.values())


def due(session: Session, actor: Actor) -> tuple[Due, ...]:
    """What a purge today would erase, class by class. Changes nothing."""
    require(actor, Permission.RETENTION_VIEW)
    return tuple(_due(kept, before, rows) for kept, before, rows in _found(session))


def purge(session: Session, actor: Actor) -> tuple[Due, ...]:
    """Erase what is due, in this transaction, and leave one tombstone and one audit event for each class that had any.

    A second purge on the same day finds nothing more. Raises NotAllowed for anybody but a programme manager.
    """
    require(actor, Permission.RETENTION_PURGE)
    erased = []
    for kept in SCHEDULE:
        before = _before(session, kept)
        rows = queries.FINDERS[kept.kind](session, before=before)
        done = Due(kept.kind, before, kept.counted_from, queries.erase(session, rows, at=clock.now()))
        erased.append(done)
        if done.total:
            _leave_tombstone(session, actor, done)
    return tuple(erased)


def _leave_tombstone(session: Session, actor: Actor, done: Due) -> None:
    assert actor.user_id is not None, "only a person holds the permission to purge"
    tombstone = Purge(
        kind=done.kind,
        before_on=done.before_on,
        counts=done.counts,
        purged_at=clock.now(),
        purged_by_id=actor.user_id,
    )
    session.add(tombstone)
    session.flush()
    detail = {"kind": done.kind, "before_on": done.before_on.isoformat(), "counts": done.counts}
    audit.record(session, actor, "purge:run", "purge", tombstone, detail=detail)


def _found(session: Session) -> list[tuple[KeptFor, date, queries.Rows]]:
    befores = [(kept, _before(session, kept)) for kept in SCHEDULE]
    return [(kept, day, queries.FINDERS[kept.kind](session, before=day)) for kept, day in befores]


def _before(session: Session, kept: KeptFor) -> date:
    today = clock.today()
    return kept.back(today, int(rule_number(session, kept.rule, on=today)))


def _due(kept: KeptFor, before: date, rows: queries.Rows) -> Due:
    counts = {name: len(ids) for name, ids in rows.items()}
    return Due(kept.kind, before, kept.counted_from, counts)
