"""The programme team's day: the queue, decisions one by one, a round, outcomes, and the trail they leave."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import steps
from tests.journeys.conftest import SignIn
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
ROUND = "Winter round, towards civil society"
WHY = "The scores are even on both sides and nobody is proposed twice, so people should be asked."
ALREADY = "Somebody decided this in another tab while the reason was being written."


def test_a_programme_manager_works_from_the_queue_to_the_outcomes(sign_in: SignIn) -> None:
    rosalind = sign_in("Rosalind Achebe")
    rosalind.is_headed("Queue")
    match = decide_one(rosalind)
    refuse_their_own(sign_in("Tom Bellamy"))
    run_a_round(rosalind)
    settle_a_grade(rosalind)
    accept_an_organisation(rosalind)
    see_outcomes(rosalind)
    see_how_the_score_is_set(rosalind)
    read_the_trail(sign_in("Ewan Fraser"), match)


def decide_one(rosalind: Person) -> str:
    """Approve the first match that can be; a tab opened before says that it has been decided."""
    before = ready(rosalind)
    name = next_that_can_be_approved(rosalind)
    match = steps.ref_in(rosalind.page.url)
    late = rosalind.second_tab()
    late.visit(f"/decide?ref={match}")
    late.fill("Your reason", ALREADY)
    steps.approve(rosalind)
    rosalind.is_headed("Queue")
    assert ready(rosalind) == before - 1
    late.press("Approve this match")
    late.reads_alert("This has been decided or changed since you opened the page")
    late.page.close()
    rosalind.go("Placements")
    rosalind.reads(name)
    return match


def ready(rosalind: Person) -> int:
    """How many matches the queue says can be decided now."""
    heading = rosalind.page.get_by_role("heading", name=re.compile("^Matches for you to decide"))
    found = re.search(r"\((\d+)\)", heading.inner_text())
    assert found
    return int(found[1])


def in_the_queue(person: Person) -> Locator:
    """The matches on the first page of the queue, as links."""
    return person.page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link")


def next_that_can_be_approved(rosalind: Person) -> str:
    """Open matches from the top until one can be approved. Gives back the person's name."""
    for title in in_the_queue(rosalind).all_inner_texts():
        rosalind.follow(title)
        if rosalind.page.get_by_role("button", name="Approve this match").is_visible():
            return title.partition(" to ")[0]
        rosalind.follow("‹ Queue")
    raise AssertionError("No match in the queue can be approved.")


def refuse_their_own(tom: Person) -> None:
    """A manager who belongs to a department cannot decide where it is a party."""
    theirs = "to Department for Homes and Places (demonstration): "
    titles = [title for title in in_the_queue(tom).all_inner_texts() if theirs in title]
    assert titles
    tom.follow(titles[0])
    tom.reads("You belong to one of the two organisations")
    tom.sees_no_button("Approve this match")
    tom.sees_no_button("Reject this match")


def run_a_round(rosalind: Person) -> None:
    """Settings that cannot be read are refused; the round is looked at, and published with a reason."""
    rosalind.go("Matching rounds")
    rosalind.unfold("Run a new round")
    rosalind.fill("Name of the round", ROUND)
    rosalind.choose("Direction", "From government to civil society")
    rosalind.fill("Pairs to keep (optional)", "Amara to Lantern Street")
    rosalind.press("Run the round")
    rosalind.reads_alert("is not a pair")
    rosalind.unfold("Run a new round")
    expect(rosalind.field("Name of the round")).to_have_value(ROUND)
    rosalind.fill("Pairs to keep (optional)", "")
    rosalind.press("Run the round")
    rosalind.is_told("The round has been run")
    rosalind.is_headed(ROUND)
    rosalind.reads("It is stable: no person and host would both rather have each other")
    expect(rosalind.page.get_by_role("heading", name=re.compile(r"^Proposals \([1-9]"))).to_be_visible()
    decision = rosalind.unfold("Publish the round")
    rosalind.press("Publish the round", within=decision)
    rosalind.reads_alert("Say why, in at least 20 characters")
    decision = rosalind.unfold("Publish the round")
    rosalind.fill("Your reason", WHY, within=decision)
    rosalind.press("Publish the round", within=decision)
    rosalind.is_told("Round published")


def settle_a_grade(rosalind: Person) -> None:
    """A grade that no table knows gets a level from a person, with a reason."""
    rosalind.go("Grades to settle")
    settle = rosalind.page.get_by_role("button", name=re.compile("^Settle ")).first.inner_text()
    grade = re.sub(r"^Settle (.+) for PER-\w+$", r"\1", settle)
    rosalind.press(settle)
    rosalind.reads_alert("Choose a level from 1 to 10")
    form = rosalind.page.get_by_test_id("stForm").filter(has=rosalind.page.get_by_role("button", name=settle))
    rosalind.choose(f"Level of {grade}", re.compile("^5: "), within=form)
    rosalind.fill(
        f"Reason for {settle.split()[-1]}",
        "Compared with the grade structure that the organisation sent.",
        within=form,
    )
    rosalind.press(settle)
    rosalind.is_told(f"{grade} is now level 5")


def accept_an_organisation(rosalind: Person) -> None:
    """An organisation is accepted with a note of what was checked."""
    rosalind.go("Organisations")
    accept = rosalind.page.get_by_role("button", name=re.compile("^Accept ")).first.inner_text()
    name = accept.removeprefix("Accept ")
    rosalind.press(accept)
    rosalind.reads_alert("Say what you checked")
    note = rosalind.page.get_by_role("textbox", name=re.compile(f"About {re.escape(name)}"))
    note.fill("Read the constitution and a bank letter, and spoke to the treasurer.")
    rosalind.press(accept)
    rosalind.is_told(f"{name}: checked")


def see_outcomes(rosalind: Person) -> None:
    """Every figure says how many it is of; the charts come with their table and a file."""
    rosalind.go("Outcomes")
    facts = rosalind.facts()
    assert re.fullmatch(r"\d+% \(n = [\d,]+\)", facts["Completed, of those that ended"])
    assert re.fullmatch(r"\d+% \(n = [\d,]+\)", facts["Objectives met"])
    for title in ("By mission", "By direction", "By level", "By region", "By the charity’s income"):
        expect(rosalind.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    rosalind.unfold("By direction: the figures as a table")
    expect(rosalind.page.get_by_role("table").first).to_contain_text("n =")
    rosalind.check()
    with rosalind.page.expect_download() as download:
        rosalind.page.get_by_role("button", name="Download these figures (CSV)").click()
    assert download.value.suggested_filename == "outcomes.csv"


def see_how_the_score_is_set(rosalind: Person) -> None:
    """The points in force are shown with what a change needs, and too little evidence is refused in words."""
    rosalind.go("How the score is set")
    rosalind.is_headed("How the score is set")
    rosalind.reads("Nothing is in shadow")
    rosalind.press("Learn from the outcomes so far")
    rosalind.reads_alert("the points in force stay until there are 50")


def read_the_trail(ewan: Person, match: str) -> None:
    """The auditor finds who decided what and why, and can change nothing."""
    ewan.go("Audit trail")
    ewan.fill("Reference (optional)", match)
    ewan.reads("Match: approve")
    ewan.reads("Rosalind Achebe")
    ewan.reads("The skills fit, the team is covered and both organisations want this.")
    ewan.go("Outcomes")
    ewan.visit("/queue")
    ewan.is_headed("You cannot see this page")
