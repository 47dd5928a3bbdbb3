"""Who may go where: named rules, each with an answer, a reason and the least change that would lift it.

`RULES` is the whole list, and each function is the whole of its rule for one pair, with its words.
The encoder writes the same rules as penalties for whole catalogues; tests hold the two to each other.
"Needs a look" counts as eligible: nobody who may be eligible is hidden, and the ruling is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from matching.days import placement_end
from matching.profiles import VETTING_RANKS, ApplicantProfile, OfferProfile

Answer = Literal["yes", "no", "needs_a_look"]
Names = Mapping[str, str]
Said = tuple[Answer, str, str | None]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says about one pair.

    `reason` is a sentence addressed to the applicant. `change` is the least that would lift the
    ruling, or None when the answer is yes or nothing in this offer can change it.
    """

    rule: str
    answer: Answer
    reason: str
    change: str | None


Rule = Callable[[ApplicantProfile, OfferProfile, Names], Said]


def check(
    applicant: ApplicantProfile, offer: OfferProfile, *, names: Names | None = None
) -> tuple[Ruling, ...]:
    """Every rule's ruling on one pair, in the order of `RULES`.

    `names` gives the words people read for codes of regions and kinds; a code without one is shown
    with its underscores as spaces.
    """
    return tuple(Ruling(rule.__name__, *rule(applicant, offer, names or {})) for rule in RULES)


def eligible(rulings: Sequence[Ruling]) -> bool:
    """Whether no rule says no."""
    return all(ruling.answer != "no" for ruling in rulings)


