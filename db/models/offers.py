"""Offers: placements that a host would give, with what they need, teach and serve."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.organisations import Organisation


class Direction(StrEnum):
    """Who moves: a civil servant out to civil society, or someone from civil society into government."""

    OUTWARD = "outward"
    INWARD = "inward"


class OfferKind(StrEnum):
    """The shape of a placement."""

    SECONDMENT = "secondment"
    PART_TIME = "part_time"
    SHORT_PROJECT = "short_project"
    JOB_SHARE = "job_share"
    SHADOWING = "shadowing"
    AWAY_DAY = "away_day"


class Remote(StrEnum):
    """Where the work is done."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class Party(StrEnum):
    """Which side carries a cost or a duty."""

    HOME = "home"
    HOST = "host"
    SHARED = "shared"


class OfferState(StrEnum):
    """The life of an offer (design.md 4)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    PAUSED = "paused"
    FILLED = "filled"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Offer(Versioned, Base):
    """A placement that a host organisation would give.

    ``capacity`` people at most; ``places_taken`` counts the approved ones and the database refuses more.
    ``recovery_pct`` is the share of salary that the host pays back to the home organisation.
    """

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("capacity >= 1", name="capacity_positive"),
        CheckConstraint("places_taken >= 0 AND places_taken <= capacity", name="capacity_kept"),
        CheckConstraint("level_min BETWEEN 1 AND 10 AND level_max BETWEEN level_min AND 10", name="levels"),
        CheckConstraint("start_to_on >= start_from_on", name="start_window"),
        CheckConstraint("days_per_week > 0 AND days_per_week <= 5", name="days_per_week"),
        CheckConstraint("length_months >= 0 AND length_months <= 60", name="length"),
        CheckConstraint("recovery_pct BETWEEN 0 AND 100", name="recovery_pct"),
        Index("ix_offers_state_direction", "state", "direction"),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("OFR"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    posted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    direction: Mapped[Direction] = mapped_column(choice(Direction, "direction"))
    kind: Mapped[OfferKind] = mapped_column(choice(OfferKind, "kind"))
    state: Mapped[OfferState] = mapped_column(choice(OfferState, "state"), default=OfferState.DRAFT)
    state_since_at: Mapped[datetime]

    title: Mapped[str] = mapped_column(String(100))
    summary: Mapped[str] = mapped_column(Text, default="")
    tasks: Mapped[str] = mapped_column(Text, default="")
    learning: Mapped[str] = mapped_column(Text, default="")
    about_team: Mapped[str] = mapped_column(Text, default="")
    contact_role: Mapped[str] = mapped_column(String(160), default="")
    profession_code: Mapped[str | None] = mapped_column(String(60))

    level_min: Mapped[int]
    level_max: Mapped[int]
    stretch_ok: Mapped[bool] = mapped_column(default=False)
    region_code: Mapped[str] = mapped_column(String(10))
    place_name: Mapped[str] = mapped_column(String(120), default="")
    remote: Mapped[Remote] = mapped_column(choice(Remote, "remote"), default=Remote.HYBRID)
    days_per_week: Mapped[Decimal] = mapped_column(Numeric(2, 1), default=Decimal(5))
    start_from_on: Mapped[date]
    start_to_on: Mapped[date]
    length_months: Mapped[int]
    closing_on: Mapped[date | None]
    capacity: Mapped[int] = mapped_column(default=1)
    places_taken: Mapped[int] = mapped_column(default=0)
    vetting_code: Mapped[str] = mapped_column(String(10), default="none")
    reserved_post: Mapped[bool] = mapped_column(default=False)

    payroll_party: Mapped[Party] = mapped_column(choice(Party, "payroll_party"), default=Party.HOME)
    recovery_pct: Mapped[int] = mapped_column(default=100)
    expenses_party: Mapped[Party] = mapped_column(choice(Party, "expenses_party"), default=Party.HOST)
    cost_note: Mapped[str] = mapped_column(Text, default="")

    swap_with_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    imported_from: Mapped[str] = mapped_column(String(200), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    missions: Mapped[list[OfferMission]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="OfferMission.weight.desc(), OfferMission.id"
    )
    skills: Mapped[list[OfferSkill]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="OfferSkill.id"
    )


class OfferMission(Base):
    """How much of an offer serves one mission; an offer's weights add to 1 (M2)."""

    __tablename__ = "offer_missions"
    __table_args__ = (
        UniqueConstraint("offer_id", "mission_code"),
        CheckConstraint("weight > 0 AND weight <= 1", name="weight"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"))
    mission_code: Mapped[str] = mapped_column(String(20))
    weight: Mapped[float]


class SkillUse(StrEnum):
    """What an offer does with a skill."""

    NEEDED = "needed"
    TAUGHT = "taught"


class OfferSkill(Base):
    """A skill that an offer needs (essential or not) or teaches, at a level from 1 to 4."""

    __tablename__ = "offer_skills"
    __table_args__ = (
        UniqueConstraint("offer_id", "skill_code", "use"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"))
    skill_code: Mapped[str] = mapped_column(String(80))
    use: Mapped[SkillUse] = mapped_column(choice(SkillUse, "use"))
    level: Mapped[int]
    essential: Mapped[bool] = mapped_column(default=False)
