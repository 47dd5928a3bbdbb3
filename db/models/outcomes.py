"""Outcomes: the survey waves of a placement and what people answered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, choice
from db.models.placements import Placement


class Wave(StrEnum):
    """When a survey is asked: baseline, mid, end, six and twelve months after return."""

    T0 = "t0"
    T1 = "t1"
    T2 = "t2"
    T3 = "t3"
    T4 = "t4"


class Respondent(StrEnum):
    """Who answers a survey."""

    SECONDEE = "secondee"
    HOST = "host"
    HOME = "home"


class Survey(Base):
    """One wave asked of one party of a placement; ``answers`` is keyed by question code (F1-F16)."""

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("placement_id", "wave", "respondent"),)

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    wave: Mapped[Wave] = mapped_column(choice(Wave, "wave"))
    respondent: Mapped[Respondent] = mapped_column(choice(Respondent, "respondent"))
    opens_on: Mapped[date]
    due_on: Mapped[date]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship(lazy="joined")
