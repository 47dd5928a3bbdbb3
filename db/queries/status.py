"""Counts of everything stored."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models.applicants import Applicant
from db.models.applications import Application
from db.models.audit import AuditEvent
from db.models.matches import Gate, Match
from db.models.notifications import Notification
from db.models.offers import Offer, OfferState
from db.models.organisations import Organisation
from db.models.outcomes import Survey
from db.models.placements import Placement, PlacementState
from db.models.rounds import MatchingRound
from db.models.users import User

STATES: dict[str, InstrumentedAttribute[Any]] = {
    "organisations": Organisation.verification,
    "users": User.is_active,
    "applicants": Applicant.direction,
    "offers": Offer.state,
    "applications": Application.state,
    "matches": Match.state,
    "gates": Gate.state,
    "rounds": MatchingRound.state,
    "placements": Placement.state,
    "surveys": Survey.wave,
}
WITHOUT_STATE: dict[str, type[Any]] = {"notifications": Notification, "audit_events": AuditEvent}


def counts(session: Session) -> dict[str, dict[str, int]]:
    """Rows by noun and state; nouns without states have one line called ``all``."""
    found: dict[str, dict[str, int]] = {}
    for noun, state in STATES.items():
        rows = session.execute(select(state, func.count()).group_by(state).order_by(state))
        found[noun] = {_word(value): n for value, n in rows}
    for noun, model in WITHOUT_STATE.items():
        found[noun] = {"all": session.scalar(select(func.count()).select_from(model)) or 0}
    return found


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "active" if value else "closed"
    return str(value)


def public_counts(session: Session) -> dict[str, int]:
    """Open offers, organisations with one, and placements that have started."""
    live = (Offer.state == OfferState.PUBLISHED,)
    started = (
        PlacementState.ACTIVE,
        PlacementState.ENDED,
        PlacementState.ENDED_EARLY,
        PlacementState.RETURNED,
        PlacementState.FOLLOWED_UP,
    )
    return {
        "offers": session.scalar(select(func.count()).select_from(Offer).where(*live)) or 0,
        "hosts": session.scalar(select(func.count(Offer.organisation_id.distinct())).where(*live)) or 0,
        "placements": session.scalar(
            select(func.count()).select_from(Placement).where(Placement.state.in_(started))
        )
        or 0,
    }
