"""Offers: find them, post them, check them, link two as a swap."""

from sqlalchemy.orm import Session

from db.models.offers import Offer, OfferState
from db.models.organisations import Organisation
from db.models.users import Role
from db.queries import offers as queries
from db.queries import organisations as organisation_queries
from programme import (
    applications,
    audit,
    clock,
    guards,
    notifications,
    offer_access,
    offer_checks,
    offer_fields,
    offer_views,
    permissions,
    vocabulary,
    workflow,
)
from programme.actors import Actor
from programme.errors import AlreadyDecided, IllegalMove, Invalid, NotAllowed, NotFound
from programme.offer_access import NO_SUCH_OFFER
from programme.offer_fields import OfferFields as OfferFields
from programme.offer_fields import start_warning as start_warning
from programme.offer_search import OfferFilters as OfferFilters
from programme.offer_search import browse as browse
from programme.offer_views import OfferCard as OfferCard
from programme.offer_views import OfferDetail as OfferDetail
from programme.offer_views import OfferPage as OfferPage
from programme.offer_views import OfferRow as OfferRow
from programme.offer_views import SkillLine as SkillLine
from programme.permissions import Permission
from programme.store import STALE


def detail(session: Session, actor: Actor, ref: str) -> OfferDetail:
    """The whole of an offer and what the actor may do with it.

    Raises NotFound when there is none, or when it is not public and the actor neither hosts it, manages the
    programme nor has to do with an application for it.
    """
    offer = offer_access.visible(session, actor, ref)
    return offer_views.detail(
        session,
        offer,
        can=workflow.possible_actions(actor, offer),
        can_edit=offer.state is OfferState.DRAFT and permissions.may(actor, Permission.OFFER_WRITE, offer),
        return_comment=_return_comment(session, actor, offer),
    )


def _return_comment(session: Session, actor: Actor, offer: Offer) -> str:
    """What the programme manager said when the offer came back; for its host and the programme only."""
    if offer.state is not OfferState.DRAFT or not permissions.may(actor, Permission.OFFER_VIEW, offer):
        return ""
    return queries.last_return_comment(session, offer_id=offer.id)


def _of_host(session: Session, actor: Actor, ref: str) -> Offer:
    """An offer the actor may see as its host or as the programme. Others learn nothing of it."""
    offer = queries.by_ref(session, ref=ref.strip().upper())
    if offer is None or not permissions.may(actor, Permission.OFFER_VIEW, offer):
        raise NotFound(NO_SUCH_OFFER)
    return offer


def fields_of(session: Session, actor: Actor, ref: str) -> OfferFields:
    """An offer as its form shows it. Raises NotFound for anyone but its host and the programme."""
    return offer_fields.read(_of_host(session, actor, ref))


def save_draft(
    session: Session, actor: Actor, fields: OfferFields, *, organisation_ref: str, ref: str | None = None
) -> Offer:
    """Create a draft, or change the draft ``ref``. What is missing may be filled in later.

    Raises Invalid, field by field, for what is impossible; IllegalMove when it is no longer a draft;
    AlreadyDecided when somebody saved it since the form was filled; NotFound or NotAllowed for others.
    """
    if ref is None:
        organisation = _host(session, actor, organisation_ref)
        return create(session, actor, fields, organisation)
    offer = _of_host(session, actor, ref)
    permissions.require(actor, Permission.OFFER_WRITE, offer)
    if offer.state is not OfferState.DRAFT:
        raise IllegalMove(f"This offer is {offer.state.value}, so it cannot be changed. Only a draft can.")
    if fields.version is not None and fields.version != offer.version:
        raise AlreadyDecided(STALE)
    fields = checked(session, fields, offer.organisation)
    changed = offer_fields.write(offer, fields)
    if changed:
        offer.updated_at = clock.now()
        audit.record(session, actor, "offer:change", "offer", offer, detail={"changed": changed})
        session.flush()
    return offer


def create(
    session: Session,
    actor: Actor,
    fields: OfferFields,
    organisation: Organisation,
    *,
    known: vocabulary.Vocabulary | None = None,
    posted_by_id: int | None = None,
    imported_from: str = "",
) -> Offer:
    """A new draft of this host. ``posted_by_id`` names the poster when the actor is not a person (an import).

    Raises NotAllowed for others than the host, Invalid for what is impossible.
    """
    permissions.require(actor, Permission.OFFER_WRITE, organisation)
    poster = posted_by_id or actor.user_id
    if poster is None:
        raise NotAllowed("Sign in to post an offer.")
    fields = checked(session, fields, organisation, known)
    now = clock.now()
    offer = Offer(
        organisation=organisation,
        posted_by_id=poster,
        state=OfferState.DRAFT,
        state_since_at=now,
        imported_from=imported_from,
        is_demo=organisation.is_demo,
        created_at=now,
        updated_at=now,
    )
    offer_fields.write(offer, fields)
    session.add(offer)
    session.flush()
    audit.record(
        session,
        actor,
        "offer:create",
        "offer",
        offer,
        detail={"imported_from": imported_from} if imported_from else {},
    )
    return offer


