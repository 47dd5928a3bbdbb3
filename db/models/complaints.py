"""Complaints about how personal data is handled: what was said, the two clocks, the answer."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.users import User


class ComplaintState(StrEnum):
    """The life of a complaint."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class Complaint(Versioned, Base):
    """One person's complaint (D7). Both due dates are set when it arrives, from the rules of that day."""

    __tablename__ = "complaints"
    __table_args__ = (Index("ix_complaints_state", "state", "answer_by_on"),)

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("CMP"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    wording: Mapped[str] = mapped_column(Text)
    state: Mapped[ComplaintState] = mapped_column(
        choice(ComplaintState, "state"), default=ComplaintState.RECEIVED
    )
    state_since_at: Mapped[datetime]
    made_at: Mapped[datetime]
    acknowledge_by_on: Mapped[date]
    answer_by_on: Mapped[date]
    acknowledged_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str] = mapped_column(Text, default="")

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")
