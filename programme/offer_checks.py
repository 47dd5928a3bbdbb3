"""What a host may not ask of an offer: impossible values, each with how to put it right."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from db.models.offers import OfferKind, Party, Remote
from db.models.organisations import Organisation, Sector
from programme import clock, reference
from programme.offer_fields import OfferFields, host_direction
from programme.vocabulary import Vocabulary, length_problem, mission_problem, skill_problem

MAX_LENGTH_MONTHS = 60  # the database's own bound
MAX_DAYS = 5


def problems(
    session: Session, given: OfferFields, organisation: Organisation, known: Vocabulary
) -> dict[str, str]:
    """What is impossible in completed fields, and how to fix it, by field; empty when nothing is."""
    title_max = int(reference.rule_number(session, "offer.title_max_characters", on=clock.today()))
    found: dict[str, str | None] = {
        "title": _title(given, title_max),
        "direction": _direction(given, organisation),
        "contact_role": length_problem(given.contact_role, 160, "The contact's role"),
        "place_name": length_problem(given.place_name, 120, "The place"),
        "missions": mission_problem(given.missions, known.missions),
        "needs": skill_problem(((code, level) for code, level, _ in given.needs), known.skills),
        "teaches": skill_problem(given.teaches, known.skills),
        **_choices(given, known),
        **_numbers(given),
        **_dates(given, clock.today()),
    }
    return {field: message for field, message in found.items() if message}


def _title(given: OfferFields, most: int) -> str | None:
    if not given.title:
        return "Enter a title. You can change it later."
    return length_problem(given.title, most, "The title")


def _direction(given: OfferFields, organisation: Organisation) -> str | None:
    if given.direction == host_direction(organisation).value:
        return None
    if organisation.sector is Sector.GOVERNMENT:
        return f"{organisation.name} is a government body, so people come in to it: choose inward."
    return f"{organisation.name} is a civil society body, so civil servants go out to it: choose outward."


def _choices(given: OfferFields, known: Vocabulary) -> dict[str, str | None]:
    closed: tuple[tuple[str, type[StrEnum]], ...] = (
        ("kind", OfferKind),
        ("remote", Remote),
        ("payroll_party", Party),
        ("expenses_party", Party),
    )
    found = {name: one_of(getattr(given, name), [value.value for value in kind]) for name, kind in closed}
    found["region_code"] = one_of(given.region_code or "", known.regions)
    found["vetting_code"] = one_of(given.vetting_code, known.vetting)
    if given.profession_code:
        found["profession_code"] = one_of(given.profession_code, known.professions)
    return found


def one_of(value: str, known: Iterable[str]) -> str | None:
    """What is wrong with a value that must be one of ``known``, naming them; None when it is one."""
    return (
        None
        if value in known
        else f"{value or 'Nothing'!r} cannot be chosen. Choose from: {', '.join(known)}."
    )


def _numbers(given: OfferFields) -> dict[str, str | None]:
    days_fit = 0 < given.days_per_week <= MAX_DAYS and (given.days_per_week * 2) % 1 == 0
    checks: tuple[tuple[str, bool, str], ...] = (
        ("level_min", 1 <= given.level_min <= 10, "The lowest level must be 1 to 10."),
        ("level_max", 1 <= given.level_max <= 10, "The highest level must be 1 to 10."),
        (
            "level_max",
            given.level_max >= given.level_min,
            "The highest level must be the lowest level or above.",
        ),
        ("days_per_week", days_fit, "Days a week must be between 0.5 and 5, in half days."),
        (
            "length_months",
            0 <= given.length_months <= MAX_LENGTH_MONTHS,
            f"The length must be 0 to {MAX_LENGTH_MONTHS} months. Use 0 for less than a month.",
        ),
        ("capacity", 1 <= given.capacity <= 100, "Places must be 1 to 100."),
        ("recovery_pct", 0 <= given.recovery_pct <= 100, "The share of salary paid back must be 0% to 100%."),
    )
    return {field: message for field, fits, message in checks if not fits}


def _dates(given: OfferFields, today: date) -> dict[str, str | None]:
    start_from, start_to = given.start_from_on, given.start_to_on
    if start_from is None or start_to is None:
        return {}
    found: dict[str, str | None] = {}
    if start_to < start_from:
        found["start_to_on"] = "Latest start must be on or after the earliest start."
    elif start_to < today:
        found["start_to_on"] = "Latest start must be today or later."
    if given.closing_on is not None and given.closing_on < today:
        found["closing_on"] = "The closing date must be today or later."
    elif given.closing_on is not None and given.closing_on > start_to:
        found["closing_on"] = "The closing date must be on or before the latest start."
    return found
