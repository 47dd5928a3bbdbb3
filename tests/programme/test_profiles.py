"""Filling in a profile: its direction, its level, its line manager, and what is impossible."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.applicants import Applicant, LevelReview, LevelSource
from db.models.audit import AuditEvent
from db.models.notifications import Notification
from db.models.offers import Direction
from db.models.users import Role, User
from programme import clock, profiles
from programme.actors import PUBLIC, Actor
from programme.errors import AlreadyDecided, Invalid, NotAllowed
from programme.profiles import ProfileFields
from tests.factories import in_days, make_actor, make_organisation, make_user


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    with writing(store) as session:
        yield session


def _fields(**values: object) -> ProfileFields:
    return replace(
        ProfileFields(
            job_title="Policy adviser",
            grade_code="SEO",
            summary="I plan services with the people who use them.",
            hopes="To see how a charity decides.",
            missions=(("OPP", 0.7), ("NHS", 0.3)),
            skills=(("beh:working-together", 3, "Ran a joint board."),),
            wants=(("beh:leadership", 2),),
            regions=("TLC", "TLD"),
            available_from_on=in_days(30),
        ),
        **values,  # type: ignore[arg-type]
    )


def _civil_servant(session: Session) -> Actor:
    return make_actor(session, ("applicant", make_organisation(session, "government")))


def test_a_civil_servant_goes_out_at_the_level_of_their_grade(session: Session) -> None:
    applicant = profiles.save(session, _civil_servant(session), _fields())

    assert applicant.direction is Direction.OUTWARD
    assert (applicant.level, applicant.level_source) == (5, LevelSource.GRADE_TABLE)


def test_a_charity_worker_comes_in_at_the_level_of_their_role_and_income_band(session: Session) -> None:
    actor = make_actor(session, ("applicant", make_organisation(session, income_band="large")))

    applicant = profiles.save(session, actor, _fields(grade_code="Head of"))

    assert applicant.direction is Direction.INWARD
    assert (applicant.level, applicant.level_source) == (6, LevelSource.CHARITY_TABLE)


def test_an_unknown_grade_waits_for_a_person_and_is_never_guessed(session: Session) -> None:
    actor = _civil_servant(session)

    applicant = profiles.save(session, actor, _fields(grade_code="Band Q"))
    profiles.save(session, actor, _fields(grade_code="Band Q", hopes="Something else."))

    assert (applicant.level, applicant.level_source) == (None, LevelSource.WAITING)
    assert [review.grade_code for review in session.scalars(select(LevelReview))] == ["Band Q"]
    assert "your level, once your grade is settled" in profiles.completeness(applicant)[1]


def test_what_is_saved_is_what_the_form_shows_again(session: Session) -> None:
    actor = _civil_servant(session)
    profiles.save(session, actor, _fields())

    shown = profiles.fields_of(session, actor)

    assert replace(shown, version=None, organisation_ref=None) == _fields()


def test_the_form_of_somebody_new_is_empty(session: Session) -> None:
    actor = _civil_servant(session)

    assert profiles.own(session, actor) is None
    assert profiles.fields_of(session, actor).job_title == ""


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"job_title": " "}, "job_title"),
        ({"grade_code": ""}, "grade_code"),
        ({"missions": (("OPP", 0.7),)}, "missions"),
        ({"missions": (("XXX", 1.0),)}, "missions"),
        ({"skills": (("none:such", 2, ""),)}, "skills"),
        ({"wants": (("beh:leadership", 9),)}, "wants"),
        ({"regions": ("TLC", "TLZ")}, "regions"),
        ({"kinds": ("holiday",)}, "kinds"),
        ({"days_min": 0.0}, "days_min"),
        ({"days_min": 4.0, "days_max": 3.0}, "days_max"),
        ({"length_min_months": 9, "length_max_months": 6}, "length_max_months"),
        ({"available_from_on": None}, "available_from_on"),
        ({"available_to_on": date(2020, 1, 1)}, "available_to_on"),
        ({"contract_type": "fixed_term"}, "contract_end_on"),
        ({"contract_type": "zero_hours"}, "contract_type"),
        ({"vetting_code": "top"}, "vetting_code"),
        ({"profession_code": "wizardry"}, "profession_code"),
        ({"employed_since_on": date(2999, 1, 1)}, "employed_since_on"),
        ({"line_manager_email": "nobody"}, "line_manager_email"),
    ],
)
def test_an_impossible_value_is_refused_at_its_own_field(
    session: Session, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        profiles.save(session, _civil_servant(session), _fields(**values))
    assert list(refused.value.fields) == [field]


def test_no_missions_at_all_is_a_profile_too(session: Session) -> None:
    applicant = profiles.save(session, _civil_servant(session), _fields(missions=()))

    assert applicant.missions == []
    assert "at least one mission" in profiles.completeness(applicant)[1]


def test_a_line_manager_who_is_new_is_invited(session: Session) -> None:
    actor = _civil_servant(session)

    applicant = profiles.save(
        session, actor, _fields(line_manager_email="Lee.Ward@x.example", line_manager_name="Lee Ward")
    )

    manager = session.scalars(select(User).where(User.email == "lee.ward@x.example")).one()
    assert applicant.line_manager_id == manager.id
    assert [(row.role, row.organisation_id) for row in manager.memberships] == [
        (Role.LINE_MANAGER, applicant.organisation_id)
    ]
    invitation = session.scalars(select(Notification).where(Notification.user_id == manager.id)).one()
    assert invitation.link.startswith("/choose-password?link=")


def test_a_line_manager_who_is_known_gains_the_role_once(session: Session) -> None:
    actor = _civil_servant(session)
    manager = make_user(session)

    for hopes in ("One.", "Two."):
        profiles.save(session, actor, _fields(line_manager_email=manager.email, hopes=hopes))

    session.refresh(manager)
    assert [row.role for row in manager.memberships] == [Role.LINE_MANAGER]
    assert session.scalars(select(Notification).where(Notification.user_id == manager.id)).all() == []


def test_an_account_whose_address_is_not_proven_cannot_be_named_as_line_manager(session: Session) -> None:
    actor = _civil_servant(session)
    impostor = make_user(
        session, email="the.manager@dept.example", password_hash="chosen by whoever registered"
    )

    with pytest.raises(Invalid, match="not been confirmed"):
        profiles.save(session, actor, _fields(line_manager_email=impostor.email))

    impostor.email_confirmed_at = clock.now()
    assert (
        profiles.save(session, actor, _fields(line_manager_email=impostor.email)).line_manager_id
        == impostor.id
    )


def test_nobody_is_their_own_line_manager(session: Session) -> None:
    actor = _civil_servant(session)

    with pytest.raises(Invalid) as refused:
        profiles.save(session, actor, _fields(line_manager_email=actor.email.upper()))
    assert list(refused.value.fields) == ["line_manager_email"]


def test_a_change_is_audited_by_field_and_no_change_is_not(session: Session) -> None:
    actor = _civil_servant(session)
    profiles.save(session, actor, _fields())
    profiles.save(session, actor, _fields())

    profiles.save(session, actor, _fields(hopes="To learn to fundraise.", regions=("TLC",)))

    changes = session.scalars(select(AuditEvent).where(AuditEvent.action == "profile:change")).all()
    assert [change.detail for change in changes] == [{"changed": ["hopes", "regions"]}]


def test_saving_from_a_form_that_is_out_of_date_is_refused(session: Session) -> None:
    actor = _civil_servant(session)
    profiles.save(session, actor, _fields())
    form = profiles.fields_of(session, actor)
    profiles.save(session, actor, replace(form, hopes="First."))

    with pytest.raises(AlreadyDecided):
        profiles.save(session, actor, replace(form, hopes="Second."))


def test_only_an_applicant_has_a_profile(session: Session) -> None:
    host = make_actor(session, ("host", make_organisation(session)))

    for actor in (PUBLIC, host):
        with pytest.raises(NotAllowed):
            profiles.save(session, actor, _fields())
    assert session.scalars(select(Applicant)).all() == []


def test_somebody_with_two_employers_says_which(session: Session) -> None:
    one, two = make_organisation(session, "government"), make_organisation(session)
    actor = make_actor(session, ("applicant", one), ("applicant", two))

    with pytest.raises(Invalid) as refused:
        profiles.save(session, actor, _fields())
    assert list(refused.value.fields) == ["organisation_ref"]
    applicant = profiles.save(session, actor, _fields(organisation_ref=two.ref, grade_code="officer"))
    assert applicant.direction is Direction.INWARD


def test_a_complete_profile_says_so(session: Session) -> None:
    actor = _civil_servant(session)
    applicant = profiles.save(session, actor, _fields(line_manager_email=make_user(session).email))

    assert profiles.completeness(applicant) == (1.0, ())
