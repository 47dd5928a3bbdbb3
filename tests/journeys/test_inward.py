"""A charity worker goes into a department: from the offer's first draft to its outcome."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import SignIn
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
NAME = "Leila Haddad"
TITLE = "Adviser from the front line on letters that tenants can act on"
STATEMENT = (
    "Every week I explain a letter that could have explained itself. I would like to write better ones."
)
WORK = {
    "Summary": "Half of our letters are read out at a help desk before anybody acts on them. Help us change that.",
    "What the person will do": "Rewrite the six letters that are sent most, and test each with ten tenants.",
    "What they will learn": "How a rule becomes a letter, and who can change which word of it.",
    "Contact": "Head of tenant services",
    "Town or city": "Leeds",
}


def test_a_charity_worker_goes_into_a_department_and_comes_back(sign_in: SignIn) -> None:
    today = datetime.now(UTC).date()
    priya = sign_in("Priya Nair")
    begin_an_offer(priya)
    send_it_too_early(priya)
    complete_it(priya, today)
    offer = send_it(priya)
    rosalind = sign_in("Rosalind Achebe")
    publish(rosalind)

    leila = sign_in(NAME)
    find(leila)
    application = apply(leila, offer)
    moira = sign_in("Moira Campbell")
    steps.release(moira, NAME, TITLE)
    priya.go("Our offers")
    steps.read_blind(priya, TITLE, application, NAME)
    steps.assess(priya, NAME)
    steps.choose_person(priya)

    match = steps.open_match(rosalind, TITLE)
    waiting = steps.gates_waiting(leila, application)
    assert "Propriety" in waiting
    rosalind.reads("Still waiting for: propriety.")
    rosalind.sees_no_button("Approve this match")
    steps.pass_gates(sign_in, waiting, match)
    steps.approve(rosalind)

    sides = steps.Sides(secondee=leila, host=priya, manager=moira)
    placement = steps.propose_terms(priya, NAME, TITLE, today)
    steps.record_checks(sign_in, placement, today)
    steps.agree(sides, placement)
    steps.start(priya)
    steps.check_in(leila)
    end_early(priya, placement)
    steps.answer_survey(leila, "At the end", TITLE)
    steps.answer_survey(moira, "At the end", TITLE)
    steps.come_home(moira, placement)


def begin_an_offer(priya: Person) -> None:
    """Without a title there is no draft, and the page says so."""
    priya.follow("Post an offer")
    priya.press("Save and continue")
    priya.reads_alert("Enter a title")
    priya.fill("Title", TITLE)
    priya.press("Save and continue")
    priya.is_headed("Change your offer")


def send_it_too_early(priya: Person) -> None:
    """An unfinished offer is refused with what it lacks, and keeps what it has."""
    priya.fill("Summary", WORK["Summary"])
    priya.follow("Continue")
    priya.press("Send to be checked")
    priya.reads_alert("Add what the person will do, what they will learn")
    priya.follow("Change the offer")
    expect(priya.field("Summary")).to_have_value(WORK["Summary"])


def complete_it(priya: Person, today: date) -> None:
    """A day that does not exist is refused and stays on the page; everything else is kept."""
    for label, text in WORK.items():
        priya.fill(label, text)
    priya.add("Missions this work serves", "Break down barriers to opportunity")
    priya.add("Skills needed", "Advise on housing")
    priya.choose("Lowest level", re.compile("^5: "))
    priya.choose("Highest level", re.compile("^7: "))
    priya.choose("Where the work is done", "Partly at the workplace, partly from home")
    priya.fill("Length in months", "6")
    priya.fill("Earliest start", "31 2 2027")
    priya.reads_alert("must be a real date")
    expect(priya.field("Earliest start")).to_have_value("31 2 2027")
    priya.fill("Latest start", steps.as_typed(today + timedelta(days=120)))
    priya.fill("Earliest start", steps.as_typed(today + timedelta(days=30)))
    priya.reads("Draft saved.")
    priya.reload()
    for label, text in WORK.items():
        expect(priya.field(label)).to_have_value(text)


def send_it(priya: Person) -> str:
    priya.follow("Continue")
    priya.press("Send to be checked")
    priya.is_told("Offer sent to be checked")
    return steps.ref_in(priya.page.url)


def publish(rosalind: Person) -> None:
    rosalind.go("Offers to check")
    rosalind.follow(TITLE)
    rosalind.press("Publish the offer")
    rosalind.is_told("Offer published")


def find(leila: Person) -> None:
    leila.is_told("placements you could go to")
    leila.go("Find a placement")
    leila.fill("Search", "letters that tenants")
    leila.is_told("1 placement found")
    leila.follow(TITLE)
    leila.reads("out of 100")


def apply(leila: Person, offer: str) -> str:
    leila.follow("See every rule and what would change it")
    leila.follow("Apply for this placement")
    steps.write_application(leila, STATEMENT)
    leila.reads("Draft saved on")
    leila.visit(f"/apply?ref={offer}")
    expect(leila.field("Your statement")).to_have_value(STATEMENT)
    return steps.ask_for_release(leila)


def end_early(priya: Person, placement: str) -> None:
    """It stops before its last day, which takes a reason from the list and in words."""
    priya.visit(f"/placement-manage?ref={placement}")
    ending = priya.unfold("End the placement early")
    priya.press("End the placement early", within=ending)
    priya.reads_alert("There is a problem")
    ending = priya.unfold("End the placement early")
    priya.choose("Which reason fits best?", "The objectives were met early", within=ending)
    priya.fill(
        "Your reason", "The letters are written and tested, so the team no longer needs help.", within=ending
    )
    priya.press("End the placement early", within=ending)
    priya.is_told("The placement has ended early")