def direction(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The offer takes people who come from the applicant's side."""
    wants = "civil servants" if o.direction == "outward" else "people from charities and social enterprises"
    if a.direction == o.direction:
        return "yes", f"This offer is for {wants}, as you are.", None
    return "no", f"This offer is for {wants}.", None


def own_organisation(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """Nobody is seconded to the organisation they work for."""
    if a.organisation != o.organisation:
        return "yes", "The host is not the organisation you work for.", None
    return "no", "This offer is from the organisation you work for.", None


def kind(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The kind of placement is one that the applicant is open to."""
    said = say_code(o.kind, names)
    if o.kind in a.kinds:
        return "yes", f"You are open to this kind of placement: {said}.", None
    reason = f"You have not said you are open to this kind of placement: {said}."
    return "no", reason, f"Add {said} to your profile."


def level(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The level is within the offer's range, or one below it where a stretch is welcome (rule G2)."""
    asked = f"level {o.level_min}" if o.level_min == o.level_max else f"levels {o.level_min} to {o.level_max}"
    if a.level is None:
        reason = f"This offer is for {asked}, and we do not know your level yet."
        return "needs_a_look", reason, "Add your grade or role."
    reason = f"This offer is for {asked}, and you are at level {a.level}."
    if o.level_min <= a.level <= o.level_max:
        return "yes", reason, None
    if a.level == o.level_min - 1 and o.stretch_ok:
        return "yes", f"This offer is for {asked}, and welcomes people one level below, as you are.", None
    if a.level == o.level_min - 1:
        return "no", reason, "The host would have to accept people one level below the range."
    return "no", reason, f"The host would have to accept level {a.level}."


def days_a_week(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The days a week are within what the applicant can give."""
    wish = _days(a.days_max) if a.days_min == a.days_max else f"{a.days_min:g} to {_days(a.days_max)}"
    reason = f"This offer is {_days(o.days)} a week, and you can give {wish}."
    if a.days_min <= o.days <= a.days_max:
        return "yes", reason, None
    return "no", reason, f"Change your days a week to include {o.days:g}."


def place(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The region is one the applicant can work in, or the work is remote and that suits them."""
    region, near = say_code(o.region, names), bool(o.region) and o.region in a.regions
    if o.remote == "remote" and a.remote_ok:
        return "yes", "This offer is remote, which suits you.", None
    if near and o.remote != "remote":
        return "yes", f"This offer is in {region}, where you can work.", None
    partly = o.remote == "hybrid" and a.remote_ok
    answer: Answer = "needs_a_look" if near or partly or not a.regions or not o.region else "no"
    if answer == "needs_a_look" and not o.region:
        return answer, "This offer does not say where the work is.", "Ask the host where the work is."
    if o.remote == "remote":
        reason = "This offer is remote, and you have not said remote work suits you."
        return answer, reason, "Say in your profile that remote work suits you."
    if answer == "no":
        reason = f"This offer is in {region}, which is not among your regions."
        return answer, reason, f"Add {region} to your regions."
    if not a.regions:
        reason = f"This offer is in {region}, and you have not said where you can work."
        return answer, reason, "Add your regions."
    reason = f"This offer is partly remote, with some days in {region}, which is not among your regions."
    return answer, reason, f"Ask the host how often you would need to be in {region}."


def dates(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """There is a day on which it can start, and it ends while the applicant is available."""
    window = f"between {say_date(o.start_from)} and {say_date(o.start_to)}"
    first = max(a.available_from or o.start_from, o.start_from)
    last = min(a.available_to or o.start_to, o.start_to)
    contradicts = bool(a.available_from and a.available_to and a.available_from > a.available_to)
    if first <= last and not contradicts:
        if a.available_to is None or placement_ends(first, o.length_months) <= a.available_to:
            return "yes", f"You can start {window}.", None
        return (
            "needs_a_look",
            f"This placement would end after {say_date(a.available_to)}, the last day you are available.",
            "Change your last day, or ask the host for a shorter placement.",
        )
    if a.available_from is not None and a.available_from > o.start_to:
        return (
            "no",
            f"This offer starts {window}, and you are available from {say_date(a.available_from)}.",
            f"You would have to be available by {say_date(o.start_to)}.",
        )
    reason = f"This offer starts {window}, and you are not available then."
    return "no", reason, f"You would have to be available on a day {window}."


def length(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The length in months is within what the applicant can give."""
    wish = _months(a.length_max)
    if a.length_min != a.length_max:
        wish = f"{a.length_min} to {wish}"
    reason = f"This offer lasts {_months(o.length_months)}, and you can give {wish}."
    if a.length_min <= o.length_months <= a.length_max:
        return "yes", reason, None
    return "no", reason, f"Change your length to include {_months(o.length_months)}."


def contract(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The applicant's contract runs to the end of the placement (rule S5)."""
    if a.contract_end is None:
        return "yes", "Your contract has no end date.", None
    end = earliest_end(a, o)
    if end <= a.contract_end:
        said = f"Your contract runs to {say_date(a.contract_end)}, past the end of this placement."
        return "yes", said, None
    return (
        "no",
        f"Your contract ends on {say_date(a.contract_end)}, before this placement would end.",
        f"Your contract would have to run to at least {say_date(end)}.",
    )


def vetting(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The vetting asked for is held, or can be done before the latest start."""
    asked = VETTING_RANKS[o.vetting]
    if o.vetting == 0:
        return "yes", "This offer asks for no vetting.", None
    if a.vetting_held >= o.vetting:
        return "yes", f"You hold the vetting this offer asks for ({asked}).", None
    if o.vetting_ready_on is None:
        reason = f"This offer asks for {asked}, and we do not know how long that would take."
        return "needs_a_look", reason, f"Ask the programme team when {asked} could be done."
    ready = say_date(o.vetting_ready_on)
    if o.vetting_ready_on <= o.start_to:
        return "yes", f"You would need {asked}, which could be done by {ready}, in time to start.", None
    reason = f"You would need {asked}, which could not be done before {ready}."
    return "no", reason, f"The host would have to accept a start on {ready} or later."


def nationality(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """A post reserved by nationality rules goes to somebody who has declared that they meet them."""
    if not o.reserved:
        return "yes", "This post is not reserved by nationality rules.", None
    if a.meets_nationality is None:
        reason = "This post has nationality rules, and you have not said whether you meet them."
        return "needs_a_look", reason, "Answer the nationality question in your profile."
    if a.meets_nationality:
        return "yes", "This post has nationality rules, and you have said you meet them.", None
    return "no", "This post has nationality rules, and you have said you do not meet them.", None


def free(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """No placement of the applicant is still running on the latest start."""
    if a.placed_until is None:
        return "yes", "You are not on a placement now.", None
    if a.placed_until < o.start_to:
        return (
            "yes",
            f"Your placement ends on {say_date(a.placed_until)}, before the latest start.",
            None,
        )
    return (
        "no",
        f"You are on a placement until {say_date(a.placed_until)}, past the latest start of this offer.",
        f"The host would have to accept a start after {say_date(a.placed_until)}.",
    )


def places_left(a: ApplicantProfile, o: OfferProfile, names: Names) -> Said:
    """The offer still has a place."""
    if o.capacity_left > 0:
        left = "1 place" if o.capacity_left == 1 else f"{o.capacity_left} places"
        return "yes", f"This offer has {left} left.", None
    return "no", "Every place on this offer has been taken.", "The host would have to add a place."


RULES: tuple[Rule, ...] = (
    direction, own_organisation, kind, level, days_a_week, place, dates, length, contract, vetting,
    nationality, free, places_left,
)  # fmt: skip


def earliest_end(a: ApplicantProfile, o: OfferProfile) -> date:
    """Last day of the placement if it starts as early as both sides and the vetting allow."""
    start = max(a.available_from or o.start_from, o.start_from)
    if a.placed_until is not None:
        start = max(start, a.placed_until + timedelta(days=1))
    if a.vetting_held < o.vetting and o.vetting_ready_on is not None:
        start = max(start, o.vetting_ready_on)
    return placement_ends(start, o.length_months)


def placement_ends(start: date, months: int) -> date:
    """Last day of a placement that starts on `start` and lasts `months`."""
    return date.fromordinal(int(placement_end(np.array(start.toordinal()), np.array(months))))


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
