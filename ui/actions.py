"""Asking the programme from a page: read something, or decide something and remember what it answered.

What was answered is kept until the next run, and ``ui/main.py`` shows it above the page: a refusal as the
error summary, a success as a confirmation. A view never shows either itself. It calls ``decide`` from a
widget's ``on_click``, or calls it in the body of the page and then ``st.rerun()`` (or ``ui.pages.go_to``).

    done, offer = decide(offers.submit, offer_id)
    if done:
        keep_confirmation("Offer sent to be checked")
    st.rerun()
"""

from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from programme import store
from programme.actors import Actor
from programme.errors import Invalid, Refused
from ui.identity import me

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_WAITING = "_waiting"  # what the last decision answered, not shown yet
_SHOWN = "_shown"  # the errors shown on this run, for the fields to find their own


def read(
    use_case: Callable[Concatenate[Any, Actor, Asked], Answer], *args: Asked.args, **kwargs: Asked.kwargs
) -> Answer:
    """What ``use_case(session, actor, ...)`` answers, in a session that keeps nothing.

    The session is closed when this returns: use what the answer holds, not what it could still fetch. A
    refusal is not caught here: ``ui/pages.py`` shows it in place of the page.
    """
    with store.reading() as session:
        return use_case(session, me(), *args, **kwargs)


def decide(
    use_case: Callable[Concatenate[Any, Actor, Asked], Answer], *args: Asked.args, **kwargs: Asked.kwargs
) -> tuple[bool, Answer | None]:
    """Run ``use_case(session, actor, ...)`` in one transaction. Returns (whether it was done, its answer).

    When the programme refuses, nothing is kept, the answer is None and the reason waits for the error summary
    of the next run; ``error_for(field)`` finds the part about one field.
    """
    try:
        with store.writing() as session:
            answer = use_case(session, me(), *args, **kwargs)
    except Refused as refusal:
        keep_refusal(refusal)
        return False, None
    return True, answer


def keep_refusal(refusal: Refused) -> None:
    """Let the next run show this refusal as its error summary."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    keep_errors(fields or {"": refusal.message})


def keep_errors(errors: Mapping[str, str]) -> None:
    """Let the next run show these errors, one for each field; the key ``""`` is about no single field."""
    st.session_state[_WAITING] = {"errors": dict(errors)}


def keep_confirmation(title: str, body: str = "") -> None:
    """Let the next run (of this page, or of the page that ``go_to`` opens) confirm what was done."""
    st.session_state[_WAITING] = {"confirmation": (title, body)}


def take_errors() -> dict[str, str]:
    """The errors that waited for this run, once. For ``ui/main.py``."""
    errors: dict[str, str] = _take("errors", {})
    st.session_state[_SHOWN] = errors
    return errors


def take_confirmation() -> tuple[str, str] | None:
    """The confirmation that waited for this run, once. For ``ui/main.py``."""
    confirmation: tuple[str, str] | None = _take("confirmation", None)
    return confirmation


def error_for(field: str) -> str:
    """What is wrong with this field according to the errors shown on this run; empty when nothing is."""
    shown: dict[str, str] = st.session_state.get(_SHOWN, {})
    return shown.get(field, "")


def _take(kind: str, otherwise: Any) -> Any:
    waiting = st.session_state.get(_WAITING, {})
    if kind not in waiting:
        return otherwise
    del st.session_state[_WAITING]
    return waiting[kind]
