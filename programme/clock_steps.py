"""When each step of a clock is due under today's rules, and which of the due ones to do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from programme.clocks import CLOCKS, Action, Clock, Count, Step
from programme.reference import add_working_days, regions, rule_days, rule_number

HOLIDAYS_OF = {"Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}  # England's everywhere else


@dataclass(frozen=True, slots=True)
class Due:
    """A step of a clock on the day on which it is due; ``name`` tells it from the clock's other steps."""

    step: Step
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now, and the reminders that something later has overtaken."""

    act: tuple[Due, ...] = ()
    overtaken: tuple[Due, ...] = ()


class Calendar:
    """The days of every clock's steps under today's rules, and the bank holidays of each nation."""

    def __init__(self, session: Session, today: date) -> None:
        """Read the rules of ``today`` once."""
        self.today = today
        self.grace = int(rule_number(session, "clock.grace_days", on=today))
        self._days = {
            step.rule: rule_days(session, step.rule, on=today) for each in CLOCKS for step in each.steps
        }
        self._nations = {row.code: HOLIDAYS_OF.get(row.country, "ENG") for row in regions(session, on=today)}

    def nation(self, each: Clock, record: Any) -> str:
        """The nation whose bank holidays count: that of the organisation that is asked to answer."""
        if each.side == "host":
            return self._nations.get(record.offer.organisation.region_code, "ENG")
        if each.side == "home":
            return self._nations.get(record.applicant.organisation.region_code, "ENG")
        return "ENG"

    def steps(self, each: Clock, record: Any) -> tuple[Due, ...]:
        """Every step of one clock for one record, in the order of its days."""
        since, nation = each.since(record), self.nation(each, record)
        found = [
            Due(step, f"{place}-{step.action}-{n}", _counted(since, days, step.count, nation))
            for place, step in enumerate(each.steps, start=1)
            for n, days in enumerate(self._days[step.rule], start=1)
        ]
        return tuple(sorted(found, key=lambda due: (due.on, due.name)))


def _counted(since: date, days: int, count: Count, nation: str) -> date:
    match count:
        case Count.WORKING_DAYS_AFTER:
            return add_working_days(since, days, country=nation)
        case Count.DAYS_AFTER:
            return since + timedelta(days=days)
        case Count.DAYS_BEFORE:
            return since - timedelta(days=days)


def plan(steps: Sequence[Due], done: Sequence[tuple[str, date, bool]], calendar: Calendar) -> Plan:
    """What is due of ``steps`` (in the order of their days), given what was done: (name, day, whether it acted)."""
    names = {name for name, _day, _acted in done}
    due = [each for each in steps if each.on <= calendar.today and each.name not in names]
    lapses = [each for each in due if each.step.action is Action.LAPSE]
    if lapses and _warned(steps, done, calendar):
        return Plan(act=(lapses[0],), overtaken=tuple(each for each in due if each is not lapses[0]))
    reminders = [each for each in due if each.step.action is Action.REMIND]
    escalations = [each for each in due if each.step.action is Action.ESCALATE]
    return Plan(act=(*reminders[-1:], *escalations), overtaken=tuple(reminders[:-1]))


def _warned(steps: Sequence[Due], done: Sequence[tuple[str, date, bool]], calendar: Calendar) -> bool:
    if all(each.step.action is Action.LAPSE for each in steps):
        return True
    first = min((day for _name, day, acted in done if acted), default=None)
    return first is not None and add_working_days(first, calendar.grace) <= calendar.today
