"""The parts that every page is built from: headings, links, lists, tags and messages.

Text given to these functions is plain text. It is escaped here, so that what people typed can never become
Markdown or HTML. Our own class names start with ``sp-`` and are styled by the stylesheet of ``web/static``.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from string import punctuation
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from programme.pages import document_title
from ui.actions import error_for

Tone = Literal["grey", "blue", "green", "yellow", "red"]

_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in punctuation})
_HAS_ERRORS = "_has_errors"
_ANSWERS = "_answers"  # how many errors and confirmations this visit has shown
# What Markdown could read as more than text; a colon only where a word follows it, marks of a list only first.
_MARKUP = re.compile(r"[\\`*_\[\]<>$~#|&]|:(?=\S)|(?<=-)-|-(?=>)|^[-+](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def plain(text: str) -> str:
    """``text`` with every sign escaped, for what Streamlit reads as Markdown (labels, st.write, tables)."""
    return text.translate(_MARKDOWN)


def in_label(text: str) -> str:
    """``text`` as the label of a field: on one line, and only what could become Markdown is escaped.

    A field's label is also its accessible name, which is read out as it stands: no sign more than it needs.
    """
    return _MARKUP.sub(lambda sign: f"\\{sign[0]}", " ".join(text.split()))


def page_heading(title: str, caption: str = "") -> None:
    """The page's one h1, a caption above it in grey, and the words in the browser's tab."""
    set_title(title)
    if caption:
        st.html(f'<p class="sp-caption">{escape(caption)}</p>')
    st.title(plain(title), anchor=False)


def set_title(title: str) -> None:
    """Put ``title`` and the service's name in the browser's tab, after "Error: " when there are errors."""
    error = "Error: " if st.session_state.get(_HAS_ERRORS) else ""
    st.set_page_config(page_title=f"{error}{document_title(title)}")


def section_heading(title: str) -> None:
    """An h2."""
    st.header(plain(title), anchor=False)


def sub_heading(title: str) -> None:
    """An h3, only ever under an h2."""
    st.subheader(plain(title), anchor=False)


def error_summary(errors: Mapping[str, str]) -> None:
    """What went wrong, first on the page: a message for each field, or one under the key ``""``.

    ``ui/main.py`` calls it with what ``ui.actions`` kept, so a view rarely needs to.
    """
    st.session_state[_HAS_ERRORS] = bool(errors)
    if errors:
        mark_answer()
        lines = "\n".join(f"- {plain(message)}" for message in dict.fromkeys(errors.values()))
        st.error(lines, title="There is a problem")


def field_error(field: str) -> None:
    """The message about one field, to be called just above its widget; nothing when the field is right."""
    message = error_for(field)
    if message:
        st.html(f'<p class="sp-field-error"><span class="sp-hidden">Error: </span>{escape(message)}</p>')


def confirmation(title: str, body: str = "") -> None:
    """What was done, at the top of the page and announced to screen readers."""
    mark_answer()
    st.success(plain(body) if body else plain(title), title=plain(title) if body else None)


def notice(text: str) -> None:
    """A fact about the page, announced when it changes: "48 placements found"."""
    st.info(plain(text))


def warning(text: str) -> None:
    """Something that will cost the reader if they miss it."""
    st.warning(plain(text))


def paragraph(text: str) -> None:
    """A paragraph of our own words."""
    st.html(f"<p>{escape(text)}</p>")


def bullets(lines: Iterable[str]) -> None:
    """A bulleted list."""
    st.html("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")


def user_text(text: str) -> None:
    """What somebody typed, exactly as they typed it: line breaks kept, nothing interpreted."""
    st.html(f'<div class="sp-user-text">{escape(text)}</div>')


def summary_list(pairs: Iterable[tuple[str, object]]) -> None:
    """A list of facts: what each is called and what it is. Empty values read "Not given"."""
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(_words(value))}</dd></div>" for name, value in pairs
    )
    st.html(f'<dl class="sp-summary">{rows}</dl>')


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """A few short facts, side by side where there is room: for cards in a list. Empty values are left out."""
    cells = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(_words(value))}</dd></div>"
        for name, value in pairs
        if value not in (None, "")
    )
    st.html(f'<dl class="sp-facts">{cells}</dl>')


def card_title(path: str, label: str, *, heading: int, **query: object) -> None:
    """The heading of a card, a link to the page of what it is about."""
    st.html(f'<h{heading} class="sp-card-title">{anchor(path, label, **query)}</h{heading}>')


def state_tag(label: str, tone: Tone = "grey") -> None:
    """A record's state in a coloured box. The words carry the meaning, the colour only repeats it."""
    st.html(f'<strong class="sp-tag sp-tag-{tone}">{escape(label)}</strong>')


def empty_state(text: str, action: tuple[str, str] | None = None) -> None:
    """Said where a list has nothing in it, with what to do next as (path, label)."""
    paragraph(text)
    if action is not None:
        link(*action)


def address(path: str, **query: object) -> str:
    """The address of a page on this site: ``address("placement", ref="OFR-7K3M2B")``."""
    wanted = {name: value for name, value in query.items() if value is not None}
    return f"/{path.strip('/')}" + (f"?{urlencode(wanted, doseq=True)}" if wanted else "")


def link(path: str, label: str, **query: object) -> None:
    """An underlined link to one of our pages. It loads the page anew, which screen readers announce."""
    st.html(f"<p>{anchor(path, label, **query)}</p>")


def anchor(path: str, label: str, **query: object) -> str:
    """The escaped HTML of a link to one of our pages, to be used inside larger HTML."""
    return f'<a class="sp-link" href="{escape(address(path, **query))}">{escape(label)}</a>'


def button_link(path: str, label: str, **query: object) -> None:
    """A link that starts something, looking like a button."""
    st.html(f'<a class="sp-button" href="{escape(address(path, **query))}">{escape(label)}</a>')


def back_link(path: str, label: str = "Back", **query: object) -> None:
    """The way back, above the heading."""
    st.html(f'<a class="sp-link sp-back" href="{escape(address(path, **query))}">{escape(label)}</a>')


def external_link(url: str, label: str) -> None:
    """A link to another site. Raises ValueError unless it is a https address."""
    if not url.startswith("https://"):
        raise ValueError("Only https addresses are linked.")
    st.html(f'<p><a class="sp-link" rel="noreferrer" href="{escape(url)}">{escape(label)}</a></p>')


def mark_answer() -> None:
    """Number this answer, so that the browser brings each new one into view (``web/static/answers.js``)."""
    number = st.session_state[_ANSWERS] = st.session_state.get(_ANSWERS, 0) + 1
    st.html(f'<span class="sp-answer" data-number="{number}"></span>')


def _words(value: object) -> str:
    if value is None or value == "":
        return "Not given"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)
