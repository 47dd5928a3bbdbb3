"""Logging which pairs a list showed, so that the score can learn from what came of them, and of what did not."""

from typing import Any

from sqlalchemy.orm import Session

from db.models.learning import ShownTo
from db.queries import learning as queries
from programme import clock
from programme.actors import Actor
from programme.candidates import Candidates
from programme.errors import NotFound
from programme.parties import Parties
from programme.permissions import Permission, require
from programme.recommendations import Recommendations, Scored

Shown = Recommendations | Candidates


def record_impressions(session: Session, actor: Actor, shown: Shown) -> int:
    """Keep what a list showed its own reader today: two reads and one insert. Returns how many pairs were new.

    A pair counts once a day and side. Those that a rule excludes are not logged: nobody was offered them.
    Raises NotAllowed for a reader whose list it is not, NotFound when the record has gone.
    """
    items = {_other(item): item for item in shown.items if item.eligible}
    if isinstance(shown, Recommendations):
        side, found = ShownTo.APPLICANT, queries.owners(session, refs=(shown.applicant,))
        others = queries.hosts(session, refs=tuple(items))
    else:
        side, found = ShownTo.HOST, queries.hosts(session, refs=(shown.offer,))
        others = queries.owners(session, refs=tuple(items))
    if not found:
        raise NotFound("There is no such list.")
    ((mine, belongs_to),) = found.values()
    require(
        actor,
        Permission.IMPRESSION_WRITE,
        Parties(owner_id=belongs_to) if side is ShownTo.APPLICANT else Parties(host_id=belongs_to),
    )
    rows = [
        {
            "applicant_id": mine if side is ShownTo.APPLICANT else other,
            "offer_id": other if side is ShownTo.APPLICANT else mine,
            "shown_to": side,
            "shown_on": clock.today(),
            "position": items[ref].rank,
            "model_version": shown.model_version,
            "shares": shares(items[ref]),
        }
        for ref, (other, _) in others.items()
    ]
    return queries.add_impressions(session, rows=rows)


def pairs_of(shown: Shown) -> frozenset[tuple[str, ...]]:
    """What a list shows today, as one key for each pair: to see whether anything of it is still to be kept."""
    mine = shown.applicant if isinstance(shown, Recommendations) else shown.offer
    return frozenset((clock.today().isoformat(), mine, _other(item)) for item in shown.items if item.eligible)


def shares(scored: Scored) -> dict[str, float]:
    """The share of each part that a pair reached, from 0 to 1; 0 where the part can give nothing."""
    return {
        part: round(points / scored.out_of[part], 6) if scored.out_of[part] > 0 else 0.0
        for part, points in scored.parts.items()
    }


def _other(item: Any) -> str:
    return str(item.offer.ref if hasattr(item, "offer") else item.applicant_ref)
