"""The outbox: what people are told, in the product first and by e-mail from here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, choice, new_ref


class MessageKind(StrEnum):
    """What a message is about, so that a person can choose which kinds also come by e-mail."""

    ACCOUNT = "account"
    CHANGE = "change"
    REMINDER = "reminder"
    SURVEY = "survey"


class Channel(StrEnum):
    """A way out of the product."""

    EMAIL = "email"


class DeliveryState(StrEnum):
    """Where one delivery stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    NOT_WANTED = "not_wanted"


class Notification(Base):
    """One message to one person about one event; the key keeps an event from being told twice."""

    __tablename__ = "notifications"
    __table_args__ = (UniqueConstraint("user_id", "event_key"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    event_key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[MessageKind] = mapped_column(
        choice(MessageKind, "kind"), default=MessageKind.CHANGE, server_default="change"
    )
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Delivery(Base):
    """One message on its way by one channel. ``key`` names it to the mail service, the same at every attempt.

    Whoever moves ``next_try_at`` on has claimed the attempt; a claim that is never finished is tried again then.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("notification_id", "channel"),
        Index("ix_deliveries_due", "state", "next_try_at"),
    )

    notification_id: Mapped[int] = mapped_column(ForeignKey("notifications.id"))
    channel: Mapped[Channel] = mapped_column(choice(Channel, "channel"), default=Channel.EMAIL)
    key: Mapped[str] = mapped_column(String(40), unique=True, default=lambda: new_ref("MSG", 20))
    state: Mapped[DeliveryState] = mapped_column(
        choice(DeliveryState, "state"), default=DeliveryState.PENDING
    )
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(300), default="")

    notification: Mapped[Notification] = relationship(lazy="joined")


class MessagePreference(Base):
    """Whether one person wants one kind of message by e-mail too. No row means yes."""

    __tablename__ = "message_preferences"
    __table_args__ = (UniqueConstraint("user_id", "kind"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind, "kind"))
    by_email: Mapped[bool]
