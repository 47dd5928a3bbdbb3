"""The rows of generated people and offers, chunk by chunk, drawn from the hand-written jobs and offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import REF_ALPHABET, Base
from db.models.applicants import Applicant, ApplicantMission, ApplicantRegion, ApplicantSkill, SkillSide
from db.models.levels import CharityRole
from db.models.offers import Offer, OfferKind, OfferMission, OfferSkill, SkillUse
from db.models.users import Membership, Role, User
from programme.demonstration.offers import DAYS
from programme.demonstration.people import ALL_KINDS, GRADES, MOST_KINDS, REGIONS
from programme.demonstration.rows import last_id, table_of
from programme.demonstration.texts import OfferText, PersonText, offer_texts, person_texts, pool, toml

CHUNK = 5_000
REF_LENGTH = 7  # one more than the references of real records, so that the two never meet
REF_STEP = 7_919_000_023  # odd and not a multiple of 7: it walks through every reference once

Rows = dict[type[Base], list[dict[str, Any]]]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much to generate; ``bodies`` is the number of organisations of each sector."""

    applicants: int
    offers: int
    bodies: int


@dataclass(slots=True)
class Facts:
    """The generated organisations as parallel lists: government first, then civil society."""

    bodies: list[int]
    regions: list[str]
    places: list[str]
    bands: list[str | None]
    hosts: list[int]
    managers: list[int]

    def add(self, body: int, region: str, place: str, band: str | None, host: int, manager: int) -> None:
        """One more organisation."""
        self.bodies.append(body)
        self.regions.append(region)
        self.places.append(place)
        self.bands.append(band)
        self.hosts.append(host)
        self.managers.append(manager)


def public_ref(prefix: str, row_id: int) -> str:
    """A reference that no other id has."""
    number = (row_id * REF_STEP) % len(REF_ALPHABET) ** REF_LENGTH
    letters = []
    for _ in range(REF_LENGTH):
        number, place = divmod(number, len(REF_ALPHABET))
        letters.append(REF_ALPHABET[place])
    return f"{prefix}-{''.join(letters)}"


def user_row(user_id: int, name: str, now: datetime) -> dict[str, Any]:
    """An invented person who can only sign in by the buttons of a demonstration."""
    return {
        "id": user_id, "email": f"person{user_id}@generated.example", "name": name, "password_hash": None,
        "is_active": True, "is_demo": True, "failed_sign_ins": 0, "locked_until_at": None, "created_at": now,
    }  # fmt: skip


def applicant_rows(
    session: Session, rng: np.random.Generator, sizes: Sizes, facts: Facts, now: datetime
) -> Iterator[tuple[int, Rows]]:
    """People in chunks, with how many each chunk holds. Half come from each side."""
    first: dict[type[Base], int] = {
        model: last_id(session, table_of(model)) + 1 for model in (User, Membership, Applicant)
    }
    levels = {
        (role, band): level
        for role, band, level in session.execute(
            select(CharityRole.role, CharityRole.income_band, CharityRole.level)
        )
    }
    for start in range(0, sizes.applicants, CHUNK):
        count = min(CHUNK, sizes.applicants - start)
        rows: Rows = {
            model: []
            for model in (User, Membership, Applicant, ApplicantMission, ApplicantSkill, ApplicantRegion)
        }
        draws = rng.integers(0, 1_000_000, size=(count, 16))
        for offset in range(count):
            index = start + offset
            _person(rows, draws[offset], index, first, facts, sizes, levels, now)
        yield count, rows


def _person(
    rows: Rows, draw: Ints, index: int, first: dict[type[Base], int], facts: Facts, sizes: Sizes,
    levels: dict[tuple[str, str], int], now: datetime,
) -> None:  # fmt: skip
    d = [int(value) for value in draw]
    government = index % 2 == 0
    body = d[0] % sizes.bodies + (0 if government else sizes.bodies)
    texts = person_texts("government" if government else "charity")
    text = texts[d[1] % len(texts)]
    user_id, person_id = first[User] + index, first[Applicant] + index
    grade, level = _grade(text, d, facts.bands[body], levels)
    rows[User].append(user_row(user_id, f"{_name(d)} {index}", now))
    rows[Membership].append(
        {"id": first[Membership] + index, "user_id": user_id, "organisation_id": facts.bodies[body],
         "role": Role.APPLICANT, "created_at": now}
    )  # fmt: skip
    rows[Applicant].append(_applicant(text, d, person_id, user_id, body, facts, grade, level, now))
    _person_facts(rows, text, d, person_id, facts.regions[body])


