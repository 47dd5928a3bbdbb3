"""Makers of stored records for tests. Each says only what its test is about; the rest has plain values."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from db.models.applicants import (
    Applicant,
    ApplicantMission,
    ApplicantRegion,
    ApplicantSkill,
    ContractType,
    LevelSource,
    SkillSide,
)
from db.models.offers import (
    Direction,
    Offer,
    OfferKind,
    OfferMission,
    OfferSkill,
    OfferState,
    Party,
    Remote,
    SkillUse,
)
from db.models.organisations import Organisation, Sector, Verification
from db.models.users import Membership, Role, User
from programme import clock
from programme.actors import Actor, actor_for

_numbers = count(1)


def make_organisation(session: Session, sector: str = "civil_society", **values: Any) -> Organisation:
    """A verified organisation."""
    n = next(_numbers)
    organisation = Organisation(
        **{
            "name": f"Organisation {n}",
            "sector": Sector(sector),
            "form": "charity" if sector == "civil_society" else "ministerial_department",
            "region_code": "TLC",
            "income_band": "medium" if sector == "civil_society" else None,
            "grade_key": "*" if sector == "government" else None,
            "verification": Verification.VERIFIED,
            "created_at": clock.now(),
        }
        | values
    )
    session.add(organisation)
    session.flush()
    return organisation


def make_user(session: Session, *roles: tuple[str, Organisation | None], **values: Any) -> User:
    """A user with these (role, organisation) memberships."""
    n = next(_numbers)
    user = User(
        **{"email": f"person{n}@example.org", "name": f"Person {n}", "created_at": clock.now()} | values
    )
    user.memberships = [
        Membership(role=Role(role), organisation=organisation, created_at=clock.now())
        for role, organisation in roles
    ]
    session.add(user)
    session.flush()
    return user


def make_actor(session: Session, *roles: tuple[str, Organisation | None], **values: Any) -> Actor:
    """The actor of a new user with these memberships."""
    return actor_for(make_user(session, *roles, **values))


def make_offer(session: Session, host: Organisation, **values: Any) -> Offer:
    """A published, complete offer of ``host``: outward when the host is a charity, inward when a government body."""
    n = next(_numbers)
    today = clock.today()
    offer = Offer(
        **{
            "organisation": host,
            "organisation_id": host.id,
            "direction": Direction.OUTWARD if host.sector is Sector.CIVIL_SOCIETY else Direction.INWARD,
            "kind": OfferKind.SECONDMENT,
            "state": OfferState.PUBLISHED,
            "state_since_at": clock.now(),
            "title": f"Placement {n}",
            "summary": "Help us plan a new service.",
            "tasks": "Talk to users, write the plan, try it.",
            "learning": "How a small service is run.",
            "level_min": 4,
            "level_max": 6,
            "region_code": "TLC",
            "remote": Remote.HYBRID,
            "days_per_week": Decimal(5),
            "start_from_on": today + timedelta(days=90),
            "start_to_on": today + timedelta(days=180),
            "length_months": 6,
            "payroll_party": Party.HOME,
            "recovery_pct": 100,
            "created_at": clock.now(),
            "updated_at": clock.now(),
            "published_at": clock.now(),
        }
        | values
    )
    if "posted_by_id" not in values:
        offer.posted_by_id = make_user(session, ("host", host)).id
    if "missions" not in values:
        offer.missions = [OfferMission(mission_code="NHS", weight=1.0)]
    if "skills" not in values:
        offer.skills = [
            OfferSkill(skill_code="beh:working-together", use=SkillUse.NEEDED, level=2, essential=True)
        ]
    session.add(offer)
    session.flush()
    return offer


def make_applicant(session: Session, home: Organisation, **values: Any) -> Applicant:
    """A person of ``home`` whom nothing keeps from the offers that ``make_offer`` makes on the other side."""
    user = values.pop("user", None) or make_user(session, ("applicant", home))
    manager = values.pop("line_manager", None) or make_user(session, ("line_manager", home))
    applicant = Applicant(
        **{
            "user": user,
            "organisation": home,
            "direction": Direction.OUTWARD if home.sector is Sector.GOVERNMENT else Direction.INWARD,
            "job_title": "Policy adviser",
            "grade_code": "SEO",
            "level": 5,
            "level_source": LevelSource.GRADE_TABLE,
            "summary": "I plan services with the people who use them.",
            "hopes": "To see how a charity works.",
            "days_min": Decimal(4),
            "days_max": Decimal(5),
            "available_from_on": clock.today(),
            "length_min_months": 3,
            "length_max_months": 12,
            "kinds": [kind.value for kind in OfferKind],
            "contract_type": ContractType.PERMANENT,
            "vetting_code": "bpss",
            "meets_nationality": True,
            "line_manager_id": manager.id,
            "created_at": clock.now(),
            "updated_at": clock.now(),
        }
        | values
    )
    if "missions" not in values:
        applicant.missions = [ApplicantMission(mission_code="NHS", weight=1.0)]
    if "skills" not in values:
        applicant.skills = [
            ApplicantSkill(skill_code="beh:working-together", side=SkillSide.OFFERED, level=3)
        ]
    if "regions" not in values:
        applicant.regions = [ApplicantRegion(region_code="TLC")]
    session.add(applicant)
    session.flush()
    return applicant


def in_days(days: int) -> date:
    """Today plus ``days``."""
    return clock.today() + timedelta(days=days)
