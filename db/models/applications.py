"""Applications: an applicant's interest in one offer, the home organisation's release, the host's assessment."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Versioned, choice, new_ref
from db.models.applicants import Applicant
from db.models.offers import Offer
from db.models.users import User


class ApplicationState(StrEnum):
    """The life of an application (design.md 4)."""

    DRAFT = "draft"
    AWAITING_RELEASE = "awaiting_release"
    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    RELEASE_DECLINED = "release_declined"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


LIVE = "state IN ('draft', 'awaiting_release', 'submitted', 'shortlisted', 'selected')"


class Application(Versioned, Base):
    """One person's application for one offer, with the six headings of the business case.

    The headings are those of the gov.uk guidance on outward secondments: skills to gain, fit with the
    development plan, the sort of secondment, the benefit at home, what the host gains, why this host.
    """

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_live",
            "applicant_id",
            "offer_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_applications_offer_state", "offer_id", "state"),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("APP"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    state: Mapped[ApplicationState] = mapped_column(
        choice(ApplicationState, "state"), default=ApplicationState.DRAFT
    )
    state_since_at: Mapped[datetime]
    statement: Mapped[str] = mapped_column(Text, default="")
    case_skills: Mapped[str] = mapped_column(Text, default="")
    case_plan: Mapped[str] = mapped_column(Text, default="")
    case_kind: Mapped[str] = mapped_column(Text, default="")
    case_home: Mapped[str] = mapped_column(Text, default="")
    case_host: Mapped[str] = mapped_column(Text, default="")
    case_choice: Mapped[str] = mapped_column(Text, default="")
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    release_decided_at: Mapped[datetime | None]
    release_until_on: Mapped[date | None]
    release_conditions: Mapped[str] = mapped_column(Text, default="")
    release_cover: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[float | None]
    model_version: Mapped[str] = mapped_column(String(60), default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    score_parts: Mapped[dict[str, float] | None] = mapped_column(JSON)
    score_sentence: Mapped[str] = mapped_column(Text, default="")
    notice_version: Mapped[str] = mapped_column(
        String(20), default=""
    )  # what the person was told before they sent it
    purged_at: Mapped[datetime | None]  # when its words were erased (D6)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    applicant: Mapped[Applicant] = relationship(lazy="joined")
    offer: Mapped[Offer] = relationship(lazy="joined")
    line_manager: Mapped[User | None] = relationship(foreign_keys=[line_manager_id], lazy="select")
    assessments: Mapped[list[Assessment]] = relationship(lazy="selectin", order_by="Assessment.id")


class Assessment(Base):
    """What a host thought of an application before it knew the name. Saving the first one shows the name (D2)."""

    __tablename__ = "assessments"
    __table_args__ = (
        UniqueConstraint("application_id", "assessor_id"),
        CheckConstraint("skills_score BETWEEN 1 AND 5", name="skills_score"),
        CheckConstraint("motivation_score BETWEEN 1 AND 5", name="motivation_score"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    skills_score: Mapped[int]
    motivation_score: Mapped[int]
    strengths: Mapped[str] = mapped_column(Text)
    questions: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]


class NameReveal(Base):
    """The moment a person's name was shown to a host organisation, and to whom."""

    __tablename__ = "name_reveals"
    __table_args__ = (UniqueConstraint("application_id", "user_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    revealed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
