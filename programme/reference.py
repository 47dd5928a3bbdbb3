"""Look up the reference data: rules, levels, vetting, identifiers, skills, reasons and lists.

Every answer is for one day (``on``; today when left out), so that a decision of last year is still judged
by last year's rule. An unknown code gives ``None`` or a refusal in plain words, never a guess (G1).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from sqlalchemy.orm import Session

from db.models.rules import VettingLevel
from db.queries import reference as queries
from matching.level_tables import find_grade, find_role, find_rung
from programme import clock
from programme.errors import Invalid
from programme.reference_load import load_reference as load_reference


@dataclass(frozen=True, slots=True)
class MissionFound:
    """A mission as people choose it."""

    code: str
    name: str
    short_name: str
    lead_departments: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LevelFound:
    """A level (1 to 10), where it comes from, and whether that was checked at its source."""

    level: int
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LevelWords:
    """What one level is called in each sector."""

    number: int
    grade: str
    grade_name: str
    nhs: str
    local_government: str
    charity: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A code and the words people read: a profession, a charity role, a band, a register, a reason."""

    code: str
    words: str
    note: str = ""
    needs_text: bool = False


@dataclass(frozen=True, slots=True)
class RegionFound:
    """A region with its middle in degrees; ``REMOTE`` has none."""

    code: str
    name: str
    country: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class SkillFound:
    """A skill of the vocabulary. ``scheme`` is gdad, esco or behaviour; ``theme`` groups skills to browse."""

    code: str
    name: str
    description: str
    scheme: str
    kind: str
    theme: str


@dataclass(frozen=True, slots=True)
class QuestionFound:
    """A survey question as its respondent reads it."""

    code: str
    words: str
    kind: str
    options: tuple[str, ...]
    level: str


def _day(on: date | None) -> date:
    return on or clock.today()


def current_missions(session: Session, *, on: date | None = None) -> tuple[MissionFound, ...]:
    """The missions of a day in reading order (M1: they are rows, so adding one needs no code change)."""
    return tuple(
        MissionFound(
            row.code, row.name, row.short_name, tuple(row.lead_departments.split(";")), row.confirmed
        )
        for row in queries.missions(session, on=_day(on))
    )


def rule_number(session: Session, key: str, *, on: date | None = None) -> float:
    """The number of a rule on a day, in the unit its row states.

    Raises:
        LookupError: no such rule holds on that day, or it is a text.
    """
    row = queries.rule(session, key=key, on=_day(on))
    if row is None or row.value_number is None:
        raise LookupError(f"No rule with a number is called {key} on {_day(on)}.")
    return row.value_number


def rule_text(session: Session, key: str, *, on: date | None = None) -> str:
    """The text of a rule on a day.

    Raises:
        LookupError: no such rule holds on that day, or it is a number.
    """
    row = queries.rule(session, key=key, on=_day(on))
    if row is None or row.value_text is None:
        raise LookupError(f"No rule with a text is called {key} on {_day(on)}.")
    return row.value_text


def rule_days(session: Session, key: str, *, on: date | None = None) -> tuple[int, ...]:
    """The whole numbers of a rule on a day, whether it states one or a list such as "90,60,30".

    Raises:
        LookupError: no such rule holds on that day.
    """
    row = queries.rule(session, key=key, on=_day(on))
    if row is None:
        raise LookupError(f"No rule is called {key} on {_day(on)}.")
    if row.value_number is not None:
        return (int(row.value_number),)
    return tuple(int(days) for days in (row.value_text or "").split(","))


def rule_numbers(session: Session, prefix: str, *, on: date | None = None) -> dict[str, float]:
    """Every numeric rule of a day whose key starts with ``prefix``, in one query (the scorer's weights)."""
    rows = queries.rules(session, prefix=prefix, on=_day(on))
    return {row.key: row.value_number for row in rows if row.value_number is not None}


def level_for_grade(
    session: Session, organisation_key: str | None, code: str, *, on: date | None = None
) -> LevelFound | None:
    """The level of a native grade: the organisation's own alias first, then the standard grades.

    A code that neither knows gives ``None``, for a person to decide (G1). Case and spaces do not matter.
    """
    row = find_grade(queries.grade_aliases(session, on=_day(on)), organisation_key, code)
    return LevelFound(row.level, row.source, row.confirmed) if row else None


