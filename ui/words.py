"""The words that people read for stored values. One value has one label, everywhere.

``label("offer_state", offer.state)`` gives the words; ``tone`` gives the colour that repeats them.
Names of missions, regions, skills and reasons are data and come from the reference tables, not from here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ui.layout import Tone
from ui.survey_words import SURVEY_LABELS

UK_TIME = ZoneInfo("Europe/London")

LABELS: Mapping[str, Mapping[str, str]] = {
    "direction": {
        "outward": "From government to civil society",
        "inward": "From civil society into government",
    },
    "direction_for": {
        "outward": "For civil servants",
        "inward": "For people from charities and social enterprises",
    },
    "offer_kind": {
        "secondment": "Secondment",
        "part_time": "Part-time secondment",
        "short_project": "Short project",
        "job_share": "Job share",
        "shadowing": "Shadowing",
        "away_day": "Away day",
    },
    "remote": {
        "on_site": "At the workplace",
        "hybrid": "Partly at the workplace, partly from home",
        "remote": "From home",
    },
    "party": {"home": "Home organisation", "host": "Host organisation", "shared": "Shared by both"},
    "sector": {"government": "Government", "civil_society": "Civil society"},
    "form": {
        "ministerial_department": "Ministerial department",
        "non_ministerial_department": "Non-ministerial department",
        "agency": "Executive agency",
        "executive_agency": "Executive agency",
        "arms_length_body": "Arm’s-length body",
        "local_authority": "Local authority",
        "charity": "Charity",
        "social_enterprise": "Social enterprise",
        "unregistered_group": "Unregistered group",
    },
    "verification": {
        "pending": "Waiting to be checked",
        "verified": "Checked",
        "refused": "Not accepted",
    },
    "contract": {"permanent": "Permanent", "fixed_term": "Fixed term"},
    "level_source": {
        "grade_table": "From your grade",
        "charity_table": "From your role and your organisation’s income",
        "manager": "Settled by a programme manager",
        "waiting": "Waiting for a programme manager",
    },
    "skill_level": {"1": "Awareness", "2": "Working", "3": "Practitioner", "4": "Expert"},
    "offer_state": {
        "draft": "Draft",
        "submitted": "Waiting to be checked",
        "published": "Open",
        "paused": "Paused",
        "filled": "Filled",
        "closed": "Closed",
        "withdrawn": "Withdrawn",
        "lapsed": "Ran out of time",
    },
    "application_state": {
        "draft": "Draft",
        "awaiting_release": "Waiting for your line manager",
        "submitted": "With the host",
        "shortlisted": "Shortlisted",
        "selected": "Selected by the host",
        "release_declined": "Release declined",
        "not_selected": "Not selected",
        "withdrawn": "Withdrawn",
        "lapsed": "Ran out of time",
    },
    "match_state": {
        "proposed": "Proposed to you",
        "in_approval": "Being approved",
        "approved": "Approved",
        "declined": "Declined",
        "rejected": "Not approved",
        "withdrawn": "Withdrawn",
        "lapsed": "Ran out of time",
    },
    "placement_state": {
        "approved": "Approved, not arranged yet",
        "vetting": "Vetting and terms",
        "agreed": "Agreed, not started yet",
        "active": "Under way",
        "ended": "Ended",
        "returned": "Returned home",
        "followed_up": "Followed up and closed",
        "cancelled": "Cancelled before it started",
        "ended_early": "Ended early",
    },
    "contest_about": {"rank": "A place on the list", "decision": "A decision"},
    "contest_state": {"open": "Waiting for an answer", "answered": "Answered"},
    "complaint_state": {
        "received": "Received",
        "acknowledged": "Being looked into",
        "answered": "Answered",
    },
    "round_state": {"computed": "Not decided yet", "published": "Published", "discarded": "Discarded"},
    "score_state": {
        "shadow": "In shadow",
        "promoted": "In force",
        "rolled_back": "Rolled back",
        "retired": "Replaced",
    },
    "score_question": {
        "accepted": "What both sides accept",
        "went_well": "How accepted matches went",
    },
    "gate": {
        "home_release": "Release by the home organisation",
        "host": "The host’s agreement",
        "propriety": "Propriety",
        "finance": "Finance",
        "security": "Security",
        "hr": "Human resources",
        "commission": "Civil Service Commission",
        "treasury": "Treasury",
        "programme": "Programme manager",
    },
    "gate_state": {
        "waiting": "Waiting",
        "passed": "Passed",
        "returned": "Sent back",
        "refused": "Refused",
        "not_needed": "Not needed",
    },
    "answer": {"yes": "Yes", "no": "No", "needs_a_look": "Needs a look"},
    "vat": {
        "undetermined": "Not decided yet",
        "standard": "Standard-rated supply of staff",
        "direct_pay": "The host pays the person directly",
        "charity_to_charity": "Charity-to-charity concession",
        "outside_scope": "Outside the scope of VAT",
    },
    "side": {"secondee": "Secondee", "host": "Host", "home": "Home organisation"},
    "part": {
        "missions": "Missions",
        "skills": "Skills needed",
        "learning": "Skills to learn",
        "level": "Level",
        "words": "Likeness in words",
        "place": "Place",
    },
    "part_meaning": {
        "missions": "How far the work serves the missions the person cares about.",
        "skills": "How many of the skills needed the person has. Essential ones count more.",
        "learning": "How much of what the person wants to learn the offer would teach.",
        "level": "Whether the person’s level is in the range, or one below it where a stretch is welcome.",
        "words": "How alike the profile and the offer are in what they write.",
        "place": "Whether the work is in a region the person chose, or remote as suits them.",
    },
    "rule": {
        "direction": "Who the offer is for",
        "own_organisation": "Not your own organisation",
        "kind": "Kind of placement",
        "level": "Level",
        "days_a_week": "Days a week",
        "place": "Place",
        "dates": "Dates",
        "length": "Length",
        "contract": "Your contract",
        "vetting": "Vetting",
        "nationality": "Nationality rules",
        "free": "Other placements",
        "places_left": "Places left",
    },
    "sort": {
        "newest": "Newest first",
        "start": "Earliest start first",
        "closing": "Closing soonest first",
        "title": "Title, A to Z",
    },
    "round_method": {
        "stable": "Stable: nobody would rather swap",
        "most_total_fit": "Best total fit",
        "worst_served_first": "Lowest fits first",
    },
    "role": {
        "applicant": "Applicant",
        "host": "Host",
        "line_manager": "Line manager",
        "programme_manager": "Programme manager",
        "hr_approver": "HR approver",
        "finance_approver": "Finance approver",
        "security_approver": "Security approver",
        "propriety_approver": "Propriety approver",
        "equality_analyst": "Equality analyst",
        "adjustments_contact": "Adjustments contact",
        "auditor": "Auditor",
    },
    **SURVEY_LABELS,
    "action": {
        "submit": "Send to be checked",
        "publish": "Publish",
        "return": "Send back",
        "pause": "Pause",
        "resume": "Open again",
        "withdraw": "Withdraw",
        "close": "Close",
        "fill": "Filled",
        "reopen": "Opened again",
        "lapse": "Ran out of time",
        "request_release": "Ask for release",
        "release": "Release",
        "decline_release": "Decline release",
        "shortlist": "Shortlist",
        "select": "Select",
        "decline": "Decline",
        "unselect": "No longer selected",
        "accept": "Accept",
        "put_forward": "Put forward",
        "approve": "Approve",
        "reject": "Reject",
        "refuse": "Refuse",
        "pass": "Pass",
        "resubmit": "Send again",
        "start_vetting": "Start vetting",
        "agree": "Record that everything is agreed",
        "start": "Record the start",
        "end": "Record the end",
        "end_early": "End early",
        "follow_up": "Close the file",
        "cancel": "Cancel",
        "discard": "Discard",
        "acknowledge": "Acknowledge",
        "answer": "Answer",
        "promote": "Put in force",
        "roll_back": "Go back to the points before",
        "retire": "Replaced",
        "reinstate": "In force again",
    },
    "placement_action": {
        "return": "Record the return home",
        "cancel": "Cancel the placement",
        "end_early": "End the placement early",
    },
}

TONES: Mapping[str, Mapping[str, Tone]] = {
    "offer_state": {"published": "green", "submitted": "yellow", "paused": "yellow", "filled": "blue"},
    "application_state": {
        "awaiting_release": "yellow",
        "submitted": "blue",
        "shortlisted": "blue",
        "selected": "green",
        "release_declined": "red",
        "not_selected": "red",
    },
    "match_state": {
        "proposed": "yellow",
        "in_approval": "blue",
        "approved": "green",
        "rejected": "red",
        "declined": "red",
    },
    "placement_state": {
        "approved": "yellow",
        "vetting": "yellow",
        "agreed": "blue",
        "active": "green",
        "ended_early": "red",
        "cancelled": "red",
    },
    "gate_state": {"waiting": "yellow", "passed": "green", "returned": "blue", "refused": "red"},
    "answer": {"yes": "green", "no": "red", "needs_a_look": "yellow"},
    "verification": {"pending": "yellow", "verified": "green", "refused": "red"},
    "contest_state": {"open": "yellow", "answered": "green"},
    "complaint_state": {"received": "yellow", "acknowledged": "blue", "answered": "green"},
    "round_state": {"computed": "yellow", "published": "green"},
    "score_state": {"shadow": "yellow", "promoted": "green", "rolled_back": "red"},
}

WAITING_ON: Mapping[str, Mapping[str, str]] = {
    "application": {
        "draft": "You: finish it and ask for release",
        "awaiting_release": "Your line manager",
        "submitted": "The host",
        "shortlisted": "The host",
        "selected": "The programme’s approvers",
    },
    "match": {"proposed": "You: accept or decline", "in_approval": "The programme’s approvers"},
}

LEVEL_HINT = "Level 1 is an administrative assistant, level 10 a director general or chief executive."


def label(kind: str, value: object) -> str:
    """The words for a stored value. A value nobody has worded yet reads as itself, with spaces."""
    stored = str(value if value is not None else "")
    return LABELS.get(kind, {}).get(stored, stored.replace("_", " ").capitalize())


def tone(kind: str, value: object) -> Tone:
    """The colour of a state's tag; grey unless the state asks for attention."""
    return TONES.get(kind, {}).get(str(value), "grey")


