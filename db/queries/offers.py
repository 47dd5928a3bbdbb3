"""Reading offers: the public list with its filters, a host's own, and those that wait to be checked."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, nulls_last, or_, select
from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application, ApplicationState
from db.models.audit import StatusChange
from db.models.matches import Match
from db.models.offers import Direction, Offer, OfferKind, OfferMission, OfferSkill, OfferState, Remote
from db.models.organisations import Organisation
from db.models.reference import Mission, SkillLevel

ENDED = (OfferState.CLOSED, OfferState.WITHDRAWN, OfferState.LAPSED)


def by_ref(session: Session, *, ref: str) -> Offer | None:
    """The offer with this reference."""
    return session.scalar(select(Offer).where(Offer.ref == ref))


def published(
    session: Session,
    *,
    on: date,
    text: str = "",
    direction: Direction | None = None,
    mission: str | None = None,
    region: str | None = None,
    kind: OfferKind | None = None,
    level: int | None = None,
    remote: Remote | None = None,
    skill: str | None = None,
    sort: str = "newest",
    offset: int = 0,
    limit: int | None = None,
) -> tuple[Sequence[Offer], int]:
    """One page of the offers that take applications on a day, and how many there are in all.

    Each word of ``text`` is looked for in the title, summary, tasks and the host's name. ``level`` finds
    the offers whose band holds it. ``sort`` is newest, start, closing or title.
    """
    conditions = [
        Offer.state == OfferState.PUBLISHED,
        or_(Offer.closing_on.is_(None), Offer.closing_on >= on),
        *(_has_word(word) for word in text.lower().split()),
        *_equals(direction, region, kind, remote),
    ]
    if mission is not None:
        conditions.append(
            exists().where(OfferMission.offer_id == Offer.id, OfferMission.mission_code == mission)
        )
    if skill is not None:
        conditions.append(exists().where(OfferSkill.offer_id == Offer.id, OfferSkill.skill_code == skill))
    if level is not None:
        conditions.extend((Offer.level_min <= level, Offer.level_max >= level))
    host = Organisation.id == Offer.organisation_id
    total = session.scalar(select(func.count(Offer.id)).join(Organisation, host).where(*conditions)) or 0
    order = _order(sort)
    if limit is None:
        return session.scalars(
            select(Offer).join(Organisation, host).where(*conditions).order_by(*order)
        ).all(), total
    # The page's ids first: sorting narrow rows is several times faster than sorting whole offers.
    page = (
        select(Offer.id)
        .join(Organisation, host)
        .where(*conditions)
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    ids = list(session.scalars(page))
    found = {
        offer.id: offer
        for offer in session.scalars(select(Offer).where(Offer.id.in_(ids)).order_by(Offer.id))
    }
    return [found[offer_id] for offer_id in ids], total


def _equals(
    direction: Direction | None, region: str | None, kind: OfferKind | None, remote: Remote | None
) -> list[ColumnElement[bool]]:
    wanted = (
        (Offer.direction, direction),
        (Offer.region_code, region),
        (Offer.kind, kind),
        (Offer.remote, remote),
    )
    return [column == value for column, value in wanted if value is not None]


def _has_word(word: str) -> ColumnElement[bool]:
    columns = (Offer.title, Offer.summary, Offer.tasks, Organisation.name)
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))


def _order(sort: str) -> tuple[Any, ...]:
    first = {
        "newest": nulls_last(Offer.published_at.desc()),
        "start": Offer.start_from_on.asc(),
        "closing": nulls_last(Offer.closing_on.asc()),
        "title": func.lower(Offer.title).asc(),
    }
    return (first[sort], Offer.id.desc())


def of_organisations(session: Session, *, organisation_ids: Sequence[int]) -> Sequence[Offer]:
    """Every offer of these organisations, the last changed first."""
    query = select(Offer).where(Offer.organisation_id.in_(organisation_ids))
    return session.scalars(query.order_by(Offer.updated_at.desc(), Offer.id.desc())).all()


def in_state(session: Session, *, state: OfferState) -> Sequence[Offer]:
    """The offers in one state, longest waiting first."""
    query = select(Offer).where(Offer.state == state)
    return session.scalars(query.order_by(Offer.state_since_at, Offer.id)).all()


def application_counts(session: Session, *, offer_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many applications have reached the host of each offer, by state; an offer without any is left out.

    Drafts, and what a line manager has not released, are the applicant's own affair.
    """
    query = (
        select(Application.offer_id, Application.state, func.count())
        .where(
            Application.offer_id.in_(offer_ids),
            Application.release_decided_at.is_not(None),
            Application.state != ApplicationState.RELEASE_DECLINED,
        )
        .group_by(Application.offer_id, Application.state)
        .order_by(Application.offer_id, Application.state)
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for offer_id, state, number in session.execute(query):
        counts[offer_id][state.value] = number
    return dict(counts)


def concerns(session: Session, *, offer_id: int, user_id: int) -> bool:
    """Whether this user applied for the offer or was matched with it, or is the line manager of somebody who was."""
    found = [
        select(table.id)
        .join(Applicant, Applicant.id == table.applicant_id)
        .where(
            table.offer_id == offer_id,
            or_(Applicant.user_id == user_id, table.line_manager_id == user_id),
        )
        for table in (Application, Match)
    ]
    return any(session.scalars(query.limit(1)).first() is not None for query in found)


def imported_before(session: Session, *, organisation_id: int) -> dict[tuple[str, str], str]:
    """The references of an organisation's imported offers that have not ended, by title and source."""
    query = select(Offer.title, Offer.imported_from, Offer.ref).where(
        Offer.organisation_id == organisation_id, Offer.imported_from != "", Offer.state.not_in(ENDED)
    )
    return {(title, source): ref for title, source, ref in session.execute(query.order_by(Offer.id))}


def mission_names(session: Session) -> dict[str, str]:
    """The name of every mission there ever was, by code: an old offer keeps its mission (M1)."""
    query = select(Mission.code, Mission.name).order_by(Mission.valid_from, Mission.id)
    return {row.code: row.name for row in session.execute(query)}


def skill_level_names(session: Session) -> dict[int, str]:
    """What the four skill levels are called, by number."""
    query = (
        select(SkillLevel.level, SkillLevel.name)
        .distinct()
        .order_by(SkillLevel.level, SkillLevel.name.desc())
    )
    return {row.level: row.name for row in session.execute(query)}


def last_return_comment(session: Session, *, offer_id: int) -> str:
    """What was said when the offer was last returned to its host; empty when it never was."""
    query = select(StatusChange.reason).where(
        StatusChange.subject == "offer", StatusChange.subject_id == offer_id, StatusChange.action == "return"
    )
    return session.scalars(query.order_by(StatusChange.id.desc()).limit(1)).first() or ""