def levels(session: Session, *, on: date | None = None) -> tuple[LevelWords, ...]:
    """The ten levels with their names in each sector."""
    return tuple(
        LevelWords(row.number, row.grade, row.grade_name, row.nhs, row.local_government, row.charity)
        for row in queries.levels(session, on=_day(on))
    )


def level_for_charity_role(
    session: Session, role: str, income_band: str, *, on: date | None = None
) -> LevelFound | None:
    """The level of a charity role in a charity of that income band (our proposal); unknown gives ``None``."""
    row = find_role(queries.charity_roles(session, on=_day(on)), role, income_band)
    return LevelFound(row.level, row.source, row.confirmed) if row else None


def charity_roles(session: Session, *, on: date | None = None) -> tuple[Choice, ...]:
    """The charity roles of the matrix, junior first."""
    names = {row.role: row.role_name for row in queries.charity_roles(session, on=_day(on))}
    return tuple(Choice(code, words) for code, words in names.items())


def income_bands(session: Session, *, on: date | None = None) -> tuple[Choice, ...]:
    """The NCVO income bands, smallest first."""
    return tuple(Choice(row.code, row.name) for row in queries.income_bands(session, on=_day(on)))


def income_band_for(session: Session, pounds: float, *, on: date | None = None) -> str:
    """The band of a yearly income in pounds; a band starts at its lower bound (inclusive).

    Raises:
        Invalid: the income is below zero.
    """
    fitting = [row.code for row in queries.income_bands(session, on=_day(on)) if row.lower_pounds <= pounds]
    if not fitting:
        raise Invalid("Enter a yearly income of £0 or more.", field="income")
    return fitting[-1]


def title_level(session: Session, title: str, *, on: date | None = None) -> int | None:
    """The level that a job title speaks for (our proposal), for importing offers."""
    rung = find_rung(queries.title_rungs(session, on=_day(on)), title)
    return rung.level if rung else None


def registers(session: Session, *, on: date | None = None) -> tuple[Choice, ...]:
    """The registers whose numbers are accepted, with an example of each as the note."""
    rows = queries.identifier_formats(session, on=_day(on))
    return tuple(Choice(row.scheme, row.name, row.example) for row in rows if row.accepted)


def check_identifier(session: Session, scheme: str, number: str, *, on: date | None = None) -> str:
    """The number in the form we keep: upper case, no spaces, with the register's own zeros or prefix.

    Raises:
        Invalid: the form is wrong (the message shows one that is right) or the register is not accepted.
    """
    row = queries.identifier_format(session, scheme=scheme, on=_day(on))
    if row is None:
        raise Invalid("Choose the register that the organisation is on.", field="register_scheme")
    if not row.accepted:
        raise Invalid(f"{row.note}.", field="register_number")
    kept = _NORMALISE[row.normalise](re.sub(r"\s+", "", number).upper().replace("–", "-"))
    if not re.fullmatch(row.pattern, kept, re.ASCII):
        raise Invalid(
            f"Enter a {row.name} number such as {row.example} ({row.note}).", field="register_number"
        )
    return kept


def org_id(session: Session, scheme: str, number: str, *, on: date | None = None) -> str:
    """The org-id.guide form of a number, such as GB-CHC-1173575, that joins to published grant data."""
    kept = check_identifier(session, scheme, number, on=on)
    row = queries.identifier_format(session, scheme=scheme, on=_day(on))
    return f"{row.org_id_prefix if row else ''}-{kept.removeprefix('NIC')}"


def _add_nic(number: str) -> str:
    return f"NIC{number}" if number.isdigit() else number


def _pad_zeros(number: str) -> str:
    letters = number[:2] if number[:2].isalpha() else ""
    digits = number[len(letters) :]
    return letters + digits.zfill(8 - len(letters)) if digits.isdigit() else number


_NORMALISE: dict[str, Callable[[str], str]] = {"as_typed": str, "add_nic": _add_nic, "pad_zeros": _pad_zeros}


