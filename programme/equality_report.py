"""Equality figures: released now and then, only as ``programme.disclosure`` lets them be shown.

Each question is a table of its own. A release is compared with all those before it, so that nobody can see one
person come or go between two of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db import engine as db_engine
from equality import store
from equality.questions import Question, questions
from programme import clock, disclosure, equality_monitoring, reference
from programme.actors import Actor
from programme.disclosure import Cell, Control, Release, Sum
from programme.errors import Refused
from programme.permissions import Permission, require

TOTAL: Cell = ("total",)


@dataclass(frozen=True, slots=True)
class EqualityTable:
    """One question as it was released: each group and the total, rounded, or None where it is withheld."""

    question: str
    rows: tuple[tuple[str, int | None], ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class EqualityReport:
    """The latest release, or none yet. ``next_on`` is the first day on which another can be made."""

    released_on: date | None
    next_on: date
    tables: tuple[EqualityTable, ...]
    control: Control


def latest(session: Session, actor: Actor) -> EqualityReport:
    """The figures that were released last. That they were read, by whom and when, is logged."""
    require(actor, Permission.EQUALITY_REPORT)
    today = clock.today()
    with db_engine.writing(equality_monitoring.process_engine()) as own:
        made = store.releases(own)
        _log(own, actor, "read")
    last = made[-1] if made else None
    wait = timedelta(days=reference.rule_number(session, "publish.release_days", on=today))
    return EqualityReport(
        released_on=last.released_on if last else None,
        next_on=last.released_on + wait if last else today,
        tables=tuple(
            _table(question, each.tables[question.code])
            for each in made[-1:]
            for question in questions(each.released_on)
        ),
        control=disclosure.control(session, on=today),
    )


def release(session: Session, actor: Actor) -> None:
    """Count the answers of today and keep what may be shown of them.

    Raises:
        Refused: the last release is too recent.
    """
    require(actor, Permission.EQUALITY_REPORT)
    today = clock.today()
    wait = timedelta(days=reference.rule_number(session, "publish.release_days", on=today))
    control = disclosure.control(session, on=today)
    asked = questions(today)
    with db_engine.writing(equality_monitoring.process_engine()) as own:
        made = store.releases(own)
        if made and today < made[-1].released_on + wait:
            raise Refused(
                f"The last figures are from {made[-1].released_on:%-d %B %Y}. The next can be released "
                f"from {made[-1].released_on + wait:%-d %B %Y}."
            )
        counts = store.counts(own, asked)
        tables = {
            code: _as_kept(
                _publish(groups, control, [each.tables[code] for each in made if code in each.tables])
            )
            for code, groups in counts.items()
        }
        store.keep_release(own, tables, on=today)
        _log(own, actor, "release")


def _publish(groups: Mapping[str, int], control: Control, earlier: list[Any]) -> Release:
    cells: dict[Cell, int] = {(group,): count for group, count in groups.items()}
    sums = (Sum(TOTAL, tuple(cells)),)
    return disclosure.publish(cells, sums, control, earlier=[_as_release(each) for each in earlier])


def _as_kept(release: Release) -> dict[str, dict[str, int | None]]:
    return {
        "held": {cell[0]: count for cell, count in release.held.items()},
        "shown": {cell[0]: count for cell, count in release.shown.items()},
    }


def _as_release(kept: Mapping[str, Mapping[str, Any]]) -> Release:
    held: dict[Cell, int] = {(group,): int(count) for group, count in kept["held"].items()}
    shown: dict[Cell, int | None] = {(group,): count for group, count in kept["shown"].items()}
    return Release(held, shown, (Sum(TOTAL, tuple(held)),))


def _table(question: Question, kept: Mapping[str, Mapping[str, int | None]]) -> EqualityTable:
    shown = kept["shown"]
    rows = [(words, shown.get(group)) for group, words in question.groups.items()]
    return EqualityTable(
        question.words, (*rows, ("Everybody who answered", shown["total"])), question.confirmed
    )


def _log(own: Session, actor: Actor, what: str) -> None:
    if actor.user_id is not None:
        store.log(own, actor.user_id, what, on=clock.today())
