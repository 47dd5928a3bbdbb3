"""Seniority: the ten levels, the grades and charity roles that map to them, and the title ladder."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.reference import Cited


class Level(Cited, Base):
    """One of the ten levels of seniority, and what it is called in each sector."""

    __tablename__ = "levels"
    __table_args__ = (
        UniqueConstraint("number", "valid_from"),
        CheckConstraint("number BETWEEN 1 AND 10", name="number"),
    )

    number: Mapped[int]
    grade: Mapped[str] = mapped_column(String(40))
    grade_name: Mapped[str] = mapped_column(String(80))
    nhs: Mapped[str] = mapped_column(String(80))
    local_government: Mapped[str] = mapped_column(String(80))
    charity: Mapped[str] = mapped_column(String(80))


class GradeAlias(Cited, Base):
    """A native grade code and its level. The key is (organisation, code): a code alone means nothing (G1).

    The key ``*`` holds the standard Civil Service grades, which every department shares.
    """

    __tablename__ = "grade_aliases"
    __table_args__ = (
        UniqueConstraint("organisation_key", "native_code", "valid_from"),
        CheckConstraint("level BETWEEN 1 AND 10", name="level"),
    )

    organisation_key: Mapped[str] = mapped_column(String(40), index=True)
    native_code: Mapped[str] = mapped_column(String(60))
    level: Mapped[int]


class CharityRole(Cited, Base):
    """The level of a charity role in a charity of one income band (our proposal, editable)."""

    __tablename__ = "charity_roles"
    __table_args__ = (
        UniqueConstraint("role", "income_band", "valid_from"),
        CheckConstraint("level BETWEEN 1 AND 10", name="level"),
    )

    role: Mapped[str] = mapped_column(String(40))
    role_name: Mapped[str] = mapped_column(String(60))
    income_band: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]


class IncomeBand(Cited, Base):
    """An NCVO band of yearly income: ``lower_pounds`` and more, below ``upper_pounds``."""

    __tablename__ = "income_bands"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    lower_pounds: Mapped[int]
    upper_pounds: Mapped[int | None]


class TitleRung(Cited, Base):
    """A word of a job title and the level it speaks for; the empty word is any other title."""

    __tablename__ = "title_rungs"
    __table_args__ = (UniqueConstraint("word", "valid_from"),)

    word: Mapped[str] = mapped_column(String(40))
    level: Mapped[int]
