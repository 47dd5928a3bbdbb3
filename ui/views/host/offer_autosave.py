"""Keep a draft as it is typed: each change is stored at once, and what cannot be stored says why.

A field that cannot be kept never holds back the others: they are stored, and it stays on the page with its error.
"""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from programme import offers, store
from programme.errors import Invalid, Refused
from programme.offer_fields import OfferFields
from ui.actions import keep_errors, keep_refusal
from ui.identity import me


def autosave(
    ref: str, organisation_ref: str, stored: OfferFields, given: OfferFields, errors: Mapping[str, str]
) -> None:
    """Store what changed since the last run, if anything, and run the page again when there is something to say.

    ``errors`` are about fields that could not even be read, such as a date that is no date.
    """
    seen = f"draft.{ref}"
    now = (given, dict(errors))
    before = st.session_state.get(seen)
    st.session_state[seen] = now
    if before is None or before == now:
        _saved_line(bool(errors))
        return
    problems = dict(errors) | _store(ref, organisation_ref, stored, given)
    if problems:
        keep_errors(problems)
    st.rerun()


def open_draft(ref: str, key: str, stored: OfferFields) -> None:
    """Call before the fields are shown: when they are filled anew, remember the version they are filled from.

    A save from an older version is refused, so that a second tab never overwrites the first.
    """
    if f"{key}.title" not in st.session_state:
        st.session_state.pop(f"draft.{ref}", None)
        st.session_state[f"draft.{ref}.version"] = stored.version


def _store(ref: str, organisation_ref: str, stored: OfferFields, given: OfferFields) -> dict[str, str]:
    version = st.session_state[f"draft.{ref}.version"]
    problems: dict[str, str] = {}
    for attempt in (given, None):
        fields = attempt or replace(given, **{name: getattr(stored, name) for name in problems})
        try:
            with store.writing() as session:
                offer = offers.save_draft(
                    session,
                    me(),
                    replace(fields, version=version),
                    organisation_ref=organisation_ref,
                    ref=ref,
                )
            st.session_state[f"draft.{ref}.version"] = offer.version
            return problems
        except Invalid as refusal:
            problems |= {name: text for name, text in refusal.fields.items() if hasattr(stored, name)}
        except Refused as refusal:
            keep_refusal(refusal)
            return {"": refusal.message}
    return problems


def _saved_line(problems: bool) -> None:
    st.caption("Not everything is saved: see the problem above." if problems else "Draft saved.")
