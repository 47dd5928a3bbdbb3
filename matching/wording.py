"""The words of each eligibility rule: why, and the least change that would lift it.

Each function says its rule for one pair, given the answer that the rule has already decided.
It returns the reason, addressed to the applicant, and the change or None. It never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from matching.facts import applicant_facts, offer_facts
from matching.profiles import VETTING_RANKS, ApplicantProfile, OfferProfile
from matching.rules import earliest_end

Said = tuple[str, str | None]
Names = Mapping[str, str]
Words = Callable[[ApplicantProfile, OfferProfile, str, Names], Said]


def say_date(day: date) -> str:
    """A date as people write it: 5 January 2026."""
    return f"{day.day} {day:%B %Y}"


def say_code(code: str, names: Names) -> str:
    """The words for a code."""
    return names.get(code, code.replace("_", " "))


def _months(count: int) -> str:
    return f"{count} month" if count == 1 else f"{count} months"


def _days(count: float) -> str:
    return f"{count:g} day" if count == 1 else f"{count:g} days"


def direction(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    wants = "civil servants" if o.direction == "outward" else "people from charities and social enterprises"
    if answer == "yes":
        return f"This offer is for {wants}, as you are.", None
    return f"This offer is for {wants}.", None


def own_organisation(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    if answer == "yes":
        return "The host is not the organisation you work for.", None
    return "This offer is from the organisation you work for.", None


def kind(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    said = say_code(o.kind, names)
    if answer == "yes":
        return f"You are open to this kind of placement: {said}.", None
    return (
        f"You have not said you are open to this kind of placement: {said}.",
        f"Add {said} to your profile.",
    )


def level(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    asked = f"level {o.level_min}" if o.level_min == o.level_max else f"levels {o.level_min} to {o.level_max}"
    if a.level is None or answer == "needs_a_look":
        return f"This offer is for {asked}, and we do not know your level yet.", "Add your grade or role."
    if answer == "no":
        change = f"The host would have to accept level {a.level}."
        if a.level == o.level_min - 1:
            change = "The host would have to accept people one level below the range."
        return f"This offer is for {asked}, and you are at level {a.level}.", change
    if a.level < o.level_min:
        return f"This offer is for {asked}, and welcomes people one level below, as you are.", None
    return f"This offer is for {asked}, and you are at level {a.level}.", None


def days_a_week(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    wish = _days(a.days_max) if a.days_min == a.days_max else f"{a.days_min:g} to {_days(a.days_max)}"
    reason = f"This offer is {_days(o.days)} a week, and you can give {wish}."
    return reason, None if answer == "yes" else f"Change your days a week to include {o.days:g}."


def place(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    region = say_code(o.region, names)
    if answer == "yes":
        if o.remote == "remote":
            return "This offer is remote, which suits you.", None
        return f"This offer is in {region}, where you can work.", None
    if answer == "no":
        if o.remote == "remote":
            return "This offer is remote, and you have not said remote work suits you.", (
                "Say in your profile that remote work suits you."
            )
        return (
            f"This offer is in {region}, which is not among your regions.",
            f"Add {region} to your regions.",
        )
    if not o.region:
        return "This offer does not say where the work is.", "Ask the host where the work is."
    if o.remote == "remote":
        return "This offer is remote, and you have not said remote work suits you.", (
            "Say in your profile that remote work suits you."
        )
    if not a.regions:
        return f"This offer is in {region}, and you have not said where you can work.", "Add your regions."
    return f"This offer is partly remote, with some days in {region}, which is not among your regions.", (
        f"Ask the host how often you would need to be in {region}."
    )


def dates(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    window = f"between {say_date(o.start_from)} and {say_date(o.start_to)}"
    if answer == "yes":
        return f"You can start {window}.", None
    if answer == "needs_a_look" and a.available_to is not None:
        return (
            f"This placement would end after {say_date(a.available_to)}, the last day you are available.",
            "Change your last day, or ask the host for a shorter placement.",
        )
    if a.available_from is not None and a.available_from > o.start_to:
        return (
            f"This offer starts {window}, and you are available from {say_date(a.available_from)}.",
            f"You would have to be available by {say_date(o.start_to)}.",
        )
    return f"This offer starts {window}, and you are not available then.", (
        f"You would have to be available on a day {window}."
    )


def length(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    wish = _months(a.length_max)
    if a.length_min != a.length_max:
        wish = f"{a.length_min} to {wish}"
    reason = f"This offer lasts {_months(o.length_months)}, and you can give {wish}."
    return reason, None if answer == "yes" else f"Change your length to include {_months(o.length_months)}."


def contract(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    if a.contract_end is None:
        return "Your contract has no end date.", None
    if answer == "yes":
        return f"Your contract runs to {say_date(a.contract_end)}, past the end of this placement.", None
    offers = offer_facts([o])
    end = date.fromordinal(int(earliest_end(applicant_facts([a]), offers)[0, 0]))
    return (
        f"Your contract ends on {say_date(a.contract_end)}, before this placement would end.",
        f"Your contract would have to run to at least {say_date(end)}.",
    )


def vetting(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    asked = VETTING_RANKS[o.vetting]
    if o.vetting == 0:
        return "This offer asks for no vetting.", None
    if a.vetting_held >= o.vetting:
        return f"You hold the vetting this offer asks for ({asked}).", None
    if o.vetting_ready_on is None:
        return f"This offer asks for {asked}, and we do not know how long that would take.", (
            f"Ask the programme team when {asked} could be done."
        )
    ready = say_date(o.vetting_ready_on)
    if answer == "yes":
        return f"You would need {asked}, which could be done by {ready}, in time to start.", None
    return f"You would need {asked}, which could not be done before {ready}.", (
        f"The host would have to accept a start on {ready} or later."
    )


def nationality(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    if not o.reserved:
        return "This post is not reserved by nationality rules.", None
    if answer == "yes":
        return "This post has nationality rules, and you have said you meet them.", None
    if answer == "needs_a_look":
        return "This post has nationality rules, and you have not said whether you meet them.", (
            "Answer the nationality question in your profile."
        )
    return "This post has nationality rules, and you have said you do not meet them.", None


def free(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    if a.placed_until is None:
        return "You are not on a placement now.", None
    if answer == "yes":
        return f"Your placement ends on {say_date(a.placed_until)}, before the latest start.", None
    return (
        f"You are on a placement until {say_date(a.placed_until)}, past the latest start of this offer.",
        f"The host would have to accept a start after {say_date(a.placed_until)}.",
    )


def places_left(a: ApplicantProfile, o: OfferProfile, answer: str, names: Names) -> Said:
    if answer == "yes":
        left = "1 place" if o.capacity_left == 1 else f"{o.capacity_left} places"
        return f"This offer has {left} left.", None
    return "Every place on this offer has been taken.", "The host would have to add a place."
