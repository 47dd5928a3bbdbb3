"""Everything held about one person, table by table: what a copy of their data is made from (D7).

``HELD`` says which rows of which table concern a person, and as whom. ``EXCLUDED`` names every other table that
reaches a person by its foreign keys, with the reason why none of it is theirs to be given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, not_, or_, select
from sqlalchemy.orm import DeclarativeBase, Session

from db.models.applicants import (
    Applicant,
    ApplicantMission,
    ApplicantRegion,
    ApplicantSkill,
    LevelReview,
)
from db.models.applications import Application, Assessment, NameReveal
from db.models.audit import AuditEvent, StatusChange
from db.models.complaints import Complaint
from db.models.contests import Contest
from db.models.learning import Impression, ScoreVersion
from db.models.matches import Gate, Match
from db.models.notifications import Delivery, MessagePreference, Notification
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.outcomes import Respondent, Survey
from db.models.placements import CheckIn, Objective, Placement
from db.models.purges import Purge
from db.models.rounds import MatchingRound, Proposal
from db.models.users import Membership, OneTimeLink, SignInSession, User

Where = Callable[[int], ColumnElement[bool]]
SECRETS = frozenset({"password_hash", "token_hash"})
EXCLUDED: dict[str, str] = {
    "audit_links": "Hashes that chain the audit events, which are here; a hash says nothing that can be read.",
    "offer_missions": "Part of an organisation's offer, which is published and is about nobody.",
    "offer_skills": "Part of an organisation's offer, which is published and is about nobody.",
}


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one table that concern a person. ``columns`` limits what is theirs to see; None is every column."""

    section: str
    model: type[DeclarativeBase]
    where: Where
    columns: tuple[str, ...] | None = None

    @property
    def table(self) -> Table:
        """The table itself."""
        table = self.model.__table__
        assert isinstance(table, Table)
        return table

    def shown(self) -> list[Any]:
        """The columns that are given out, never a secret."""
        wanted = self.columns or tuple(column.name for column in self.table.columns)
        return [self.table.c[name] for name in wanted if name not in SECRETS]


def _profile(me: int) -> Select[Any]:
    return select(Applicant.id).where(Applicant.user_id == me)


def _of_profile(model: type[DeclarativeBase], me: int) -> Select[Any]:
    return select(model.__table__.c.id).where(model.__table__.c.applicant_id.in_(_profile(me)))


def _is(column: Any) -> Where:
    return lambda me: column == me


def _profile_is_mine(column: Any) -> Where:
    return lambda me: column.in_(_profile(me))


def _within(column: Any, model: type[DeclarativeBase]) -> Where:
    return lambda me: column.in_(_of_profile(model, me))


def _surveys_of_mine(me: int) -> ColumnElement[bool]:
    """The person's own answers, finished or not, and what the other two sides have sent in."""
    return Survey.placement_id.in_(_of_profile(Placement, me)) & or_(
        Survey.respondent == Respondent.SECONDEE, Survey.answered_at.is_not(None)
    )


def _about(model: Any) -> Where:
    """Events about the person's own records, whoever made them."""

    def where(me: int) -> ColumnElement[bool]:
        gates = select(Gate.id).where(Gate.match_id.in_(_of_profile(Match, me)))
        surveys = select(Survey.id).where(Survey.placement_id.in_(_of_profile(Placement, me)))
        subjects: dict[str, Select[Any]] = {
            "user": select(User.id).where(User.id == me),
            "applicant": _profile(me),
            "application": _of_profile(Application, me),
            "match": _of_profile(Match, me),
            "placement": _of_profile(Placement, me),
            "survey": surveys,
            "complaint": select(Complaint.id).where(Complaint.user_id == me),
            "contest": _of_profile(Contest, me),
        }
        of_gate = and_(model.subject.like("gate.%"), model.subject_id.in_(gates))
        return or_(
            of_gate,
            *(and_(model.subject == name, model.subject_id.in_(ids)) for name, ids in subjects.items()),
        )

    return where


def _by_me_about_others(model: Any) -> Where:
    about = _about(model)
    return lambda me: and_(model.actor_id == me, not_(about(me)))


def _message_is_mine(me: int) -> ColumnElement[bool]:
    return Delivery.notification_id.in_(select(Notification.id).where(Notification.user_id == me))


