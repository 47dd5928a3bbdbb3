"""Matches and gates as they are read, and the one statement that takes a place on an offer."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, or_, select, update
from sqlalchemy.orm import Session, joinedload

from db.models.applicants import Applicant
from db.models.matches import Gate, GateName, GateState, Match, MatchState
from db.models.offers import Offer, OfferState

WAITING = (MatchState.PROPOSED, MatchState.IN_APPROVAL)


def by_ref(session: Session, *, ref: str) -> Match | None:
    """The match with this reference."""
    return session.scalars(select(Match).where(Match.ref == ref)).one_or_none()


def applicant_id_of(session: Session, *, ref: str) -> int | None:
    """Whose match this is, without loading it."""
    return session.scalar(select(Match.applicant_id).where(Match.ref == ref))


def live_for(session: Session, *, applicant_id: int, offer_id: int) -> Match | None:
    """The match of this person with this offer that still waits; there is one at most."""
    return session.scalars(
        select(Match).where(
            Match.applicant_id == applicant_id, Match.offer_id == offer_id, Match.state.in_(WAITING)
        )
    ).one_or_none()


def live_of_application(session: Session, *, application_id: int) -> Match | None:
    """The match under way that this application led to."""
    return session.scalars(
        select(Match)
        .where(Match.application_id == application_id, Match.state.in_(WAITING))
        .order_by(Match.id)
        .limit(1)
    ).first()


def came_of_application(session: Session, *, application_id: int) -> bool:
    """Whether this application ever led to a match."""
    query = select(Match.id).where(Match.application_id == application_id).limit(1)
    return session.scalars(query).first() is not None


def waiting(session: Session) -> list[Match]:
    """Every match that somebody must still decide, the longest wait first."""
    return list(
        session.scalars(
            select(Match).where(Match.state.in_(WAITING)).order_by(Match.state_since_at, Match.id)
        )
    )


def waiting_of_applicant(session: Session, *, applicant_id: int) -> list[Match]:
    """The undecided matches of one person."""
    return list(
        session.scalars(
            select(Match)
            .where(Match.applicant_id == applicant_id, Match.state.in_(WAITING))
            .order_by(Match.id)
        )
    )


def waiting_of_offer(session: Session, *, offer_id: int) -> list[Match]:
    """The undecided matches with one offer."""
    return list(
        session.scalars(
            select(Match).where(Match.offer_id == offer_id, Match.state.in_(WAITING)).order_by(Match.id)
        )
    )


def of_people(
    session: Session, *, user_id: int | None, host_ids: Collection[int], manager_id: int | None
) -> list[Match]:
    """Matches of the person, with offers of these organisations, or whose line manager is this user."""
    sides: list[ColumnElement[bool]] = []
    if user_id is not None:
        sides.append(Applicant.user_id == user_id)
    if host_ids:
        sides.append(Offer.organisation_id.in_(host_ids))
    if manager_id is not None:
        sides.append(Match.line_manager_id == manager_id)
    if not sides:
        return []
    return list(
        session.scalars(
            select(Match)
            .join(Applicant, Applicant.id == Match.applicant_id)
            .join(Offer, Offer.id == Match.offer_id)
            .where(or_(*sides))
            .order_by(Match.state_since_at.desc(), Match.id.desc())
        )
    )


def gate(session: Session, *, match_id: int, name: GateName) -> Gate | None:
    """One gate of a match."""
    return session.scalars(select(Gate).where(Gate.match_id == match_id, Gate.name == name)).one_or_none()


def gates_waiting(session: Session) -> list[Gate]:
    """Every gate that waits, with its match, of matches in approval; the longest wait first."""
    return list(
        session.scalars(
            select(Gate)
            .join(Match, Match.id == Gate.match_id)
            .where(
                Match.state == MatchState.IN_APPROVAL,
                Gate.state == GateState.WAITING,
                Gate.name != GateName.PROGRAMME,
            )
            .options(joinedload(Gate.match))
            .order_by(Gate.state_since_at, Gate.id)
        )
    )


def hold_applicant(session: Session, *, applicant_id: int) -> None:
    """Make approvals of one person queue up: a row lock until the transaction ends (SQLite locks as a whole)."""
    session.execute(select(Applicant.id).where(Applicant.id == applicant_id).with_for_update(key_share=True))


def take_place(session: Session, *, offer: Offer, at: datetime) -> bool:
    """Take one place on a published offer, if one is left, in one statement; whether it was taken.

    The database decides, so two people who approve at once cannot both have the last place.
    """
    result = session.execute(
        update(Offer)
        .where(
            Offer.id == offer.id,
            Offer.places_taken < Offer.capacity,
            Offer.state == OfferState.PUBLISHED,
        )
        .values(places_taken=Offer.places_taken + 1, version=Offer.version + 1, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(offer)
    return isinstance(result, CursorResult) and result.rowcount == 1


def give_place_back(session: Session, *, offer: Offer, at: datetime) -> None:
    """Free one place of an offer, in one statement."""
    session.execute(
        update(Offer)
        .where(Offer.id == offer.id, Offer.places_taken > 0)
        .values(places_taken=Offer.places_taken - 1, version=Offer.version + 1, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(offer)
