"""A copy of everything held about the person who asks, for machines and for people, in one file (D7)."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from html import escape
from typing import Any

from sqlalchemy.orm import Session

from programme import audit, clock, personal_data
from programme.actors import Actor
from programme.complaints import own_account
from programme.pages import SERVICE_NAME
from programme.permissions import Permission, require
from programme.personal_data import Section

ABOUT = (
    "Other people are named by their role. Passwords and sign-in tokens are not in it: only their fingerprints are "
    "kept. Answers to the equality questions, if you gave any, are kept apart under a key that only you hold, so "
    "they cannot be found from your account."
)
STYLE = (
    "body{font-family:arial,sans-serif;line-height:1.5;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}"
    "th,td{text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6;padding:.3rem .5rem;"
    "overflow-wrap:anywhere;white-space:pre-wrap}th{width:14rem}"
)


@dataclass(frozen=True, slots=True)
class SubjectAccess:
    """One zip file: ``my-data.json`` for machines, ``my-data.html`` for reading."""

    file_name: str
    content: bytes


def export(session: Session, actor: Actor) -> SubjectAccess:
    """Everything held about the actor, as it stands now; that it was asked for is audited.

    Raises NotAllowed for the public and the clockwork, about whom nothing is held.
    """
    user = own_account(session, actor)
    require(actor, Permission.DATA_EXPORT, user)
    audit.record(session, actor, "user:export_data", "user", user)
    session.flush()
    sections = personal_data.gather(session, user)
    made_at = clock.now()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", as_json(sections, made_at))
        archive.writestr("my-data.html", as_page(sections, made_at))
    return SubjectAccess(f"my-data-{made_at:%Y-%m-%d}.zip", out.getvalue())


def as_json(sections: Sequence[Section], made_at: datetime) -> str:
    """The sections for machines: title, table and rows, with ISO dates and empty values as null."""
    held = [{"title": each.title, "table": each.table, "rows": each.rows} for each in sections]
    whole = {"service": SERVICE_NAME, "made_at": made_at, "about": ABOUT, "held": held}
    return json.dumps(whole, default=_plain, ensure_ascii=False, indent=1)


def as_page(sections: Sequence[Section], made_at: datetime) -> str:
    """The sections as one page that needs nothing else to be read; parts that hold nothing are listed last."""
    full = [section for section in sections if section.rows]
    empty = [section.title for section in sections if not section.rows]
    body = "".join(
        f"<h2>{escape(section.title)}</h2>" + "".join(_row(row) for row in section.rows) for section in full
    )
    nothing = "".join(f"<li>{escape(title)}</li>" for title in empty)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What we hold about you</title>'
        f"<style>{STYLE}</style></head><body><h1>What we hold about you</h1>"
        f"<p>{escape(SERVICE_NAME)}, {made_at:%-d %B %Y}.</p><p>{escape(ABOUT)}</p>{body}"
        f"<h2>Nothing is held here</h2><ul>{nothing}</ul></body></html>"
    )


def _row(row: dict[str, Any]) -> str:
    cells = "".join(
        f"<tr><th>{escape(name.replace('_', ' ').capitalize())}</th><td>{escape(_words(value))}</td></tr>"
        for name, value in row.items()
        if value not in (None, "", [], {})
    )
    return f"<table>{cells}</table>"


def _words(value: Any) -> str:
    match value:
        case bool():
            return "Yes" if value else "No"
        case Enum():
            return str(value.value).replace("_", " ")
        case datetime():
            return f"{value:%-d %B %Y, %H:%M} UTC"
        case date():
            return f"{value:%-d %B %Y}"
        case dict():
            return "\n".join(f"{name}: {_words(each)}" for name, each in value.items())
        case list():
            return ", ".join(_words(each) for each in value)
        case _:
            return str(value)


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case Enum():
            return value.value
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON.")
