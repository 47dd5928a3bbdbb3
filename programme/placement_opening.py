"""A placement opens when a match is approved, with the terms that the offer names as a first proposal."""

from sqlalchemy.orm import Session

from db.models.matches import Match
from db.models.placements import Placement, PlacementState
from programme import audit, clock, outcomes
from programme.actors import Actor
from programme.placement_terms import first_dates


def open_placement(session: Session, actor: Actor, match: Match) -> Placement:
    """The placement of an approved match, with its surveys; nothing is agreed yet and the return is not planned."""
    starts_on, ends_on = first_dates(session, match)
    offer, applicant, now = match.offer, match.applicant, clock.now()
    placement = Placement(
        match_id=match.id,
        applicant_id=applicant.id,
        offer_id=offer.id,
        home_id=applicant.organisation_id,
        host_id=offer.organisation_id,
        line_manager_id=match.line_manager_id,
        state=PlacementState.APPROVED,
        state_since_at=now,
        starts_on=starts_on,
        ends_on=ends_on,
        days_per_week=offer.days_per_week,
        level=applicant.level,
        payroll_party=offer.payroll_party,
        recovery_pct=offer.recovery_pct,
        is_demo=offer.is_demo and applicant.is_demo,
        created_at=now,
    )
    session.add(placement)
    session.flush()
    session.refresh(placement)
    audit.record(session, actor, "placement:open", "placement", placement, detail={"match": match.ref})
    outcomes.schedule(session, placement)
    return placement
