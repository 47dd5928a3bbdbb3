"""The practical sections of the profile's form: time, place, what decides whether the reader can go, release."""

import streamlit as st

from programme.profiles import ProfileFields
from ui import layout
from ui.forms import (
    DATE_HINT,
    choice_field,
    choices_field,
    date_field,
    number_field,
    radio_field,
    text_field,
    tick_field,
)
from ui.views.applicant.profile_sections import Answers

NOT_SAID = {"yes": "Yes", "no": "No", "unsaid": "I would rather not say"}


def time(stored: ProfileFields) -> Answers:
    """When, for how long, how many days a week, and which kinds of placement."""
    layout.section_heading("Time")
    kinds = choices_field("Kinds of placement", "profile.kinds", "offer_kind", stored.kinds,
                          hint="All those you are open to.")  # fmt: skip
    first = date_field("First day you could go", "profile.available_from_on", stored.available_from_on)
    last = date_field("Last day you could go", "profile.available_to_on", stored.available_to_on,
                      hint=f"Leave this empty if there is none. {DATE_HINT}")  # fmt: skip
    left, right = st.columns(2)
    with left:
        fewest = number_field(
            "Fewest days a week", "profile.days_min", stored.days_min, lowest=0.5, highest=5, step=0.5
        )
        shortest = number_field("Shortest, in months", "profile.length_min_months", stored.length_min_months,
                                lowest=0, highest=60)  # fmt: skip
    with right:
        most = number_field(
            "Most days a week", "profile.days_max", stored.days_max, lowest=0.5, highest=5, step=0.5
        )
        longest = number_field("Longest, in months", "profile.length_max_months", stored.length_max_months,
                               lowest=0, highest=60)  # fmt: skip
    return {
        "kinds": kinds,
        "available_from_on": first,
        "available_to_on": last,
        "days_min": fewest,
        "days_max": most,
        "length_min_months": int(shortest),
        "length_max_months": int(longest),
    }


def place(stored: ProfileFields) -> Answers:
    """Where the reader could work."""
    layout.section_heading("Place")
    regions = choices_field("Regions where you could work", "profile.regions", "region", stored.regions)
    remote = tick_field("Working from home would suit me", "profile.remote_ok", stored.remote_ok)
    return {"regions": regions, "remote_ok": remote}


def checks(stored: ProfileFields) -> Answers:
    """What decides whether the reader can go: vetting, nationality rules, the last secondment."""
    layout.section_heading("Vetting and rules")
    vetting = choice_field("Vetting you hold", "profile.vetting_code", "vetting", stored.vetting_code)
    expires = None
    if vetting not in (None, "none"):
        expires = date_field("When it expires", "profile.vetting_expires_on", stored.vetting_expires_on)
    before = {True: "yes", False: "no", None: "unsaid"}[stored.meets_nationality]
    nationality = radio_field(
        "Do you meet the Civil Service nationality rules?", "profile.meets_nationality", NOT_SAID, before,
        hint="Only for posts reserved by those rules. It never moves your place in a list.",
    )  # fmt: skip
    ended = date_field(
        "When your last secondment ended",
        "profile.last_secondment_ended_on",
        stored.last_secondment_ended_on,
        hint=f"Leave this empty if you had none. {DATE_HINT}",
    )  # fmt: skip
    return {
        "vetting_code": vetting or "none",
        "vetting_expires_on": expires,
        "meets_nationality": {"yes": True, "no": False}.get(nationality or ""),
        "last_secondment_ended_on": ended,
    }


def manager(stored: ProfileFields) -> Answers:
    """Who releases the reader, and whether the reader is looking."""
    layout.section_heading("Your line manager")
    return {
        "line_manager_name": text_field("Name", "profile.line_manager_name", stored.line_manager_name),
        "line_manager_email": text_field(
            "Email address", "profile.line_manager_email", stored.line_manager_email,
            hint="They answer your requests for release here. We ask them nothing until you apply.",
        ),
        "seeking": tick_field("Hosts may find me among candidates", "profile.seeking", stored.seeking),
    }  # fmt: skip
