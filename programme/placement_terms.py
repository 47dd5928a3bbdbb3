"""The terms of a placement: what both sides agree to, and the dates a new placement begins with."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.models.applications import Application
from db.models.matches import Match
from programme import clock

DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What the three sides agree to. ``recovery_pct`` is the share of salary that the host pays back, 0 to 100."""

    starts_on: date
    ends_on: date
    days_per_week: float
    payroll_party: str
    recovery_pct: int
    host_supervisor: str
    objectives: tuple[str, ...]


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day when it is shorter."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_day(start: date, months: int) -> date:
    """The last day of a stay of ``months`` months from ``start``; the first day itself for a stay of no months."""
    return max(start, add_months(start, months) - timedelta(days=1))


def months_in(days: float) -> float:
    """How many months a limit in days stands for, a year being 365 days (so 730 days is 24 months)."""
    return days * MONTHS_A_YEAR / DAYS_A_YEAR


def first_dates(session: Session, match: Match) -> tuple[date, date]:
    """The first and last day that a placement from this match begins with; the sides can agree others.

    It starts when the offer starts, not before the person is free nor before today, and lasts as long as the
    offer says, but never beyond the person's contract (S5) or release. The last day can come out before the
    first: then no placement is possible.
    """
    offer, applicant = match.offer, match.applicant
    start = max(offer.start_from_on, clock.today(), min(applicant.available_from_on, offer.start_to_on))
    limits = (applicant.contract_end_on, released_until(session, match), applicant.available_to_on)
    return start, _earliest(last_day(start, offer.length_months), limits)


def released_until(session: Session, match: Match) -> date | None:
    """The last day for which the line manager released the person; None when no application says one."""
    application = session.get(Application, match.application_id) if match.application_id else None
    return application.release_until_on if application else None


def _earliest(day: date, limits: Iterable[date | None]) -> date:
    return min((day, *(limit for limit in limits if limit is not None)))
