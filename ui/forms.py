"""Shared form pieces. Every field keeps what was typed, shows its own error, and has its hint in its label.

A field's ``key`` is its place in ``st.session_state``; ``field`` is its name in the programme's errors and is
the last part of the key after a dot when left out (``key="profile.days_min"`` shows errors of ``days_min``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st

from ui import layout
from ui.choices import choices

DATE_HINT = "For example, 27 3 2027"
_DATE_FORMS = ("%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y %m %d")
_TEXTS = "_texts"  # of every text field shown, by key: its label and what was stored
_NONE = ""  # the choice of nothing in a list

Changed = Callable[[], None]


@dataclass(frozen=True, slots=True)
class NotADate:
    """What was typed where a date was asked for, and what is wrong with it."""

    typed: str
    message: str


def question(label: str, hint: str = "") -> str:
    """A label as every field shows it: the question, then its hint. The stylesheet makes the question bold."""
    return "\n\n".join(layout.in_label(part) for part in (label, hint) if part)


def text_field(
    label: str,
    key: str,
    value: str = "",
    *,
    hint: str = "",
    field: str = "",
    changed: Changed | None = None,
    max_chars: int | None = None,
) -> str:
    """One line of text, without the spaces around it."""
    _begin(key, value, field)
    _remember(label, key, value)
    typed = st.text_input(question(label, hint), key=key, on_change=changed or "rerun", max_chars=max_chars)
    return (typed or "").strip()


def long_field(
    label: str,
    key: str,
    value: str = "",
    *,
    hint: str = "",
    field: str = "",
    changed: Changed | None = None,
    height: int = 140,
) -> str:
    """Several lines of text, without the spaces around them."""
    _begin(key, value, field)
    _remember(label, key, value)
    typed = st.text_area(question(label, hint), key=key, on_change=changed or "rerun", height=height)
    return (typed or "").strip()


def date_field(
    label: str, key: str, value: date | None = None, *, hint: str = DATE_HINT, field: str = ""
) -> date | NotADate | None:
    """A typed date: the date, None when nothing was typed, or ``NotADate`` with what to say about it."""
    _begin(key, f"{value.day} {value.month} {value.year}" if value else "", field)
    typed = st.text_input(question(label, hint), key=key)
    return parse_date(typed or "", label)


def parse_date(typed: str, label: str) -> date | NotADate | None:
    """Read a date as people type it: 27 3 2027, 27/03/2027, 27 March 2027 or 2027-03-27."""
    parts = " ".join(typed.replace("/", " ").replace("-", " ").replace(".", " ").replace(",", " ").split())
    if not parts:
        return None
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(parts, form).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
    return NotADate(typed, f"{label} must be a real date, such as 27 3 2027.")


def date_errors(typed: Mapping[str, date | NotADate | None]) -> dict[str, str]:
    """The messages about every field that is not a date, by field name; empty when all can be used."""
    return {field: day.message for field, day in typed.items() if isinstance(day, NotADate)}


def number_field(
    label: str,
    key: str,
    value: float,
    *,
    lowest: float,
    highest: float,
    step: float = 1,
    hint: str = "",
    field: str = "",
) -> float:
    """A number between two limits. Whole numbers when ``step`` is whole: pass them to ``int`` as needed."""
    whole = float(step).is_integer()
    kind: Callable[[Any], Any] = int if whole else float
    _begin(key, kind(value), field)
    typed = st.number_input(
        question(label, hint),
        min_value=kind(lowest),
        max_value=kind(highest),
        step=kind(step),
        key=key,
        format="%d" if whole else "%.1f",
    )
    return float(lowest if typed is None else typed)


def choice_field(
    label: str,
    key: str,
    options: Mapping[str, str] | str,
    value: str | None = None,
    *,
    hint: str = "",
    field: str = "",
    none: str = "",
) -> str | None:
    """One of a list. ``options`` is code to words, or a kind of ``ui.choices``.

    ``none`` words the choice of nothing and puts it first; its answer is None.
    """
    named = dict(choices(options) if isinstance(options, str) else options)
    if none:
        named = {_NONE: none, **named}
    _begin(key, _known(value, named), field)
    chosen = st.selectbox(question(label, hint), list(named), format_func=lambda code: named[code], key=key)
    return chosen or None


def radio_field(
    label: str,
    key: str,
    options: Mapping[str, str] | str,
    value: str | None = None,
    *,
    hint: str = "",
    field: str = "",
) -> str | None:
    """One of a few, all of them in view. Nothing is chosen at first when ``value`` is None."""
    named = dict(choices(options) if isinstance(options, str) else options)
    _begin(key, str(value) if value in named else None, field)
    chosen = st.radio(
        question(label, hint),
        list(named),
        format_func=lambda code: layout.plain(named[code]),
        key=key,
        index=None,
    )
    return str(chosen) if chosen is not None else None


def choices_field(
    label: str,
    key: str,
    options: Mapping[str, str] | str,
    value: Iterable[str] = (),
    *,
    hint: str = "",
    field: str = "",
) -> tuple[str, ...]:
    """Several of a list, in the order chosen."""
    named = dict(choices(options) if isinstance(options, str) else options)
    _begin(key, [str(code) for code in value if code in named], field)
    chosen = st.multiselect(question(label, hint), list(named), format_func=lambda code: named[code], key=key)
    return tuple(chosen)


def tick_field(label: str, key: str, value: bool = False, *, field: str = "") -> bool:
    """A box to tick."""
    _begin(key, value, field)
    return bool(st.checkbox(question(label), key=key))


def skill_rows(
    label: str,
    key: str,
    chosen: Sequence[tuple[Any, ...]] = (),
    *,
    hint: str = "",
    field: str = "",
    essential: bool = False,
    evidence: bool = False,
) -> tuple[tuple[Any, ...], ...]:
    """Skills by name, then a level for each. Not for use inside ``st.form``: the rows follow the choice.

    Takes and answers (code, level); with ``essential`` (code, level, whether it is), with ``evidence``
    (code, level, what shows it).
    """
    before = {row[0]: row for row in chosen}
    names = choices("skill")
    return tuple(
        _skill_row(names[code], f"{key}.{{}}.{code}", before.get(code, (code, 2)), essential, evidence)
        for code in choices_field(label, key, "skill", before, hint=hint, field=field)
    )


def _skill_row(name: str, key: str, row: tuple[Any, ...], essential: bool, evidence: bool) -> tuple[Any, ...]:
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        level = choice_field(f"{name}: level", key.format("level"), "skill_level", str(row[1]))
    answer: tuple[Any, ...] = (row[0], int(level or 1))
    with right:
        if essential:
            was = bool(row[2]) if len(row) > 2 else False
            answer += (tick_field(f"{name} is essential", key.format("essential"), was),)
        if evidence:
            shown = str(row[2]) if len(row) > 2 else ""
            answer += (text_field(f"{name}: what shows it", key.format("evidence"), shown),)
    return answer


def mission_shares(
    label: str, key: str, chosen: Sequence[tuple[str, float]] = (), *, hint: str = "", field: str = "missions"
) -> tuple[tuple[str, float], ...]:
    """Missions by name, then a percentage for each: (code, share of 1). The programme checks the sum."""
    before = dict(chosen)
    names = choices("mission")
    codes = choices_field(label, key, "mission_name", before, hint=hint, field=field)
    if len(codes) == 1:
        return ((codes[0], 1.0),)
    shares = [(code, _share(names[code], f"{key}.share.{code}", before.get(code, 0))) for code in codes]
    if shares:
        layout.notice(
            f"These shares add up to {sum(share for _, share in shares):g}%. They must add up to 100%."
        )
    return tuple((code, share / 100) for code, share in shares)


def _share(name: str, key: str, share: float) -> float:
    return number_field(f"{name}: share in %", key, round(share * 100), lowest=0, highest=100, step=5)


def forget(prefix: str) -> None:
    """Drop what was typed in fields whose key starts with ``prefix``, so that they show the stored values."""
    for key in [name for name in st.session_state if str(name).startswith(prefix)]:
        del st.session_state[key]


def texts_not_saved() -> dict[str, str]:
    """What was typed, by label, in text fields of the page's last run and differs from what was stored then.

    For a page that can no longer show its fields because the sign-in has ended.
    """
    shown: dict[str, tuple[str, str]] = st.session_state.get(_TEXTS, {})
    typed = {key: str(st.session_state.get(key, "")).strip() for key in shown}
    return {
        label: typed[key]
        for key, (label, stored) in shown.items()
        if typed[key] and typed[key] != stored.strip()
    }


def _remember(label: str, key: str, stored: str) -> None:
    st.session_state.setdefault(_TEXTS, {})[key] = (label, stored)


def _begin(key: str, value: Any, field: str) -> None:
    """Put the stored value in the field the first time, and the field's error above it."""
    st.session_state.setdefault(key, value)
    layout.field_error(field or key.rpartition(".")[2])


def _known(value: str | None, named: Mapping[str, str]) -> str:
    return str(value) if value is not None and value in named else next(iter(named))
