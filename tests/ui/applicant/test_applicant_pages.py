"""What an applicant sees and does, from an empty profile to an application that is on its way."""

from datetime import date

import pytest
from sqlalchemy import Engine, delete, select
from streamlit.testing.v1 import AppTest

from db.engine import reading, writing
from db.models.applicants import Applicant
from db.models.applications import Application
from db.models.users import SignInSession, User
from tests.factories import make_offer, make_organisation, make_user
from tests.lifecycle import World, another_person, approved, make_world, requested, selected
from tests.ui.conftest import Opener
from tests.ui.pages import said as words_of


@pytest.fixture
def people(world: Engine) -> World:
    """A person whom nothing keeps from one offer."""
    with writing(world) as session:
        return make_world(session, offer={"title": "Food bank planner"})


@pytest.fixture
def newcomer(world: Engine) -> User:
    """Somebody of a department who has no profile yet."""
    with writing(world) as session:
        make_offer(session, make_organisation(session))
        return make_user(session, ("applicant", make_organisation(session, "government")))


@pytest.mark.parametrize(
    "path", ["for-you", "applications", "my-placement", "profile", "notifications", "survey"]
)
def test_every_page_opens_for_somebody_without_a_profile(
    newcomer: User, open_page: Opener, path: str
) -> None:
    page = open_page(path, newcomer)

    assert not page.exception
    assert len(page.title) == 1


def test_without_a_profile_the_list_says_what_to_do(newcomer: User, open_page: Opener) -> None:
    said = words_of(open_page("for-you", newcomer))

    assert "Fill in your profile first" in said
    assert 'href="/profile"' in said


def test_the_list_shows_each_score_with_its_parts_and_words(people: World, open_page: Opener) -> None:
    page = open_page("for-you", people.applicant.user)

    said = words_of(page)
    assert not page.exception
    assert [each.value for each in page.info] == ["1 placement you could go to"]
    assert "Food bank planner" in said
    assert "out of 100, number 1 in the list" in said
    table = page.table[0].value.replace(r"\\", "", regex=True)
    assert table.iloc[-1, 0] == "Score"
    assert sum(float(points) for points in table.iloc[:-1, 1]) == pytest.approx(
        float(table.iloc[-1, 1]), abs=0.3
    )


def test_can_i_go_answers_every_rule(people: World, open_page: Opener) -> None:
    page = open_page("can-i-go", people.applicant.user, ref=people.offer.ref)

    assert not page.exception
    assert page.info[0].value.startswith("Yes")
    assert "Apply for this placement" in words_of(page)


def test_can_i_go_says_what_would_change_a_no(world: Engine, people: World, open_page: Opener) -> None:
    with writing(world) as session:
        session.get_one(Applicant, people.applicant.id).length_max_months = 3
    page = open_page("can-i-go", people.applicant.user, ref=people.offer.ref)

    said = words_of(page)
    assert "No, not as things stand: 1 rule in the way" in said
    assert "What would change it: Change your length" in said
    assert "Apply for this placement" not in said


def _fill_profile(page: object, grade: str) -> None:
    page.text_input(key="profile.job_title").input("Policy adviser")  # type: ignore[attr-defined]
    page.text_input(key="profile.grade_code").input(grade)  # type: ignore[attr-defined]
    page.text_input(key="profile.available_from_on").input("1 2 2027")  # type: ignore[attr-defined]


def test_a_profile_is_saved_and_the_level_is_worked_out(
    world: Engine, newcomer: User, open_page: Opener
) -> None:
    page = open_page("profile", newcomer)
    _fill_profile(page, "SEO")
    page.button(key="save").click().run()

    assert not page.exception
    assert [each.value for each in page.error] == []
    with reading(world) as session:
        stored = session.scalars(select(Applicant).where(Applicant.user_id == newcomer.id)).one()
        assert (stored.level, stored.available_from_on) == (5, date(2027, 2, 1))
    assert "Your level is 5" in page.success[0].value.replace("\\", "")


def test_a_grade_that_nobody_knows_waits_for_a_person(newcomer: User, open_page: Opener) -> None:
    page = open_page("profile", newcomer)
    _fill_profile(page, "Pay band Q")
    page.button(key="save").click().run()

    assert "we do not guess" in page.success[0].value
    assert "Not known yet" in words_of(page)


def test_what_was_typed_stays_when_a_profile_is_refused(newcomer: User, open_page: Opener) -> None:
    page = open_page("profile", newcomer)
    _fill_profile(page, "SEO")
    page.text_input(key="profile.available_from_on").input("31 2 2027")
    page.button(key="save").click().run()

    assert "must be a real date" in page.error[0].value
    assert page.text_input(key="profile.available_from_on").value == "31 2 2027"
    assert page.text_input(key="profile.job_title").value == "Policy adviser"
    assert "sp-field-error" in words_of(page)


