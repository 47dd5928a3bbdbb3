"""What an applicant fills in: the fields, what is impossible, and how they are stored."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.models.applicants import (
    Applicant,
    ApplicantMission,
    ApplicantRegion,
    ApplicantSkill,
    ContractType,
    SkillSide,
)
from db.models.offers import OfferKind
from programme.vocabulary import Vocabulary, length_problem, mission_problem, skill_problem

MAX_DAYS = 5
MAX_LENGTH_MONTHS = 60


@dataclass(frozen=True, slots=True)
class ProfileFields:
    """Every field of a profile that its owner can change, as a form gives it.

    ``missions`` are (code, weight), weights adding to 1 when there are any; ``skills`` (code, level 1-4,
    evidence); ``wants`` (code, level); ``regions`` codes. ``grade_code`` is the person's own grade, or their
    role in a charity. ``balance`` runs from 0 (use what I know) to 1 (learn something new); None leaves it to
    the programme's settings. ``organisation_ref`` chooses among several home organisations. ``version`` is the row
    version the form was filled from.
    """

    job_title: str = ""
    grade_code: str = ""
    profession_code: str | None = None
    summary: str = ""
    hopes: str = ""
    missions: tuple[tuple[str, float], ...] = ()
    skills: tuple[tuple[str, int, str], ...] = ()
    wants: tuple[tuple[str, int], ...] = ()
    balance: float | None = None
    regions: tuple[str, ...] = ()
    remote_ok: bool = True
    days_min: float = 5.0
    days_max: float = 5.0
    available_from_on: date | None = None
    available_to_on: date | None = None
    length_min_months: int = 3
    length_max_months: int = 24
    kinds: tuple[str, ...] = (OfferKind.SECONDMENT.value,)
    employed_since_on: date | None = None
    contract_type: str = ContractType.PERMANENT.value
    contract_end_on: date | None = None
    vetting_code: str = "none"
    vetting_expires_on: date | None = None
    meets_nationality: bool | None = None
    last_secondment_ended_on: date | None = None
    seeking: bool = True
    line_manager_email: str = ""
    line_manager_name: str = ""
    organisation_ref: str | None = None
    version: int | None = None


def trimmed(given: ProfileFields) -> ProfileFields:
    """The fields without spaces around texts, and without an end date for a permanent contract."""
    texts: dict[str, Any] = {
        field.name: value.strip()
        for field in fields(given)
        if isinstance(value := getattr(given, field.name), str)
    }
    permanent = given.contract_type == ContractType.PERMANENT
    return replace(
        given,
        **texts
        | {
            "profession_code": given.profession_code or None,
            "contract_end_on": None if permanent else given.contract_end_on,
            "line_manager_email": given.line_manager_email.strip().lower(),
        },
    )


def problems(given: ProfileFields, known: Vocabulary, today: date) -> dict[str, str]:
    """What is impossible in trimmed fields, and how to fix it, by field; empty when nothing is."""
    found: dict[str, str | None] = {
        "job_title": _needed(given.job_title, 120, "your job title"),
        "grade_code": _needed(given.grade_code, 40, "your own grade, as your organisation calls it"),
        "missions": mission_problem(given.missions, known.missions),
        "skills": skill_problem(((code, level) for code, level, _ in given.skills), known.skills),
        "wants": skill_problem(given.wants, known.skills),
        "regions": _unknown(given.regions, known.regions, "region"),
        "kinds": _unknown(given.kinds, [kind.value for kind in OfferKind], "kind of placement"),
        "contract_type": _unknown((given.contract_type,), [kind.value for kind in ContractType], "contract"),
        "vetting_code": _unknown((given.vetting_code,), known.vetting, "vetting level"),
        "profession_code": _unknown(
            (given.profession_code,) if given.profession_code else (), known.professions, "profession"
        ),
        **_numbers(given),
        **_dates(given, today),
    }
    return {field: message for field, message in found.items() if message}


def _needed(text: str, most: int, what: str) -> str | None:
    return length_problem(text, most, f"This ({what})") if text else f"Enter {what}."


def _unknown(values: Iterable[str], known: Iterable[str], noun: str) -> str | None:
    choices = tuple(known)
    wrong = [value for value in values if value not in choices]
    return f"{', '.join(wrong)!r} is not a {noun} to choose. Choose from the list." if wrong else None


def _numbers(given: ProfileFields) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    if given.balance is not None and not 0 <= given.balance <= 1:
        found["balance"] = "Choose between using what you know and learning something new."
    for name in ("days_min", "days_max"):
        days = getattr(given, name)
        if not 0 < days <= MAX_DAYS or (days * 2) % 1:
            found[name] = "Days a week must be between 0.5 and 5, in half days."
    if not found and given.days_max < given.days_min:
        found["days_max"] = "The most days a week must be the fewest or more."
    if not 0 <= given.length_min_months <= MAX_LENGTH_MONTHS:
        found["length_min_months"] = f"The shortest length must be 0 to {MAX_LENGTH_MONTHS} months."
    if not given.length_min_months <= given.length_max_months <= MAX_LENGTH_MONTHS:
        found["length_max_months"] = (
            f"The longest length must be the shortest or more, and {MAX_LENGTH_MONTHS} months at most."
        )
    return found


def _dates(given: ProfileFields, today: date) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    start, end = given.available_from_on, given.available_to_on
    if start is None:
        found["available_from_on"] = "Enter the first day you could go."
    elif end is not None and end < start:
        found["available_to_on"] = "The last day you could go must be on or after the first."
    if given.contract_type == ContractType.FIXED_TERM and given.contract_end_on is None:
        found["contract_end_on"] = (
            "Enter the day your fixed-term contract ends: a placement cannot outlast it."
        )
    elif given.contract_end_on is not None and given.contract_end_on < today:
        found["contract_end_on"] = (
            "Your contract end must be today or later. Enter the end of the current one."
        )
    if given.employed_since_on is not None and given.employed_since_on > today:
        found["employed_since_on"] = "The day you joined your organisation must be today or earlier."
    if given.last_secondment_ended_on is not None and given.last_secondment_ended_on > today:
        found["last_secondment_ended_on"] = "Your last secondment's end must be today or earlier."
    return found


_LISTS = ("missions", "skills", "wants", "regions")
_NOT_COLUMNS = ("line_manager_email", "line_manager_name", "organisation_ref", "version")
PLAIN_FIELDS = tuple(
    field.name for field in fields(ProfileFields) if field.name not in (*_LISTS, *_NOT_COLUMNS)
)


def write(applicant: Applicant, given: ProfileFields) -> list[str]:
    """Put trimmed fields on an applicant. Returns the names of the fields that changed."""
    before = read(applicant) if applicant.id is not None else None
    for name in PLAIN_FIELDS:
        setattr(applicant, name, _stored(name, getattr(given, name)))
    _write_lists(applicant, given)
    after = read(applicant)
    names = (*PLAIN_FIELDS, *_LISTS)
    return [name for name in names if before is None or _comparable(before, name) != _comparable(after, name)]


def _stored(name: str, value: Any) -> Any:
    match name:
        case "days_min" | "days_max":
            return Decimal(str(value))
        case "contract_type":
            return ContractType(value)
        case "kinds":
            return list(value)
        case _:
            return value


def _comparable(given: ProfileFields, name: str) -> Any:
    value = getattr(given, name)
    return sorted(value) if name in (*_LISTS, "kinds") else value


def _write_lists(applicant: Applicant, given: ProfileFields) -> None:
    missions = {row.mission_code: row for row in applicant.missions}
    applicant.missions = [
        _with(missions.get(code) or ApplicantMission(mission_code=code), weight=weight)
        for code, weight in given.missions
    ]
    regions = {row.region_code: row for row in applicant.regions}
    applicant.regions = [
        regions.get(code) or ApplicantRegion(region_code=code) for code in dict.fromkeys(given.regions)
    ]
    skills = {(row.skill_code, row.side): row for row in applicant.skills}
    wanted = [
        *((code, SkillSide.OFFERED, level, evidence.strip()) for code, level, evidence in given.skills),
        *((code, SkillSide.WANTED, level, "") for code, level in given.wants),
    ]
    applicant.skills = [
        _with(
            skills.get((code, side)) or ApplicantSkill(skill_code=code, side=side),
            level=level,
            evidence=evidence,
        )
        for code, side, level, evidence in wanted
    ]


def _with(row: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def read(applicant: Applicant) -> ProfileFields:
    """The fields of a stored profile, as its form shows them, without the line manager's address."""
    plain: dict[str, Any] = {name: getattr(applicant, name) for name in PLAIN_FIELDS}
    plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in plain.items()}
    return ProfileFields(
        **plain
        | {
            "days_min": float(applicant.days_min),
            "days_max": float(applicant.days_max),
            "kinds": tuple(applicant.kinds),
        },
        missions=tuple((row.mission_code, row.weight) for row in applicant.missions),
        skills=tuple(
            (row.skill_code, row.level, row.evidence)
            for row in applicant.skills
            if row.side is SkillSide.OFFERED
        ),
        wants=tuple((row.skill_code, row.level) for row in applicant.skills if row.side is SkillSide.WANTED),
        regions=tuple(row.region_code for row in applicant.regions),
        version=applicant.version,
    )
