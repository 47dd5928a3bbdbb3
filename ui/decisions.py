"""Deciding something from a page: the buttons of a record, each with the reason that its move asks for.

What a move asks for is read from the workflow table, so a page never knows which move needs a reason.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from programme import workflow
from ui import forms, layout
from ui.actions import decide, keep_confirmation, keep_errors

Then = Callable[[], None]

_ANSWERED = "_answered"  # the key of the form that was last sent
_SENT = "_sent"  # the key of a form that was sent and that the page has not read yet
OVERTAKEN = (
    "This has been decided or changed since you opened the page, in another tab or by somebody else. "
    "Nothing of yours was recorded. The page now shows how it stands."
)


@dataclass(frozen=True, slots=True)
class Button:
    """One move that a page offers: its words, what is said when it is done, and what it leads to."""

    action: str
    words: str
    done: str
    explain: str = ""


def reason_form(
    key: str,
    button: str,
    *,
    reason_kind: str | None = None,
    needs_reason: bool = True,
    primary: bool = False,
) -> tuple[str, str | None] | None:
    """A decision with its reason: (the person's words, the reason code) when the button is pressed, else None.

    ``reason_kind`` is a list of reasons: "decline", "withdraw", "early_end" or "return".
    """
    answered = st.session_state.get(_ANSWERED) == key  # only the form that was sent shows its errors
    field, code_field = ("reason", "reason_code") if answered else (f"{key}.reason", f"{key}.reason_code")
    with st.form(key, enter_to_submit=False, border=False):
        code = None
        if reason_kind is not None:
            code = forms.choice_field(
                "Which reason fits best?", f"{key}.reason_code", reason_kind, none="Choose a reason",
                field=code_field,
            )  # fmt: skip
        reason = ""
        if needs_reason:
            reason = forms.long_field(
                "Your reason",
                f"{key}.reason",
                hint="The people concerned will read it",
                height=100,
                field=field,
            )
        pressed = submit(button, primary=primary)
    if not pressed:
        return None
    st.session_state[_ANSWERED] = key
    return reason, code


def submit(words: str, *, primary: bool = False, key: str | None = None) -> bool:
    """The button of a form: whether it was pressed.

    A press that the page can no longer read, because the form has gone, is what ``overtaken`` tells.
    """
    pressed = st.form_submit_button(
        layout.plain(words),
        type="primary" if primary else "secondary",
        key=key,
        on_click=_send,
        args=(words,),
    )
    if pressed:
        st.session_state.pop(_SENT, None)
    return pressed


def overtaken() -> bool:
    """Whether a decision was sent from a form that the page no longer has, because somebody else has decided.

    For ``ui/pages.py``, once the page has run: the next run then says so, and nothing was recorded.
    """
    if st.session_state.pop(_SENT, None) is None:
        return False
    keep_errors({"": OVERTAKEN})
    return True


def _send(key: str) -> None:
    st.session_state[_SENT] = key


def decision(
    subject: str,
    source: str,
    button: Button,
    do: Callable[..., Any],
    *args: Any,
    key: str,
    then: Then | None = None,
    primary: bool = False,
    **kwargs: Any,
) -> None:
    """A form for one move of ``subject`` from ``source``; ``do(session, actor, *args, **kwargs)`` makes it.

    ``do`` is given ``reason`` and ``reason_code`` as far as the move asks for them. What was typed stays on the
    page when the programme refuses. Afterwards the page runs again, or ``then`` opens another.
    """
    move = workflow.find(subject, button.action, source)
    if button.explain:
        layout.paragraph(button.explain)
    given = reason_form(
        f"{key}-{button.action}", button.words, reason_kind=move.reason_kind,
        needs_reason=move.needs_reason, primary=primary,
    )  # fmt: skip
    if given is None:
        return
    reason, code = given
    kwargs |= ({"reason": reason} if move.needs_reason else {}) | (
        {"reason_code": code} if move.reason_kind else {}
    )
    done, _ = decide(do, *args, **kwargs)
    if done:
        keep_confirmation(button.done)
        if then is not None:
            then()
    st.rerun()


def decisions(
    subject: str,
    source: str,
    can: Iterable[str],
    buttons: Iterable[Button],
    do: Callable[..., Any],
    *args: Any,
    key: str,
    then: Then | None = None,
    first_open: bool = True,
) -> None:
    """The moves of ``buttons`` that the actor ``can`` make: the first open (if so wished), the others folded.

    ``do(session, actor, *args, action, ...)`` makes each.
    """
    offered = [button for button in buttons if button.action in set(can)]
    for position, button in enumerate(offered):
        if position == 0 and first_open:
            decision(subject, source, button, do, *args, button.action, key=key, then=then, primary=True)
            continue
        with st.expander(button.words):
            decision(subject, source, button, do, *args, button.action, key=key, then=then)
