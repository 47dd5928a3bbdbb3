"""Everything that can be matched now: open offers, people who look for a placement, and who is away until when."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application, ApplicationState
from db.models.offers import Offer, OfferState
from db.models.placements import Placement, PlacementState

RUNNING = (
    PlacementState.APPROVED,
    PlacementState.VETTING,
    PlacementState.AGREED,
    PlacementState.ACTIVE,
)


def open_offers(session: Session) -> Sequence[Offer]:
    """The published offers that have a place left, in a fixed order."""
    rows = select(Offer).where(Offer.state == OfferState.PUBLISHED, Offer.places_taken < Offer.capacity)
    return session.scalars(rows.order_by(Offer.id)).unique().all()


def seeking_applicants(session: Session) -> Sequence[Applicant]:
    """The people who look for a placement, in a fixed order."""
    rows = select(Applicant).where(Applicant.seeking.is_(True))
    return session.scalars(rows.order_by(Applicant.id)).unique().all()


def placed_until(session: Session) -> dict[int, date]:
    """The end of each running placement by applicant id."""
    rows = select(Placement.applicant_id, Placement.ends_on).where(Placement.state.in_(RUNNING))
    return {row.applicant_id: row.ends_on for row in session.execute(rows)}


def size(session: Session) -> tuple[int, int]:
    """How many applicants and offers are stored."""
    return (
        session.scalar(select(func.count()).select_from(Applicant)) or 0,
        session.scalar(select(func.count()).select_from(Offer)) or 0,
    )


def offer_by_ref(session: Session, *, ref: str) -> Offer | None:
    """The offer with this reference."""
    return session.scalars(select(Offer).where(Offer.ref == ref)).unique().one_or_none()


def applicant_by_ref(session: Session, *, ref: str) -> Applicant | None:
    """The applicant with this reference."""
    return session.scalars(select(Applicant).where(Applicant.ref == ref)).unique().one_or_none()


def applicant_of(session: Session, *, user_id: int) -> Applicant | None:
    """The profile of this user."""
    return session.scalars(select(Applicant).where(Applicant.user_id == user_id)).unique().one_or_none()


def applicants_by_id(session: Session, *, ids: Sequence[int]) -> Sequence[Applicant]:
    """These applicants, by id."""
    return (
        session.scalars(select(Applicant).where(Applicant.id.in_(ids)).order_by(Applicant.id)).unique().all()
    )


def offers_by_id(session: Session, *, ids: Sequence[int]) -> Sequence[Offer]:
    """These offers, by id."""
    return session.scalars(select(Offer).where(Offer.id.in_(ids)).order_by(Offer.id)).unique().all()


def application_refs(session: Session, *, offer_id: int) -> dict[int, str]:
    """The reference of each application that has reached the host of this offer, by applicant id."""
    seen = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED, ApplicationState.SELECTED)
    rows = select(Application.applicant_id, Application.ref)
    rows = rows.where(Application.offer_id == offer_id, Application.state.in_(seen)).order_by(Application.id)
    return {row.applicant_id: row.ref for row in session.execute(rows)}
