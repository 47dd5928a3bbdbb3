"""What people choose from: codes of the reference tables with the words they read."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from programme import reference, store
from programme.settings import settings
from ui.words import LABELS

_KEPT_SECONDS = 60

_READERS: Mapping[str, Callable[[Any], dict[str, str]]] = {
    "mission": lambda session: {row.code: row.short_name for row in reference.current_missions(session)},
    "mission_name": lambda session: {row.code: row.name for row in reference.current_missions(session)},
    "region": lambda session: {
        row.code: row.name for row in reference.regions(session) if row.code != "REMOTE"
    },
    "skill": reference.skill_names,
    "profession": lambda session: {row.code: row.words for row in reference.professions(session)},
    "vetting": lambda session: {row.code: row.words for row in reference.vetting_levels(session)},
    "income_band": lambda session: {row.code: row.words for row in reference.income_bands(session)},
    "charity_role": lambda session: {row.code: row.words for row in reference.charity_roles(session)},
    "register": lambda session: {
        row.code: f"{row.words} (such as {row.note})" for row in reference.registers(session)
    },
    "decline": lambda session: {row.code: row.words for row in reference.reason_codes(session, "decline")},
    "withdraw": lambda session: {row.code: row.words for row in reference.reason_codes(session, "withdraw")},
    "early_end": lambda session: {
        row.code: row.words for row in reference.reason_codes(session, "early_end")
    },
    "contest": lambda session: {row.code: row.words for row in reference.reason_codes(session, "contest")},
    "return": lambda session: {row.code: row.words for row in reference.reason_codes(session, "return")},
    "level": lambda session: {
        str(row.number): f"{row.number}: {row.grade_name}; {row.charity}" for row in reference.levels(session)
    },
}


def choices(kind: str) -> dict[str, str]:
    """Code to words, in reading order.

    ``kind`` is "mission" (short names), "mission_name", "region", "skill", "profession", "vetting",
    "income_band", "charity_role", "register", "level", a list of reasons ("decline", "withdraw", "early_end",
    "return", "contest"), or a kind of ``ui.words.LABELS`` such as "offer_kind".
    """
    if kind in _READERS:
        return _read(kind, settings().url)
    return dict(LABELS[kind])


def name_of(kind: str, code: str | None) -> str:
    """The words for one code; empty for none, the code itself when nobody has worded it."""
    return choices(kind).get(code, code) if code else ""


@st.cache_data(ttl=_KEPT_SECONDS, show_spinner=False)
def _read(kind: str, url: str) -> dict[str, str]:
    """The same for every person, so it may be kept for all of them; ``url`` keeps databases apart."""
    with store.reading() as session:
        return _READERS[kind](session)
