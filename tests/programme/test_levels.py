"""Levels come from tables or from a person's decision, never from a guess."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.applicants import Applicant, LevelReview, LevelSource
from db.models.audit import AuditEvent
from db.models.notifications import Notification
from programme import levels
from programme.errors import AlreadyDecided, Invalid, NotAllowed, NotFound
from tests.factories import make_actor, make_applicant, make_organisation

REASON = "Their HR team says this is the same as an SEO."


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    with writing(store) as session:
        yield session


def _waiting(session: Session, **home: object) -> tuple[Applicant, LevelReview]:
    applicant = make_applicant(session, make_organisation(session, "government", **home), grade_code="Band X")
    levels.resolve(session, applicant, grade_changed=True)
    return applicant, session.scalars(select(LevelReview)).one()


def test_g1_the_same_code_means_different_levels_in_different_departments(session: Session) -> None:
    assert levels.translate(session, "DfT", "7") == 7
    assert levels.translate(session, "FCDO", "A1") == 1
    assert levels.translate(session, "*", "g 7") == 6
    assert levels.translate(session, "*", "A1") is None


def test_a_charity_role_has_the_level_of_its_charitys_income(session: Session) -> None:
    micro = make_organisation(session, income_band="micro")
    major = make_organisation(session, income_band="major")

    assert levels.level_of(session, micro, "Chief executive") == (5, LevelSource.CHARITY_TABLE)
    assert levels.level_of(session, major, "chief_executive") == (9, LevelSource.CHARITY_TABLE)
    assert levels.level_of(session, major, "Wizard") == (None, LevelSource.WAITING)


def test_g1_an_unknown_grade_waits_once_however_often_it_is_saved(session: Session) -> None:
    applicant, review = _waiting(session)

    levels.resolve(session, applicant, grade_changed=False)

    assert applicant.level is None
    assert applicant.level_source is LevelSource.WAITING
    assert session.scalars(select(LevelReview)).all() == [review]


def test_a_programme_manager_settles_a_grade_and_the_person_is_told(session: Session) -> None:
    applicant, review = _waiting(session)
    manager = make_actor(session, ("programme_manager", None))
    assert levels.waiting(session, manager) == [review]

    levels.settle(session, manager, review.id, level=5, reason=REASON)

    assert (applicant.level, applicant.level_source) == (5, LevelSource.MANAGER)
    assert levels.waiting(session, manager) == []
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "level:settle")).one()
    assert (event.reason, event.detail) == (REASON, {"grade_code": "Band X", "level": 5})
    told = session.scalars(select(Notification).where(Notification.user_id == applicant.user_id)).one()
    assert REASON in told.body


def test_a_settled_level_stands_while_the_grade_stays_and_waits_again_when_it_changes(
    session: Session,
) -> None:
    applicant, review = _waiting(session)
    levels.settle(
        session, make_actor(session, ("programme_manager", None)), review.id, level=5, reason=REASON
    )

    levels.resolve(session, applicant, grade_changed=False)
    assert applicant.level == 5

    applicant.grade_code = "Band Y"
    levels.resolve(session, applicant, grade_changed=True)
    assert applicant.level is None


def test_a_grade_that_turns_out_to_be_known_no_longer_waits(session: Session) -> None:
    applicant, review = _waiting(session)

    applicant.grade_code = "HEO"
    levels.resolve(session, applicant, grade_changed=True)

    assert applicant.level == 4
    assert review.decided_at is not None


def test_a_level_is_settled_once_by_a_stranger_from_1_to_10_and_with_a_reason(session: Session) -> None:
    applicant, review = _waiting(session)
    manager = make_actor(session, ("programme_manager", None))
    colleague = make_actor(session, ("programme_manager", None), ("host", applicant.organisation))

    with pytest.raises(Invalid) as refused:
        levels.settle(session, manager, review.id, level=11, reason="yes")
    assert list(refused.value.fields) == ["level", "reason"]
    assert levels.waiting(session, colleague) == []
    with pytest.raises(NotAllowed):
        levels.settle(session, colleague, review.id, level=5, reason=REASON)
    with pytest.raises(NotFound):
        levels.settle(session, manager, review.id + 1, level=5, reason=REASON)
    levels.settle(session, manager, review.id, level=5, reason=REASON)
    with pytest.raises(AlreadyDecided):
        levels.settle(session, manager, review.id, level=6, reason=REASON)
