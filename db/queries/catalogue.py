"""What can be matched now, column by column: people who look for a placement and open offers.

Whole tables are read as columns, not as objects: a catalogue of 100,000 people is a few arrays.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, and_, func, select, true
from sqlalchemy.orm import Session

from db.models.applicants import Applicant, ApplicantMission, ApplicantRegion, ApplicantSkill
from db.models.applications import Application, ApplicationState
from db.models.audit import AuditEvent
from db.models.matches import Match
from db.models.offers import Offer, OfferMission, OfferSkill, OfferState
from db.models.organisations import Organisation
from db.models.placements import Placement, PlacementState

Columns = dict[str, tuple[Any, ...]]
Ids = Sequence[int] | None
"""Which rows: those of these ids, or all when None."""

RUNNING = (
    PlacementState.APPROVED,
    PlacementState.VETTING,
    PlacementState.AGREED,
    PlacementState.ACTIVE,
)


def applicant_columns(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """People who look for a placement, or ``everyone``, in the order of their ids."""
    a = Applicant
    rows = select(
        a.id, a.ref, Organisation.ref.label("organisation"), a.direction, a.level, a.job_title, a.summary,
        a.hopes, a.days_min, a.days_max, a.available_from_on, a.available_to_on, a.length_min_months,
        a.length_max_months, a.kinds, a.remote_ok, a.contract_end_on, a.vetting_code, a.vetting_expires_on,
        a.meets_nationality, a.balance,
    )  # fmt: skip
    rows = rows.join(Organisation, Organisation.id == a.organisation_id)
    return _columns(session, rows.where(_applicants(ids, everyone)).order_by(a.id))


def applicant_missions(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """The missions these people care for, in the order of the people's ids."""
    m = ApplicantMission
    return _columns(
        session, _children(m, Applicant, m.applicant_id, _applicants(ids, everyone), m.mission_code, m.weight)
    )


