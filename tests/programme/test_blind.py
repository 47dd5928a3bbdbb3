"""The blind view: a host meets the work before the name."""

import pytest
from sqlalchemy import Engine, select

from db.engine import writing
from db.models.applications import NameReveal
from db.models.audit import AuditEvent
from db.models.users import User
from programme import applications
from programme.actors import actor_for
from programme.blind import mask, pattern
from programme.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests.factories import make_actor, make_user
from tests.lifecycle import REASON, drafted, make_world, released, requested


def someone(name: str, email: str = "k.osei@example.org") -> User:
    return User(name=name, email=email)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Kwame Osei", "I am Kwame Osei, a planner.", "I am the applicant, a planner."),
        ("Kwame Osei", "Osei's plan and KWAME's notes", "the applicant's plan and the applicant's notes"),
        ("Kwame Osei", "write to k.osei@example.org or K.OSEI", "write to the applicant or the applicant"),
        ("Kwame Osei", "linkedin.com/in/kwame-osei", "linkedin.com/in/the applicant"),
        ("Kwame Osei", "kwameosei on the forum", "the applicant on the forum"),
        ("Kwame Osei", "Oseia and Kwamena are other people", "Oseia and Kwamena are other people"),
        ("Zoë Núñez", "Zoe Nunez wrote it, Zoë said so", "the applicant wrote it, the applicant said so"),
        ("Will Young", "I will help young people. Will.", "I will help young people. the applicant."),
        (
            "Anne-Marie O'Neill",
            "Marie and O'Neill and anne",
            "the applicant and O'the applicant and the applicant",
        ),
    ],
)
def test_a_persons_own_name_and_address_are_masked_as_whole_words(
    name: str, text: str, expected: str
) -> None:
    assert mask(text, pattern(someone(name))) == expected


def test_a_text_without_the_name_is_left_alone() -> None:
    text = "I planned a service with 12 volunteers (see the report)."
    assert mask(text, pattern(someone("Kwame Osei"))) == text


def test_d2_until_the_first_assessment_the_host_sees_a_reference_and_no_trace_of_the_person(
    store: Engine,
) -> None:
    with writing(store) as session:
        world = make_world(session)
        user = session.get_one(User, world.person.user_id)
        user.name, user.email = "Kwame Osei", "kwame.osei@home.example"
        world.applicant.summary = "Kwame plans services. Write to kwame.osei@home.example."
        world.applicant.hopes = "Osei hopes to learn."
        world.applicant.job_title = "Planner (Osei)"
        application = drafted(session, world)
        words = dict.fromkeys(
            ("statement", "case_skills", "case_plan", "case_kind", "case_home", "case_host", "case_choice"),
            "Signed, Kwame Osei",
        )
        applications.save_draft(session, world.person, application.ref, **words)
        applications.request_release(session, world.person, application.ref)
        applications.release(session, world.manager, application.ref, reason=REASON)

        (seen,) = applications.for_offer(session, world.hosting, world.offer.ref)
        assert seen.name is None
        assert seen.organisation is None
        assert not seen.revealed
        assert seen.applicant_ref == world.applicant.ref
        everything = repr(seen)
        for trace in ("Kwame", "Osei", "kwame", "osei", world.home.name, "home.example"):
            assert trace not in everything, trace
        assert seen.statement == "Signed, the applicant"
        assert "assess" in seen.can


def test_d2_saving_the_first_assessment_shows_the_name_to_the_whole_host_and_is_logged_once(
    store: Engine,
) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = released(session, world)
        colleague = make_actor(session, ("host", world.host))
        seen = applications.assess(
            session,
            world.hosting,
            application.ref,
            skills_score=4,
            motivation_score=3,
            strengths="Plans well.",
        )
        assert seen.revealed
        assert seen.name == world.person.name
        assert seen.organisation == world.home.name
        assert applications.blind(session, colleague, application.ref).name == world.person.name

        applications.assess(
            session,
            colleague,
            application.ref,
            skills_score=2,
            motivation_score=3,
            strengths="Writes clearly.",
        )
        reveal = session.scalars(select(NameReveal)).one()
        assert reveal.user_id == world.hosting.user_id
        logged = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "application:reveal_name")
        ).one()
        assert logged.actor_id == world.hosting.user_id
        assert len(applications.blind(session, colleague, application.ref).assessments) == 2


def test_a_second_assessment_by_the_same_person_replaces_their_first(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = released(session, world)
        for score in (2, 5):
            seen = applications.assess(
                session,
                world.hosting,
                application.ref,
                skills_score=score,
                motivation_score=3,
                strengths="Good.",
            )
        (assessment,) = seen.assessments
        assert assessment.skills_score == 5


def test_an_assessment_with_gaps_says_what_is_missing_and_shows_no_name(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = released(session, world)
        with pytest.raises(Invalid) as refusal:
            applications.assess(
                session, world.hosting, application.ref, skills_score=6, motivation_score=None, strengths=" "
            )
        assert set(refusal.value.fields) == {"skills_score", "motivation_score", "strengths"}
        assert applications.blind(session, world.hosting, application.ref).name is None


def test_an_application_is_hidden_from_the_host_until_it_has_been_released(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = requested(session, world)
        assert applications.for_offer(session, world.hosting, world.offer.ref) == ()
        with pytest.raises(NotFound):
            applications.blind(session, world.hosting, application.ref)
        with pytest.raises(IllegalMove):
            applications.assess(
                session, world.hosting, application.ref, skills_score=3, motivation_score=3, strengths="Good."
            )


def test_another_organisations_host_sees_and_assesses_nothing(store: Engine) -> None:
    with writing(store) as session:
        world, other = make_world(session), make_world(session)
        application = released(session, world)
        with pytest.raises(NotFound):
            applications.blind(session, other.hosting, application.ref)
        with pytest.raises(NotAllowed):
            applications.for_offer(session, other.hosting, world.offer.ref)
        with pytest.raises(NotAllowed):
            applications.assess(
                session, other.hosting, application.ref, skills_score=3, motivation_score=3, strengths="Good."
            )


def test_a_host_cannot_reach_the_name_through_the_full_record(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = released(session, world)
        with pytest.raises(NotFound):
            applications.detail(session, world.hosting, application.ref)
        both = make_actor(session, ("programme_manager", None), ("host", world.host))
        with pytest.raises(NotFound):
            applications.detail(session, both, application.ref)


def test_nobody_assesses_their_own_application(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        user = make_user(session, ("applicant", world.home), ("host", world.host))
        world.applicant.user = user
        session.flush()
        world.person = actor_for(user)
        application = released(session, world)
        with pytest.raises(NotAllowed):
            applications.assess(
                session, world.person, application.ref, skills_score=5, motivation_score=5, strengths="Me."
            )
