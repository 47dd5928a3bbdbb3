"""Equality monitoring (D1): apart, optional, by a key that only the person holds, and out only as totals."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, select, text

from db.base import Base
from db.engine import make_engine, reading, writing
from db.models.users import Role
from equality import migrate
from equality.models import Access, Answers, EqualityBase
from equality.questions import questions
from matching.profiles import ApplicantProfile
from programme import clock, equality_monitoring, equality_report
from programme.actors import Actor, ActorMembership
from programme.errors import Invalid, NotAllowed, NotFound, Refused
from tests.factories import make_actor, make_organisation

PERSON = Actor(41, "Person", memberships=(ActorMembership(Role.APPLICANT),))
ANALYST = Actor(7, "Analyst", memberships=(ActorMembership(Role.EQUALITY_ANALYST),))

Store = Callable[[], Engine]


@pytest.fixture
def session(sqlite_store: Engine) -> Iterator[Any]:
    """A session of the main database."""
    with writing(sqlite_store) as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Engine]:
    """A database with nothing in it, on each engine."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path}/empty.db")
    else:
        engine = request.getfixturevalue("postgres_store")
        with engine.begin() as connection:  # the main tables give way to an empty schema
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield engine
    engine.dispose()


def test_d1_the_equality_migrations_build_what_its_models_describe_and_undo_it(empty: Engine) -> None:
    migrate.upgrade(empty)
    assert migrate.differences(empty) == []
    migrate.downgrade(empty)
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}


def test_d1_the_ethnic_group_question_has_its_19_options_and_every_question_may_be_refused() -> None:
    asked = {question.code: question for question in questions(date(2026, 1, 1))}
    assert set(asked) == {"ethnic_group", "disability", "main_earner", "school", "free_meals"}
    assert len(asked["ethnic_group"].options) == 19 + 1
    assert len(asked["ethnic_group"].groups) == 5 + 1
    assert len(asked["main_earner"].groups) == 3 + 1
    for question in asked.values():
        assert question.options[-1].words == "Prefer not to say"
        assert question.group_of(None) == question.group_of("prefer_not_to_say") == "not_stated"


def test_d1_answers_are_kept_under_the_hash_of_a_random_key_and_nothing_of_the_person(
    session: Any, equality_store: Store
) -> None:
    key = equality_monitoring.give(session, PERSON, {"disability": "yes"})
    with reading(equality_store()) as own:
        (row,) = own.scalars(select(Answers))
        assert row.answers == {"disability": "yes"}
        assert key not in row.key_hash
        assert row.given_in.day == 1  # the month, no moment
        assert own.scalars(select(Access)).all() == []
    columns = {column.name for column in Answers.__table__.columns}
    assert columns == {"key_hash", "given_in", "answers", "stopped_in"}
    assert not {
        str(fk.target_fullname)
        for table in EqualityBase.metadata.tables.values()
        for fk in table.foreign_keys
    }


def test_d1_answering_changing_and_stopping_write_nothing_to_the_main_database(
    sqlite_store: Engine,
) -> None:
    def everything() -> dict[str, int]:
        with reading(sqlite_store) as found:
            return {
                name: found.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
                for name in Base.metadata.tables
            }

    before = everything()
    with writing(sqlite_store) as session:
        key = equality_monitoring.give(session, PERSON, {"disability": "yes"})
        equality_monitoring.change(session, PERSON, key, {"disability": "no"})
        equality_monitoring.stop(session, PERSON, key)
        assert not session.new
        assert not session.dirty
    assert everything() == before


def test_d1_only_the_key_changes_answers_whatever_its_spaces_and_case(
    session: Any, equality_store: Store
) -> None:
    key = equality_monitoring.give(session, PERSON, {"disability": "yes"})
    equality_monitoring.change(session, PERSON, f" {key.lower()} ", {"school": "state"})
    with reading(equality_store()) as own:
        (row,) = own.scalars(select(Answers))
        assert row.answers == {"school": "state"}
    for use_case in (
        equality_monitoring.stop,
        lambda *a: equality_monitoring.change(*a, {"school": "state"}),
    ):
        with pytest.raises(NotFound):
            use_case(session, PERSON, "2222-2222-2222-2222")


