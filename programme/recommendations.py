"""Ranked and explained suggestions: offers for a person, candidates for an offer. Computed, never a decision.

Nobody eligible is hidden and there is no cut-off score: ``k`` only says how many to explain at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy.orm import Session

import matching
from db.models.applicants import Applicant
from db.models.offers import Offer
from db.queries import catalogue as queries
from programme import encoding, offer_access, offer_views, personal_reads
from programme.actors import Actor
from programme.encoding import Catalogue
from programme.errors import NotFound
from programme.offer_views import OfferCard
from programme.permissions import Permission, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The score of one pair with everything that explains it: ``parts``, in points, add to ``score`` (0 to 100)."""

    score: float
    parts: dict[str, float]
    out_of: dict[str, float]
    explanation: matching.Explanation
    rulings: tuple[matching.Ruling, ...]

    @property
    def eligible(self) -> bool:
        """Whether no rule says no."""
        return matching.eligible(self.rulings)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The rules that say no, in words, each with the least change that would lift it."""
        return tuple(
            f"{ruling.reason} {ruling.change or ''}".strip()
            for ruling in self.rulings
            if ruling.answer == "no"
        )

    def facts(self) -> dict[str, Any]:
        """What an item of either side's list takes over."""
        return {field.name: getattr(self, field.name) for field in fields(Scored)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Scored):
    """One offer for one person, with its place on the person's list."""

    rank: int
    offer: OfferCard


@dataclass(frozen=True, slots=True)
class Recommendations:
    """A person's ranked list, with the model version and data fingerprint that made it."""

    applicant: str
    model_version: str
    fingerprint: str
    total: int
    items: tuple[Recommendation, ...]


def for_applicant(
    session: Session,
    actor: Actor,
    *,
    k: int = 20,
    applicant_ref: str | None = None,
    include_ineligible: bool = False,
) -> Recommendations:
    """The best ``k`` offers for a person, ranked and explained.

    Raises NotFound when there is no such profile, NotAllowed when the actor may not see it.
    """
    applicant = _applicant(session, actor, applicant_ref)
    catalogue = encoding.catalogue(session)
    profile = encoding.applicant_profile(session, applicant.id)
    ranked = encoding.offers_for(catalogue, profile, everything=include_ineligible)
    chosen = ranked.rows[:k].tolist()
    offers = _offers(session, catalogue, chosen)
    return Recommendations(
        applicant=applicant.ref,
        model_version=catalogue.model_version,
        fingerprint=catalogue.fingerprint,
        total=len(ranked.rows),
        items=tuple(
            _recommendation(rank, offers[index], score_pair(catalogue, profile, catalogue.offer(index)))
            for rank, index in enumerate(chosen, start=1)
        ),
    )


def explain_pair(
    session: Session,
    applicant: Applicant,
    offer: Offer,
    *,
    reader: Literal["applicant", "host"] = "applicant",
) -> Recommendation:
    """One pair as it stands now, open or not. The caller has checked that the actor may see both.

    Its words speak to the applicant as "you"; to any other ``reader`` about them as "they".
    """
    catalogue = encoding.catalogue(session)
    person = encoding.applicant_profile(session, applicant.id)
    placement = encoding.offer_profile(session, offer.id)
    (card,) = offer_views.cards(session, [offer])
    return _recommendation(
        rank_of(catalogue, person, placement), card, score_pair(catalogue, person, placement, reader=reader)
    )


def for_offer(session: Session, actor: Actor, offer_ref: str) -> Recommendation:
    """The signed-in applicant and one offer, scored and explained.

    Raises NotFound without a profile, or for an offer that the actor may not know of.
    """
    applicant = _applicant(session, actor, None)
    return explain_pair(session, applicant, offer_access.visible(session, actor, offer_ref))


@dataclass(frozen=True, slots=True)
class RankChange:
    """One change to a profile: the points it would add, and the place on the list before and after.

    A place is 0 where the offer is not on the person's list of what they could go to.
    """

    what: str
    gain: float
    rank_before: int
    rank_after: int


def changes(session: Session, actor: Actor, offer_ref: str) -> tuple[RankChange, ...]:
    """What would change the actor's score and rank for this offer, each by exact recomputation, most first."""
    applicant = _applicant(session, actor, None)
    catalogue = encoding.catalogue(session)
    person = encoding.applicant_profile(session, applicant.id)
    placement = encoding.offer_profile(session, offer_access.visible(session, actor, offer_ref).id)
    found = matching.what_would_change(catalogue.encoder, person, placement, names=catalogue.names)
    before = rank_of(catalogue, person, placement)
    return tuple(
        RankChange(change.what, change.gain, before, rank_of(catalogue, change.after, placement))
        for change in found
    )


def score_pair(
    catalogue: Catalogue,
    applicant: matching.ApplicantProfile,
    offer: matching.OfferProfile,
    *,
    reader: Literal["applicant", "host"] = "applicant",
) -> Scored:
    """The score of one pair with its parts, explanation (in words for ``reader``) and rulings."""
    explanation = matching.explain(catalogue.encoder, applicant, offer, names=catalogue.names, reader=reader)
    return Scored(
        score=explanation.total,
        parts={part.name: part.points for part in explanation.parts},
        out_of={part.name: part.out_of for part in explanation.parts},
        explanation=explanation,
        rulings=matching.check(applicant, offer, names=catalogue.names),
    )


def rank_of(catalogue: Catalogue, person: matching.ApplicantProfile, offer: matching.OfferProfile) -> int:
    """Where ``offer`` stands on the person's list of open offers, from 1; 0 when it is not on it."""
    if offer.ref not in catalogue.offer_refs:
        return 0
    return encoding.offers_for(catalogue, person).place(catalogue.offer_refs.index(offer.ref))


def _offers(session: Session, catalogue: Catalogue, chosen: Sequence[int]) -> dict[int, OfferCard]:
    rows = queries.offers_by_id(session, ids=catalogue.offer_ids[chosen].tolist())
    cards = {card.ref: card for card in offer_views.cards(session, rows)}
    return {index: cards[catalogue.offer_refs[index]] for index in chosen}


def _recommendation(rank: int, card: OfferCard, scored: Scored) -> Recommendation:
    return Recommendation(rank=rank, offer=card, **scored.facts())


def _applicant(session: Session, actor: Actor, ref: str | None) -> Applicant:
    if ref is not None:
        applicant = queries.applicant_by_ref(session, ref=ref)
        permission = Permission.PROFILE_VIEW
    else:
        applicant = queries.applicant_of(session, user_id=actor.user_id) if actor.user_id else None
        permission = Permission.RECOMMENDATIONS_OWN
    if applicant is None:
        raise NotFound("Fill in your profile first, so that we can rank placements for you.")
    require(actor, permission, applicant)
    personal_reads.note(session, actor, applicant)
    return applicant
