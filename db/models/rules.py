"""What decides: rules, vetting levels, identifier formats, reason codes, survey questions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.reference import Cited


class Rule(Cited, Base):
    """One threshold, lead time, weight or setting, from the day it applies. Number or text, never both."""

    __tablename__ = "rules"
    __table_args__ = (
        UniqueConstraint("key", "valid_from"),
        CheckConstraint("(value_number IS NULL) <> (value_text IS NULL)", name="one_value"),
    )

    key: Mapped[str] = mapped_column(String(80), index=True)
    value_number: Mapped[float | None]
    value_text: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(Text)


class VettingLevel(Cited, Base):
    """A vetting level: its rank, and the working days (with a float) to allow before a start (G5)."""

    __tablename__ = "vetting_levels"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    rank: Mapped[int]
    working_days: Mapped[int]
    float_days: Mapped[int]
    note: Mapped[str] = mapped_column(Text)


class IdentifierFormat(Cited, Base):
    """The form of a register's numbers. ``accepted`` is false where the number proves no registration."""

    __tablename__ = "identifier_formats"
    __table_args__ = (UniqueConstraint("scheme", "valid_from"),)

    scheme: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    pattern: Mapped[str] = mapped_column(String(120))
    example: Mapped[str] = mapped_column(String(40))
    normalise: Mapped[str] = mapped_column(String(20))
    org_id_prefix: Mapped[str | None] = mapped_column(String(20))
    accepted: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)


class ReasonCode(Cited, Base):
    """A reason to choose from: ``kind`` is decline, early_end, withdraw, return, lapse or contest."""

    __tablename__ = "reason_codes"
    __table_args__ = (UniqueConstraint("kind", "code", "valid_from"),)

    kind: Mapped[str] = mapped_column(String(20), index=True)
    code: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    needs_text: Mapped[bool]


class SurveyQuestion(Cited, Base):
    """A question of the outcome instrument as one respondent reads it.

    ``code`` (F3a) is the question (F3) with its item (a); ``waves`` and ``options`` are joined by ``;``.
    """

    __tablename__ = "survey_questions"
    __table_args__ = (UniqueConstraint("code", "respondent", "valid_from"),)

    code: Mapped[str] = mapped_column(String(10))
    question: Mapped[str] = mapped_column(String(10))
    item: Mapped[str | None] = mapped_column(String(5))
    position: Mapped[int]
    respondent: Mapped[str] = mapped_column(String(20))
    waves: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    options: Mapped[str | None] = mapped_column(Text)
    level: Mapped[str] = mapped_column(String(30))
