"""What a host fills in for an offer: the fields, what is impossible, and how they are stored."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from db.models.offers import (
    Direction,
    Offer,
    OfferKind,
    OfferMission,
    OfferSkill,
    Party,
    Remote,
    SkillUse,
)
from db.models.organisations import Organisation, Sector
from programme import clock, reference


@dataclass(frozen=True, slots=True)
class OfferFields:
    """Every field of an offer that its host can change, as a form or a file gives it.

    ``missions`` are (code, weight), weights adding to 1; ``needs`` (skill code, level 1-4, essential);
    ``teaches`` (skill code, level). Left empty, the direction follows the host's sector, the place is the
    host's, and the start window opens in three months for three months. ``version`` is the row version the
    form was filled from: a save from an older one is refused.
    """

    title: str = ""
    direction: str | None = None
    kind: str = OfferKind.SECONDMENT.value
    summary: str = ""
    tasks: str = ""
    learning: str = ""
    about_team: str = ""
    contact_role: str = ""
    profession_code: str | None = None
    missions: tuple[tuple[str, float], ...] = ()
    needs: tuple[tuple[str, int, bool], ...] = ()
    teaches: tuple[tuple[str, int], ...] = ()
    level_min: int = 4
    level_max: int = 6
    stretch_ok: bool = False
    region_code: str | None = None
    place_name: str = ""
    remote: str = Remote.HYBRID.value
    days_per_week: float = 5.0
    start_from_on: date | None = None
    start_to_on: date | None = None
    length_months: int = 6
    closing_on: date | None = None
    capacity: int = 1
    vetting_code: str = "none"
    reserved_post: bool = False
    payroll_party: str = Party.HOME.value
    recovery_pct: int = 100
    expenses_party: str = Party.HOST.value
    cost_note: str = ""
    version: int | None = None


def host_direction(organisation: Organisation) -> Direction:
    """The only direction an organisation can host: people come in to government, or out to civil society."""
    return Direction.INWARD if organisation.sector is Sector.GOVERNMENT else Direction.OUTWARD


def default_window(today: date) -> tuple[date, date]:
    """The start window of an offer whose host named none: three whole months, from three months ahead."""
    return first_of_month(today, 3), first_of_month(today, 6) - timedelta(days=1)


def first_of_month(day: date, months_on: int) -> date:
    """The first day of the month that is ``months_on`` months after the month of ``day``."""
    month = day.year * 12 + day.month - 1 + months_on
    return date(month // 12, month % 12 + 1, 1)


def completed(given: OfferFields, organisation: Organisation, today: date) -> OfferFields:
    """The fields with what was left empty filled from the host and the default window, and text trimmed."""
    usual_from, usual_to = default_window(today)
    start_from = given.start_from_on or min(usual_from, given.start_to_on or usual_from)
    start_to = given.start_to_on or max(usual_to, first_of_month(start_from, 3))
    values: dict[str, Any] = {
        field.name: value.strip()
        for field in fields(given)
        if isinstance(value := getattr(given, field.name), str)
    }
    values |= {
        "direction": values.get("direction") or host_direction(organisation).value,
        "region_code": values.get("region_code") or organisation.region_code,
        "profession_code": values.get("profession_code") or None,
        "start_from_on": start_from,
        "start_to_on": start_to,
    }
    return replace(given, **values)


def vetting_problem(session: Session, given: OfferFields) -> str | None:
    """Why vetting asked for today cannot meet the latest start, with the day that would work (G5); else None."""
    ready = _ready_on(session, given)
    if ready is None or given.start_to_on is None or given.start_to_on >= ready:
        return None
    return (
        f"Vetting asked for today would be done by {ready:%-d %B %Y}, after the latest start of "
        f"{given.start_to_on:%-d %B %Y}. Move the latest start to {ready:%-d %B %Y} or later."
    )


def start_warning(session: Session, given: OfferFields) -> str | None:
    """What vetting asked for today means for the start window, while the form is filled (G5); None when nothing."""
    ready = _ready_on(session, given)
    if ready is None:
        return None
    if given.start_from_on is not None and (given.start_to_on or ready) >= ready > given.start_from_on:
        return (
            f"Vetting takes time: someone without clearance could start on {ready:%-d %B %Y} at the earliest."
        )
    return vetting_problem(session, given)


def _ready_on(session: Session, given: OfferFields) -> date | None:
    if given.vetting_code == "none":
        return None
    today = clock.today()
    return reference.vetting_ready_on(session, given.vetting_code, today, on=today)


# How a field is stored where its column is not the field itself.
_STORED: dict[str, Callable[[Any], Any]] = {
    "direction": Direction,
    "kind": OfferKind,
    "remote": Remote,
    "payroll_party": Party,
    "expenses_party": Party,
    "days_per_week": lambda days: Decimal(str(days)),
}
_LISTS = ("missions", "needs", "teaches")
PLAIN_FIELDS = tuple(field.name for field in fields(OfferFields) if field.name not in (*_LISTS, "version"))


def write(offer: Offer, given: OfferFields) -> list[str]:
    """Put completed fields on an offer. Returns the names of the fields that changed."""
    before = read(offer) if offer.id is not None else None
    for name in PLAIN_FIELDS:
        setattr(offer, name, _STORED.get(name, _as_is)(getattr(given, name)))
    _write_missions(offer, given)
    _write_skills(offer, given)
    after = read(offer)
    names = (*PLAIN_FIELDS, *_LISTS)
    return [name for name in names if before is None or _comparable(before, name) != _comparable(after, name)]


def _comparable(given: OfferFields, name: str) -> Any:
    value = getattr(given, name)
    return sorted(value) if name in _LISTS else value


def _as_is(value: Any) -> Any:
    return value


def _write_missions(offer: Offer, given: OfferFields) -> None:
    stored = {row.mission_code: row for row in offer.missions}
    offer.missions = [
        _with(stored.get(code) or OfferMission(mission_code=code), weight=weight)
        for code, weight in given.missions
    ]


def _write_skills(offer: Offer, given: OfferFields) -> None:
    stored = {(row.skill_code, row.use): row for row in offer.skills}
    wanted = [
        *((code, SkillUse.NEEDED, level, essential) for code, level, essential in given.needs),
        *((code, SkillUse.TAUGHT, level, False) for code, level in given.teaches),
    ]
    offer.skills = [
        _with(
            stored.get((code, use)) or OfferSkill(skill_code=code, use=use),
            level=level,
            essential=essential,
        )
        for code, use, level, essential in wanted
    ]


def _with(row: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def read(offer: Offer) -> OfferFields:
    """The fields of a stored offer, as its form shows them."""
    plain: dict[str, Any] = {name: getattr(offer, name) for name in PLAIN_FIELDS}
    plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in plain.items()}
    return OfferFields(
        **plain | {"days_per_week": float(offer.days_per_week)},
        missions=tuple((row.mission_code, row.weight) for row in offer.missions),
        needs=tuple((s.skill_code, s.level, s.essential) for s in offer.skills if s.use is SkillUse.NEEDED),
        teaches=tuple((s.skill_code, s.level) for s in offer.skills if s.use is SkillUse.TAUGHT),
        version=offer.version,
    )
