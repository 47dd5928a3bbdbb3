"""What the clockwork has done: one row for each step of each wait, so that no step is ever done twice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class Tick(Base):
    """One step of one clock on one record. A wait is known by the day from which it counts (``since_on``).

    ``acted`` is false for a reminder that a later one overtook while the clockwork stood still.
    """

    __tablename__ = "ticks"
    __table_args__ = (
        UniqueConstraint("clock", "subject_id", "since_on", "step", name="uq_ticks_step"),
        Index("ix_ticks_subject", "subject", "subject_id"),
    )

    clock: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    since_on: Mapped[date]
    step: Mapped[str] = mapped_column(String(20))
    acted: Mapped[bool]
    at: Mapped[datetime]
