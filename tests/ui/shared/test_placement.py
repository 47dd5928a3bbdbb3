"""One placement page, seen by each side and by those who look after it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.outcomes import Survey
from db.models.placements import Placement
from db.models.users import User
from programme import clock, placements
from tests.lifecycle import World, active, approved, make_world, offer_from_today, terms_of
from tests.ui.conftest import Opener
from tests.ui.pages import said as words_of


@pytest.fixture
def people(world: Engine) -> World:
    """Everybody who has a part in one placement."""
    with writing(world) as session:
        return make_world(
            session,
            offer=offer_from_today(title="Food bank planner", vetting_code="bpss"),
            applicant={"available_from_on": clock.today()},
        )


@pytest.fixture
def ref(world: Engine, people: World) -> str:
    """A placement that has just been approved."""
    with writing(world) as session:
        return approved(session, people).ref


SIDES = ["person", "hosting", "manager", "programme", "finance", "security"]


@pytest.mark.parametrize("side", SIDES)
def test_every_side_sees_the_placement(people: World, ref: str, open_page: Opener, side: str) -> None:
    page = open_page("placement-manage", getattr(people, side).user_id, ref=ref)

    assert not page.exception
    assert [each.value for each in page.title] == ["Food bank planner"]
    assert "What comes next" in words_of(page)


def test_terms_are_proposed_and_then_agreed_by_the_other_side(
    world: Engine, people: World, ref: str, open_page: Opener
) -> None:
    page = open_page("placement-manage", people.hosting.user_id, ref=ref)
    page.text_input(key="terms.host_supervisor").input("Head of services")
    page.text_area(key="terms.objectives").input("Write the plan\nTrain two colleagues")
    page.button(key="propose").click().run()
    assert [each.value for each in page.error] == []

    page = open_page("placement-manage", people.person.user_id, ref=ref)
    page.button(key="agree-terms").click().run()

    with reading(world) as session:
        stored = session.scalars(select(Placement)).one()
        assert [objective.wording for objective in stored.objectives] == [
            "Write the plan",
            "Train two colleagues",
        ]
        assert stored.agreed_by_secondee_at is not None
        assert stored.agreed_by_host_at is None


def test_a_wrong_date_in_the_terms_is_named_and_nothing_is_lost(
    people: World, ref: str, open_page: Opener
) -> None:
    page = open_page("placement-manage", people.hosting.user_id, ref=ref)
    page.text_input(key="terms.ends_on").input("soon")
    page.text_area(key="terms.objectives").input("Write the plan")
    page.button(key="propose").click().run()

    assert "Last day must be a real date" in page.error[0].value
    assert page.text_area(key="terms.objectives").value == "Write the plan"


def test_vat_is_recorded_by_finance_with_a_reason(
    world: Engine, people: World, ref: str, open_page: Opener
) -> None:
    page = open_page("placement-manage", people.finance.user_id, ref=ref)
    page.radio(key="vat.treatment").set_value("standard")
    page.text_area(key="vat.reason").input("A supply of staff, and no relief applies to it.")
    page.button(key="record-vat").click().run()

    assert [each.value for each in page.error] == []
    assert "Standard-rated supply of staff" in words_of(page)
    with reading(world) as session:
        assert session.scalars(select(Placement)).one().vat_treatment == "standard"


def test_vat_is_never_recorded_without_a_choice(people: World, ref: str, open_page: Opener) -> None:
    page = open_page("placement-manage", people.finance.user_id, ref=ref)
    page.button(key="record-vat").click().run()

    assert "Choose a VAT treatment" in page.error[0].value


def test_vetting_is_recorded_by_security_only(people: World, ref: str, open_page: Opener) -> None:
    today = clock.today()
    page = open_page("placement-manage", people.security.user_id, ref=ref)
    page.text_input(key="vetting.cleared_on").input(f"{today.day}/{today.month}/{today.year}")
    page.button(key="record-vetting").click().run()
    assert page.success[0].value == "Vetting recorded"

    other = open_page("placement-manage", people.hosting.user_id, ref=ref)
    assert "record-vetting" not in [button.key for button in other.button]


def test_a_check_in_is_recorded_by_the_person(world: Engine, people: World, open_page: Opener) -> None:
    with writing(world) as session:
        ref = active(session, people).ref
    page = open_page("placement-manage", people.person.user_id, ref=ref)
    page.radio(key="check_in.mood").set_value("4")
    page.text_area(key="check_in.going_well").input("The team is open.")
    page.button(key="record-check-in").click().run()

    assert [each.value for each in page.error] == []
    assert "The team is open." in words_of(page)


def test_objectives_are_judged_by_the_side_that_reads_the_page(
    world: Engine, people: World, open_page: Opener
) -> None:
    with writing(world) as session:
        placement = active(session, people)
        first = placement.objectives[0].id
    page = open_page("placement-manage", people.hosting.user_id, ref=placement.ref)
    page.selectbox(key=f"objective.{first}").select("met")
    page.button(key="save-objectives").click().run()

    with reading(world) as session:
        judged = session.scalars(select(Placement)).one().objectives[0]
        assert (judged.result_host, judged.result_secondee) == ("met", None)


def test_the_host_does_not_plan_the_return(people: World, ref: str, open_page: Opener) -> None:
    host = open_page("placement-manage", people.hosting.user_id, ref=ref)
    manager = open_page("placement-manage", people.manager.user_id, ref=ref)

    assert "save-return" not in [button.key for button in host.button]
    assert "save-return" in [button.key for button in manager.button]


def test_a_stranger_learns_nothing(world: Engine, people: World, ref: str, open_page: Opener) -> None:
    with writing(world) as session:
        stranger: User = make_world(session).applicant.user
    assert "There is no such placement" in words_of(open_page("placement-manage", stranger, ref=ref))


def test_survey_answers_are_kept_as_they_are_given_and_sent_once(
    world: Engine, people: World, open_page: Opener
) -> None:
    with writing(world) as session:
        placement = active(session, people)
        survey = session.scalars(
            select(Survey).where(
                Survey.placement_id == placement.id, Survey.wave == "t0", Survey.respondent == "secondee"
            )
        ).one()
    page = open_page("survey", people.person.user_id, id=survey.id)
    assert not page.exception
    page.text_input(key=f"survey.{survey.id}.F2").input("3").run()
    with reading(world) as session:
        assert session.get_one(Survey, survey.id).answers == {"F2": 3}

    for radio in page.radio:
        radio.set_value("4")
    page.button(key="send").click().run()
    with reading(world) as session:
        assert session.get_one(Survey, survey.id).answered_at is not None


def test_terms_that_cannot_stand_are_refused_with_the_field(
    world: Engine, people: World, ref: str, open_page: Opener
) -> None:
    with writing(world) as session:
        placement = placements.detail(session, people.hosting, ref)
        wrong = terms_of(placement).ends_on - timedelta(days=4000)
    page = open_page("placement-manage", people.hosting.user_id, ref=ref)
    page.text_input(key="terms.ends_on").input(f"{wrong.day} {wrong.month} {wrong.year}")
    page.text_input(key="terms.host_supervisor").input("Head of services")
    page.text_area(key="terms.objectives").input("Write the plan")
    page.button(key="propose").click().run()

    assert "on or after the first day" in page.error[0].value
