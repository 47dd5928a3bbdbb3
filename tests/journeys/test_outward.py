"""A civil servant goes to a charity: from signing in to being back, with the outcome told."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import SignIn
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
NAME = "Amara Osei"
STATEMENT = "I am Amara Osei and I have written housing guidance for ten years without meeting its readers."


def test_a_civil_servant_goes_to_a_charity_and_comes_back(sign_in: SignIn) -> None:
    today = datetime.now(UTC).date()
    amara = sign_in(NAME)
    see_a_ranked_list(amara)
    search(amara)
    title = steps.open_one_that_can_be_applied_for(amara)
    application = apply(amara)

    gareth = sign_in("Gareth Pritchard", width=400, height=800)
    steps.release(gareth, NAME, title)
    assert gareth.page.evaluate("document.documentElement.scrollWidth <= 400")

    daniel = sign_in("Daniel Okafor")
    steps.read_blind(daniel, title, application, NAME)
    steps.assess(daniel, NAME)
    steps.choose_person(daniel)

    rosalind = sign_in("Rosalind Achebe")
    match = steps.open_match(rosalind, title)
    steps.pass_gates(sign_in, steps.gates_waiting(amara, application), match)
    steps.approve(rosalind)

    sides = steps.Sides(secondee=amara, host=daniel, manager=gareth)
    placement = steps.propose_terms(daniel, NAME, title, today)
    steps.record_checks(sign_in, placement, today)
    steps.agree(sides, placement)
    steps.start(daniel)
    steps.check_in(amara)
    steps.answer_survey(amara, "At the start", title)
    steps.judge_objectives(amara, placement)
    end(daniel, placement)
    steps.answer_survey(amara, "At the end", title)
    steps.answer_survey(daniel, "At the end", title)
    steps.come_home(gareth, placement)


def see_a_ranked_list(amara: Person) -> None:
    expect(amara.page).to_have_title(re.compile("^Placements for you"))
    amara.is_told("placements you could go to")
    places = amara.page.get_by_text(re.compile(r"out of 100, number \d+ in the list")).all_inner_texts()
    assert [re.search(r"number (\d+)", place)[1] for place in places] == [
        str(n + 1) for n in range(len(places))
    ]  # type: ignore[index]
    assert all(0 <= float(place.split()[0]) <= 100 for place in places)
    amara.page.get_by_text("How this score is made up").first.click()
    expect(amara.page.get_by_role("table").first).to_contain_text("Skills needed")
    amara.check()


def search(amara: Person) -> None:
    """The address holds what was asked, so a refresh keeps it."""
    amara.go("Find a placement")
    amara.fill("Search", "Lantern Street")
    amara.unfold("Filters and order")
    amara.choose("Who it is for", "For civil servants")
    amara.choose("Order", "Title, A to Z")
    expect(amara.page).to_have_url(re.compile(r"text=Lantern.Street"))
    expect(amara.page).to_have_url(re.compile(r"direction=outward"))
    found = amara.page.get_by_role("status").filter(has_text="found").inner_text()
    amara.reload()
    expect(amara.field("Search")).to_have_value("Lantern Street")
    amara.is_told(found)


def apply(amara: Person) -> str:
    amara.follow("See every rule and what would change it")
    amara.reads("These rules are checked before you apply")
    amara.follow("Apply for this placement")
    amara.press("Ask for release")
    amara.reads_alert("before you send this")
    amara.press("Suggest from my profile")
    steps.write_application(amara, STATEMENT)
    return steps.ask_for_release(amara)


def end(daniel: Person, placement: str) -> None:
    """It ends on its last day; the host says what became of the objectives too."""
    daniel.visit(f"/placement-manage?ref={placement}")
    daniel.press("Record the end")
    daniel.is_told("The placement has ended")
    steps.judge_objectives(daniel, placement)
