"""The applicants of the demonstration programme, in both directions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from db.models.applicants import (
    Applicant,
    ApplicantMission,
    ApplicantRegion,
    ApplicantSkill,
    ContractType,
    LevelReview,
    LevelSource,
    SkillSide,
)
from db.models.offers import Direction, OfferKind
from db.models.organisations import Sector
from db.models.users import Membership, Role
from programme.demonstration.cast import Body, Cast, new_user, person_name
from programme.demonstration.rows import Rows
from programme.demonstration.texts import PersonText, person_texts, toml

GOVERNMENT_PEOPLE, CHARITY_PEOPLE = 220, 180
GRADES = {1: "AA", 2: "AO", 3: "EO", 4: "HEO", 5: "SEO", 6: "G7", 7: "G6", 8: "SCS1"}
ODD_GRADES = ("Band Q2", "Pay point 31", "Specialist tier C")
REGIONS = ("TLC", "TLD", "TLE", "TLF", "TLG", "TLH", "TLI", "TLJ", "TLK", "TLL", "TLM", "TLN")
MOST_KINDS = [OfferKind.SECONDMENT.value, OfferKind.PART_TIME.value, OfferKind.SHORT_PROJECT.value]
ALL_KINDS = [kind.value for kind in OfferKind]
CENTRES = {
    "amara.osei@department.example": (0, 6, "G7", "Policy adviser, homelessness"),
    "leila.haddad@charity.example": (1, 6, "head_of", "Head of housing advice"),
}


@dataclass(slots=True)
class Person:
    """What the stories need to know of an applicant."""

    id: int
    ref: str
    user_id: int
    body: Body
    direction: Direction
    level: int | None
    missions: frozenset[str]
    manager_id: int
    title: str
    bring: str
    central: bool = False


@dataclass(frozen=True, slots=True)
class _Post:
    """The job that a person holds: where, what, and at which level by which table."""

    body: Body
    text: PersonText
    title: str
    grade: str
    level: int | None
    source: LevelSource


def add_people(
    rows: Rows, rng: Random, cast: Cast, now: datetime, role_levels: dict[tuple[str, str], int]
) -> list[Person]:
    """400 applicants: 220 civil servants and 180 charity workers, the two identities first on their side.

    ``role_levels`` is the charity table: (role, income band) to level.
    """
    seen: set[str] = set()
    people = []
    for sector, count in ((Sector.GOVERNMENT, GOVERNMENT_PEOPLE), (Sector.CIVIL_SOCIETY, CHARITY_PEOPLE)):
        texts = person_texts("government" if sector is Sector.GOVERNMENT else "charity")
        for number in range(count):
            if number == 0:
                people.append(_central(rows, rng, cast, now, sector, seen))
                continue
            post = _post(rng, cast, texts[number % len(texts)], sector, number, role_levels)
            name = person_name(rng)
            user_id = new_user(rows, cast, name, post.body, Role.APPLICANT, now - timedelta(days=700))
            people.append(_add(rows, rng, now, post, user_id, seen))
    return people


def _central(rows: Rows, rng: Random, cast: Cast, now: datetime, sector: Sector, seen: set[str]) -> Person:
    """The identity at the centre of the stories: a full profile, free, and open to most offers."""
    government = sector is Sector.GOVERNMENT
    email = "amara.osei@department.example" if government else "leila.haddad@charity.example"
    index, level, grade, title = CENTRES[email]
    text = person_texts("government" if government else "charity")[index]
    body = cast.bodies["homes" if government else "opengate"]
    source = LevelSource.GRADE_TABLE if government else LevelSource.CHARITY_TABLE
    post = _Post(body, text, title, grade, level, source)
    return _add(rows, rng, now, post, cast.identity_ids[email], seen, central=True)


def _post(
    rng: Random,
    cast: Cast,
    text: PersonText,
    sector: Sector,
    number: int,
    role_levels: dict[tuple[str, str], int],
) -> _Post:
    bodies = [body for body in cast.of(sector) if body.band != "micro"]
    fitting = [body for body in bodies if body.themes & text.themes] or bodies
    body = rng.choice(fitting)
    if sector is Sector.CIVIL_SOCIETY:
        rung = rng.randrange(len(text.roles))
        role = text.roles[rung]
        title = text.titles[min(rung, len(text.titles) - 1)]
        return _Post(body, text, title, role, role_levels[(role, body.band or "")], LevelSource.CHARITY_TABLE)
    level = rng.randint(*text.level)
    rung = (level - text.level[0]) * len(text.titles) // (text.level[1] - text.level[0] + 1)
    title = text.titles[rung]
    if number % 36 == 35:
        odd = ODD_GRADES[number // 36 % len(ODD_GRADES)]
        settled = number // 36 % 2 == 1
        return _Post(
            body, text, title, odd, level if settled else None,
            LevelSource.MANAGER if settled else LevelSource.WAITING,
        )  # fmt: skip
    return _Post(body, text, title, GRADES[level], level, LevelSource.GRADE_TABLE)


def _add(
    rows: Rows, rng: Random, now: datetime, post: _Post, user_id: int, seen: set[str], central: bool = False
) -> Person:
    body, text, today = post.body, post.text, now.date()
    direction = Direction.OUTWARD if body.sector is Sector.GOVERNMENT else Direction.INWARD
    fixed_term = not central and rng.random() < 0.08
    days_min = 1 if central else rng.choice((1, 2, 2, 3, 4, 5))
    created = now - timedelta(days=rng.randint(160, 650))
    ref = rows.ref("PER")
    vetting = "bpss" if direction is Direction.OUTWARD else "none"
    if not central:
        vetting = rng.choice(
            ("bpss", "bpss", "bpss", "sc", "ctc")
            if direction is Direction.OUTWARD
            else ("none",) * 5 + ("bpss",)
        )
    person_id = rows.add(
        Applicant,
        ref=ref,
        user_id=user_id,
        organisation_id=body.id,
        direction=direction,
        job_title=post.title,
        profession_code=text.profession,
        grade_code=post.grade,
        level=post.level,
        level_source=post.source,
        summary=_summary(rng, body, text, seen),
        hopes=f"{text.hopes} {rng.choice(toml('people')['hopes_more'])}",
        days_min=days_min,
        days_max=5 if central else max(days_min, rng.choice((3, 5, 5, 5))),
        available_from_on=today + timedelta(days=14 if central else rng.randint(-30, 100)),
        available_to_on=None
        if central or rng.random() < 0.7
        else today + timedelta(days=rng.randint(500, 900)),
        length_min_months=0 if central else rng.choice((0, 1, 3, 3, 3, 6)),
        length_max_months=24 if central else rng.choice((9, 12, 12, 18, 24)),
        kinds=ALL_KINDS if central else _kinds(rng),
        remote_ok=central or rng.random() < 0.85,
        employed_since_on=today - timedelta(days=rng.randint(200, 5000) if not central else 1600),
        contract_type=ContractType.FIXED_TERM if fixed_term else ContractType.PERMANENT,
        contract_end_on=today + timedelta(days=rng.randint(250, 900)) if fixed_term else None,
        vetting_code=vetting,
        vetting_expires_on=today + timedelta(days=rng.randint(200, 1500)) if vetting != "none" else None,
        meets_nationality=True if central else rng.choice((True, True, True, True, False, None)),
        line_manager_id=body.manager_id,
        seeking=True,
        is_demo=True,
        created_at=created,
        updated_at=created + timedelta(days=1),
    )
    missions = _add_facts(rows, rng, person_id, body, text, central)
    _review(rows, rng, now, post, person_id, body)
    bring = text.skills[0].evidence
    return Person(
        person_id, ref, user_id, body, direction, post.level, missions, body.manager_id, post.title, bring, central
    )  # fmt: skip


def _kinds(rng: Random) -> list[str]:
    kinds = list(MOST_KINDS) if rng.random() < 0.75 else rng.sample(MOST_KINDS, 2)
    return kinds + [kind for kind in ("job_share", "shadowing", "away_day") if rng.random() < 0.35]


def _summary(rng: Random, body: Body, text: PersonText, seen: set[str]) -> str:
    """What the person does, in two or three sentences; no two people say quite the same."""
    details = toml("people")[f"{text.side}_details"]
    while True:
        lead = rng.choice(text.summaries).format(
            years=rng.choice(("three", "four", "five", "six", "seven", "nine", "eleven", "fourteen")),
            cause=body.cause,
            people=body.people or "people",
            org=body.name,
        )
        first, second = rng.sample(details, 2)
        summary = lead[0].upper() + lead[1:] + f" {first} {second}"
        if summary not in seen:
            seen.add(summary)
            return summary


def _add_facts(
    rows: Rows, rng: Random, person_id: int, body: Body, text: PersonText, central: bool
) -> frozenset[str]:
    for code, weight in text.missions.items():
        rows.add(ApplicantMission, applicant_id=person_id, mission_code=code, weight=weight)
    skills = (
        text.skills if central else rng.sample(text.skills, min(len(text.skills), rng.choice((3, 4, 4, 5))))
    )
    for skill in skills:
        level = skill.level if central else max(1, min(4, skill.level + rng.choice((-1, 0, 0, 0, 1))))
        rows.add(
            ApplicantSkill, applicant_id=person_id, skill_code=skill.code, side=SkillSide.OFFERED,
            level=level, evidence=f"{skill.evidence}.",
        )  # fmt: skip
    wants = text.wants if central else rng.sample(text.wants, rng.randint(2, len(text.wants)))
    for skill in wants:
        rows.add(
            ApplicantSkill, applicant_id=person_id, skill_code=skill.code, side=SkillSide.WANTED, level=skill.level
        )  # fmt: skip
    others = [region for region in REGIONS if region != body.region]
    more = REGIONS[:9] if central else rng.sample(others, rng.choice((0, 1, 2, 2, 3, 4)))
    for region in sorted({body.region, *more}):
        rows.add(ApplicantRegion, applicant_id=person_id, region_code=region)
    return frozenset(text.missions)


def _review(rows: Rows, rng: Random, now: datetime, post: _Post, person_id: int, body: Body) -> None:
    if post.source not in (LevelSource.WAITING, LevelSource.MANAGER):
        return
    asked = now - timedelta(days=rng.randint(2, 40))
    settled = post.source is LevelSource.MANAGER
    rows.add(
        LevelReview,
        applicant_id=person_id,
        grade_code=post.grade,
        asked_at=asked,
        level=post.level,
        reason=f"{body.name} sent its grade structure; this grade sits with that level." if settled else "",
        decided_by_id=_first_manager(rows) if settled else None,
        decided_at=asked + timedelta(days=2) if settled else None,
    )


def _first_manager(rows: Rows) -> int:
    found = next(row for row in rows.waiting(Membership) if row["role"] is Role.PROGRAMME_MANAGER)
    return int(found["user_id"])
