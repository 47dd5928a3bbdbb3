"""What people do in more than one journey: apply, release, choose, approve, agree, go and come back."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.journeys.conftest import SignIn
from tests.journeys.person import Person

CASE = {
    "Skills to gain": "Running a casework rota, and hearing what our rules do to people on the day.",
    "Fit with the development plan": "My plan for this year asks for six months in front-line delivery.",
    "The sort of secondment": "A full-time secondment from the first date that the offer gives.",
    "What the home organisation gains": "Somebody who has seen where the guidance does not work in practice.",
    "What the host gains": "Ten years of drafting guidance, and a way into the department.",
    "Why this host": "It is the one that works with the people our policy is about.",
}
APPROVERS = {
    "Propriety": "Helena Kowalski",
    "Civil Service Commission": "Helena Kowalski",
    "Finance": "Fiona Macrae",
    "Security": "Idris Bowen",
    "Human resources": "Wen Zhang",
}
SCALE = "4: more than enough"


@dataclass(frozen=True)
class Sides:
    """The three sides of a placement."""

    secondee: Person
    host: Person
    manager: Person


def ref_in(address: str) -> str:
    """The reference that the address of a page names."""
    return parse_qs(urlsplit(address).query)["ref"][0]


def as_typed(day: date) -> str:
    """A date as people type it."""
    return f"{day.day} {day.month} {day.year}"


def open_one_that_can_be_applied_for(applicant: Person) -> str:
    """Look at the placements found, from the top, until one can be applied for. Gives back its title."""
    titles = applicant.page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link")
    found = applicant.page.url
    for title in titles.all_inner_texts():
        applicant.follow(title)
        if applicant.link("Apply for this placement").is_visible():
            return title
        applicant.page.goto(found)
        applicant.settle()
    raise AssertionError("None of the placements found can be applied for.")


def write_application(applicant: Person, statement: str) -> None:
    """Fill in the statement and the six headings of the business case."""
    applicant.fill("Your statement", statement)
    for heading, text in CASE.items():
        applicant.fill(heading, text)


def ask_for_release(applicant: Person) -> str:
    """Send the application to the line manager. Gives back its reference."""
    applicant.press("Ask for release")
    applicant.is_told("Release request sent")
    return ref_in(applicant.page.url)


def release(manager: Person, name: str, title: str) -> None:
    """Read the request, then release the person with a reason."""
    manager.follow(f"{name}: {title}")
    for heading, text in CASE.items():
        manager.reads(heading)
        manager.reads(text)
    manager.choose("How will the work be covered?", "Share the work in the team")
    manager.fill("Your reason", "It fits the plan for this year, and the team has agreed to share the work.")
    manager.press("Release")
    manager.is_told("Released")


def read_blind(host: Person, title: str, application: str, name: str) -> None:
    """Open the application from the offer's candidates. Nothing there says who it is."""
    host.follow(f"See candidates for “{title}”")
    host.never_reads(name)
    links = host.page.get_by_role("main").get_by_role("link", name=re.compile("^PER-"))
    called = {link.get_attribute("href"): link.inner_text() for link in links.all()}
    host.follow(called[f"/candidate?ref={application}"])
    for part in (name, *name.split()):
        host.never_reads(part)
    host.sees_no_button("Put on the shortlist")


def assess(host: Person, name: str) -> None:
    """Try to save an empty assessment, then save one. It shows the name."""
    host.press("Save assessment and show the name")
    host.reads_alert("There is a problem")
    host.never_reads(name)
    host.pick("Skills for this work", SCALE)
    host.pick("Motivation for this placement", SCALE)
    host.fill(
        "What speaks for this person", "Has done this work before, and says what they would want to learn."
    )
    host.press("Save assessment and show the name")
    host.is_told("Assessment saved")
    host.is_headed(name)


def choose_person(host: Person) -> None:
    """Shortlist, then select, each with a reason."""
    host.fill("Your reason", "The skills are the ones we asked for. We would like to talk to them.")
    host.press("Put on the shortlist")
    host.is_told("Put on the shortlist")
    host.fill("Your reason", "We talked for an hour and the team would like to work with them.")
    host.press("Select this person")
    host.is_told("Selected. The match now goes to approval")


def gates_waiting(applicant: Person, application: str) -> list[str]:
    """The approvals that the applicant's page says are still waited for, the programme's left out."""
    applicant.visit(f"/application?ref={application}")
    facts = applicant.facts()
    return [gate for gate in APPROVERS if facts.get(gate, "").startswith("Waiting")]


def pass_gates(sign_in: SignIn, gates: list[str], match: str) -> None:
    """Each approver passes their own approval, with a reason, from the page of the match."""
    for gate in gates:
        approver = sign_in(APPROVERS[gate])
        approver.visit(f"/decide?ref={match}")
        approver.fill("Your reason", "I have read what this approval is about and nothing stands in the way.")
        approver.press(f"Pass {match}")
        approver.is_told("Approval given")