def waiting_on(subject: str, state: object) -> str:
    """On whom a record waits, in words; empty when it waits for nobody."""
    return WAITING_ON.get(subject, {}).get(str(state), "")


def date_words(day: date | datetime | None) -> str:
    """A date as GOV.UK writes it, such as 5 January 2027; empty for None. Times are read in UK time."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day.astimezone(UK_TIME)
    return f"{day.day} {day:%B %Y}"


def time_words(at: datetime | None) -> str:
    """A moment in UK time, such as 5 January 2027 at 2:05pm; empty for None."""
    if at is None:
        return ""
    there = at.astimezone(UK_TIME)
    clock = f"{there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"
    return f"{date_words(there)} at {clock}"


def count_words(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 place", "3 places", "12,400 placements"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def days_words(days: float) -> str:
    """Days a week: "5 days a week (full time)", "2.5 days a week"."""
    whole = " (full time)" if float(days) == 5 else ""
    return f"{float(days):g} {'day' if float(days) == 1 else 'days'} a week{whole}"


def length_words(months: int) -> str:
    """A length in months; a placement of 0 months is over within one."""
    return count_words(months, "month") if months else "Less than a month"


def levels_words(lowest: int, highest: int, *, stretch_ok: bool = False) -> str:
    """A range of levels, and whether one below it is welcome."""
    said = f"Level {lowest}" if lowest == highest else f"Levels {lowest} to {highest}"
    return f"{said}, or one level below" if stretch_ok else said


def window_words(first: date, last: date) -> str:
    """A start window: one date, or "between … and …"."""
    return date_words(first) if first == last else f"Between {date_words(first)} and {date_words(last)}"


def points_words(points: float) -> str:
    """Points of a score, to one decimal place where they need it: "24", "7.5"."""
    return f"{points:.1f}".removesuffix(".0")


def percent_words(share_in_100: float | None, n: int | None = None) -> str:
    """A percentage, and the number it is of; "Not known" when there is nothing to count."""
    said = "Not known" if share_in_100 is None else f"{share_in_100:.0f}%"
    return said if n is None else f"{said} (n = {n:,})"
