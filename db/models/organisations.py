"""Government bodies and civil society bodies."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned, choice, new_ref


class Sector(StrEnum):
    """Which side of the exchange an organisation stands on."""

    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"


class Verification(StrEnum):
    """Whether a programme manager has confirmed that the organisation is what it says (C1)."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"


class Organisation(Versioned, Base):
    """A body that hosts people, lends people, or both.

    ``grade_key`` is the department key of the grade alias table; ``income_band`` is the NCVO band of a
    civil society body. ``register_scheme`` and ``register_number`` are checked by format, then by a person.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(
            "(sector = 'civil_society') = (income_band IS NOT NULL)", name="civil_society_has_income_band"
        ),
        Index(
            "uq_organisations_register",
            "register_scheme",
            "register_number",
            unique=True,
        ),
    )

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("ORG"))
    name: Mapped[str] = mapped_column(String(200), unique=True)
    sector: Mapped[Sector] = mapped_column(choice(Sector, "sector"))
    form: Mapped[str] = mapped_column(String(60))  # ministerial department, charity, social enterprise ...
    about: Mapped[str] = mapped_column(Text, default="")
    grade_key: Mapped[str | None] = mapped_column(String(40))
    income_band: Mapped[str | None] = mapped_column(String(20))
    region_code: Mapped[str] = mapped_column(String(10), index=True)
    place_name: Mapped[str] = mapped_column(String(120), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    register_scheme: Mapped[str | None] = mapped_column(String(30))
    register_number: Mapped[str | None] = mapped_column(String(30))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    verification: Mapped[Verification] = mapped_column(
        choice(Verification, "verification"), default=Verification.PENDING
    )
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verified_at: Mapped[datetime | None]
    verification_note: Mapped[str] = mapped_column(Text, default="")
    register_checked_on: Mapped[date | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
