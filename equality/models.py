"""The tables of the equality database. No column of it names a person, a session or a moment.

Answers are kept by the hash of a random key that only the person holds, and by the month: not by the order in
which they came, nor by a time that could be laid beside another log.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.base import NAMING_CONVENTION


class EqualityBase(DeclarativeBase):
    """The base of every model in the equality database, with metadata of its own."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class Answers(EqualityBase):
    """What one person answered, by question; None once they have asked to be left out."""

    __tablename__ = "answers"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - a row number would keep the order of arrival

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    given_in: Mapped[date]
    answers: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    stopped_in: Mapped[date | None]


class EqualityRelease(EqualityBase):
    """One publication, by question: what it held and what it showed, for the next one to be compared with."""

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    released_on: Mapped[date]
    tables: Mapped[dict[str, Any]] = mapped_column(JSON)


class Access(EqualityBase):
    """Who read or made a release and when; never what it said."""

    __tablename__ = "accesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    reader_id: Mapped[int]
    what: Mapped[str] = mapped_column(String(20))
