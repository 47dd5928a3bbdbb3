"""How many of everything there are, by noun and state."""

from sqlalchemy.orm import Session

from db.queries import status as queries
from programme.actors import Actor
from programme.disclosure import publish_count
from programme.permissions import Permission, require


def counts(session: Session, actor: Actor) -> dict[str, dict[str, int]]:
    """Rows by noun and state. For programme managers, auditors and the operator's command line."""
    require(actor, Permission.STATUS_VIEW)
    return queries.counts(session)


def public_counts(session: Session) -> dict[str, int | None]:
    """What anybody may know: open offers, verified hosts with one, and people placed, as that count may be shown."""
    found = queries.public_counts(session)
    return {**found, "placements": publish_count(session, found["placements"])}