def vetting_levels(session: Session, *, on: date | None = None) -> tuple[Choice, ...]:
    """The vetting levels, lightest first."""
    return tuple(Choice(row.code, row.name, row.note) for row in queries.vetting_levels(session, on=_day(on)))


def vetting_rank(session: Session, code: str, *, on: date | None = None) -> int:
    """How heavy a vetting level is: 0 for none to 4 for developed vetting; an unknown code is refused."""
    return _vetting(session, code, _day(on)).rank


def vetting_ready_on(
    session: Session, vetting_code: str, posted_on: date, *, on: date | None = None, country: str = "ENG"
) -> date:
    """The first day by which vetting asked for on ``posted_on`` can be counted on (G5).

    Counts the level's working days and its float after ``posted_on``, without weekends and the bank
    holidays of ``country`` (ENG, WLS, SCT or NIR).
    """
    row = _vetting(session, vetting_code, _day(on))
    return add_working_days(posted_on, row.working_days + row.float_days, country=country)


def _vetting(session: Session, code: str, on: date) -> VettingLevel:
    row = queries.vetting_level(session, code=code, on=on)
    if row is None:
        raise Invalid("Choose a vetting level from the list.", field="vetting_code")
    return row


def add_working_days(start: date, days: int, *, country: str = "ENG") -> date:
    """The day that is ``days`` working days after ``start`` (``start`` itself for none)."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in _bank_holidays(country, day.year)
    return day


@cache
def _bank_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=country, years=year))


def skills(session: Session, *, on: date | None = None) -> tuple[SkillFound, ...]:
    """The vocabulary that both sectors share, by name (G4), without campaigning or lobbying (C8)."""
    return tuple(
        SkillFound(row.code, row.name, row.description or "", row.scheme.value, row.kind, row.theme)
        for row in queries.skills(session, on=_day(on))
    )


def skill_names(session: Session, *, on: date | None = None) -> dict[str, str]:
    """Skill names by code."""
    return {row.code: row.name for row in queries.skills(session, on=_day(on))}


def skill_meanings(session: Session, code: str, *, on: date | None = None) -> dict[int, str]:
    """What each level (1 to 4) of a skill means, where the framework says so."""
    return {row.level: row.meaning for row in queries.skill_levels(session, code=code, on=_day(on))}


def reason_codes(session: Session, kind: str, *, on: date | None = None) -> tuple[Choice, ...]:
    """The reasons of one kind (decline, early_end, withdraw, return) to choose from."""
    rows = queries.reason_codes(session, kind=kind, on=_day(on))
    return tuple(Choice(row.code, row.words, needs_text=row.needs_text) for row in rows)


def regions(session: Session, *, on: date | None = None) -> tuple[RegionFound, ...]:
    """The twelve ITL1 regions and ``REMOTE``."""
    return tuple(
        RegionFound(row.code, row.name, row.country, row.latitude, row.longitude)
        for row in queries.regions(session, on=_day(on))
    )


def professions(session: Session, *, on: date | None = None) -> tuple[Choice, ...]:
    """The government professions by name."""
    return tuple(Choice(row.code, row.name) for row in queries.professions(session, on=_day(on)))


def survey_questions(
    session: Session, wave: str, respondent: str, *, on: date | None = None
) -> tuple[QuestionFound, ...]:
    """What one respondent (secondee, host, home) is asked in one wave (t0 to t4), in order."""
    return tuple(
        QuestionFound(row.code, row.words, row.kind, _list(row.options), row.level)
        for row in queries.survey_questions(session, respondent=respondent, on=_day(on))
        if wave in _list(row.waves)
    )


def cause_missions(session: Session, *, on: date | None = None) -> dict[str, Sequence[str]]:
    """Mission codes by cause tag (our proposal); a tag that must not be scored is left out (C8)."""
    scored = {row.code for row in queries.cause_tags(session, on=_day(on)) if row.scored}
    found: dict[str, list[str]] = {}
    for row in queries.cause_missions(session, on=_day(on)):
        if row.cause_code in scored:
            found.setdefault(row.cause_code, []).append(row.mission_code)
    return {code: tuple(missions) for code, missions in found.items()}


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
