"""Put the shipped reference data into the database, once and without ever overwriting what people edited."""

from datetime import date
from typing import Any

from sqlalchemy import Column, Enum, insert, select
from sqlalchemy.orm import Session

from db.base import Base
from db.models import levels, reference, rules
from seed_data import reference_rows

# File, model, natural key. Parents come before the rows that point at them.
LOADS: tuple[tuple[str, type[Base], tuple[str, ...]], ...] = (
    ("missions", reference.Mission, ("code", "valid_from")),
    ("milestones", reference.Milestone, ("mission_code", "code", "valid_from")),
    ("government_bodies", reference.GovernmentBody, ("slug",)),
    ("regions", reference.Region, ("code",)),
    ("professions", reference.Profession, ("code",)),
    ("skills", reference.Skill, ("code",)),
    ("skill_levels", reference.SkillLevel, ("skill_code", "level", "valid_from")),
    ("skill_relations", reference.SkillRelation, ("skill_code", "related_code", "valid_from")),
    ("behaviours", reference.Behaviour, ("code",)),
    (
        "behaviour_statements",
        reference.BehaviourStatement,
        ("behaviour_code", "grades", "position", "valid_from"),
    ),
    ("cause_tags", reference.CauseTag, ("code",)),
    ("cause_missions", reference.CauseMission, ("mission_code", "cause_code", "valid_from")),
    ("levels", levels.Level, ("number", "valid_from")),
    ("grade_aliases", levels.GradeAlias, ("organisation_key", "native_code", "valid_from")),
    ("charity_roles", levels.CharityRole, ("role", "income_band", "valid_from")),
    ("income_bands", levels.IncomeBand, ("code", "valid_from")),
    ("title_rungs", levels.TitleRung, ("word", "valid_from")),
    ("rules", rules.Rule, ("key", "valid_from")),
    ("vetting_levels", rules.VettingLevel, ("code", "valid_from")),
    ("identifier_formats", rules.IdentifierFormat, ("scheme", "valid_from")),
    ("reason_codes", rules.ReasonCode, ("kind", "code", "valid_from")),
    ("survey_questions", rules.SurveyQuestion, ("code", "respondent", "valid_from")),
)


def load_reference(session: Session) -> dict[str, int]:
    """Add the shipped rows that are not there yet; give back how many were added, by file.

    A row is there when its natural key is (a code, with the first day it applies where a code can change
    over time). Rows that are there are left as they are, so an edit by a programme manager is kept.
    """
    return {name: _load(session, name, model, key) for name, model, key in LOADS}


def _load(session: Session, name: str, model: type[Base], key: tuple[str, ...]) -> int:
    columns = model.__table__.columns
    present = {tuple(row) for row in session.execute(select(*(columns[part] for part in key)))}
    rows = [_typed(row, columns) for row in reference_rows(name)]
    new = [row for row in rows if tuple(row[part] for part in key) not in present]
    if new:
        session.execute(insert(model), new)
    return len(new)


def _typed(row: dict[str, str], columns: Any) -> dict[str, Any]:
    return {name: _value(text, columns[name]) for name, text in row.items()}


def _value(text: str, column: Column[Any]) -> Any:
    if text == "" and column.nullable:
        return None
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return column.type.enum_class(text)
    kind = column.type.python_type
    if kind is bool:
        return {"yes": True, "no": False}[text]
    return date.fromisoformat(text) if kind is date else kind(text)
