"""Home: what the programme is, for whom, and the three ways in."""

import streamlit as st

from programme import offers, status, store
from programme.actors import Actor
from programme.offers import OfferFilters
from programme.pages import PAGES, SERVICE_NAME, may_open
from ui import layout, words
from ui.actions import read
from ui.cards import offer_title

NEWEST = 3


def render(actor: Actor) -> None:
    """Show the home page to anybody."""
    layout.page_heading(SERVICE_NAME)
    layout.paragraph(
        "Spend some months on the other side. Civil servants work in charities and social enterprises; "
        "people from civil society work in government. You keep your job, and come back to it."
    )
    _counts()
    if actor.user_id is not None:
        _your_pages(actor)
    _three_ways_in(actor)
    _newest()
    _how_it_works()


def _counts() -> None:
    with store.reading() as session:
        known = status.public_counts(session)
    outward = read(offers.browse, OfferFilters(direction="outward"), per_page=1).total
    inward = read(offers.browse, OfferFilters(direction="inward"), per_page=1).total
    placed = known["placements"]
    layout.summary_list(
        [
            ("Open to civil servants now", words.count_words(outward, "placement")),
            ("Open to people from charities now", words.count_words(inward, "placement")),
            ("Organisations that offer one", words.count_words(known["hosts"] or 0, "organisation")),
            (
                "People placed so far",
                "Too few to report"
                if placed is None
                else f"About {words.count_words(placed, 'person', 'people')}",
            ),
        ]
    )


def _your_pages(actor: Actor) -> None:
    layout.section_heading("Your pages")
    if "adjustments_contact" in actor.roles:
        layout.paragraph(
            "Requests for adjustments are not handled here yet. Nobody can send you one through this service."
        )
    mine = [page for page in PAGES if page.roles and page.visibility == "visible" and may_open(actor, page)]
    st.html("<ul>" + "".join(f"<li>{layout.anchor(page.path, page.title)}</li>" for page in mine) + "</ul>")


def _three_ways_in(actor: Actor) -> None:
    layout.section_heading("Three ways in")
    layout.sub_heading("You work in government")
    layout.paragraph(
        "Find a charity or social enterprise where your skills help, and bring back what you learn."
    )
    layout.link("placements", "Find a placement in civil society", direction="outward")
    layout.sub_heading("You work in a charity or social enterprise")
    layout.paragraph(
        "Bring what you know into the making of policy and services. You need no Civil Service account."
    )
    layout.link("placements", "Find a placement in government", direction="inward")
    layout.sub_heading("Your organisation could host somebody")
    layout.paragraph(
        "Say what somebody would do and learn. We check the offer, and show you people who suit it and why."
    )
    if "host" in actor.roles:
        layout.link("our-offers", "See and post your offers")
        return
    layout.link("register-organisation", "Register your organisation")
    if actor.user_id is None:
        layout.link("sign-in", "Sign in to post an offer", next="/our-offers")


def _newest() -> None:
    page = read(offers.browse, OfferFilters(sort="newest"), per_page=NEWEST)
    if not page.items:
        return
    layout.section_heading("Newest placements")
    for card in page.items:
        with st.container(border=True):
            offer_title(card, heading=3)
            layout.paragraph(card.summary)
    layout.link("placements", f"See all {words.count_words(page.total, 'placement')}")


def _how_it_works() -> None:
    layout.section_heading("How it works")
    st.html(
        "<ol>"
        "<li>You say what you can do, what you want to learn and where you can go.</li>"
        "<li>We rank the placements that are open to you, and say why each stands where it does.</li>"
        "<li>You apply. Your line manager answers your request for release here.</li>"
        "<li>The host chooses without seeing your name first. The programme approves each move.</li>"
        "<li>You go, check in, come back, and tell us what came of it.</li>"
        "</ol>"
    )
    layout.link("how-matching-works", "How matching works")
