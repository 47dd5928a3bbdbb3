"""What anybody can see, and what happens to addresses, titles and drafts when a sign-in is missing or ends."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from programme.pages import PAGES
from tests.journeys import steps
from tests.journeys.conftest import Service, SignIn
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
DRAFT = "I have run the advice line for six years, and I would like to see where its questions come from."
LATER = "I can start in the spring."


def test_the_public_pages_need_no_sign_in_and_have_titles_of_their_own(sign_in: SignIn) -> None:
    visitor = sign_in()
    titles = []
    for page in PAGES:
        if page.roles is None and page.path != "placement":
            visitor.visit(page.address)
            titles.append(visitor.page.title())
    visitor.visit("/placements")
    name = first_found(visitor)
    visitor.follow(name)
    titles.append(visitor.page.title())
    assert titles[-1].startswith(name)
    assert len(set(titles)) == len(titles)
    visitor.page.goto(f"{visitor.address}/sign-in")
    assert visitor.page.title() not in titles


def test_each_page_of_a_group_has_a_title_of_its_own(sign_in: SignIn) -> None:
    for name in ("Amara Osei", "Rosalind Achebe", "Daniel Okafor"):
        person = sign_in(name)
        links = person.page.get_by_role("navigation", name="App pages").get_by_role("link")
        addresses = [link.get_attribute("href") or "" for link in links.all()]
        titles = []
        for address in addresses:
            person.visit(f"/{address.removeprefix(person.address).removeprefix('/')}")
            titles.append(person.page.title())
        assert len(set(titles)) == len(titles) >= 6


def test_a_link_to_a_placement_opens_it_and_a_refresh_keeps_the_sign_in(sign_in: SignIn) -> None:
    visitor = sign_in()
    visitor.visit("/placements?direction=inward")
    name = first_found(visitor)
    visitor.follow(name)
    address = visitor.page.url.removeprefix(visitor.address)

    leila = sign_in("Leila Haddad")
    leila.visit(address)
    leila.is_headed(name)
    leila.reload()
    leila.is_headed(name)
    leila.reads("Signed in as Leila Haddad")


def test_a_link_followed_while_signed_out_leads_back_after_signing_in(sign_in: SignIn) -> None:
    amara = sign_in()
    amara.page.goto(f"{amara.address}/profile")
    expect(amara.page).to_have_url(re.compile("/sign-in"))
    expect(amara.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    amara.check()
    amara.enter_as("Amara Osei")
    expect(amara.page).to_have_url(re.compile("/profile$"))
    amara.is_headed("My profile")


def test_a_page_that_is_not_for_this_person_says_so(sign_in: SignIn) -> None:
    amara = sign_in("Amara Osei")
    amara.visit("/queue")
    amara.is_headed("You cannot see this page")
    amara.visit("/placement?ref=OFR-NONE22")
    amara.reads("Go to the home page")


def test_a_sign_in_that_ends_in_the_middle_of_a_form_loses_no_draft(
    sign_in: SignIn, service: Service
) -> None:
    leila = sign_in("Leila Haddad")
    leila.visit("/placements?direction=inward&sort=title")
    open_to_apply(leila)
    leila.fill("Your statement", DRAFT)
    leila.reads("Draft saved on")
    end_sign_ins(service, "Leila Haddad")
    leila.fill("Skills to gain", LATER)
    leila.is_headed("You have been signed out")
    leila.check()
    leila.link("Sign in again").click()
    leila.page.wait_for_url("**/sign-in?**")
    leila.enter_as("Leila Haddad")
    leila.is_headed("Apply")
    expect(leila.field("Your statement")).to_have_value(DRAFT)


def first_found(person: Person) -> str:
    """The title of the first placement in the list."""
    return (
        person.page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first.inner_text()
    )


def open_to_apply(person: Person) -> None:
    """Open the application form of the first placement found that can be applied for."""
    steps.open_one_that_can_be_applied_for(person)
    person.follow("Apply for this placement")


def end_sign_ins(service: Service, name: str) -> None:
    """End every sign-in of a person in the store, as time would."""
    folder = Path(service.environment["SECONDMENTS_DATA"])
    with sqlite3.connect(next(folder.glob("*.db")), timeout=20) as store:
        ended = store.execute(
            "UPDATE sign_in_sessions SET expires_at = created_at"
            " WHERE user_id = (SELECT id FROM users WHERE name = ?)",
            (name,),
        )
        assert ended.rowcount
    store.close()
