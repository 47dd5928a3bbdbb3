"""Approvals by the programme, each with the rank that the person had on the offer's list."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.learning import Impression, ShownTo
from db.models.matches import Gate, GateName, GateState, Match
from db.models.rounds import Proposal


def ranks_of_approvals(session: Session, *, since: datetime) -> list[int | None]:
    """One rank for each approval since then: of the round that proposed it, or as its host last saw it; else None."""
    proposed = (
        select(Proposal.rank_for_offer)
        .where(Proposal.round_id == Match.round_id, Proposal.applicant_id == Match.applicant_id)
        .correlate(Match)
        .scalar_subquery()
    )
    shown = (
        select(Impression.position)
        .where(
            Impression.applicant_id == Match.applicant_id,
            Impression.offer_id == Match.offer_id,
            Impression.shown_to == ShownTo.HOST,
        )
        .order_by(Impression.shown_on.desc(), Impression.id.desc())
        .limit(1)
        .correlate(Match)
        .scalar_subquery()
    )
    rows = (
        select(func.coalesce(proposed, shown))
        .select_from(Match)
        .join(Gate, Gate.match_id == Match.id)
        .where(Gate.name == GateName.PROGRAMME, Gate.state == GateState.PASSED, Gate.decided_at >= since)
        .order_by(Gate.decided_at, Gate.id)
    )
    return list(session.scalars(rows))
