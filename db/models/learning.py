"""Learning from outcomes: what was shown to whom, and every version of the score's points with its decision."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned, choice, new_ref


class ShownTo(StrEnum):
    """Whose list a pair was on."""

    APPLICANT = "applicant"
    HOST = "host"


class Impression(Base):
    """One pair on somebody's list on one day: where it stood, by which model, with the shares of its parts.

    Kept as it was that day and never worked out again. No name and no reader: the side is enough.
    """

    __tablename__ = "impressions"
    __table_args__ = (
        UniqueConstraint("applicant_id", "offer_id", "shown_to", "shown_on"),
        CheckConstraint("position >= 1", name="position"),
    )

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    shown_to: Mapped[ShownTo] = mapped_column(choice(ShownTo, "shown_to"))
    shown_on: Mapped[date] = mapped_column(index=True)
    position: Mapped[int]
    model_version: Mapped[str] = mapped_column(String(60))
    shares: Mapped[dict[str, float]] = mapped_column(JSON)


class Question(StrEnum):
    """What a model is of: whether both sides say yes, or how it goes once they have."""

    ACCEPTED = "accepted"
    WENT_WELL = "went_well"


class ScoreState(StrEnum):
    """The life of a version of the score's points."""

    SHADOW = "shadow"
    PROMOTED = "promoted"
    ROLLED_BACK = "rolled_back"
    RETIRED = "retired"


class ScoreVersion(Versioned, Base):
    """One version of the score's settings: points of both sides and credits, and what speaks for them.

    ``settings`` are the ``score.*`` rules, by key without the prefix, so that a version can rank the past
    again. ``models`` holds the fitted models ``before`` and ``after``; ``figures`` the report of the fit.
    Of all versions at most one is promoted.
    """

    __tablename__ = "score_versions"
    __table_args__ = (
        Index(
            "uq_score_versions_promoted",
            "state",
            unique=True,
            sqlite_where=text("state = 'promoted'"),
            postgresql_where=text("state = 'promoted'"),
        ),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("SCV"))
    question: Mapped[Question] = mapped_column(choice(Question, "question"))
    state: Mapped[ScoreState] = mapped_column(choice(ScoreState, "state"), default=ScoreState.SHADOW)
    state_since_at: Mapped[datetime]
    base_id: Mapped[int | None] = mapped_column(ForeignKey("score_versions.id"))
    settings: Mapped[dict[str, float]] = mapped_column(JSON)
    points: Mapped[dict[str, float]] = mapped_column(JSON)
    models: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    first_shown_on: Mapped[date | None]
    last_shown_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
