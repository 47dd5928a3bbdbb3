"""Ranked and explained people for an offer, known by reference only: a host never sees a name here (D2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.offers import OfferState
from db.queries import catalogue as queries
from programme import encoding
from programme.actors import Actor
from programme.errors import NotFound
from programme.parties import NO_PARTIES
from programme.permissions import Permission, may, require
from programme.recommendations import Scored, score_pair
from programme.reference import professions

SHOWN = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Scored):
    """One person for one offer, without a name or an organisation.

    ``parts`` add to ``score`` (0 to 100). ``application_ref`` is set once the person has applied.
    """

    rank: int
    applicant_ref: str
    job_title: str
    level: int | None
    profession: str
    regions: tuple[str, ...]
    application_ref: str | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """An offer's ranked list, with the model version and data fingerprint that made it."""

    offer: str
    model_version: str
    fingerprint: str
    total: int
    items: tuple[Candidate, ...]


def for_offer(
    session: Session,
    actor: Actor,
    offer_ref: str,
    *,
    k: int = 20,
    skip: int = 0,
    include_ineligible: bool = False,
) -> Candidates:
    """The best ``k`` people for an offer after the first ``skip``, ranked and explained.

    ``total`` counts everybody eligible; with ``include_ineligible`` the others follow them and count too.

    A host is shown nobody until its offer has been checked and published: anybody can register and write a draft.
    Raises NotFound when there is no such offer, NotAllowed when the actor does not host it.
    """
    offer = queries.offer_by_ref(session, ref=offer_ref)
    if offer is None:
        raise NotFound("There is no such offer.")
    require(actor, Permission.RECOMMENDATIONS_CANDIDATES, offer)
    catalogue = encoding.catalogue(session)
    if offer.state not in SHOWN and not may(actor, Permission.PROFILE_VIEW, NO_PARTIES):
        return Candidates(offer.ref, catalogue.model_version, catalogue.fingerprint, total=0, items=())
    profile = encoding.offer_profile(session, offer.id)
    ranked = encoding.people_for(catalogue, profile, everything=include_ineligible)
    shown = ranked.rows[skip : skip + k].tolist()
    people = _people(session, catalogue.applicant_ids[shown].tolist())
    applied = queries.application_refs(session, offer_id=offer.id)
    names = {choice.code: choice.words for choice in professions(session)}
    return Candidates(
        offer=offer.ref,
        model_version=catalogue.model_version,
        fingerprint=catalogue.fingerprint,
        total=len(ranked.rows),
        items=tuple(
            _candidate(
                rank,
                people[catalogue.applicant_ids[i]],
                score_pair(catalogue, catalogue.applicant(i), profile, reader="host"),
                applied.get(catalogue.applicant_ids[i]),
                names,
                catalogue.names,
            )
            for rank, i in enumerate(shown, start=skip + 1)
        ),
    )


def _people(session: Session, ids: Sequence[int]) -> dict[int, Applicant]:
    return {person.id: person for person in queries.applicants_by_id(session, ids=ids)}


def _candidate(
    rank: int,
    person: Applicant,
    scored: Scored,
    application_ref: str | None,
    professions_by_code: dict[str, str],
    names: Mapping[str, str],
) -> Candidate:
    return Candidate(
        rank=rank,
        applicant_ref=person.ref,
        job_title=person.job_title,
        level=person.level,
        profession=professions_by_code.get(person.profession_code or "", ""),
        regions=tuple(names[region.region_code] for region in person.regions),
        application_ref=application_ref,
        **scored.facts(),
    )
