"""Can this person go? Every rule as yes, no or needs a look, with why, before anybody applies."""

from sqlalchemy.orm import Session

import matching
from db.models.applicants import Applicant
from db.models.offers import Offer
from db.queries import catalogue as queries
from programme import encoding, offer_access
from programme.actors import Actor
from programme.errors import NotFound
from programme.permissions import Permission, require


def rulings(session: Session, applicant: Applicant, offer: Offer) -> tuple[matching.Ruling, ...]:
    """Every eligibility rule's answer on this pair as they are stored now."""
    person = encoding.applicant_profile(session, applicant.id)
    placement = encoding.offer_profile(session, offer.id)
    return matching.check(person, placement, names=encoding.place_names(session))


def can_i_go(session: Session, actor: Actor, offer_ref: str) -> tuple[matching.Ruling, ...]:
    """The same for the signed-in applicant. Raises NotFound without a profile, or an offer they may know of."""
    applicant = queries.applicant_of(session, user_id=actor.user_id) if actor.user_id else None
    if applicant is None:
        raise NotFound("Fill in your profile first, so that we can check what you can apply for.")
    require(actor, Permission.RECOMMENDATIONS_OWN, applicant)
    return rulings(session, applicant, offer_access.visible(session, actor, offer_ref))
