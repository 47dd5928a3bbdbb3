"""The sections of the offer form. Each asks for its fields and answers with what was given."""

from dataclasses import replace
from typing import Any

from programme.offer_fields import OfferFields
from ui import forms, layout
from ui.forms import NotADate


def sections(key: str, stored: OfferFields) -> tuple[OfferFields, dict[str, str]]:
    """The whole form. Returns what was given, and the errors of dates that could not be read.

    ``key`` begins the key of every field. A date that cannot be read leaves the stored one in place.
    """
    given: dict[str, Any] = {}
    given |= _work(key, stored)
    given |= _missions_and_skills(key, stored)
    given |= _person(key, stored)
    given |= _place_and_time(key, stored)
    dates = _dates(key, stored)
    given |= {name: day for name, day in dates.items() if not isinstance(day, NotADate)}
    given |= _money(key, stored)
    return replace(stored, **given), forms.date_errors(dates)


def _work(key: str, stored: OfferFields) -> dict[str, Any]:
    layout.section_heading("The work")
    return {
        "title": forms.text_field("Title", f"{key}.title", stored.title, max_chars=100),
        "kind": forms.choice_field("Kind of placement", f"{key}.kind", "offer_kind", stored.kind),
        "summary": forms.long_field(
            "Summary", f"{key}.summary", stored.summary, hint="Two or three sentences that people see in the list"
        ),
        "tasks": forms.long_field(
            "What the person will do", f"{key}.tasks", stored.tasks, hint="The tasks, and what a good result would be"
        ),
        "learning": forms.long_field(
            "What they will learn", f"{key}.learning", stored.learning, hint="What they could not learn at home"
        ),
        "about_team": forms.long_field("About the team (optional)", f"{key}.about_team", stored.about_team),
        "contact_role": forms.text_field(
            "Contact", f"{key}.contact_role", stored.contact_role,
            hint="A role, not a name, such as “Head of volunteering”",
        ),
    }  # fmt: skip


def _missions_and_skills(key: str, stored: OfferFields) -> dict[str, Any]:
    layout.section_heading("Missions and skills")
    return {
        "missions": forms.mission_shares(
            "Missions this work serves", f"{key}.missions", stored.missions,
            hint="If there is more than one, say how much of the work each is",
        ),
        "needs": forms.skill_rows(
            "Skills needed", f"{key}.needs", stored.needs, essential=True,
            hint="Ask only for what the work needs on the first day",
        ),
        "teaches": forms.skill_rows("Skills they will learn", f"{key}.teaches", stored.teaches),
    }  # fmt: skip


def _person(key: str, stored: OfferFields) -> dict[str, Any]:
    layout.section_heading("Who it is for")
    lowest = forms.choice_field("Lowest level", f"{key}.level_min", "level", str(stored.level_min))
    highest = forms.choice_field("Highest level", f"{key}.level_max", "level", str(stored.level_max))
    return {
        "level_min": int(lowest or stored.level_min),
        "level_max": int(highest or stored.level_max),
        "stretch_ok": forms.tick_field(
            "People one level below are welcome", f"{key}.stretch_ok", stored.stretch_ok
        ),
        "profession_code": forms.choice_field(
            "Profession (optional)",
            f"{key}.profession_code",
            "profession",
            stored.profession_code,
            none="Any",
        ),
        "capacity": int(
            forms.number_field("How many people", f"{key}.capacity", stored.capacity, lowest=1, highest=100)
        ),
        "vetting_code": forms.choice_field("Vetting", f"{key}.vetting_code", "vetting", stored.vetting_code),
        "reserved_post": forms.tick_field(
            "Reserved for UK nationals", f"{key}.reserved_post", stored.reserved_post
        ),
    }


def _place_and_time(key: str, stored: OfferFields) -> dict[str, Any]:
    layout.section_heading("Where and how long")
    return {
        "region_code": forms.choice_field("Region", f"{key}.region_code", "region", stored.region_code),
        "place_name": forms.text_field("Town or city", f"{key}.place_name", stored.place_name),
        "remote": forms.choice_field("Where the work is done", f"{key}.remote", "remote", stored.remote),
        "days_per_week": forms.number_field(
            "Days a week", f"{key}.days_per_week", float(stored.days_per_week), lowest=0.5, highest=5, step=0.5
        ),
        "length_months": int(
            forms.number_field(
                "Length in months", f"{key}.length_months", stored.length_months, lowest=0, highest=60,
                hint="0 for less than a month",
            )
        ),
    }  # fmt: skip


def _dates(key: str, stored: OfferFields) -> dict[str, Any]:
    layout.section_heading("Dates")
    return {
        "start_from_on": forms.date_field("Earliest start", f"{key}.start_from_on", stored.start_from_on),
        "start_to_on": forms.date_field("Latest start", f"{key}.start_to_on", stored.start_to_on),
        "closing_on": forms.date_field("Apply by (optional)", f"{key}.closing_on", stored.closing_on),
    }


def _money(key: str, stored: OfferFields) -> dict[str, Any]:
    layout.section_heading("Who pays")
    layout.paragraph(
        "The home organisation usually keeps paying the salary and the host pays back a share. "
        "If you cannot pay it all back, say so: finance decides, and your offer is welcome all the same."
    )
    return {
        "payroll_party": forms.choice_field("Payroll", f"{key}.payroll_party", "party", stored.payroll_party),
        "recovery_pct": int(
            forms.number_field(
                "Share of the salary you would pay back, in %", f"{key}.recovery_pct", stored.recovery_pct,
                lowest=0, highest=100, step=5,
            )
        ),
        "expenses_party": forms.choice_field(
            "Travel and expenses", f"{key}.expenses_party", "party", stored.expenses_party
        ),
        "cost_note": forms.long_field("Anything else about costs (optional)", f"{key}.cost_note", stored.cost_note),
    }  # fmt: skip
