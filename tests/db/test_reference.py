"""Reference tables: keys that hold, and rows that apply only on their days."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.base import Base
from db.models.levels import GradeAlias
from db.models.reference import Mission, SkillLevel
from db.models.rules import Rule
from db.queries import reference as queries

FIRST = date(2025, 1, 1)
LAST = date(2025, 6, 30)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def cited(first: date = FIRST, last: date | None = None) -> dict[str, object]:
    return {"valid_from": first, "valid_to": last, "source": "A test", "confirmed": True}


def a_rule(value: float | None, text: str | None = None, **dates: object) -> Rule:
    return Rule(key="k", value_number=value, value_text=text, unit="days", what="A test", **dates)


def test_a_row_holds_on_its_first_and_last_day_and_not_outside(session: Session) -> None:
    session.add(a_rule(1, **cited(FIRST, LAST)))
    session.flush()
    day = timedelta(days=1)
    assert queries.rule(session, key="k", on=FIRST) is not None
    assert queries.rule(session, key="k", on=LAST) is not None
    assert queries.rule(session, key="k", on=FIRST - day) is None
    assert queries.rule(session, key="k", on=LAST + day) is None


def test_the_newest_of_two_rows_that_hold_wins(session: Session) -> None:
    session.add_all([a_rule(1, **cited(FIRST)), a_rule(2, **cited(LAST))])
    session.flush()
    found = queries.rule(session, key="k", on=LAST)
    assert found is not None
    assert found.value_number == 2


def test_the_database_refuses_a_rule_with_no_value_or_two(session: Session) -> None:
    for rule in (a_rule(None, **cited()), a_rule(1, "one", **cited())):
        session.add(rule)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_the_database_refuses_two_missions_of_one_code_from_one_day(session: Session) -> None:
    def mission(code: str) -> Mission:
        return Mission(
            code=code,
            name="A",
            short_name="A",
            lead_departments="HMT",
            lead_confirmed=False,
            position=1,
            **cited(),
        )

    session.add_all([mission("GRO"), mission("GRO")])
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("level", [0, 11])
def test_the_database_refuses_a_level_outside_one_to_ten(session: Session, level: int) -> None:
    session.add(GradeAlias(organisation_key="X", native_code="A", level=level, **cited()))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_refuses_a_skill_level_outside_one_to_four(session: Session) -> None:
    session.add(SkillLevel(skill_code="beh:leadership", level=5, name="X", meaning="X", **cited()))
    with pytest.raises(IntegrityError):
        session.flush()
