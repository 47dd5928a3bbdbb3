"""Who did what, when and why: the append-only audit trail and the status history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class AuditEvent(Base):
    """One thing that was done. The database refuses to change or delete it."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_subject", "subject", "subject_id"),)

    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    subject_ref: Mapped[str] = mapped_column(String(40), default="")
    reason_code: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text, default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class AuditLink(Base):
    """One link of the chain over the audit trail; its id is its place in the chain, counted from 1 without a gap.

    A link stands beside its event, and not in it, because an event is numbered in the middle of a transaction and
    linked at its end, when its place in the chain is known; neither is ever changed.
    """

    __tablename__ = "audit_links"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_events.id"), unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)  # so that the chain can never fork
    hash: Mapped[str] = mapped_column(String(64))


class StatusChange(Base):
    """One step in a record's life, as its timeline shows it."""

    __tablename__ = "status_changes"
    __table_args__ = (Index("ix_status_changes_subject", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason_code: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text, default="")