def _grade(
    text: PersonText, d: list[int], band: str | None, levels: dict[tuple[str, str], int]
) -> tuple[str, int]:
    if text.roles:
        role = text.roles[d[2] % len(text.roles)]
        return role, levels[(role, band or "medium")]
    low, high = text.level
    level = low + d[2] % (high - low + 1)
    return GRADES[level], level


def _name(d: list[int]) -> str:
    names = toml("names")["pool"]
    chosen = names[d[3] % len(names)]
    return f"{chosen['given'][d[4] % len(chosen['given'])]} {chosen['family'][d[5] % len(chosen['family'])]}"


def _applicant(
    text: PersonText, d: list[int], person_id: int, user_id: int, body: int, facts: Facts, grade: str,
    level: int, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    today = now.date()
    fixed_term = d[6] % 12 == 0
    days_min = 1 + d[7] % 5
    details = toml("people")[f"{text.side}_details"]
    hopes = toml("people")["hopes_more"]
    lead = text.summaries[d[8] % len(text.summaries)].format(
        years=2 + d[9] % 20, cause="this work", people="people in need", org="my organisation"
    )
    return {
        "id": person_id, "version": 1, "ref": public_ref("PER", person_id), "user_id": user_id,
        "organisation_id": facts.bodies[body], "direction": "outward" if text.side == "government" else "inward",
        "job_title": text.titles[d[10] % len(text.titles)], "profession_code": text.profession, "grade_code": grade,
        "level": level, "level_source": "charity_table" if text.roles else "grade_table",
        "summary": f"{lead} {details[d[11] % len(details)]}",
        "hopes": f"{text.hopes} {hopes[d[12] % len(hopes)]}",
        "days_min": days_min, "days_max": max(days_min, 3 + d[8] % 3),
        "available_from_on": today + timedelta(days=d[9] % 150 - 30), "available_to_on": None,
        "length_min_months": (0, 1, 3, 3, 6)[d[10] % 5], "length_max_months": (9, 12, 12, 18, 24)[d[11] % 5],
        "kinds": ALL_KINDS if d[12] % 3 == 0 else MOST_KINDS, "remote_ok": d[13] % 6 != 0,
        "employed_since_on": today - timedelta(days=100 + d[14] % 6000),
        "contract_type": "fixed_term" if fixed_term else "permanent",
        "contract_end_on": today + timedelta(days=200 + d[13] % 900) if fixed_term else None,
        "vetting_code": ("none", "bpss", "bpss", "bpss", "ctc", "sc")[d[15] % 6] if not text.roles else "none",
        "vetting_expires_on": None, "meets_nationality": (True, True, True, False, None)[d[14] % 5],
        "last_secondment_ended_on": None, "line_manager_id": facts.managers[body], "seeking": True, "is_demo": True,
        "created_at": now, "updated_at": now,
    }  # fmt: skip


def _person_facts(rows: Rows, text: PersonText, d: list[int], person_id: int, region: str) -> None:
    for code, weight in text.missions.items():
        rows[ApplicantMission].append({"applicant_id": person_id, "mission_code": code, "weight": weight})
    skip = d[6] % (len(text.skills) + 1)  # one of the job's skills is missing for most people
    for place, skill in enumerate(text.skills):
        if place == skip:
            continue
        level = min(4, max(1, skill.level + (d[7 + place] % 3) - 1))
        rows[ApplicantSkill].append(_skill(person_id, skill.code, SkillSide.OFFERED, level, skill.evidence))
    for skill in text.wants[: 2 + d[5] % 2]:
        rows[ApplicantSkill].append(_skill(person_id, skill.code, SkillSide.WANTED, skill.level, ""))
    for code in {region, *(REGIONS[(d[13] + step * 5) % len(REGIONS)] for step in range(d[14] % 4))}:
        rows[ApplicantRegion].append({"applicant_id": person_id, "region_code": code})


def _skill(person_id: int, code: str, side: SkillSide, level: int, evidence: str) -> dict[str, Any]:
    return {"applicant_id": person_id, "skill_code": code, "side": side, "level": level, "evidence": evidence}


def offer_rows(
    session: Session, rng: np.random.Generator, sizes: Sizes, facts: Facts, now: datetime
) -> Iterator[tuple[int, Rows]]:
    """Published offers in chunks, with how many each chunk holds. Half go in each direction."""
    first = last_id(session, table_of(Offer)) + 1
    for start in range(0, sizes.offers, CHUNK):
        count = min(CHUNK, sizes.offers - start)
        rows: Rows = {Offer: [], OfferMission: [], OfferSkill: []}
        draws = rng.integers(0, 1_000_000, size=(count, 16))
        for offset in range(count):
            index = start + offset
            direction = "outward" if index % 2 == 0 else "inward"
            texts = offer_texts(direction)
            d = [int(value) for value in draws[offset]]
            body = d[0] % sizes.bodies + (sizes.bodies if direction == "outward" else 0)
            _offer(rows, texts[d[1] % len(texts)], d, first + index, body, facts, now)
        yield count, rows


def _offer(
    rows: Rows, text: OfferText, d: list[int], offer_id: int, body: int, facts: Facts, now: datetime
) -> None:
    rows[Offer].append(_offer_row(text, d, offer_id, body, facts, now))
    for code, weight in text.missions.items():
        rows[OfferMission].append({"offer_id": offer_id, "mission_code": code, "weight": weight})
    for use, skills in ((SkillUse.NEEDED, text.needs), (SkillUse.TAUGHT, text.teaches)):
        for place, skill in enumerate(skills):
            level = min(4, max(1, skill.level + (d[6 + place] % 5 == 0) - (d[6 + place] % 7 == 0)))
            rows[OfferSkill].append(
                {"offer_id": offer_id, "skill_code": skill.code, "use": use, "level": level,
                 "essential": skill.essential}
            )  # fmt: skip


def _offer_row(
    text: OfferText, d: list[int], offer_id: int, body: int, facts: Facts, now: datetime
) -> dict[str, Any]:
    place = facts.places[body]
    slots = {"place": place, "org": "our organisation", "people": "the people we serve", "cause": "our cause"}
    start: date = now.date() + timedelta(days=75 + d[2] % 120)
    which, tails = d[3] % len(text.titles), pool("tails")
    published = now - timedelta(days=1 + d[4] % 120)
    days = DAYS[OfferKind(text.kind)]
    return {
        "id": offer_id, "version": 1, "ref": public_ref("OFR", offer_id), "organisation_id": facts.bodies[body],
        "posted_by_id": facts.hosts[body], "direction": text.direction, "kind": text.kind, "state": "published",
        "state_since_at": published, "title": f"{text.titles[which].format(**slots)[:80]}, {offer_id}",
        "summary": f"{text.summaries[which].format(**slots)} {tails[d[5] % len(tails)].format(**slots)}",
        "tasks": "\n".join(f"- {task}" for task in text.tasks), "learning": text.learning,
        "about_team": f"A small team in {place}.", "contact_role": "Programme manager",
        "profession_code": text.profession, "level_min": text.level[0], "level_max": text.level[1],
        "stretch_ok": d[6] % 5 < 2, "region_code": facts.regions[body], "place_name": place,
        "remote": ("on_site", "hybrid", "hybrid", "remote")[d[7] % 4], "days_per_week": days[d[8] % len(days)],
        "start_from_on": start, "start_to_on": start + timedelta(days=28 + d[9] % 60),
        "length_months": text.months[0] + d[10] % (text.months[1] - text.months[0] + 1), "closing_on": None,
        "capacity": 1 + (d[11] % 6 == 0), "places_taken": 0, "vetting_code": text.vetting, "reserved_post": False,
        "payroll_party": "home", "recovery_pct": (100, 100, 50, 0)[d[12] % 4] if text.direction == "outward" else 100,
        "expenses_party": "host", "cost_note": "", "swap_with_id": None, "imported_from": "", "is_demo": True,
        "created_at": published, "updated_at": published, "published_at": published,
    }  # fmt: skip
