"""My profile: what the reader offers and wants, and when and where they could go."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from programme import profiles
from programme.actors import Actor
from programme.profiles import ProfileFields
from ui import layout, words
from ui.actions import decide, keep_confirmation, keep_errors, read
from ui.forms import date_errors, forget, radio_field
from ui.views.applicant import profile_practical as practical
from ui.views.applicant import profile_sections as sections

PREFIX = "profile."
_SECTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "your work": sections.work,
    "about you": sections.about,
    "skills": sections.skills,
    "missions": sections.missions,
    "time": practical.time,
    "place": practical.place,
    "vetting and rules": practical.checks,
    "your line manager": practical.manager,
}


def render(actor: Actor) -> None:
    """Show the reader's profile as a form, with what it lacks."""
    layout.page_heading("My profile")
    applicant = read(profiles.own)
    stored = read(profiles.fields_of)
    if applicant is None:
        layout.paragraph("Fill in your profile, and we rank the open placements for you and say why.")
    else:
        _standing(applicant)
    layout.paragraph(
        "Hosts see what you do and your skills, not your name, until they have assessed your application. "
        "The score never reads your name, age, sex, ethnicity, nationality, school or salary."
    )
    if applicant is not None:
        layout.paragraph("Save each section when you have changed it, or the whole profile at the end.")
    outward = _outward(applicant)
    answers: dict[str, Any] = {}
    for name, ask in _SECTIONS.items():
        part = ask(stored, outward) if ask is sections.work else ask(stored)
        answers |= part
        if applicant is not None:
            _save_section(name, stored, part)
    if st.button("Save my profile", type="primary", key="save"):
        _save(stored, answers)


def _save_section(name: str, stored: ProfileFields, part: dict[str, Any]) -> None:
    """The button of one section, and whether it holds something that has not been saved."""
    if any(getattr(stored, field) != value for field, value in part.items()):
        layout.state_tag("Not saved yet", "yellow")
    if st.button(f"Save {name}", key=f"save-{name}"):
        _save(stored, part)


def _outward(applicant: Any) -> bool:
    """Whether the reader works in government, which decides what their grade is called."""
    if applicant is not None:
        return bool(applicant.direction == "outward")
    return radio_field("Where do you work?", "profile.sector", "sector") != "civil_society"


def _standing(applicant: Any) -> None:
    share, missing = profiles.completeness(applicant)
    level = f"{applicant.level}" if applicant.level else "Not known yet"
    layout.summary_list(
        [
            ("Organisation", applicant.organisation.name),
            ("Your level", f"{level}. {words.label('level_source', applicant.level_source)}"),
            ("Complete", words.percent_words(share * 100)),
        ]
    )
    if missing:
        layout.paragraph("Matching would work better with:")
        layout.bullets(missing)
    layout.link("for-you", "See placements for you")


def _save(stored: ProfileFields, answers: dict[str, Any]) -> None:
    wrong = date_errors(answers)
    if wrong:
        keep_errors(wrong)
        st.rerun()
    done, applicant = decide(profiles.save, replace(stored, **answers))
    if done and applicant is not None:
        for field in answers:
            forget(PREFIX + field)
        keep_confirmation("Profile saved", _level_words(applicant))
    st.rerun()


def _level_words(applicant: Any) -> str:
    if applicant.level:
        source = words.label("level_source", applicant.level_source)
        return f"Your level is {applicant.level}. {source}."
    return (
        f"We do not know the grade “{applicant.grade_code}” at your organisation, and we do not guess. "
        "A programme manager will settle your level. Until then, level counts half way in your scores."
    )
