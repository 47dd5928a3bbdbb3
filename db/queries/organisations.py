"""Reading organisations."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models.offers import Offer, OfferState
from db.models.organisations import Organisation, Verification
from db.models.users import Membership, Role, User


def by_ref(session: Session, *, ref: str) -> Organisation | None:
    """The organisation with this reference."""
    return session.scalar(select(Organisation).where(Organisation.ref == ref))


def by_name(session: Session, *, name: str) -> Organisation | None:
    """The organisation with this name, whatever its case."""
    query = select(Organisation).where(func.lower(Organisation.name) == name.strip().lower())
    return session.scalars(query.order_by(Organisation.id)).first()


def by_identifier(session: Session, *, scheme: str, number: str) -> Organisation | None:
    """The organisation that holds this number of this register."""
    query = select(Organisation).where(
        Organisation.register_scheme == scheme, Organisation.register_number == number
    )
    return session.scalar(query)


def in_verification(session: Session, *, state: Verification) -> Sequence[Organisation]:
    """The organisations in one state of verification, longest waiting first."""
    query = select(Organisation).where(Organisation.verification == state)
    return session.scalars(query.order_by(Organisation.created_at, Organisation.id)).all()


def every(session: Session, *, text: str = "") -> Sequence[Organisation]:
    """Every organisation by name, or those with ``text`` in their name, number or reference."""
    query = select(Organisation)
    if text.strip():
        words = text.strip().lower()
        query = query.where(
            or_(
                *(
                    func.lower(column).contains(words, autoescape=True)
                    for column in (Organisation.name, Organisation.register_number, Organisation.ref)
                )
            )
        )
    return session.scalars(query.order_by(func.lower(Organisation.name), Organisation.id)).all()


def by_ids(session: Session, *, ids: Sequence[int]) -> Sequence[Organisation]:
    """The organisations with these ids, by name."""
    query = select(Organisation).where(Organisation.id.in_(ids))
    return session.scalars(query.order_by(func.lower(Organisation.name), Organisation.id)).all()


def host_members(session: Session, *, organisation_id: int) -> Sequence[User]:
    """The people who act as host for an organisation and can sign in, longest standing first."""
    query = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.HOST,
            User.is_active.is_(True),
        )
    )
    return session.scalars(query.order_by(Membership.id)).unique().all()


def live_offers(session: Session, *, organisation_id: int) -> int:
    """How many of an organisation's offers are published or paused."""
    query = select(func.count()).where(
        Offer.organisation_id == organisation_id, Offer.state.in_((OfferState.PUBLISHED, OfferState.PAUSED))
    )
    return session.scalar(query.select_from(Offer)) or 0