HELD: tuple[Held, ...] = (
    Held("Your account", User, _is(User.id)),
    Held("Your roles", Membership, _is(Membership.user_id)),
    Held("Your sign-ins", SignInSession, _is(SignInSession.user_id)),
    Held("Links sent to you", OneTimeLink, _is(OneTimeLink.user_id)),
    Held("Your profile", Applicant, _is(Applicant.user_id)),
    Held("Missions you care about", ApplicantMission, _profile_is_mine(ApplicantMission.applicant_id)),
    Held("Your skills", ApplicantSkill, _profile_is_mine(ApplicantSkill.applicant_id)),
    Held("Where you could work", ApplicantRegion, _profile_is_mine(ApplicantRegion.applicant_id)),
    Held("How your level was settled", LevelReview, _profile_is_mine(LevelReview.applicant_id)),
    Held("Lists that you were on or were shown", Impression, _profile_is_mine(Impression.applicant_id)),
    Held("Your applications", Application, _profile_is_mine(Application.applicant_id)),
    Held("What hosts thought of them", Assessment, _within(Assessment.application_id, Application)),
    Held("When your name was shown", NameReveal, _within(NameReveal.application_id, Application)),
    Held("Proposals of matching rounds", Proposal, _profile_is_mine(Proposal.applicant_id)),
    Held("Your matches", Match, _profile_is_mine(Match.applicant_id)),
    Held("Approvals of your matches", Gate, _within(Gate.match_id, Match)),
    Held("Your placements", Placement, _profile_is_mine(Placement.applicant_id)),
    Held("Objectives", Objective, _within(Objective.placement_id, Placement)),
    Held("Check-ins", CheckIn, _within(CheckIn.placement_id, Placement)),
    Held("Surveys", Survey, _surveys_of_mine),
    Held("What you contested", Contest, _profile_is_mine(Contest.applicant_id)),
    Held("Your complaints", Complaint, _is(Complaint.user_id)),
    Held("Messages to you", Notification, _is(Notification.user_id)),
    Held("E-mails of those messages", Delivery, _message_is_mine),
    Held("What you are sent by e-mail", MessagePreference, _is(MessagePreference.user_id)),
    Held("Steps of your records", StatusChange, _about(StatusChange)),
    Held("Audit events about you", AuditEvent, _about(AuditEvent)),
    Held("Audit events by you about others", AuditEvent, _by_me_about_others(AuditEvent)),
    Held(
        "Steps you took for others", StatusChange, _by_me_about_others(StatusChange),
        ("subject", "action", "source", "target", "at", "reason_code", "reason"),
    ),
    Held("People whose line manager you are", Applicant, _is(Applicant.line_manager_id), ("ref",)),
    Held(
        "Releases asked of you", Application, _is(Application.line_manager_id),
        ("ref", "release_decided_at", "release_until_on", "release_conditions", "release_cover"),
    ),
    Held("Assessments you wrote", Assessment, _is(Assessment.assessor_id)),
    Held("Names shown to you", NameReveal, _is(NameReveal.user_id)),
    Held("Matches of people you manage", Match, _is(Match.line_manager_id), ("ref", "state")),
    Held("Approvals you decided", Gate, _is(Gate.decided_by_id), ("match_id", "name", "state", "decided_at", "reason")),
    Held(
        "Placements in which you have a part", Placement,
        lambda me: or_(Placement.line_manager_id == me, Placement.terms_proposed_by_id == me), ("ref", "state"),
    ),
    Held("Check-ins you wrote", CheckIn, _is(CheckIn.author_id)),
    Held("Surveys you answered", Survey, _is(Survey.answered_by_id)),
    Held(
        "Grades you settled", LevelReview, _is(LevelReview.decided_by_id),
        ("grade_code", "level", "reason", "decided_at"),
    ),
    Held("Offers you posted", Offer, _is(Offer.posted_by_id), ("ref", "title", "state", "created_at")),
    Held("Organisations you checked", Organisation, _is(Organisation.verified_by_id), ("ref", "name")),
    Held("Rounds you ran", MatchingRound, _is(MatchingRound.run_by_id), ("ref", "name", "state", "run_at")),
    Held(
        "Versions of the score you made or decided", ScoreVersion,
        lambda me: or_(ScoreVersion.created_by_id == me, ScoreVersion.decided_by_id == me),
        ("ref", "state", "created_at", "decided_at", "reason"),
    ),
    Held(
        "Contests in which you decided", Contest,
        lambda me: or_(Contest.first_decider_id == me, Contest.answered_by_id == me),
        ("ref", "about", "answered_at", "outcome_code", "outcome"),
    ),
    Held("Records you erased when their time had come", Purge, _is(Purge.purged_by_id)),
    Held("Complaints you answered", Complaint, _is(Complaint.answered_by_id), ("ref", "answered_at", "answer")),
)  # fmt: skip


def rows_of(session: Session, held: Held, *, user_id: int) -> list[dict[str, Any]]:
    """The rows of one part of what is held about this person, oldest first, by column."""
    rows = select(*held.shown()).where(held.where(user_id)).order_by(held.table.c.id)
    return [dict(row) for row in session.execute(rows).mappings()]


def names_by_id(session: Session, table: Table, column: str, ids: Iterable[int]) -> dict[int, str]:
    """``column`` of the rows of ``table`` with these ids."""
    found = select(table.c.id, table.c[column]).where(table.c.id.in_(sorted(ids)))
    return {row.id: str(row[1]) for row in session.execute(found)}


def owners_of(session: Session, refs: Sequence[str]) -> set[int]:
    """The user ids of the people whom these references of profiles, applications, matches and placements are about."""
    found = set(session.scalars(select(Applicant.user_id).where(Applicant.ref.in_(refs))))
    for model in (Application, Match, Placement):
        people = select(Applicant.user_id).join(model, model.applicant_id == Applicant.id)
        found |= set(session.scalars(people.where(model.ref.in_(refs))))
    return found
