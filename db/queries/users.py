"""Reading users, their sign-in sessions and their one-time links."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.models.organisations import Organisation
from db.models.users import Membership, OneTimeLink, SignInSession, User


def by_email(session: Session, *, email: str) -> User | None:
    """The user with this e-mail address, which is stored in lower case."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def sign_in_session(session: Session, *, token_hash: str) -> SignInSession | None:
    """The signed-in browser whose token has this SHA-256."""
    return session.scalar(select(SignInSession).where(SignInSession.token_hash == token_hash))


def one_time_link(session: Session, *, token_hash: str) -> OneTimeLink | None:
    """The one-time link whose token has this SHA-256."""
    return session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == token_hash))


def open_sessions(session: Session, *, user_id: int) -> list[SignInSession]:
    """Every session of a user that has not been revoked, oldest first."""
    return list(
        session.scalars(
            select(SignInSession)
            .where(SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None))
            .order_by(SignInSession.id)
        )
    )


def open_links(session: Session, *, user_id: int, purpose: str) -> list[OneTimeLink]:
    """Every link of a user for this purpose that has not been used, oldest first."""
    return list(
        session.scalars(
            select(OneTimeLink)
            .where(
                OneTimeLink.user_id == user_id, OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None)
            )
            .order_by(OneTimeLink.id)
        )
    )


def first_demo_users(session: Session) -> list[User]:
    """The first invented user of each role on each side of the exchange, in the order they were made."""
    first_of_each = (
        select(func.min(User.id))
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(and_(User.is_demo, User.is_active))
        .group_by(Membership.role, Organisation.sector)
    )
    return list(session.scalars(select(User).where(User.id.in_(first_of_each)).order_by(User.id)))


def by_ids(session: Session, *, ids: Iterable[int]) -> dict[int, User]:
    """These users with their memberships, by id."""
    rows = select(User).where(User.id.in_(list(ids))).order_by(User.id)
    return {user.id: user for user in session.scalars(rows)}