def checked(
    session: Session,
    fields: OfferFields,
    organisation: Organisation,
    known: vocabulary.Vocabulary | None = None,
) -> OfferFields:
    """The fields, completed. Raises Invalid with a message for each field that holds something impossible."""
    fields = offer_fields.completed(fields, organisation, clock.today())
    found = offer_checks.problems(session, fields, organisation, known or vocabulary.today(session))
    if found:
        raise Invalid.from_fields(found)
    return fields


def _host(session: Session, actor: Actor, organisation_ref: str) -> Organisation:
    organisation = organisation_queries.by_ref(session, ref=organisation_ref)
    if organisation is None:
        raise NotFound("There is no such organisation. Choose one of yours from the list.")
    permissions.require(actor, Permission.OFFER_WRITE, organisation)
    return organisation


def act(
    session: Session,
    actor: Actor,
    ref: str,
    action: str,
    *,
    reason: str = "",
    reason_code: str | None = None,
    version: int | None = None,
) -> Offer:
    """Submit, publish, return, pause, resume, withdraw or close an offer.

    Raises NotFound, NotAllowed, IllegalMove, Refused with what stands in the way, Invalid on ``start_to_on``
    when vetting cannot meet the start (G5), and AlreadyDecided when ``version`` is not the stored one.
    """
    offer = _of_host(session, actor, ref)
    if version is not None and version != offer.version:
        raise AlreadyDecided(STALE)
    move(session, actor, offer, action, reason=reason, reason_code=reason_code)
    return offer


def move(
    session: Session,
    actor: Actor,
    offer: Offer,
    action: str,
    *,
    reason: str = "",
    reason_code: str | None = None,
) -> None:
    """The same for an offer in hand, as an import makes it."""
    if action in ("submit", "publish"):
        found = workflow.find("offer", action, offer.state)
        permissions.require(actor, found.permission, offer)
        late = guards.vetting_fits_start(session, offer)
        if late is not None:
            raise Invalid(late, field="start_to_on")
    workflow.transition(session, actor, offer, action, reason=reason, reason_code=reason_code)
    offer.updated_at = clock.now()
    if action == "publish" and offer.published_at is None:
        offer.published_at = offer.updated_at
    session.flush()
    if offer.state in queries.ENDED:
        applications.lapse_for_offer(session, offer, reason="The offer is no longer open.")


def mine(session: Session, actor: Actor) -> list[OfferRow]:
    """The offers of the actor's own organisations, the last changed first."""
    hosted = actor.organisations(Role.HOST)
    offers = queries.of_organisations(session, organisation_ids=hosted) if hosted else []
    counts = queries.application_counts(session, offer_ids=[offer.id for offer in offers])
    return [
        OfferRow(card, offer.version, counts.get(offer.id, {}))
        for card, offer in zip(offer_views.cards(session, offers), offers, strict=True)
    ]


def to_check(session: Session, actor: Actor) -> list[OfferCard]:
    """The offers that wait to be checked and that the actor may publish, longest waiting first."""
    permissions.require(actor, Permission.OFFER_PUBLISH)
    waiting = queries.in_state(session, state=OfferState.SUBMITTED)
    mine_to_check = [offer for offer in waiting if permissions.may(actor, Permission.OFFER_PUBLISH, offer)]
    return list(offer_views.cards(session, mine_to_check))


def link_swap(session: Session, actor: Actor, ref: str, other_ref: str) -> Offer:
    """Name the offer that this one would be swapped with: one goes out, one comes in (S10).

    Done by the host of the first; the other host is told, and agrees by naming this one in return. Raises
    Invalid on ``other_ref`` when the two cannot be a swap.
    """
    offer = _of_host(session, actor, ref)
    permissions.require(actor, Permission.OFFER_WRITE, offer)
    other = offer_access.visible(session, actor, other_ref)
    problem = _swap_problem(offer, other)
    if problem is not None:
        raise Invalid(problem, field="other_ref")
    if offer.swap_with_id == other.id:
        return offer
    offer.swap_with_id = other.id
    offer.updated_at = clock.now()
    event = audit.record(session, actor, "offer:link_swap", "offer", offer, detail={"with": other.ref})
    session.flush()
    agreed = other.swap_with_id == offer.id
    for host in organisation_queries.host_members(session, organisation_id=other.organisation_id):
        notifications.add(
            session,
            host.id,
            event_key=f"audit-{event.id}",
            subject=f"{'A swap is agreed' if agreed else 'A swap is suggested'}: {other.title}"[:200],
            body=f"{offer.organisation.name} would swap with {offer.title} ({offer.ref})."
            + ("" if agreed else " To agree, name that offer as the swap of yours."),
            link=f"/offer-manage?ref={other.ref}",
        )
    return offer


def _swap_problem(offer: Offer, other: Offer) -> str | None:
    if offer.id == other.id:
        return "An offer cannot be swapped with itself. Choose another offer."
    if offer.direction is other.direction:
        return "A swap needs one offer in each direction. Choose an offer that goes the other way."
    for one, pair in ((offer, other), (other, offer)):
        if one.swap_with_id is not None and one.swap_with_id != pair.id:
            return f"{one.ref} is already part of a swap."
        if one.state in queries.ENDED:
            return f"{one.ref} is {one.state.value}, so it cannot be part of a swap."
    return None
