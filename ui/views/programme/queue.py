"""The queue: what waits for a decision by the programme team, the most urgent first."""

from html import escape

import streamlit as st

from programme import clockwork, matches
from programme.actors import Actor
from ui import layout
from ui.actions import read
from ui.gate_chain import HOLDERS
from ui.views.programme.queue_notes import elsewhere, first_ranks
from ui.words import count_words, date_words, label, tone

PER_PAGE = 10


def render(actor: Actor) -> None:
    """How much waits elsewhere, then the matches one by one."""
    layout.page_heading("Queue")
    elsewhere()
    first_ranks()
    items = read(matches.queue)
    ready = [item for item in items if item.ready]
    others = [item for item in items if not item.ready]
    layout.section_heading(f"Matches for you to decide ({len(ready)})")
    if not ready:
        layout.empty_state("No match has passed all its other approvals yet.")
    _items(ready, "ready")
    layout.section_heading(f"Matches that wait for someone else ({len(others)})")
    _items(others, "others")
    _late(read(clockwork.late))


def _late(items: tuple[clockwork.Late, ...]) -> None:
    """What people have not answered in time: the programme team asks them, and keeps the others informed."""
    layout.section_heading(f"Out of time ({len(items)})")
    if not items:
        layout.empty_state("Nobody else is late.")
    pages = max(1, -(-len(items) // PER_PAGE))
    page = st.session_state.get("queue.late", 1)
    for item in items[(page - 1) * PER_PAGE : page * PER_PAGE]:
        with st.container(border=True):
            name = layout.anchor(item.link, item.title) if item.link else escape(item.title)
            st.html(f'<h3 class="sp-card-title">{name}</h3>')
            layout.facts(
                (
                    ("What waits", f"{item.what} ({item.ref})"),
                    ("Counts from", date_words(item.since)),
                    ("Answer due", urgency_words(-item.late_days)),
                )
            )
    if pages > 1:
        st.pagination(pages, key="queue.late")


def _items(items: list[matches.QueueItem], key: str) -> None:
    pages = max(1, -(-len(items) // PER_PAGE))
    page = st.session_state.get(f"queue.{key}", 1)
    for item in items[(page - 1) * PER_PAGE : page * PER_PAGE]:
        _item(item)
    if pages > 1:
        st.pagination(pages, key=f"queue.{key}")


def _item(item: matches.QueueItem) -> None:
    match = item.match
    with st.container(border=True):
        title = f"{match.applicant.user.name} to {match.offer.organisation.name}: {match.offer.title}"
        layout.card_title("decide", title, heading=3, ref=match.ref)
        if not item.ready:
            layout.state_tag(label("match_state", match.state), tone("match_state", match.state))
        layout.facts(
            (
                ("Waiting on", waiting_words(item.waiting_on)),
                ("Since", date_words(item.since)),
                ("Answer due", urgency_words(item.urgency_days)),
            )
        )
        if item.is_party:
            layout.paragraph("You belong to one of the two organisations, so somebody else decides this one.")


def waiting_words(names: tuple[str, ...]) -> str:
    """On whom a match waits: "The finance team and the security team"."""
    holders = ["the applicant, to accept it" if name == "applicant" else HOLDERS[name] for name in names]
    first = [holder for holder in dict.fromkeys(holders) if holder != HOLDERS["programme"]] or ["you"]
    said = " and ".join(first)
    return said[0].upper() + said[1:]


def urgency_words(days: int) -> str:
    """How long is left: "in 3 days", "today", "2 days late"."""
    if days == 0:
        return "Today"
    return f"In {count_words(days, 'day')}" if days > 0 else f"{count_words(-days, 'day')} late"
