"""What moving the lists to clear the market does: the figures that a programme manager sees before trusting it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

import matching
from programme import encoding
from programme.actors import Actor
from programme.permissions import Permission, require
from programme.reference import rule_number, rule_text


@dataclass(frozen=True, slots=True)
class ListEffect:
    """Placements to expect and offers that nobody applies to, in a simple model of how people read lists.

    ``by_score`` is for lists that follow the match score, ``balanced`` for lists moved to clear the market;
    ``in_force`` says which of the two the rules of today use.
    """

    in_force: bool
    by_score: matching.Reading
    balanced: matching.Reading


def effect(session: Session, actor: Actor) -> ListEffect | None:
    """The effect on today's lists (``matching.simulate_reading``); None when nobody could go anywhere."""
    require(actor, Permission.SCORE_VIEW)
    catalogue = encoding.catalogue(session)
    pairs = matching.listed_pairs(
        catalogue.encoder,
        catalogue.applicants,
        catalogue.offers,
        k=int(rule_number(session, "list.length")),
    )
    if not len(pairs):
        return None
    cleared = matching.clear(
        pairs, catalogue.offers.capacity_left, beta=rule_number(session, "list.beta"), seed=0
    )
    assert cleared.before is not None, "asked for by the seed"
    assert cleared.after is not None, "asked for by the seed"
    return ListEffect(rule_text(session, "list.order") != encoding.BY_SCORE, cleared.before, cleared.after)
