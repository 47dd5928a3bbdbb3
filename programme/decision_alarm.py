"""The rubber-stamp alarm: whether people still decide, or only follow the list (D3)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from db.queries import decisions as queries
from programme import clock
from programme.actors import Actor
from programme.permissions import Permission, require
from programme.placement_terms import add_months
from programme.reference import rule_number


@dataclass(frozen=True, slots=True)
class FirstRanks:
    """How many approvals of the last ``months`` were of the first on the list.

    ``ranked`` counts the approvals whose rank is known; ``share_pct`` is of those, None when there are none.
    ``alarm`` is raised above ``limit_pct``, once enough are known to mean anything.
    """

    months: int
    approvals: int
    ranked: int
    first: int
    share_pct: float | None
    limit_pct: float
    alarm: bool


def first_ranks(session: Session, actor: Actor) -> FirstRanks:
    """The share of approvals that were of the first on the list, for programme managers."""
    require(actor, Permission.ROUND_VIEW)
    today = clock.today()
    months = int(rule_number(session, "decision.alarm_months", on=today))
    least = rule_number(session, "decision.alarm_least", on=today)
    limit_pct = rule_number(session, "decision.rank_one_alarm_pct", on=today)
    since = datetime.combine(add_months(today, -months), time.min, UTC)
    ranks = queries.ranks_of_approvals(session, since=since)
    known = [rank for rank in ranks if rank is not None]
    first = known.count(1)
    share_pct = 100 * first / len(known) if known else None
    alarm = share_pct is not None and len(known) >= least and share_pct > limit_pct
    return FirstRanks(months, len(ranks), len(known), first, share_pct, limit_pct, alarm)
