"""Matching rounds: one run of the assignment over a cohort, and the proposals it stored."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.applicants import Applicant
from db.models.offers import Offer


class RoundState(StrEnum):
    """The life of a matching round."""

    COMPUTED = "computed"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class MatchingRound(Versioned, Base):
    """One run: exact settings, seed, model version and data fingerprint, with the certificate of its result."""

    __tablename__ = "matching_rounds"

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("RND"))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[RoundState] = mapped_column(choice(RoundState, "state"), default=RoundState.COMPUTED)
    state_since_at: Mapped[datetime]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[int]
    model_version: Mapped[str] = mapped_column(String(60))
    fingerprint: Mapped[str] = mapped_column(String(64))
    certificate: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: from the command line
    run_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")

    proposals: Mapped[list[Proposal]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="Proposal.score.desc(), Proposal.id"
    )


class Proposal(Base):
    """One pair that a round put together, with its score, its parts and its place on both lists."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("round_id", "applicant_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("matching_rounds.id", ondelete="CASCADE"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    score: Mapped[float]
    host_score: Mapped[float | None]
    applicant_score: Mapped[float | None]
    parts: Mapped[dict[str, float]] = mapped_column(JSON)
    rank_for_applicant: Mapped[int]
    rank_for_offer: Mapped[int]

    applicant: Mapped[Applicant] = relationship(lazy="joined")
    offer: Mapped[Offer] = relationship(lazy="joined")