def test_d1_no_use_case_gives_one_persons_answers_back(session: Any) -> None:
    key = equality_monitoring.give(session, PERSON, {"disability": "yes"})
    assert equality_monitoring.change(session, PERSON, key, {"disability": "no"}) is None
    assert equality_monitoring.stop(session, PERSON, key) is None
    assert "yes" not in key


@pytest.mark.parametrize("answers", [{}, {"disability": ""}, {"disability": "perhaps"}, {"religion": "none"}])
def test_d1_an_answer_that_is_no_option_is_refused(session: Any, answers: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        equality_monitoring.give(session, PERSON, answers)


def test_d1_a_stop_notice_deletes_the_answers_and_the_next_release_does_not_count_them(
    session: Any, equality_store: Store
) -> None:
    keys = [equality_monitoring.give(session, PERSON, {"disability": "yes"}) for _ in range(15)]
    for _ in range(15):
        equality_monitoring.give(session, PERSON, {"disability": "no"})
    equality_report.release(session, ANALYST)
    assert shown(session)["Disabled"] == 15
    for key in keys[:10]:
        equality_monitoring.stop(session, PERSON, key)
    with reading(equality_store()) as own:
        stopped = own.scalars(select(Answers).where(Answers.stopped_in.is_not(None))).all()
        assert [row.answers for row in stopped] == [None] * 10
    with later(91):
        equality_report.release(session, ANALYST)
    assert shown(session)["Disabled"] in (5, None)  # five are left
    with pytest.raises(NotFound):
        equality_monitoring.stop(session, PERSON, keys[0])


def test_d1_one_person_who_stops_moves_no_published_figure(session: Any) -> None:
    keys = [equality_monitoring.give(session, PERSON, {"disability": "yes"}) for _ in range(13)]
    for _ in range(9):
        equality_monitoring.give(session, PERSON, {"disability": "no"})
    equality_report.release(session, ANALYST)
    before = shown(session)
    equality_monitoring.stop(session, PERSON, keys[0])
    with later(91):
        equality_report.release(session, ANALYST)
    assert shown(session) == before


def shown(session: Any) -> dict[str, int | None]:
    """The disability table as it was released last."""
    report = equality_report.latest(session, ANALYST)
    return dict(next(table.rows for table in report.tables if "disability" in table.question))


def later(days: int) -> Any:
    """So many days from now."""
    return clock.frozen(datetime.fromtimestamp(clock.now().timestamp() + days * 86_400, clock.now().tzinfo))


def test_d5_the_report_shows_no_count_under_the_threshold(session: Any) -> None:
    for answer in ["white_1"] * 12 + ["asian_1"] * 3 + ["black_2"] * 2:
        equality_monitoring.give(session, PERSON, {"ethnic_group": answer})
    equality_report.release(session, ANALYST)
    report = equality_report.latest(session, ANALYST)
    counts = [count for table in report.tables for _, count in table.rows if count is not None]
    assert counts
    assert all(count >= 5 and count % 5 == 0 for count in counts)


def test_d5_figures_are_not_released_again_too_soon(session: Any) -> None:
    equality_report.release(session, ANALYST)
    with pytest.raises(Refused, match="next can be released"):
        equality_report.release(session, ANALYST)


def test_d1_reading_and_releasing_are_logged_without_content(session: Any, equality_store: Store) -> None:
    equality_report.release(session, ANALYST)
    equality_report.latest(session, ANALYST)
    with reading(equality_store()) as own:
        assert [(row.reader_id, row.what) for row in own.scalars(select(Access).order_by(Access.id))] == [
            (7, "release"), (7, "read"),
        ]  # fmt: skip
    assert {column.name for column in Access.__table__.columns} == {"id", "on", "reader_id", "what"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.APPLICANT])
def test_d1_only_applicants_answer(session: Any, role: Role) -> None:
    actor = make_actor(session, (role.value, make_organisation(session)))
    with pytest.raises(NotAllowed):
        equality_monitoring.give(session, actor, {"disability": "yes"})


def test_d1_the_matcher_has_no_field_for_an_equality_answer() -> None:
    fields = set(ApplicantProfile.__dataclass_fields__)
    assert not fields & {question.code for question in questions(date(2026, 1, 1))}
