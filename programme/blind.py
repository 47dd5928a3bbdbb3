"""What a host sees of an application before and after its first assessment (D2).

Until the host organisation has saved its first assessment, nobody there sees the person's name or employer, and
the person's own name, e-mail address and employer are masked in everything they wrote. The first assessment by
anybody of the host organisation shows the name to the whole organisation, because they decide together; the reveal
is logged with who did it and when.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.models.applicants import Applicant, SkillSide
from db.models.applications import Application, Assessment
from db.models.matches import Gate, GateName, GateState, Match
from db.models.users import Role, User
from db.queries import applications as queries
from programme.actors import Actor
from programme.offer_views import SkillLine

MASK = "the applicant"
EMPLOYER_MASK = "their organisation"
# Parts of names that are also everyday words: these are masked only where they are written like a name.
EVERYDAY_WORDS = frozenset(
    [
        "art",
        "bill",
        "carol",
        "daisy",
        "dawn",
        "dean",
        "drew",
        "faith",
        "frank",
        "grace",
        "grant",
        "guy",
        "hope",
        "ivy",
        "jack",
        "jean",
        "joy",
        "june",
        "major",
        "mark",
        "may",
        "merit",
        "miles",
        "nick",
        "pat",
        "penny",
        "peter",
        "rich",
        "rob",
        "rose",
        "ruby",
        "sky",
        "stone",
        "sue",
        "summer",
        "will",
        "win",
        "bishop",
        "brook",
        "brown",
        "carter",
        "church",
        "cook",
        "day",
        "english",
        "field",
        "forest",
        "green",
        "hall",
        "hill",
        "king",
        "lane",
        "law",
        "long",
        "marsh",
        "mills",
        "moss",
        "park",
        "price",
        "rice",
        "rose",
        "short",
        "small",
        "smart",
        "taylor",
        "walker",
        "ward",
        "west",
        "white",
        "wise",
        "wood",
        "young",
    ]
)
SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """What one assessor thought, on two scales from 1 to 5 and in words."""

    assessor_id: int
    skills_score: int
    motivation_score: int
    strengths: str
    questions: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class BlindApplication:
    """An application as its host may see it: ``name`` and ``organisation`` are None until ``revealed``."""

    id: int
    ref: str
    offer_ref: str
    offer_title: str
    applicant_ref: str
    name: str | None
    revealed: bool
    job_title: str
    organisation: str | None
    level: int | None
    summary: str
    hopes: str
    statement: str
    case_skills: str
    case_plan: str
    case_kind: str
    case_home: str
    case_host: str
    case_choice: str
    skills: tuple[SkillLine, ...]
    state: str
    state_since_at: datetime
    score: float | None
    assessments: tuple[AssessmentView, ...]
    can: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words for skill codes and skill levels."""

    skills: Mapping[str, str]
    levels: Mapping[int, str]


def view(application: Application, *, revealed: bool, can: tuple[str, ...], words: Words) -> BlindApplication:
    """The application as its host may see it now; everything the person wrote is masked until ``revealed``."""
    applicant = application.applicant
    shown = str if revealed else masker(applicant)
    return BlindApplication(
        id=application.id,
        ref=application.ref,
        offer_ref=application.offer.ref,
        offer_title=application.offer.title,
        applicant_ref=applicant.ref,
        name=applicant.user.name if revealed else None,
        revealed=revealed,
        job_title=shown(applicant.job_title),
        organisation=applicant.organisation.name if revealed else None,
        level=applicant.level,
        summary=shown(applicant.summary),
        hopes=shown(applicant.hopes),
        statement=shown(application.statement),
        case_skills=shown(application.case_skills),
        case_plan=shown(application.case_plan),
        case_kind=shown(application.case_kind),
        case_home=shown(application.case_home),
        case_host=shown(application.case_host),
        case_choice=shown(application.case_choice),
        skills=_skills(applicant, words),
        state=application.state.value,
        state_since_at=application.state_since_at,
        score=application.score,
        assessments=tuple(_assessment(row) for row in application.assessments),
        can=can,
        version=application.version,
    )


def _skills(applicant: Applicant, words: Words) -> tuple[SkillLine, ...]:
    return tuple(
        SkillLine(
            code=row.skill_code,
            name=words.skills.get(row.skill_code, row.skill_code),
            level=row.level,
            level_name=words.levels.get(row.level, str(row.level)),
            essential=False,
        )
        for row in applicant.skills
        if row.side is SkillSide.OFFERED
    )


def _assessment(row: Assessment) -> AssessmentView:
    return AssessmentView(
        row.assessor_id, row.skills_score, row.motivation_score, row.strengths, row.questions, row.saved_at
    )


def name_shown(match: Match) -> bool:
    """Whether the host knows whom a match is about: it chose the person itself, or has passed its own gate."""
    return match.application_id is not None or any(
        gate.name is GateName.HOST and gate.state is GateState.PASSED for gate in match.gates
    )


def hides_name(actor: Actor, match: Match) -> bool:
    """Whether the actor hosts this match and must not know yet whom it is about, whatever else they are."""
    hosts = match.offer.organisation_id in actor.organisations(Role.HOST)
    knows = actor.user_id in (match.applicant.user_id, match.line_manager_id)
    return hosts and not knows and not name_shown(match)


def for_host(session: Session, record: object, text: str) -> str:
    """What somebody said about an application or a match, as its host may read it now: masked until it knows who."""
    match record:
        case Application():
            known = bool(queries.revealed_ids(session, application_ids=[record.id]))
            return text if known else masker(record.applicant)(text)
        case Match():
            return text if name_shown(record) else masker(record.applicant)(text)
        case Gate():
            return for_host(session, record.match, text)
        case _:
            return text


def masker(applicant: Applicant) -> Callable[[str], str]:
    """What takes the person's name, e-mail address and employer out of a text."""
    person = pattern(applicant.user)
    employer = re.compile(rf"(?i)(?<!\w){re.escape(applicant.organisation.name)}(?!\w)")
    return lambda text: mask(employer.sub(EMPLOYER_MASK, text), person)


def mask(text: str, hidden: re.Pattern[str], words: str = MASK) -> str:
    """``text`` with every trace that ``hidden`` finds replaced by ``words``, a run of them by one."""
    masked = hidden.sub(words, text)
    return re.sub(rf"{words}(?:[\s.\-_]+{words})+", words, masked)


def pattern(user: User) -> re.Pattern[str]:
    """What finds a person in free text: e-mail address, whole name, and each part of the name as a whole word.

    Case does not matter, nor do accents. A part that is also an everyday word is found only with a capital letter.
    """
    parts = [part for part in re.split(r"[\s\-.,']+", user.name) if len(part) >= SHORTEST_PART]
    spellings = {form for part in parts for form in (part, _plain(part))}
    whole = [user.email, user.email.partition("@")[0], user.name, "".join(parts), user.name.replace(" ", ".")]
    exact = sorted({re.escape(text) for text in whole if len(text) >= SHORTEST_PART}, key=len, reverse=True)
    choices = [rf"(?i:{'|'.join(exact)})"] if exact else []
    for part in sorted(spellings, key=lambda text: (-len(text), text)):
        if part.lower() in EVERYDAY_WORDS:
            choices.append(f"(?:{re.escape(part.capitalize())}|{re.escape(part.upper())})")
        else:
            choices.append(f"(?i:{re.escape(part)})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)" if choices else r"(?!)")


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
