"""An offer's life so far, for those who may see the offer behind the scenes: its host and the programme."""

from sqlalchemy.orm import Session

from db.queries import offers as queries
from programme import history, permissions
from programme.actors import Actor
from programme.errors import NotFound
from programme.history import Step
from programme.permissions import Permission


def steps(session: Session, actor: Actor, ref: str) -> list[Step]:
    """The steps of the offer ``ref``, oldest first. Raises NotFound for anybody else."""
    offer = queries.by_ref(session, ref=ref.strip().upper())
    if offer is None or not permissions.may(actor, Permission.OFFER_VIEW, offer):
        raise NotFound("There is no such offer. It may have been withdrawn.")
    return history.timeline(session, offer)
