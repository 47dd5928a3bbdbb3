"""Selects over the reference tables. ``on`` is the day asked for; a row holds on its last day."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models.levels import CharityRole, GradeAlias, IncomeBand, Level, TitleRung
from db.models.reference import (
    CauseMission,
    CauseTag,
    Cited,
    Mission,
    Profession,
    Region,
    Skill,
    SkillLevel,
)
from db.models.rules import IdentifierFormat, ReasonCode, Rule, SurveyQuestion, VettingLevel

Row = TypeVar("Row", bound=Cited)


def holds_on(model: type[Cited], on: date) -> ColumnElement[bool]:
    """The condition that a row applies on a day."""
    return and_(model.valid_from <= on, or_(model.valid_to.is_(None), model.valid_to >= on))


def _latest(session: Session, model: type[Row], *conditions: ColumnElement[bool], on: date) -> Row | None:
    """The row that started last, where several hold: a correction wins over what it corrects."""
    query = select(model).where(*conditions, holds_on(model, on)).order_by(model.valid_from.desc()).limit(1)
    return session.scalars(query).first()


def missions(session: Session, *, on: date) -> Sequence[Mission]:
    """The missions of a day in the order people read them."""
    query = select(Mission).where(holds_on(Mission, on)).order_by(Mission.position, Mission.code)
    return session.scalars(query).all()


def rule(session: Session, *, key: str, on: date) -> Rule | None:
    """The rule with that key on a day."""
    return _latest(session, Rule, Rule.key == key, on=on)


def rules(session: Session, *, prefix: str, on: date) -> Sequence[Rule]:
    """The rules of a day whose key starts with ``prefix``; the newest last where two hold at once."""
    query = select(Rule).where(Rule.key.startswith(prefix, autoescape=True), holds_on(Rule, on))
    return session.scalars(query.order_by(Rule.key, Rule.valid_from, Rule.id)).all()


def grade_aliases(session: Session, *, on: date) -> Sequence[GradeAlias]:
    """Every grade code of a day; the newest last where two hold at once."""
    query = select(GradeAlias).where(holds_on(GradeAlias, on))
    return session.scalars(query.order_by(GradeAlias.valid_from, GradeAlias.id)).all()


def levels(session: Session, *, on: date) -> Sequence[Level]:
    """The ten levels of a day."""
    return session.scalars(select(Level).where(holds_on(Level, on)).order_by(Level.number, Level.id)).all()


def charity_roles(session: Session, *, on: date) -> Sequence[CharityRole]:
    """The whole charity matrix of a day."""
    query = (
        select(CharityRole).where(holds_on(CharityRole, on)).order_by(CharityRole.valid_from, CharityRole.id)
    )
    return session.scalars(query).all()


def income_bands(session: Session, *, on: date) -> Sequence[IncomeBand]:
    """The income bands of a day, smallest first."""
    query = select(IncomeBand).where(holds_on(IncomeBand, on))
    return session.scalars(query.order_by(IncomeBand.lower_pounds, IncomeBand.valid_from)).all()


def title_rungs(session: Session, *, on: date) -> Sequence[TitleRung]:
    """The title ladder of a day; the newest last where two hold at once."""
    query = select(TitleRung).where(holds_on(TitleRung, on))
    return session.scalars(query.order_by(TitleRung.valid_from, TitleRung.id)).all()


def vetting_level(session: Session, *, code: str, on: date) -> VettingLevel | None:
    """One vetting level as it holds on a day."""
    return _latest(session, VettingLevel, VettingLevel.code == code, on=on)


def vetting_levels(session: Session, *, on: date) -> Sequence[VettingLevel]:
    """The vetting levels of a day, lightest first."""
    query = select(VettingLevel).where(holds_on(VettingLevel, on))
    return session.scalars(query.order_by(VettingLevel.rank, VettingLevel.valid_from, VettingLevel.id)).all()


def identifier_format(session: Session, *, scheme: str, on: date) -> IdentifierFormat | None:
    """The form of one register's numbers."""
    return _latest(session, IdentifierFormat, IdentifierFormat.scheme == scheme, on=on)


def identifier_formats(session: Session, *, on: date) -> Sequence[IdentifierFormat]:
    """Every register whose numbers are known."""
    query = select(IdentifierFormat).where(holds_on(IdentifierFormat, on))
    return session.scalars(query.order_by(IdentifierFormat.id)).all()


def reason_codes(session: Session, *, kind: str, on: date) -> Sequence[ReasonCode]:
    """The reasons of one kind in the order people read them."""
    query = select(ReasonCode).where(ReasonCode.kind == kind, holds_on(ReasonCode, on))
    return session.scalars(query.order_by(ReasonCode.position, ReasonCode.id)).all()


def survey_questions(session: Session, *, respondent: str, on: date) -> Sequence[SurveyQuestion]:
    """The questions that one respondent is ever asked."""
    query = select(SurveyQuestion).where(
        SurveyQuestion.respondent == respondent, holds_on(SurveyQuestion, on)
    )
    return session.scalars(query.order_by(SurveyQuestion.position, SurveyQuestion.id)).all()


def regions(session: Session, *, on: date) -> Sequence[Region]:
    """The regions in the order of their codes, ``REMOTE`` last."""
    return session.scalars(select(Region).where(holds_on(Region, on)).order_by(Region.id)).all()


def professions(session: Session, *, on: date) -> Sequence[Profession]:
    """The professions by name."""
    query = select(Profession).where(holds_on(Profession, on)).order_by(Profession.name, Profession.id)
    return session.scalars(query).all()


def skills(session: Session, *, on: date) -> Sequence[Skill]:
    """The vocabulary by name."""
    return session.scalars(select(Skill).where(holds_on(Skill, on)).order_by(Skill.name, Skill.code)).all()


def skill_levels(session: Session, *, code: str, on: date) -> Sequence[SkillLevel]:
    """What each level of one skill means."""
    query = select(SkillLevel).where(SkillLevel.skill_code == code, holds_on(SkillLevel, on))
    return session.scalars(query.order_by(SkillLevel.level, SkillLevel.valid_from)).all()


def cause_tags(session: Session, *, on: date) -> Sequence[CauseTag]:
    """The charity activity tags by code."""
    return session.scalars(select(CauseTag).where(holds_on(CauseTag, on)).order_by(CauseTag.code)).all()


def cause_missions(session: Session, *, on: date) -> Sequence[CauseMission]:
    """Which tags speak for which mission."""
    query = select(CauseMission).where(holds_on(CauseMission, on))
    return session.scalars(query.order_by(CauseMission.mission_code, CauseMission.cause_code)).all()
