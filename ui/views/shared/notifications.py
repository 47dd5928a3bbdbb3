"""Messages: what happened that concerns the reader, newest first."""

from typing import Any

import streamlit as st

from programme import notifications
from programme.actors import Actor
from ui import layout, words
from ui.actions import decide, read

PER_PAGE = 20


def render(actor: Actor) -> None:
    """Show the reader's messages."""
    layout.page_heading("Messages")
    mine = read(notifications.mine)
    if not mine:
        layout.empty_state("You have no messages.", ("", "Go to the home page"))
        return
    unread = [message for message in mine if message.read_at is None]
    layout.notice(f"{words.count_words(len(unread), 'unread message')}")
    if unread:
        st.button("Mark all as read", key="all-read", on_click=_mark, args=(unread,))
    pages = -(-len(mine) // PER_PAGE)
    page = st.pagination(pages, key="page") if pages > 1 else 1
    for message in mine[(page - 1) * PER_PAGE : page * PER_PAGE]:
        _message(message)


def _message(message: Any) -> None:
    with st.container(border=True):
        if message.link:
            st.html(f'<h2 class="sp-card-title">{layout.anchor(message.link, message.subject)}</h2>')
        else:
            layout.section_heading(message.subject)
        if message.read_at is None:
            layout.state_tag("Unread", "blue")
        st.caption(layout.plain(words.time_words(message.created_at)))
        layout.user_text(message.body)


def _mark(unread: list[Any]) -> None:
    for message in unread:
        decide(notifications.mark_read, message.id)
