"""Levels: where a person's level comes from, and settling a grade that no table knows (G1: never a guess)."""

from sqlalchemy.orm import Session

from db.models.applicants import Applicant, LevelReview, LevelSource
from db.models.organisations import Organisation, Sector
from db.queries import applicants as queries
from programme import audit, clock, notifications, permissions, reference
from programme.actors import Actor
from programme.errors import AlreadyDecided, Invalid, NotFound
from programme.permissions import Permission

LEVELS = range(1, 11)


def translate(session: Session, organisation_key: str | None, code: str) -> int | None:
    """The level of a government body's grade code today; None when its table and the standard one lack it."""
    found = reference.level_for_grade(session, organisation_key, code, on=clock.today())
    return found.level if found else None


def level_of(session: Session, organisation: Organisation, code: str) -> tuple[int | None, LevelSource]:
    """The level of a grade code (government) or role (civil society) here, and where it comes from."""
    if organisation.sector is Sector.GOVERNMENT:
        level = translate(session, organisation.grade_key, code)
        return level, LevelSource.GRADE_TABLE if level else LevelSource.WAITING
    found = reference.level_for_charity_role(session, code, organisation.income_band or "", on=clock.today())
    return (found.level, LevelSource.CHARITY_TABLE) if found else (None, LevelSource.WAITING)


def resolve(session: Session, applicant: Applicant, *, grade_changed: bool) -> None:
    """Set the level of a stored applicant from the tables, or let it wait for a programme manager.

    A level that a programme manager settled for this very grade stands. Nothing waits twice.
    """
    level, source = level_of(session, applicant.organisation, applicant.grade_code)
    review = queries.open_review(session, applicant_id=applicant.id)
    if level is None and not grade_changed and applicant.level_source is LevelSource.MANAGER:
        return
    applicant.level, applicant.level_source = level, source
    if level is not None:
        if review is not None:
            review.decided_at = clock.now()
            review.reason = f"The grade changed to {applicant.grade_code}, which the tables know."
        return
    if review is None:
        session.add(
            LevelReview(
                applicant_id=applicant.id,
                applicant=applicant,
                grade_code=applicant.grade_code,
                asked_at=clock.now(),
            )
        )
    else:
        review.grade_code = applicant.grade_code
    session.flush()


def waiting(session: Session, actor: Actor) -> list[LevelReview]:
    """The grades that wait and that the actor may settle, longest waiting first. For programme managers."""
    permissions.require(actor, Permission.LEVEL_DECIDE)
    return [
        review
        for review in queries.open_reviews(session)
        if permissions.may(actor, Permission.LEVEL_DECIDE, review)
    ]


def settle(session: Session, actor: Actor, review_id: int, *, level: int, reason: str) -> LevelReview:
    """Give the person of this review a level from 1 to 10, with a reason they will read.

    Raises NotFound, NotAllowed for a party, AlreadyDecided, Invalid on ``level`` or ``reason``.
    """
    review = session.get(LevelReview, review_id)
    if review is None:
        raise NotFound("There is no such grade to settle.")
    permissions.require(actor, Permission.LEVEL_DECIDE, review)
    if review.decided_at is not None:
        raise AlreadyDecided("This grade has been settled already. Nothing was changed.")
    reason = reason.strip()
    least = int(reference.rule_number(session, "decision.reason_min_characters"))
    problems = {}
    if level not in LEVELS:
        problems["level"] = "Choose a level from 1 to 10."
    if len(reason) < least:
        problems["reason"] = f"Say why, in at least {least} characters. The person will read it."
    if problems:
        raise Invalid.from_fields(problems)
    review.level, review.reason = level, reason
    review.decided_by_id, review.decided_at = actor.user_id, clock.now()
    applicant = review.applicant
    applicant.level, applicant.level_source = level, LevelSource.MANAGER
    applicant.updated_at = clock.now()
    event = audit.record(
        session,
        actor,
        "level:settle",
        "applicant",
        applicant,
        reason=reason,
        detail={"grade_code": review.grade_code, "level": level},
    )
    session.flush()
    notifications.add(
        session,
        applicant.user_id,
        event_key=f"audit-{event.id}",
        subject=f"Your grade {review.grade_code} is now level {level}",
        body=f"You can now be matched with placements. What was said: {reason}",
        link="/profile",
    )
    return review
