"""The chain over the audit trail: each event is linked to the one before it by a hash of both.

Links are written at the end of the transaction that recorded the events, one transaction at a time, so that there
is one chain whatever is written at once. The hash reads the event as it is stored: changing, deleting or slipping
in an event leaves a chain that no longer fits. Changing ``CHAINED`` or the form of the text would break every
chain that exists.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from db.models.audit import AuditEvent, AuditLink

BEFORE_THE_FIRST = "0" * 64
CHUNK = 2_000
TURN = 0x41554449  # the key of PostgreSQL's advisory lock: whoever holds it may add to the chain

CHAINED = (
    AuditEvent.id,
    AuditEvent.at,
    AuditEvent.actor_id,
    AuditEvent.action,
    AuditEvent.subject,
    AuditEvent.subject_id,
    AuditEvent.subject_ref,
    AuditEvent.reason_code,
    AuditEvent.reason,
    AuditEvent.detail,
)


class Linked(NamedTuple):
    """One link as it is stored, with its event as it is stored; ``event`` is None when it is no longer there."""

    position: int
    event_id: int
    previous_hash: str
    hash: str
    event: dict[str, Any] | None


def event_hash(previous_hash: str, event: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the event's own columns and the hash before it as canonical JSON.

    Canonical: keys sorted, no spaces, ASCII only, times in UTC to the microsecond (RFC 8785 in spirit; our values
    are text, whole numbers, times and what JSON gave back).
    """
    at: datetime = event["at"]
    values = {**event, "at": at.isoformat(timespec="microseconds"), "previous_hash": previous_hash}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def tail(session: Session) -> tuple[int, str]:
    """The position and hash of the last link; (0, zeros) before there is one."""
    last = select(AuditLink.id, AuditLink.hash).order_by(AuditLink.id.desc()).limit(1)
    found = session.execute(last).one_or_none()
    return (found.id, found.hash) if found else (0, BEFORE_THE_FIRST)


def append(session: Session, event_ids: Sequence[int]) -> None:
    """Link these events, stored but not linked yet, to the end of the chain, in the order of their ids.

    Call it last in a transaction: nobody else can add to the chain until the transaction has ended.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(TURN)))  # SQLite has one writer at a time anyway
    position, previous = tail(session)
    ordered = sorted(event_ids)
    for start in range(0, len(ordered), CHUNK):
        ids = ordered[start : start + CHUNK]
        links = []
        for row in session.execute(select(*CHAINED).where(AuditEvent.id.in_(ids)).order_by(AuditEvent.id)):
            position += 1
            found = event_hash(previous, row._asdict())
            links.append({"id": position, "event_id": row.id, "previous_hash": previous, "hash": found})
            previous = found
        session.execute(insert(AuditLink), links)


def append_waiting(session: Session) -> int:
    """Link every event that has no link yet; how many there were."""
    waiting = unlinked(session)
    if waiting:
        append(session, waiting)
    return len(waiting)


def unlinked(session: Session) -> Sequence[int]:
    """The ids of the events that no link of the chain points at."""
    linked = select(AuditLink.id).where(AuditLink.event_id == AuditEvent.id, AuditLink.id > 0).exists()
    return session.scalars(select(AuditEvent.id).where(~linked).order_by(AuditEvent.id)).all()


def walk(session: Session) -> Iterator[Linked]:
    """Every link from the first to the last, with the event that it points at, a few thousand at a time."""
    links = (AuditLink.id.label("position"), AuditLink.event_id, AuditLink.previous_hash, AuditLink.hash)
    rows = select(*links, *CHAINED).outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
    position = 0
    while found := session.execute(
        rows.where(AuditLink.id > position).order_by(AuditLink.id).limit(CHUNK)
    ).all():
        yield from map(_linked, found)
        position = found[-1].position


def _linked(row: Row[Any]) -> Linked:
    event = {column.key: row._mapping[column] for column in CHAINED}
    there = event["id"] is not None
    return Linked(row.position, row.event_id, row.previous_hash, row.hash, event if there else None)
