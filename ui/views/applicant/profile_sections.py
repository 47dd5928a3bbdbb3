"""The sections of the profile's form about the person. Each answers what its fields hold, by field name."""

from typing import Any

from programme.profiles import ProfileFields
from ui import layout
from ui.forms import (
    DATE_HINT,
    choice_field,
    date_field,
    long_field,
    mission_shares,
    radio_field,
    skill_rows,
    text_field,
)

Answers = dict[str, Any]

BALANCES = {"use": "Using what I know", "both": "Some of both", "learn": "Learning something new"}
BALANCE_OF = {"use": 0.1, "both": None, "learn": 0.9}


def work(stored: ProfileFields, outward: bool) -> Answers:
    """The reader's job, grade and contract."""
    layout.section_heading("Your work")
    title = text_field("Job title", "profile.job_title", stored.job_title)
    grade = _grade(stored, outward)
    profession = None
    if outward:
        profession = choice_field(
            "Profession",
            "profile.profession_code",
            "profession",
            stored.profession_code,
            none="None of these",
        )
    joined = date_field(
        "When you joined your organisation", "profile.employed_since_on", stored.employed_since_on,
        hint=f"You can leave this empty. {DATE_HINT}",
    )  # fmt: skip
    contract = radio_field("Your contract", "profile.contract_type", "contract", stored.contract_type)
    answers = {
        "job_title": title,
        "grade_code": grade,
        "profession_code": profession,
        "employed_since_on": joined,
        "contract_type": contract or "permanent",
        "contract_end_on": None,
    }
    if contract == "fixed_term":
        answers["contract_end_on"] = date_field(
            "When your contract ends", "profile.contract_end_on", stored.contract_end_on
        )
    return answers


def _grade(stored: ProfileFields, outward: bool) -> str:
    if outward:
        return text_field(
            "Your grade", "profile.grade_code", stored.grade_code,
            hint="As your organisation writes it, such as HEO or Grade 7. We work out your level from it.",
        )  # fmt: skip
    chosen = choice_field(
        "Your role", "profile.grade_code", "charity_role", stored.grade_code or None,
        hint="The nearest one. We work out your level from it and your organisation’s income.",
        none="Choose the nearest role",
    )  # fmt: skip
    return chosen or ""


def about(stored: ProfileFields) -> Answers:
    """The reader in their own words."""
    layout.section_heading("About you")
    return {
        "summary": long_field("What you do", "profile.summary", stored.summary,
                              hint="A few sentences. Do not write your name."),
        "hopes": long_field("What you hope for", "profile.hopes", stored.hopes,
                            hint="What you would like to learn, and take back."),
    }  # fmt: skip


def skills(stored: ProfileFields) -> Answers:
    """Skills that the reader has, and those they want."""
    layout.section_heading("Skills")
    layout.paragraph("Level 1 is awareness, 2 working, 3 practitioner and 4 expert.")
    held = skill_rows(
        "Skills you have", "profile.skills", stored.skills, hint="Type to search.", evidence=True
    )
    wanted = skill_rows(
        "Skills you want to learn", "profile.wants", stored.wants, hint="The level you aim at."
    )
    chosen = radio_field(
        "What matters more to you on a placement?", "profile.balance", BALANCES, _balance(stored.balance),
        hint="It changes the order of the placements in your list.",
    )  # fmt: skip
    return {"skills": held, "wants": wanted, "balance": BALANCE_OF[chosen or "both"]}


def _balance(stored: float | None) -> str:
    said = [name for name, balance in BALANCE_OF.items() if balance is not None]
    return "both" if stored is None else min(said, key=lambda name: abs((BALANCE_OF[name] or 0) - stored))


def missions(stored: ProfileFields) -> Answers:
    """The missions that the reader cares about."""
    layout.section_heading("Missions")
    hint = "Choose those you would like to work on, and how much each matters to you."
    return {
        "missions": mission_shares("Missions you care about", "profile.missions", stored.missions, hint=hint)
    }