def applicant_skills(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """The skills these people have or want, in the order of the people's ids."""
    s = ApplicantSkill
    wanted = (s.skill_code, s.side, s.level, s.evidence)
    return _columns(session, _children(s, Applicant, s.applicant_id, _applicants(ids, everyone), *wanted))


def applicant_regions(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """The regions these people can work in, in the order of the people's ids."""
    r = ApplicantRegion
    return _columns(
        session, _children(r, Applicant, r.applicant_id, _applicants(ids, everyone), r.region_code)
    )


def offer_columns(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """Published offers with a place left, or ``everyone``'s in any state, in the order of their ids."""
    o = Offer
    rows = select(
        o.id, o.ref, Organisation.ref.label("organisation"), o.direction, o.kind, o.title, o.summary, o.tasks,
        o.learning, o.level_min, o.level_max, o.stretch_ok, o.region_code, o.remote, o.days_per_week,
        o.start_from_on, o.start_to_on, o.length_months, o.capacity, o.places_taken, o.vetting_code,
        o.reserved_post,
    )  # fmt: skip
    rows = rows.join(Organisation, Organisation.id == o.organisation_id)
    return _columns(session, rows.where(_offers(ids, everyone)).order_by(o.id))


def offer_missions(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """The missions these offers work on, in the order of the offers' ids."""
    m = OfferMission
    return _columns(
        session, _children(m, Offer, m.offer_id, _offers(ids, everyone), m.mission_code, m.weight)
    )


def offer_skills(session: Session, *, ids: Ids = None, everyone: bool = False) -> Columns:
    """The skills these offers need or teach, in the order of the offers' ids."""
    s = OfferSkill
    wanted = (s.skill_code, s.use, s.level, s.essential)
    return _columns(session, _children(s, Offer, s.offer_id, _offers(ids, everyone), *wanted))


def _applicants(ids: Ids, everyone: bool) -> ColumnElement[bool]:
    wanted = true() if everyone else Applicant.seeking.is_(True)
    return wanted if ids is None else and_(wanted, Applicant.id.in_(ids))


def _offers(ids: Ids, everyone: bool) -> ColumnElement[bool]:
    is_open = and_(Offer.state == OfferState.PUBLISHED, Offer.places_taken < Offer.capacity)
    wanted = true() if everyone else is_open
    return wanted if ids is None else and_(wanted, Offer.id.in_(ids))


def _children(child: Any, parent: Any, owner: Any, wanted: ColumnElement[bool], *columns: Any) -> Select[Any]:
    rows = select(owner.label("owner_id"), *columns).join(parent, parent.id == owner)
    return rows.where(wanted).order_by(owner, child.id)


def _columns(session: Session, rows: Executable) -> Columns:
    result = session.execute(rows)
    names = tuple(result.keys())
    columns = list(zip(*result.all(), strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True))


def placed_until(session: Session) -> dict[int, date]:
    """The end of each running placement by applicant id."""
    rows = select(Placement.applicant_id, Placement.ends_on).where(Placement.state.in_(RUNNING))
    return {row.applicant_id: row.ends_on for row in session.execute(rows)}


def size(session: Session) -> tuple[int, int, int, int]:
    """How many applicants and offers are stored, and the highest id of each."""
    people = session.execute(select(func.count(), func.max(Applicant.id)).select_from(Applicant)).one()
    offers = session.execute(select(func.count(), func.max(Offer.id)).select_from(Offer)).one()
    return people[0], offers[0], people[1] or 0, offers[1] or 0


def last_event(session: Session, *, subjects: Sequence[str]) -> tuple[int, datetime | None]:
    """The newest audit event about one of these subjects: it moves whenever one of them does."""
    rows = select(AuditEvent.id, AuditEvent.at).where(AuditEvent.subject.in_(subjects))
    found = session.execute(rows.order_by(AuditEvent.id.desc()).limit(1)).one_or_none()
    return (found.id, found.at) if found else (0, None)


def changed_since(
    session: Session, *, event_id: int, subjects: Sequence[str]
) -> tuple[set[int], set[int], set[str]]:
    """Ids of applicants and of offers that events after this one touch, and the other subjects they name.

    A match or a placement touches its person and its offer.
    """
    events = select(AuditEvent.subject, AuditEvent.subject_id).where(
        AuditEvent.id > event_id, AuditEvent.subject.in_(subjects)
    )
    touched: dict[str, set[int]] = {}
    for subject, subject_id in session.execute(events):
        touched.setdefault(subject, set()).add(subject_id)
    people, offers = touched.pop("applicant", set()), touched.pop("offer", set())
    for subject, model in (("match", Match), ("placement", Placement)):
        ids = touched.pop(subject, set())
        rows = select(model.applicant_id, model.offer_id).where(model.id.in_(ids))
        for person, offer in session.execute(rows) if ids else ():
            people.add(person)
            offers.add(offer)
    return people, offers, set(touched)


def offer_by_ref(session: Session, *, ref: str) -> Offer | None:
    """The offer with this reference."""
    return session.scalars(select(Offer).where(Offer.ref == ref)).unique().one_or_none()


def applicant_by_ref(session: Session, *, ref: str) -> Applicant | None:
    """The applicant with this reference."""
    return session.scalars(select(Applicant).where(Applicant.ref == ref)).unique().one_or_none()


def applicant_of(session: Session, *, user_id: int) -> Applicant | None:
    """The profile of this user."""
    return session.scalars(select(Applicant).where(Applicant.user_id == user_id)).unique().one_or_none()


def applicants_by_id(session: Session, *, ids: Sequence[int]) -> Sequence[Applicant]:
    """These applicants, by id."""
    return (
        session.scalars(select(Applicant).where(Applicant.id.in_(ids)).order_by(Applicant.id)).unique().all()
    )


def offers_by_id(session: Session, *, ids: Sequence[int]) -> Sequence[Offer]:
    """These offers, by id."""
    return session.scalars(select(Offer).where(Offer.id.in_(ids)).order_by(Offer.id)).unique().all()


def application_refs(session: Session, *, offer_id: int) -> dict[int, str]:
    """The reference of each application that has reached the host of this offer, by applicant id."""
    seen = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED, ApplicationState.SELECTED)
    rows = select(Application.applicant_id, Application.ref)
    rows = rows.where(Application.offer_id == offer_id, Application.state.in_(seen)).order_by(Application.id)
    return {row.applicant_id: row.ref for row in session.execute(rows)}
