"""The way in to the database for pages, the web and the command line: read, or decide in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from db import engine as db_engine
from programme import personal_reads
from programme.errors import AlreadyDecided, Refused
from programme.settings import settings

STALE = (
    "Somebody else changed this while your page was open. Nothing you did was saved. "
    "Reload the page to see what they decided."
)

CONSTRAINT_WORDS = {
    "capacity_kept": "Every place on this offer has been taken. Nothing was changed.",
    "uq_placements_running": "This person already has a placement under way. Nothing was changed.",
    "uq_applications_live": "There is already a live application by this person for this offer.",
    "uq_matches_live": "This person and this offer are already matched.",
    "uq_ticks_step": "Another run of the clockwork has done this. Nothing was changed.",
    "must not be a party to the match": (
        "You belong to one of the two organisations or to the person. Nothing was changed. "
        "It can be decided by somebody who belongs to neither."
    ),
    "uq_contests_open": "You have asked already. You will be told as soon as there is an answer.",
}
# SQLite names the columns of a broken unique index, not the index.
COLUMN_WORDS = {
    "placements.applicant_id": CONSTRAINT_WORDS["uq_placements_running"],
    "applications.applicant_id, applications.offer_id": CONSTRAINT_WORDS["uq_applications_live"],
    "matches.applicant_id, matches.offer_id": CONSTRAINT_WORDS["uq_matches_live"],
    "ticks.clock, ticks.subject_id": CONSTRAINT_WORDS["uq_ticks_step"],
    "contests.applicant_id, contests.offer_id": CONSTRAINT_WORDS["uq_contests_open"],
}


@cache
def process_engine() -> Engine:
    """The engine of this process, for the database that the settings name."""
    return db_engine.make_engine(settings().url)


@contextmanager
def reading(engine: Engine | None = None) -> Iterator[Session]:
    """A session to read with. Nothing it does is kept, but for whose personal data was read in it."""
    with db_engine.reading(engine or process_engine()) as session:
        yield session
        reads = personal_reads.new(session)
    if reads:
        with db_engine.writing(engine or process_engine()) as session:
            personal_reads.keep(session, reads)


@contextmanager
def writing(engine: Engine | None = None) -> Iterator[Session]:
    """A session to decide with, committed once at the end.

    Raises AlreadyDecided, in plain words, when somebody else's decision came first.
    """
    try:
        with db_engine.writing(engine or process_engine()) as session:
            yield session
            personal_reads.keep(session, personal_reads.new(session))
    except StaleDataError as error:
        raise AlreadyDecided(STALE) from error
    except IntegrityError as error:
        raise _in_words(error) from error


def _in_words(error: IntegrityError) -> Refused | IntegrityError:
    text = str(error.orig)
    for name, words in (CONSTRAINT_WORDS | COLUMN_WORDS).items():
        if name in text:
            return AlreadyDecided(words)
    return error
