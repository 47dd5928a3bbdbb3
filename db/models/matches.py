"""Matches: one applicant and one offer put forward to be approved, and the gates they must pass."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.applicants import Applicant
from db.models.offers import Offer


class MatchState(StrEnum):
    """The life of a match (design.md 4)."""

    PROPOSED = "proposed"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class GateName(StrEnum):
    """The approvals a match may need."""

    HOME_RELEASE = "home_release"
    HOST = "host"
    PROPRIETY = "propriety"
    FINANCE = "finance"
    SECURITY = "security"
    HR = "hr"
    COMMISSION = "commission"
    TREASURY = "treasury"
    PROGRAMME = "programme"


class GateState(StrEnum):
    """Where one gate stands."""

    WAITING = "waiting"
    PASSED = "passed"
    RETURNED = "returned"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"


class Match(Versioned, Base):
    """One applicant and one offer put forward, by a host's selection or by a matching round."""

    __tablename__ = "matches"
    __table_args__ = (
        Index(
            "uq_matches_live",
            "applicant_id",
            "offer_id",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'in_approval')"),
            postgresql_where=text("state IN ('proposed', 'in_approval')"),
        ),
        Index("ix_matches_state", "state", "state_since_at"),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("MAT"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("matching_rounds.id"), index=True)
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[MatchState] = mapped_column(choice(MatchState, "state"), default=MatchState.PROPOSED)
    state_since_at: Mapped[datetime]
    score: Mapped[float | None]
    model_version: Mapped[str] = mapped_column(String(60), default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    purged_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    applicant: Mapped[Applicant] = relationship(lazy="joined")
    offer: Mapped[Offer] = relationship(lazy="joined")
    gates: Mapped[list[Gate]] = relationship(
        back_populates="match", lazy="selectin", order_by="Gate.position"
    )


class Gate(Versioned, Base):
    """One approval a match must pass: why it is needed, who decided, and in which words."""

    __tablename__ = "gates"
    __table_args__ = (UniqueConstraint("match_id", "name"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    name: Mapped[GateName] = mapped_column(choice(GateName, "name"))
    position: Mapped[int]
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[GateState] = mapped_column(choice(GateState, "state"), default=GateState.WAITING)
    state_since_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    match: Mapped[Match] = relationship(back_populates="gates")
