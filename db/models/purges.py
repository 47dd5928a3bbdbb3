"""Tombstones: what was erased because its time had come, how many, when and by whom; nothing of what it said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, new_ref


class Purge(Base):
    """One class of records erased in one run (D6). ``counts`` holds rows by table; no personal data is kept."""

    __tablename__ = "purges"

    ref: Mapped[str] = mapped_column(String(20), unique=True, default=lambda: new_ref("PRG"))
    kind: Mapped[str] = mapped_column(String(40))
    before_on: Mapped[date]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    purged_at: Mapped[datetime]
    purged_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
