"""People who sign in, what they may do for whom, and their sign-in sessions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, choice
from db.models.organisations import Organisation


class Role(StrEnum):
    """What a membership lets a person do (domain.md 0a)."""

    APPLICANT = "applicant"
    HOST = "host"
    LINE_MANAGER = "line_manager"
    PROGRAMME_MANAGER = "programme_manager"
    HR_APPROVER = "hr_approver"
    FINANCE_APPROVER = "finance_approver"
    SECURITY_APPROVER = "security_approver"
    PROPRIETY_APPROVER = "propriety_approver"
    EQUALITY_ANALYST = "equality_analyst"
    ADJUSTMENTS_CONTACT = "adjustments_contact"
    AUDITOR = "auditor"


class User(Base):
    """A person who can sign in. ``is_demo`` marks the invented identities of demonstration mode."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    email_confirmed_at: Mapped[datetime | None]  # when a link sent to the address was last used
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", lazy="selectin", cascade="all, delete-orphan", order_by="Membership.id"
    )


class Membership(Base):
    """One role of one person, for one organisation, or for the whole programme when there is none."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id", "role"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class SignInSession(Base):
    """One signed-in browser. Only the SHA-256 of its token is kept."""

    __tablename__ = "sign_in_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class OneTimeLink(Base):
    """A link that lets a newly invited person choose a password, once, before it expires."""

    __tablename__ = "one_time_links"
    __table_args__ = (Index("ix_one_time_links_user_purpose", "user_id", "purpose"),)

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    purpose: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")
