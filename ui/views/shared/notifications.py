"""Messages: what happened that concerns the reader, newest first."""

from html import escape
from typing import Any

import streamlit as st

from programme import notifications
from programme.actors import Actor
from ui import forms, layout, words
from ui.actions import decide, keep_confirmation, read

PER_PAGE = 20
KINDS = {
    "change": "What happens to my offers, applications, matches and placements",
    "reminder": "Reminders of what waits for me, or for somebody I wait for",
    "survey": "Surveys to answer",
}


def render(actor: Actor) -> None:
    """Show the reader's messages."""
    layout.page_heading("Messages")
    mine = read(notifications.mine)
    if mine:
        _messages(mine)
    else:
        layout.empty_state("You have no messages.", ("", "Go to the home page"))
    _by_email()


def _messages(mine: list[Any]) -> None:
    unread = [message for message in mine if message.read_at is None]
    layout.notice(f"{words.count_words(len(unread), 'unread message')}")
    if unread:
        st.button("Mark all as read", key="all-read", on_click=_mark, args=(unread,))
    pages = -(-len(mine) // PER_PAGE)
    page = st.session_state.get("page", 1)
    for message in mine[(page - 1) * PER_PAGE : page * PER_PAGE]:
        _message(message)
    if pages > 1:
        st.pagination(pages, key="page")


def _message(message: Any) -> None:
    with st.container(border=True):
        name = layout.anchor(message.link, message.subject) if message.link else escape(message.subject)
        unread = "" if message.read_at else '<strong class="sp-tag sp-tag-blue">Unread</strong> '
        st.html(
            f'<h2 class="sp-card-title">{name}</h2>'
            f'<p class="sp-caption">{unread}{escape(words.time_words(message.created_at))}</p>'
        )
        title = message.subject.partition(": ")[2]
        layout.user_text(message.body.removeprefix(f"{title}. "))


def _by_email() -> None:
    layout.section_heading("Messages by e-mail")
    layout.paragraph("Every message is kept here. Choose which kinds are also sent to your e-mail address.")
    with st.form("by-email", border=False):
        chosen = {
            kind: forms.tick_field(KINDS[kind], f"by-email.{kind}", wanted)
            for kind, wanted in read(notifications.preferences).items()
        }
        if st.form_submit_button("Save my choice"):
            done, _ = decide(notifications.save_preferences, chosen)
            if done:
                keep_confirmation("Your choice is saved")
            st.rerun()


def _mark(unread: list[Any]) -> None:
    for message in unread:
        decide(notifications.mark_read, message.id)
