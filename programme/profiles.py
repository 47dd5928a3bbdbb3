"""Profiles: what a person offers, wants to learn, cares for, and when and where they can go."""

from dataclasses import replace

from sqlalchemy.orm import Session

from db.models.applicants import Applicant, LevelSource, SkillSide
from db.models.offers import Direction
from db.models.organisations import Organisation, Sector
from db.models.users import Role, User
from db.queries import applicants as queries
from db.queries import organisations as organisation_queries
from db.queries import users
from programme import audit, clock, levels, match_opening, people, permissions, profile_fields, vocabulary
from programme.actors import Actor
from programme.errors import AlreadyDecided, Invalid, NotAllowed
from programme.parties import Parties
from programme.permissions import Permission
from programme.profile_fields import ProfileFields as ProfileFields
from programme.store import STALE


def own(session: Session, actor: Actor) -> Applicant | None:
    """The actor's own profile, with the line manager loaded; None when there is none yet."""
    applicant = queries.by_user(session, user_id=actor.user_id) if actor.user_id else None
    if applicant is not None:
        _ = applicant.line_manager  # loaded now, for pages that read it after the session has closed
    return applicant


def fields_of(session: Session, actor: Actor) -> ProfileFields:
    """The actor's profile as its form shows it; an empty form when there is none yet."""
    applicant = own(session, actor)
    if applicant is None:
        return ProfileFields(available_from_on=clock.today())
    manager = applicant.line_manager
    return replace(
        profile_fields.read(applicant),
        organisation_ref=applicant.organisation.ref,
        line_manager_email=manager.email if manager else "",
        line_manager_name=manager.name if manager else "",
    )


def save(session: Session, actor: Actor, fields: ProfileFields) -> Applicant:
    """Store the actor's profile. The home organisation's sector decides the direction, its tables the level.

    A grade that no table knows waits for a programme manager. A line manager who is new is invited. Raises
    Invalid field by field, NotAllowed for someone without an applicant's role, AlreadyDecided when the
    profile was saved elsewhere since the form was filled.
    """
    if actor.user_id is None:
        raise NotAllowed("Sign in to fill in your profile.")
    permissions.require(actor, Permission.PROFILE_WRITE, Parties(owner_id=actor.user_id))
    applicant = queries.by_user(session, user_id=actor.user_id)
    if applicant is not None and fields.version is not None and fields.version != applicant.version:
        raise AlreadyDecided(STALE)
    home = _home(session, actor, applicant, fields)
    fields = _checked(session, actor, fields)
    manager = _line_manager(session, actor, home, fields)
    new = applicant is None
    if applicant is None:
        applicant = Applicant(user_id=actor.user_id, is_demo=actor.is_demo, created_at=clock.now())
    grade_before = None if new else (applicant.organisation_id, applicant.grade_code)
    manager_before = applicant.line_manager_id
    changed = profile_fields.write(applicant, fields)
    _attach(applicant, home, manager)
    if new:
        applicant.level_source = LevelSource.WAITING
        applicant.updated_at = clock.now()
        session.add(applicant)
        session.flush()
    if manager_before != applicant.line_manager_id:
        changed.append("line_manager")
    levels.resolve(session, applicant, grade_changed=grade_before != (home.id, applicant.grade_code))
    if changed:
        applicant.updated_at = clock.now()
        action = "profile:create" if new else "profile:change"
        audit.record(session, actor, action, "applicant", applicant, detail={"changed": changed})
        match_opening.review_gates(session, applicant)
    session.flush()
    session.refresh(applicant, ["user", "line_manager"])
    return applicant


def _attach(applicant: Applicant, home: Organisation, manager: User | None) -> None:
    applicant.organisation = home
    applicant.organisation_id = home.id
    applicant.direction = Direction.OUTWARD if home.sector is Sector.GOVERNMENT else Direction.INWARD
    applicant.line_manager_id = manager.id if manager else None


def _home(session: Session, actor: Actor, applicant: Applicant | None, fields: ProfileFields) -> Organisation:
    """The home organisation: the one asked for, the present one, or the only one the actor belongs to."""
    homes = organisation_queries.by_ids(session, ids=actor.organisations(Role.APPLICANT))
    if fields.organisation_ref:
        homes = [home for home in homes if home.ref == fields.organisation_ref]
    elif applicant is not None:
        homes = [home for home in homes if home.id == applicant.organisation_id]
    if len(homes) != 1:
        raise Invalid("Choose the organisation that employs you.", field="organisation_ref")
    return homes[0]


def _checked(session: Session, actor: Actor, fields: ProfileFields) -> ProfileFields:
    fields = profile_fields.trimmed(fields)
    found = profile_fields.problems(fields, vocabulary.today(session), clock.today())
    if fields.line_manager_email and fields.line_manager_email == actor.email.lower():
        found["line_manager_email"] = "You cannot be your own line manager. Enter your manager's address."
    if found:
        raise Invalid.from_fields(found)
    return fields


def _line_manager(session: Session, actor: Actor, home: Organisation, fields: ProfileFields) -> User | None:
    """The line manager by e-mail address: known, or invited now; None when no address is given."""
    if not fields.line_manager_email:
        return None
    known = users.by_email(session, email=fields.line_manager_email)
    name = fields.line_manager_name or fields.line_manager_email.partition("@")[0]
    try:
        return people.member(
            session,
            actor,
            email=fields.line_manager_email,
            name=known.name if known else name,
            organisation=home,
            role=Role.LINE_MANAGER,
        )
    except Invalid as invalid:
        raise Invalid(invalid.message, field="line_manager_email") from invalid


def completeness(applicant: Applicant) -> tuple[float, tuple[str, ...]]:
    """How complete a profile is for matching, from 0 to 1, and what would make it better, in words."""
    checks = (
        ("your level, once your grade is settled", applicant.level is not None),
        ("a summary of what you do", bool(applicant.summary)),
        ("what you hope to learn", bool(applicant.hopes)),
        ("at least one mission", bool(applicant.missions)),
        ("skills you offer", any(row.side is SkillSide.OFFERED for row in applicant.skills)),
        ("skills you want to learn", any(row.side is SkillSide.WANTED for row in applicant.skills)),
        ("where you could work", bool(applicant.regions) or applicant.remote_ok),
        ("your line manager", applicant.line_manager_id is not None),
    )
    missing = tuple(words for words, done in checks if not done)
    return 1 - len(missing) / len(checks), missing
