"""Applicants: people with a profile who could be seconded."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.offers import Direction
from db.models.organisations import Organisation
from db.models.users import User


class ContractType(StrEnum):
    """How long the home organisation employs the person."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"


class LevelSource(StrEnum):
    """Where an applicant's level comes from. Nothing is ever guessed (G1)."""

    GRADE_TABLE = "grade_table"
    CHARITY_TABLE = "charity_table"
    MANAGER = "manager"
    WAITING = "waiting"


class Applicant(Versioned, Base):
    """A person's profile: what they offer, want to learn, care for, and when and where they can go.

    ``level`` is empty until the grade is known to the grade tables or a programme manager settles it.
    """

    __tablename__ = "applicants"
    __table_args__ = (
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 10", name="level"),
        CheckConstraint("balance IS NULL OR balance BETWEEN 0 AND 1", name="balance"),
        CheckConstraint("days_max >= days_min AND days_min > 0 AND days_max <= 5", name="days"),
        CheckConstraint("length_max_months >= length_min_months AND length_min_months >= 0", name="length"),
        CheckConstraint(
            "contract_type = 'permanent' OR contract_end_on IS NOT NULL", name="fixed_term_has_end"
        ),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("PER"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    direction: Mapped[Direction] = mapped_column(choice(Direction, "direction"), index=True)
    job_title: Mapped[str] = mapped_column(String(120))
    profession_code: Mapped[str | None] = mapped_column(String(60))
    grade_code: Mapped[str] = mapped_column(String(40))  # own department's code, or the charity role
    level: Mapped[int | None]
    level_source: Mapped[LevelSource] = mapped_column(choice(LevelSource, "level_source"))
    summary: Mapped[str] = mapped_column(Text, default="")
    hopes: Mapped[str] = mapped_column(Text, default="")
    days_min: Mapped[Decimal] = mapped_column(Numeric(2, 1), default=Decimal(5))
    days_max: Mapped[Decimal] = mapped_column(Numeric(2, 1), default=Decimal(5))
    available_from_on: Mapped[date]
    available_to_on: Mapped[date | None]
    length_min_months: Mapped[int] = mapped_column(default=3)
    length_max_months: Mapped[int] = mapped_column(default=24)
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    remote_ok: Mapped[bool] = mapped_column(default=True)
    balance: Mapped[float | None]  # 0 is "use what I know", 1 is "learn something new"
    employed_since_on: Mapped[date | None]
    contract_type: Mapped[ContractType] = mapped_column(
        choice(ContractType, "contract_type"), default=ContractType.PERMANENT
    )
    contract_end_on: Mapped[date | None]
    vetting_code: Mapped[str] = mapped_column(String(10), default="none")
    vetting_expires_on: Mapped[date | None]
    meets_nationality: Mapped[bool | None]
    last_secondment_ended_on: Mapped[date | None]
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    seeking: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")
    line_manager: Mapped[User | None] = relationship(foreign_keys=[line_manager_id], lazy="select")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
    missions: Mapped[list[ApplicantMission]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by="ApplicantMission.weight.desc(), ApplicantMission.id",
    )
    skills: Mapped[list[ApplicantSkill]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="ApplicantSkill.id"
    )
    regions: Mapped[list[ApplicantRegion]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="ApplicantRegion.region_code"
    )


class ApplicantMission(Base):
    """How much an applicant cares for one mission; the weights add to 1."""

    __tablename__ = "applicant_missions"
    __table_args__ = (
        UniqueConstraint("applicant_id", "mission_code"),
        CheckConstraint("weight > 0 AND weight <= 1", name="weight"),
    )

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    mission_code: Mapped[str] = mapped_column(String(20))
    weight: Mapped[float]


class SkillSide(StrEnum):
    """What an applicant does with a skill."""

    OFFERED = "offered"
    WANTED = "wanted"


class ApplicantSkill(Base):
    """A skill that a person offers, with their evidence, or wants to learn, at a level from 1 to 4."""

    __tablename__ = "applicant_skills"
    __table_args__ = (
        UniqueConstraint("applicant_id", "skill_code", "side"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    )

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    skill_code: Mapped[str] = mapped_column(String(80))
    side: Mapped[SkillSide] = mapped_column(choice(SkillSide, "side"))
    level: Mapped[int]
    evidence: Mapped[str] = mapped_column(Text, default="")


class ApplicantRegion(Base):
    """A region an applicant could work in."""

    __tablename__ = "applicant_regions"
    __table_args__ = (UniqueConstraint("applicant_id", "region_code"),)

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    region_code: Mapped[str] = mapped_column(String(10))


class LevelReview(Versioned, Base):
    """A grade that no table knows: it waits here for a programme manager, never for a guess (G1)."""

    __tablename__ = "level_reviews"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"), index=True)
    grade_code: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime]
    level: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    applicant: Mapped[Applicant] = relationship(lazy="joined")