def open_match(manager: Person, title: str) -> str:
    """Open the match from the message that it waits. Gives back its reference."""
    manager.go("Messages")
    manager.follow(f"A match is waiting for approval: {title}")
    return ref_in(manager.page.url)


def approve(manager: Person) -> None:
    """Try to approve without saying why, then approve with a reason."""
    manager.reload()
    manager.fill("Your reason", "Too short")
    manager.press("Approve this match")
    manager.reads_alert("Say why, in at least 20 characters")
    expect(manager.field("Your reason")).to_have_value("Too short")
    manager.fill("Your reason", "The skills fit, the team is covered and both organisations want this.")
    manager.press("Approve this match")
    manager.is_told("Match approved")


def propose_terms(host: Person, name: str, title: str, today: date) -> str:
    """Open the new placement and propose that it starts and ends today. Gives back its reference.

    A day is the shortest that terms can say, so that the whole life of a placement fits in one.
    """
    host.go("Our placements")
    host.follow(f"{name}: {title}")
    host.fill("First day", as_typed(today))
    host.fill("Last day", as_typed(today))
    host.fill("Host supervisor’s post", "Head of services")
    host.fill(
        "Objectives", "The casework rota is written down and used.\nThree rules that cost time are named."
    )
    host.press("Propose these terms")
    host.is_told("Terms proposed")
    host.press("Start vetting")
    host.is_told("Vetting has started")
    return ref_in(host.page.url)


def record_checks(sign_in: SignIn, placement: str, today: date) -> None:
    """Finance says how VAT is treated; security records clearance where the offer asks for any."""
    finance = sign_in("Fiona Macrae")
    finance.visit(f"/placement-manage?ref={placement}")
    finance.pick("VAT treatment", "Standard-rated supply of staff")
    finance.fill("Why", "A supply of staff is standard-rated and no relief applies here.")
    finance.press("Record the VAT treatment")
    finance.is_told("VAT treatment recorded")
    if finance.facts()["Vetting cleared on"] == "Not needed":
        return
    security = sign_in("Idris Bowen")
    security.visit(f"/placement-manage?ref={placement}")
    security.fill("Day on which vetting was cleared", as_typed(today))
    security.press("Record vetting")
    security.is_told("Vetting recorded")


def agree(sides: Sides, placement: str) -> None:
    """All three sides agree; then the host records that everything is agreed."""
    for person in (sides.secondee, sides.manager, sides.host):
        person.visit(f"/placement-manage?ref={placement}")
        person.press("Agree these terms")
        person.is_told("You have agreed the terms")
    sides.host.press("Record that everything is agreed")
    sides.host.is_told("The placement is agreed")


def start(host: Person) -> None:
    """The host records the start."""
    host.press("Record the start")
    host.is_told("The placement has started")


def check_in(secondee: Person) -> None:
    """The secondee tells how it goes."""
    secondee.go("My placement")
    secondee.unfold("Record a check-in")
    secondee.pick("How does it go?", "Well")
    secondee.fill("What is going well?", "The team lets me sit in on everything.")
    secondee.press("Record the check-in")
    secondee.is_told("Check-in recorded")
    secondee.reads("The team lets me sit in on everything.")


def judge_objectives(person: Person, placement: str) -> None:
    """One side says what became of each objective."""
    person.visit(f"/placement-manage?ref={placement}")
    person.unfold("Say what became of each")
    person.choose("The casework rota is written down and used.", "Met")
    person.choose("Three rules that cost time are named.", "Met in part")
    person.press("Save")
    person.is_told("Saved")


def answer_survey(person: Person, wave: str, title: str) -> None:
    """Answer every question of a survey and send it."""
    person.visit("/survey")
    link = person.page.get_by_role("main").get_by_role("link", name=f"{wave}: {title}")
    person.follow(link.inner_text())
    for question in person.page.get_by_role("radiogroup").all():
        answer = question.get_by_text(re.compile("^(Agree|Yes)$"))
        answer.click()
        person.settle()
    for number in person.page.get_by_role("textbox", name=re.compile("A whole number")).all():
        number.fill("4")
        number.press("Tab")
        person.settle()
    for objective in person.page.get_by_role("main").get_by_role("combobox").all():
        person.choose(objective.get_attribute("aria-label") or "", "Met")
    person.press("Send my answers")
    person.is_told("Answers sent")


def come_home(manager: Person, placement: str) -> None:
    """The line manager names the post to come back to, and records the return."""
    manager.visit(f"/placement-manage?ref={placement}")
    manager.unfold("Plan the return")
    manager.fill("Post to return to", "Policy lead, in the same team")
    manager.fill("Whom to contact at home", "The head of the team")
    manager.press("Save the return plan")
    manager.is_told("Return plan saved")
    manager.press("Record the return home")
    manager.is_told("The return is recorded")
    manager.reads("Returned home")
