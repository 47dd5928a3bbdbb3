"""Contests: a person asks that somebody else looks again at a rank or a decision about them (D4)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.applicants import Applicant
from db.models.offers import Offer


class ContestAbout(StrEnum):
    """What is contested: a place on a list, which no person decided, or a decision that somebody took."""

    RANK = "rank"
    DECISION = "decision"


class ContestState(StrEnum):
    """The life of a contest."""

    OPEN = "open"
    ANSWERED = "answered"


class Contest(Versioned, Base):
    """One person's contest of how they stand with one offer.

    ``shown`` keeps score, rank, parts and the sentence of that day. The database refuses an answer by the person
    whose decision is contested.
    """

    __tablename__ = "contests"
    __table_args__ = (
        CheckConstraint("answered_by_id <> first_decider_id", name="another_person_answers"),
        CheckConstraint("about = 'rank' OR first_decider_id IS NOT NULL", name="a_decision_has_a_decider"),
        Index(
            "uq_contests_open",
            "applicant_id",
            "offer_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("CON"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    about: Mapped[ContestAbout] = mapped_column(choice(ContestAbout, "about"))
    first_decider_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    wording: Mapped[str] = mapped_column(Text)
    shown: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[ContestState] = mapped_column(choice(ContestState, "state"), default=ContestState.OPEN)
    state_since_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    answer_by_on: Mapped[date]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    outcome_code: Mapped[str | None] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(Text, default="")

    applicant: Mapped[Applicant] = relationship(lazy="joined")
    offer: Mapped[Offer] = relationship(lazy="joined")
