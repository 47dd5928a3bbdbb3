"""Who may know of an offer: everybody while it is public, else its host, the programme and those it concerns."""

from sqlalchemy.orm import Session

from db.models.offers import Offer, OfferState
from db.queries import offers as queries
from programme.actors import Actor
from programme.errors import NotFound
from programme.permissions import Permission, may

NO_SUCH_OFFER = "There is no such offer. It may have been withdrawn."
# What anybody may read: an offer that takes applications, or did until its last place was taken.
PUBLIC_STATES = (OfferState.PUBLISHED, OfferState.FILLED)


def visible(session: Session, actor: Actor, ref: str) -> Offer:
    """The offer ``ref``. Raises NotFound when there is none, or when it is no business of the actor's.

    An offer that is not public is known to its host, to the programme, and to those who applied for it or were
    matched with it, with their line managers.
    """
    offer = queries.by_ref(session, ref=ref.strip().upper())
    if offer is None:
        raise NotFound(NO_SUCH_OFFER)
    if offer.state in PUBLIC_STATES or may(actor, Permission.OFFER_VIEW, offer):
        return offer
    if actor.user_id is not None and queries.concerns(session, offer_id=offer.id, user_id=actor.user_id):
        return offer
    raise NotFound(NO_SUCH_OFFER)
