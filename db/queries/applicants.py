"""Reading applicants, and the grades that wait to be settled."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.applicants import Applicant, LevelReview
from db.models.users import Membership, Role


def by_ref(session: Session, *, ref: str) -> Applicant | None:
    """The applicant with this reference."""
    return session.scalar(select(Applicant).where(Applicant.ref == ref))


def by_user(session: Session, *, user_id: int) -> Applicant | None:
    """The profile of this user."""
    return session.scalar(select(Applicant).where(Applicant.user_id == user_id))


def open_review(session: Session, *, applicant_id: int) -> LevelReview | None:
    """The grade of this person that waits for a programme manager."""
    query = select(LevelReview).where(
        LevelReview.applicant_id == applicant_id, LevelReview.decided_at.is_(None)
    )
    return session.scalars(query.order_by(LevelReview.id)).first()


def open_reviews(session: Session) -> Sequence[LevelReview]:
    """Every grade that waits for a programme manager, longest waiting first."""
    query = select(LevelReview).where(LevelReview.decided_at.is_(None))
    return session.scalars(query.order_by(LevelReview.asked_at, LevelReview.id)).all()


def membership(session: Session, *, user_id: int, organisation_id: int, role: Role) -> Membership | None:
    """This role of this person for this organisation."""
    query = select(Membership).where(
        Membership.user_id == user_id, Membership.organisation_id == organisation_id, Membership.role == role
    )
    return session.scalar(query)
