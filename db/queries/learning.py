"""Impressions, what became of the pairs that were shown, and the versions of the score."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application, ApplicationState
from db.models.learning import Impression, Question, ScoreState, ScoreVersion
from db.models.matches import Match, MatchState
from db.models.offers import Offer
from db.models.outcomes import Survey, Wave
from db.models.placements import Placement
from db.models.rules import Rule
from db.queries.outcomes import ENDED

Pair = tuple[int, int]  # applicant id, offer id


def owners(session: Session, *, refs: Collection[str]) -> dict[str, tuple[int, int]]:
    """The id of each of these applicants and of its user, by reference."""
    rows = session.execute(
        select(Applicant.ref, Applicant.id, Applicant.user_id).where(Applicant.ref.in_(refs))
    )
    return {row.ref: (row.id, row.user_id) for row in rows}


def hosts(session: Session, *, refs: Collection[str]) -> dict[str, tuple[int, int]]:
    """The id of each of these offers and of its host organisation, by reference."""
    rows = session.execute(select(Offer.ref, Offer.id, Offer.organisation_id).where(Offer.ref.in_(refs)))
    return {row.ref: (row.id, row.organisation_id) for row in rows}


def add_impressions(session: Session, *, rows: Sequence[dict[str, Any]]) -> int:
    """Write impressions in one statement, leaving out what is there for the day; how many were new."""
    if not rows:
        return 0
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(Impression).values(list(rows)).on_conflict_do_nothing().returning(Impression.id)
    return len(session.scalars(new).all())


@dataclass(frozen=True, slots=True)
class Showing:
    """A pair on the day when it was first on somebody's list, with the shares of its parts that day."""

    pair: Pair
    shown_on: date
    shares: dict[str, float]


def first_shown(session: Session, *, until: date) -> list[Showing]:
    """Each pair that was on somebody's list by ``until``, when it first was, oldest first."""
    first = (
        select(func.min(Impression.id))
        .where(Impression.shown_on <= until)
        .group_by(Impression.applicant_id, Impression.offer_id)
    )
    rows = select(Impression.applicant_id, Impression.offer_id, Impression.shown_on, Impression.shares)
    found = session.execute(rows.where(Impression.id.in_(first)).order_by(Impression.shown_on, Impression.id))
    return [Showing((row.applicant_id, row.offer_id), row.shown_on, row.shares) for row in found]


def shown_first(session: Session, *, applicant_id: int, offer_id: int) -> Impression | None:
    """The first impression of one pair."""
    rows = select(Impression).where(Impression.applicant_id == applicant_id, Impression.offer_id == offer_id)
    return session.scalars(rows.order_by(Impression.id).limit(1)).first()


def application_states(session: Session) -> list[tuple[Pair, ApplicationState]]:
    """Every application as its pair and its state, oldest first."""
    rows = select(Application.applicant_id, Application.offer_id, Application.state).order_by(Application.id)
    return [((row.applicant_id, row.offer_id), row.state) for row in session.execute(rows)]


def match_states(session: Session) -> list[tuple[Pair, MatchState]]:
    """Every match as its pair and its state, oldest first."""
    rows = select(Match.applicant_id, Match.offer_id, Match.state).order_by(Match.id)
    return [((row.applicant_id, row.offer_id), row.state) for row in session.execute(rows)]


@dataclass(frozen=True, slots=True)
class EndSurvey:
    """A placement that has ended: its pair, whether it ended early, and the answers of one end survey, if sent."""

    placement_id: int
    pair: Pair
    ended_early: bool
    answers: dict[str, Any] | None


def end_surveys(session: Session) -> list[EndSurvey]:
    """Every placement that has ended, once for each of its end surveys that was sent, or once without any."""
    sent = (Survey.placement_id == Placement.id) & (Survey.wave == Wave.T2) & Survey.answered_at.is_not(None)
    rows = (
        select(
            Placement.id,
            Placement.applicant_id,
            Placement.offer_id,
            Placement.early_end_code,
            Survey.answers,
        )
        .outerjoin(Survey, sent)
        .where(Placement.state.in_(ENDED))
        .order_by(Placement.id, Survey.id)
    )
    return [
        EndSurvey(row.id, (row.applicant_id, row.offer_id), row.early_end_code is not None, row.answers)
        for row in session.execute(rows)
    ]


def versions(session: Session) -> Sequence[ScoreVersion]:
    """Every version of the score, the newest first."""
    return session.scalars(select(ScoreVersion).order_by(ScoreVersion.id.desc())).all()


def version_by_ref(session: Session, *, ref: str) -> ScoreVersion | None:
    """The version with this reference."""
    return session.scalars(select(ScoreVersion).where(ScoreVersion.ref == ref)).one_or_none()


def promoted(session: Session) -> ScoreVersion | None:
    """The version whose points are in force, or come into force next."""
    rows = select(ScoreVersion).where(ScoreVersion.state == ScoreState.PROMOTED)
    return session.scalars(rows).one_or_none()


def in_shadow(session: Session, *, question: Question) -> ScoreVersion | None:
    """The latest version in shadow for a question."""
    rows = select(ScoreVersion).where(
        ScoreVersion.state == ScoreState.SHADOW, ScoreVersion.question == question
    )
    return session.scalars(rows.order_by(ScoreVersion.id.desc()).limit(1)).first()


def rules_of(session: Session, *, source: str) -> Sequence[Rule]:
    """The rules that a decision wrote, by key."""
    return session.scalars(select(Rule).where(Rule.source == source).order_by(Rule.key)).all()


def next_change(session: Session, *, prefix: str, after: date) -> date | None:
    """The first day after ``after`` on which a rule with this prefix starts and will really hold."""
    rows = select(func.min(Rule.valid_from)).where(
        Rule.key.startswith(prefix, autoescape=True),
        Rule.valid_from > after,
        Rule.valid_to.is_(None) | (Rule.valid_to >= Rule.valid_from),
    )
    return session.scalar(rows)


def starts_on(session: Session, *, prefix: str, on: date) -> bool:
    """Whether a rule with this prefix, withdrawn or not, is dated from this day."""
    rows = select(Rule.id).where(Rule.key.startswith(prefix, autoescape=True), Rule.valid_from == on)
    return session.scalars(rows.limit(1)).first() is not None
