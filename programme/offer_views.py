"""What people see of an offer: a card in a list, the whole of it, a host's row. Plain values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.models.offers import Offer, SkillUse
from programme import clock, reference, vocabulary


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One offer in a list. ``missions`` are (code, name, weight); ``region`` is a name, not a code."""

    ref: str
    title: str
    organisation: str
    organisation_ref: str
    direction: str
    kind: str
    missions: tuple[tuple[str, str, float], ...]
    level_min: int
    level_max: int
    stretch_ok: bool
    region: str
    place: str
    remote: str
    days_per_week: float
    start_from_on: date
    start_to_on: date
    length_months: int
    capacity_left: int
    summary: str
    state: str
    closing_on: date | None
    published_at: datetime | None
    region_code: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with its level from 1 to 4 and what that level is called."""

    code: str
    name: str
    level: int
    level_name: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class OfferDetail:
    """The whole of an offer. ``can`` lists the workflow actions that the reader may try.

    ``swap_ref`` is the offer this host would swap with; ``swap_agreed`` says whether the other host agrees.
    """

    card: OfferCard
    id: int
    version: int
    tasks: str
    learning: str
    about_team: str
    contact_role: str
    profession: str
    needs: tuple[SkillLine, ...]
    teaches: tuple[SkillLine, ...]
    vetting: str
    vetting_code: str
    earliest_vetted_on: date | None
    reserved_post: bool
    payroll_party: str
    recovery_pct: int
    expenses_party: str
    cost_note: str
    capacity: int
    swap_ref: str | None
    swap_agreed: bool
    imported_from: str
    is_demo: bool
    can: tuple[str, ...]
    can_edit: bool
    return_comment: str = ""


@dataclass(frozen=True, slots=True)
class OfferPage:
    """One page of a list of offers. ``total`` counts the offers, ``pages`` the pages (1 at least)."""

    items: tuple[OfferCard, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One of a host's own offers, with its applications counted by state."""

    card: OfferCard
    version: int
    applications: dict[str, int] = field(default_factory=dict)


def cards(session: Session, offers: Sequence[Offer]) -> tuple[OfferCard, ...]:
    """The cards of stored offers, in their order."""
    missions, regions = vocabulary.mission_names(session), vocabulary.region_names(session)
    return tuple(_card(offer, missions, regions) for offer in offers)


def card(session: Session, offer: Offer) -> OfferCard:
    """The card of one stored offer."""
    return cards(session, (offer,))[0]


def _card(offer: Offer, missions: Mapping[str, str], regions: Mapping[str, str]) -> OfferCard:
    return OfferCard(
        ref=offer.ref,
        title=offer.title,
        organisation=offer.organisation.name,
        organisation_ref=offer.organisation.ref,
        direction=offer.direction.value,
        kind=offer.kind.value,
        missions=tuple(
            (row.mission_code, missions.get(row.mission_code, row.mission_code), row.weight)
            for row in offer.missions
        ),
        level_min=offer.level_min,
        level_max=offer.level_max,
        stretch_ok=offer.stretch_ok,
        region=regions.get(offer.region_code, offer.region_code),
        place=offer.place_name,
        remote=offer.remote.value,
        days_per_week=float(offer.days_per_week),
        start_from_on=offer.start_from_on,
        start_to_on=offer.start_to_on,
        length_months=offer.length_months,
        capacity_left=offer.capacity - offer.places_taken,
        summary=offer.summary,
        state=offer.state.value,
        closing_on=offer.closing_on,
        published_at=offer.published_at,
        region_code=offer.region_code,
        is_demo=offer.is_demo,
    )


def detail(
    session: Session,
    offer: Offer,
    *,
    can: tuple[str, ...] = (),
    can_edit: bool = False,
    return_comment: str = "",
) -> OfferDetail:
    """The whole of a stored offer, in words. The caller says what the reader may do with it."""
    known = vocabulary.today(session)
    swap = session.get(Offer, offer.swap_with_id) if offer.swap_with_id else None
    return OfferDetail(
        card=card(session, offer),
        id=offer.id,
        version=offer.version,
        tasks=offer.tasks,
        learning=offer.learning,
        about_team=offer.about_team,
        contact_role=offer.contact_role,
        profession=known.professions.get(offer.profession_code or "", offer.profession_code or ""),
        needs=_lines(session, offer, SkillUse.NEEDED, known.skills),
        teaches=_lines(session, offer, SkillUse.TAUGHT, known.skills),
        vetting=known.vetting.get(offer.vetting_code, offer.vetting_code),
        vetting_code=offer.vetting_code,
        earliest_vetted_on=_earliest_vetted_on(session, offer),
        reserved_post=offer.reserved_post,
        payroll_party=offer.payroll_party.value,
        recovery_pct=offer.recovery_pct,
        expenses_party=offer.expenses_party.value,
        cost_note=offer.cost_note,
        capacity=offer.capacity,
        swap_ref=swap.ref if swap else None,
        swap_agreed=swap is not None and swap.swap_with_id == offer.id,
        imported_from=offer.imported_from,
        is_demo=offer.is_demo,
        can=can,
        can_edit=can_edit,
        return_comment=return_comment,
    )


def _lines(session: Session, offer: Offer, use: SkillUse, names: Mapping[str, str]) -> tuple[SkillLine, ...]:
    levels = vocabulary.skill_level_names(session)
    rows = sorted(
        (row for row in offer.skills if row.use is use),
        key=lambda row: (not row.essential, -row.level, row.id),
    )
    return tuple(
        SkillLine(
            row.skill_code,
            names.get(row.skill_code, row.skill_code),
            row.level,
            levels.get(row.level, str(row.level)),
            row.essential,
        )
        for row in rows
    )


def _earliest_vetted_on(session: Session, offer: Offer) -> date | None:
    if offer.vetting_code == "none":
        return None
    today = clock.today()
    return reference.vetting_ready_on(session, offer.vetting_code, today, on=today)
