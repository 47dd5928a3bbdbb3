"""Reads of matching rounds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.organisations import Organisation
from db.models.rounds import MatchingRound


def every(session: Session) -> list[MatchingRound]:
    """All rounds, newest first."""
    return list(
        session.scalars(select(MatchingRound).order_by(MatchingRound.run_at.desc(), MatchingRound.id.desc()))
    )


def by_ref(session: Session, *, ref: str) -> MatchingRound | None:
    """The round with this reference."""
    return session.scalars(select(MatchingRound).where(MatchingRound.ref == ref)).one_or_none()


def organisations_of_bands(session: Session, *, bands: frozenset[str]) -> frozenset[str]:
    """The references of the organisations in these income bands."""
    return frozenset(session.scalars(select(Organisation.ref).where(Organisation.income_band.in_(bands))))
