"""Placements as they are read: one, those a person may see, and the one that runs."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.placements import Placement, PlacementState

RUNNING = (
    PlacementState.APPROVED,
    PlacementState.VETTING,
    PlacementState.AGREED,
    PlacementState.ACTIVE,
)


def running_for(session: Session, *, applicant_id: int) -> Placement | None:
    """The placement that this applicant has under way, from approval until it ends; None when there is none."""
    return session.scalars(
        select(Placement)
        .where(Placement.applicant_id == applicant_id, Placement.state.in_(RUNNING))
        .order_by(Placement.id)
        .limit(1)
    ).first()


def by_ref(session: Session, *, ref: str) -> Placement | None:
    """The placement with this reference."""
    return session.scalars(select(Placement).where(Placement.ref == ref)).one_or_none()


def everything(session: Session) -> list[Placement]:
    """Every placement, the latest change first."""
    return list(
        session.scalars(select(Placement).order_by(Placement.state_since_at.desc(), Placement.id.desc()))
    )


def before_agreement(session: Session) -> list[Placement]:
    """The placements that are approved or in vetting, the longest wait first."""
    early = (PlacementState.APPROVED, PlacementState.VETTING)
    return list(
        session.scalars(
            select(Placement)
            .where(Placement.state.in_(early))
            .order_by(Placement.state_since_at, Placement.id)
        )
    )


def of_people(
    session: Session, *, user_id: int | None, host_ids: Collection[int], manager_id: int | None
) -> list[Placement]:
    """Placements of the person, hosted by these organisations, or whose line manager is this user."""
    sides: list[ColumnElement[bool]] = []
    if user_id is not None:
        sides.append(Applicant.user_id == user_id)
    if host_ids:
        sides.append(Placement.host_id.in_(host_ids))
    if manager_id is not None:
        sides.append(Placement.line_manager_id == manager_id)
    if not sides:
        return []
    return list(
        session.scalars(
            select(Placement)
            .join(Applicant, Applicant.id == Placement.applicant_id)
            .where(or_(*sides))
            .order_by(Placement.state_since_at.desc(), Placement.id.desc())
        )
    )
