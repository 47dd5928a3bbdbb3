"""What the equality database can be asked: give, change or stop by one's own key; count; keep a release.

Nothing here gives one person's answers back: ``counts`` is the only way out, and it answers totals.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import REF_ALPHABET
from equality.models import Access, Answers, EqualityRelease
from equality.questions import Question

KEY_PARTS, PART_LENGTH = 4, 4


def new_key() -> str:
    """A random key for the person to keep, such as ``K3M2-7BCD-9XYZ-4FGH``: about 77 bits, in no way theirs."""
    parts = ("".join(secrets.choice(REF_ALPHABET) for _ in range(PART_LENGTH)) for _ in range(KEY_PARTS))
    return "-".join(parts)


def give(session: Session, answers: Mapping[str, str], *, on: date) -> str:
    """Keep somebody's answers; the key with which alone they can be changed or withdrawn."""
    key = new_key()
    session.add(Answers(key_hash=_hash(key), given_in=on.replace(day=1), answers=dict(answers)))
    return key


def change(session: Session, key: str, answers: Mapping[str, str], *, on: date) -> bool:
    """Put other answers in place of those under ``key``; False when there are none."""
    row = _live(session, key)
    if row is not None:
        row.answers, row.given_in = dict(answers), on.replace(day=1)
    return row is not None


def stop(session: Session, key: str, *, on: date) -> bool:
    """The stop notice: delete the answers under ``key`` for good and keep only that they were stopped."""
    row = _live(session, key)
    if row is not None:
        row.answers, row.stopped_in = None, on.replace(day=1)
    return row is not None


def counts(session: Session, questions: Sequence[Question]) -> dict[str, dict[str, int]]:
    """How many answers are in each published group, by question. Whoever asked to stop is not counted."""
    found: dict[str, Counter[str]] = {question.code: Counter() for question in questions}
    for answers in session.scalars(select(Answers.answers).where(Answers.stopped_in.is_(None))):
        for question in questions:
            found[question.code][question.group_of((answers or {}).get(question.code))] += 1
    return {
        question.code: {group: found[question.code][group] for group in question.groups}
        for question in questions
    }


def keep_release(session: Session, tables: Mapping[str, Any], *, on: date) -> None:
    """Keep one publication."""
    session.add(EqualityRelease(released_on=on, tables=dict(tables)))


def releases(session: Session) -> list[EqualityRelease]:
    """Every publication, oldest first."""
    return list(session.scalars(select(EqualityRelease).order_by(EqualityRelease.id)))


def log(session: Session, reader_id: int, what: str, *, on: date) -> None:
    """Write down that somebody read or made a release, without what it said."""
    session.add(Access(on=on, reader_id=reader_id, what=what))


def _live(session: Session, key: str) -> Answers | None:
    row = session.get(Answers, _hash(key))
    return row if row is not None and row.stopped_in is None else None


def _hash(key: str) -> str:
    tidy = "".join(key.upper().split()).replace("-", "")
    return hashlib.sha256(tidy.encode()).hexdigest()
