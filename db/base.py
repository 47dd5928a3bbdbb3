"""The declarative base, column types and mixins that every model shares."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

REF_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, no 0/1: a reference never spells a word


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime, on databases with time zones and on SQLite, which has none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Times must carry a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC, whatever the database keeps."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model in the main database."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy reads it as a plain attribute

    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned:
    """A row that two people could decide at once: a stale writer is refused."""

    version: Mapped[int] = mapped_column(nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        """Let the mapper count the versions."""
        return {"version_id_col": cls.version}


def choice(kind: type[StrEnum], name: str) -> Any:
    """A text column that holds one of an enumeration's values, checked by the database too."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


def new_ref(prefix: str, length: int = 6) -> str:
    """A fresh public reference such as ``OFR-7K3M2B``: unguessable, easy to read aloud."""
    return f"{prefix}-" + "".join(secrets.choice(REF_ALPHABET) for _ in range(length))