def test_mission_shares_that_do_not_add_up_are_refused_by_name(people: World, open_page: Opener) -> None:
    page = open_page("profile", people.applicant.user)
    page.multiselect(key="profile.missions").select("GRO").run()
    page.number_input(key="profile.missions.share.GRO").set_value(50)
    page.button(key="save").click().run()

    assert "add up to 150%" in words_of(page)
    assert page.number_input(key="profile.missions.share.GRO").value == 50


def test_an_application_is_kept_as_it_is_typed(world: Engine, people: World, open_page: Opener) -> None:
    page = open_page("apply", people.applicant.user, ref=people.offer.ref)
    with reading(world) as session:
        ref = session.scalars(select(Application.ref)).one()
    page.text_area(key=f"draft.{ref}.statement").input("I know food banks.").run()

    again = open_page("apply", people.applicant.user, ref=people.offer.ref)
    assert again.text_area(key=f"draft.{ref}.statement").value == "I know food banks."


def test_suggesting_fills_only_the_empty_boxes(world: Engine, people: World, open_page: Opener) -> None:
    page = open_page("apply", people.applicant.user, ref=people.offer.ref)
    with reading(world) as session:
        ref = session.scalars(select(Application.ref)).one()
    page.text_area(key=f"draft.{ref}.case_plan").input("My own words.").run()
    page.button(key="suggest").click().run()

    assert page.text_area(key=f"draft.{ref}.case_plan").value == "My own words."
    assert "6 months" in page.text_area(key=f"draft.{ref}.case_kind").value


def test_an_incomplete_application_is_not_sent_and_nothing_is_lost(
    world: Engine, people: World, open_page: Opener
) -> None:
    page = open_page("apply", people.applicant.user, ref=people.offer.ref)
    with reading(world) as session:
        ref = session.scalars(select(Application.ref)).one()
    page.text_area(key=f"draft.{ref}.statement").input("I know food banks.")
    page.button(key="send").click().run()

    assert len(page.error) == 1
    with reading(world) as session:
        stored = session.scalars(select(Application)).one()
        assert (stored.state, stored.statement) == ("draft", "I know food banks.")


def test_my_applications_say_on_whom_each_waits(world: Engine, people: World, open_page: Opener) -> None:
    with writing(world) as session:
        requested(session, people)
    said = words_of(open_page("applications", people.applicant.user))

    assert "Waiting for your line manager" in said
    assert "Your line manager" in said


def test_an_application_can_be_withdrawn_with_a_reason(
    world: Engine, people: World, open_page: Opener
) -> None:
    with writing(world) as session:
        ref = requested(session, people).ref
    page = open_page("application", people.applicant.user, ref=ref)

    assert not page.exception
    assert "What happens next" in words_of(page)
    assert "Withdraw" in words_of(page)


def test_an_application_in_approval_shows_every_gate(world: Engine, people: World, open_page: Opener) -> None:
    with writing(world) as session:
        selected(session, people)
        ref = session.scalars(select(Application.ref)).one()
    said = words_of(open_page("application", people.applicant.user, ref=ref))

    assert "Approvals" in said
    assert "Programme manager" in said


def test_nobody_reads_another_persons_application(world: Engine, people: World, open_page: Opener) -> None:
    with writing(world) as session:
        ref = requested(session, people).ref
        other = another_person(session, people)
    said = words_of(open_page("application", other.applicant.user, ref=ref))

    assert "There is no such application" in said


def test_my_placement_shows_what_it_waits_for(world: Engine, people: World, open_page: Opener) -> None:
    with writing(world) as session:
        approved(session, people)
    page = open_page("my-placement", people.applicant.user)

    said = words_of(page)
    assert not page.exception
    assert "Approved, not arranged yet" in said
    assert "Who has agreed these terms" in said


def _not_saved(page: AppTest) -> int:
    return sum("Not saved yet" in getattr(block, "body", "") for block in page.get("html"))


def test_one_section_of_a_profile_is_saved_on_its_own(
    world: Engine, people: World, open_page: Opener
) -> None:
    page = open_page("profile", people.applicant.user)
    page.text_area(key="profile.hopes").input("To learn how a food bank plans.").run()
    page.text_area(key="profile.summary").input("I plan.").run()
    page.text_input(key="profile.job_title").input("Another title").run()
    assert _not_saved(page) == 2
    page.button(key="save-about you").click().run()

    assert _not_saved(page) == 1
    assert page.text_input(key="profile.job_title").value == "Another title"
    with reading(world) as session:
        stored = session.get_one(Applicant, people.applicant.id)
        assert (stored.summary, stored.hopes) == ("I plan.", "To learn how a food bank plans.")
        assert stored.job_title != "Another title"


def test_what_was_not_saved_can_be_copied_when_a_sign_in_has_ended(
    world: Engine, people: World, open_page: Opener
) -> None:
    page = open_page("profile", people.applicant.user)
    with writing(world) as session:
        session.execute(delete(SignInSession))
    page.text_area(key="profile.hopes").input("To learn how a food bank plans.").run()

    said = words_of(page)
    assert "You have been signed out" in said
    assert "To learn how a food bank plans." in said
    assert people.applicant.job_title not in said
