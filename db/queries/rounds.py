"""Reads of matching rounds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.placements import Placement
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


def organisations_of_region(session: Session, *, region_code: str) -> frozenset[str]:
    """The references of the organisations based in this region."""
    return frozenset(session.scalars(select(Organisation.ref).where(Organisation.region_code == region_code)))


def organisations_that_took_part(session: Session) -> frozenset[str]:
    """The references of the organisations that have lent or hosted somebody."""
    lent = select(Applicant.organisation_id).join(Placement, Placement.applicant_id == Applicant.id)
    hosted = select(Offer.organisation_id).join(Placement, Placement.offer_id == Offer.id)
    took_part = Organisation.id.in_(lent) | Organisation.id.in_(hosted)
    return frozenset(session.scalars(select(Organisation.ref).where(took_part)))
