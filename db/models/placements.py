"""Placements: approved matches with terms and dates, their check-ins and objectives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.applicants import Applicant
from db.models.matches import Match
from db.models.offers import Offer, Party
from db.models.organisations import Organisation


class PlacementState(StrEnum):
    """The life of a placement (design.md 4)."""

    APPROVED = "approved"
    VETTING = "vetting"
    AGREED = "agreed"
    ACTIVE = "active"
    ENDED = "ended"
    RETURNED = "returned"
    FOLLOWED_UP = "followed_up"
    CANCELLED = "cancelled"
    ENDED_EARLY = "ended_early"


class VatTreatment(StrEnum):
    """Finance's recorded choice; the software never decides it (S7)."""

    UNDETERMINED = "undetermined"
    STANDARD = "standard"
    DIRECT_PAY = "direct_pay"
    CHARITY_TO_CHARITY = "charity_to_charity"
    OUTSIDE_SCOPE = "outside_scope"


class ObjectiveResult(StrEnum):
    """What became of an objective (outcome question F4)."""

    MET = "met"
    PART = "part"
    NOT_MET = "not_met"
    CHANGED = "changed"


RUNNING = "state IN ('approved', 'vetting', 'agreed', 'active')"


class Placement(Versioned, Base):
    """An approved match on its way: terms, the three agreements, the dates, the return.

    The database allows one running placement per person.
    """

    __tablename__ = "placements"
    __table_args__ = (
        Index(
            "uq_placements_running",
            "applicant_id",
            unique=True,
            sqlite_where=text(RUNNING),
            postgresql_where=text(RUNNING),
        ),
        Index("ix_placements_state", "state", "state_since_at"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("days_per_week > 0 AND days_per_week <= 5", name="days_per_week"),
        CheckConstraint("recovery_pct BETWEEN 0 AND 100", name="recovery_pct"),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("PLC"))
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), unique=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    home_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[PlacementState] = mapped_column(
        choice(PlacementState, "state"), default=PlacementState.APPROVED
    )
    state_since_at: Mapped[datetime]

    starts_on: Mapped[date]
    ends_on: Mapped[date]
    days_per_week: Mapped[Decimal] = mapped_column(Numeric(2, 1))
    level: Mapped[int | None]
    payroll_party: Mapped[Party] = mapped_column(choice(Party, "payroll_party"))
    recovery_pct: Mapped[int]
    vat_treatment: Mapped[VatTreatment] = mapped_column(
        choice(VatTreatment, "vat_treatment"), default=VatTreatment.UNDETERMINED
    )
    host_supervisor: Mapped[str] = mapped_column(String(160), default="")
    return_post: Mapped[str] = mapped_column(String(200), default="")
    return_contact: Mapped[str] = mapped_column(String(160), default="")
    vetting_cleared_on: Mapped[date | None]
    terms_proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agreed_by_secondee_at: Mapped[datetime | None]
    agreed_by_host_at: Mapped[datetime | None]
    agreed_by_home_at: Mapped[datetime | None]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    early_end_code: Mapped[str | None] = mapped_column(String(60))
    is_demo: Mapped[bool] = mapped_column(default=False)
    purged_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    match: Mapped[Match] = relationship(lazy="joined")
    applicant: Mapped[Applicant] = relationship(lazy="joined")
    offer: Mapped[Offer] = relationship(lazy="joined")
    home: Mapped[Organisation] = relationship(foreign_keys=[home_id], lazy="joined")
    host: Mapped[Organisation] = relationship(foreign_keys=[host_id], lazy="joined")
    objectives: Mapped[list[Objective]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="Objective.id"
    )
    check_ins: Mapped[list[CheckIn]] = relationship(lazy="selectin", order_by="CheckIn.held_on, CheckIn.id")


class Objective(Base):
    """One thing both sides agreed to try for, and what became of it in the eyes of each."""

    __tablename__ = "objectives"

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), index=True)
    wording: Mapped[str] = mapped_column(Text)
    result_secondee: Mapped[ObjectiveResult | None] = mapped_column(
        choice(ObjectiveResult, "result_secondee")
    )
    result_host: Mapped[ObjectiveResult | None] = mapped_column(choice(ObjectiveResult, "result_host"))


class CheckIn(Base):
    """A conversation during the placement: how it goes, what is hard, what would help."""

    __tablename__ = "check_ins"
    __table_args__ = (CheckConstraint("mood BETWEEN 1 AND 5", name="mood"),)

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    held_on: Mapped[date]
    mood: Mapped[int]
    going_well: Mapped[str] = mapped_column(Text)
    hard: Mapped[str] = mapped_column(Text, default="")
    help_wanted: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
