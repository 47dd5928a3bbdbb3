"""Who read whose personal data: one event a reader, person and day, kept whether or not the reader changed anything.

A use case that shows a person to somebody else calls ``note``; ``programme.store`` keeps the notes when the session
ends, also that of a page that only reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.queries import audit as queries
from programme import audit, clock
from programme.actors import Actor

ACTION = "personal_data:read"
SUBJECT = "personal_data"
_NOTES = "personal_data_read"


@dataclass(frozen=True, slots=True)
class Read:
    """One person's data read by one actor; ``id`` and ``ref`` are the person's."""

    actor: Actor
    id: int
    ref: str


def note(session: Session, actor: Actor, applicant: Applicant) -> None:
    """Remember that the actor was shown this person: the name, how to reach them or what they wrote.

    Nothing is remembered of somebody who reads about themselves.
    """
    if actor.user_id is None or actor.user_id == applicant.user_id:
        return
    noted = session.info.setdefault(_NOTES, {})
    noted[(actor.user_id, applicant.id)] = Read(actor, applicant.id, applicant.ref)


def new(session: Session) -> tuple[Read, ...]:
    """What was noted in this session and is not in the audit trail of today yet."""
    noted: Mapping[tuple[int, int], Read] = session.info.get(_NOTES, {})
    since = datetime.combine(clock.today(), time(), UTC)
    return tuple(
        read
        for (reader, person), read in noted.items()
        if not queries.happened(session, action=ACTION, subject_id=person, actor_id=reader, since=since)
    )


def keep(session: Session, reads: tuple[Read, ...]) -> None:
    """Write these reads into the audit trail."""
    for read in reads:
        audit.record(session, read.actor, ACTION, SUBJECT, read)
