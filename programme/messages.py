"""The words of the messages that a change sends, one pair of sentences for each move and audience."""

from typing import Any

from db.models.applicants import LevelReview
from db.models.applications import Application
from db.models.complaints import Complaint
from db.models.contests import Contest
from db.models.matches import Gate, GateName, Match
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.outcomes import Survey
from db.models.placements import Placement

# (subject, action) -> audience -> (subject line, sentence). "*" stands for every audience that is not named.
WORDS: dict[tuple[str, str], dict[str, tuple[str, str]]] = {
    ("offer", "submit"): {
        "*": ("An offer is ready to check", "Check it, then publish it or return it with comments.")
    },
    ("offer", "publish"): {"*": ("Your offer is live", "People can now find it and apply.")},
    ("offer", "return"): {
        "*": ("Your offer needs changes", "Read the comments, change it and send it again.")
    },
    ("offer", "fill"): {"*": ("Every place on your offer is taken", "It no longer takes applications.")},
    ("offer", "reopen"): {"*": ("A place on your offer is free again", "It takes applications again.")},
    ("offer", "lapse"): {
        "*": ("Your offer has lapsed", "Its dates have passed. Post it again with new dates.")
    },
    ("application", "request_release"): {
        "*": (
            "Someone in your team asks for release",
            "Read the business case, then release them or say why not.",
        ),
    },
    ("application", "release"): {
        "owner": ("You have been released", "Your application is now with the host."),
        "*": ("A new application has arrived", "Assess it first; the name is shown after that."),
    },
    ("application", "decline_release"): {
        "*": ("Your release was declined", "You can talk to your line manager.")
    },
    ("application", "shortlist"): {"*": ("You are on the shortlist", "The host will be in touch.")},
    ("application", "select"): {"*": ("The host has chosen this application", "It now goes to approval.")},
    ("application", "decline"): {"*": ("The host has not chosen this application", "The reason is below.")},
    ("application", "unselect"): {"*": ("Your application has ended", "The match was not approved.")},
    ("application", "withdraw"): {"*": ("An application was withdrawn", "You need do nothing.")},
    ("application", "lapse"): {"*": ("Your application has lapsed", "You can apply for other placements.")},
    ("match", "accept"): {"*": ("A proposed match was accepted", "It is now in approval.")},
    ("match", "put_forward"): {"*": ("A match is waiting for approval", "It is in your queue.")},
    ("match", "decline"): {"*": ("A proposed match was declined", "The reason is below.")},
    ("match", "approve"): {
        "*": ("The match is approved", "A placement has been opened. Agree its terms next.")
    },
    ("match", "reject"): {"*": ("The match was not approved", "The reason is below.")},
    ("match", "refuse"): {"*": ("The match was not approved", "One of its approvals was refused.")},
    ("match", "withdraw"): {"*": ("A match was withdrawn", "The reason is below.")},
    ("match", "lapse"): {"*": ("A match has lapsed", "Nothing more will happen to it.")},
    ("placement", "start_vetting"): {
        "*": ("Vetting has begun", "You will be told what to send and to whom.")
    },
    ("placement", "agree"): {"*": ("The placement is agreed", "All three sides have agreed its terms.")},
    ("placement", "start"): {"*": ("The placement has started", "Record a check-in after the first month.")},
    ("placement", "end"): {"*": ("The placement has ended", "Answer the end survey while it is fresh.")},
    ("placement", "end_early"): {"*": ("The placement has ended early", "The reason is below.")},
    ("placement", "return"): {"*": ("The return is recorded", "Surveys follow after six and twelve months.")},
    ("placement", "follow_up"): {
        "*": ("The follow-up is complete", "Thank you for telling us what came of it.")
    },
    ("complaint", "acknowledge"): {
        "*": ("Your complaint has been received", "Somebody is looking into it and will answer you.")
    },
    ("complaint", "answer"): {"*": ("Your complaint has been answered", "The answer is below.")},
    ("contest", "answer"): {"*": ("Somebody has looked again", "Read the answer, and what it changes.")},
    ("placement", "cancel"): {"*": ("The placement is cancelled", "The reason is below.")},
}
GATE_WORDS: dict[str, tuple[str, str]] = {
    "pass": ("One approval of a match was given", "See the queue for what is still waiting."),
    "return": ("An approval came back with comments", "Read them, put it right and send it again."),
}


PAGES_OF: dict[tuple[type, str], str] = {
    (Organisation, "programme"): "/organisations",
    (LevelReview, "programme"): "/levels",
    (LevelReview, "owner"): "/profile",
}


def wording(record: Any, subject: str, action: str, audience: str, reason: str) -> tuple[str, str, str]:
    """Subject line, body and link of the message that ``action`` on ``record`` sends to ``audience``."""
    if isinstance(record, Gate):
        line, sentence = GATE_WORDS[action]
    else:
        by_audience = WORDS[(subject, action)]
        line, sentence = by_audience.get(audience) or by_audience["*"]
    title = title_of(record)
    body = f"{title}. {sentence}" + (f" What was said: {reason}" if reason else "")
    return f"{line}: {title}"[:200], body, link_to(record, audience)


def title_of(record: Any) -> str:
    """What a message calls the record: never a person's name, because a host may be reading (D2)."""
    match record:
        case Offer():
            return record.title
        case Complaint():
            return record.ref
        case Organisation():
            return record.name
        case LevelReview():
            return f"Grade {record.grade_code}"
        case Gate():
            return record.match.offer.title
        case Survey():
            return record.placement.offer.title
        case _:
            return str(record.offer.title)


def link_to(record: Any, audience: str) -> str:
    """Where this audience finds the record."""
    match record:
        case Offer():
            page = "offer-check" if audience == "programme" else "offer-manage"
            return f"/{page}?ref={record.ref}"
        case Application():
            pages = {"owner": "application", "line_manager": "release", "host": "candidate"}
            return f"/{pages[audience]}?ref={record.ref}" if audience in pages else "/queue"
        case Gate():
            return _link_to_gate(record, audience)
        case Match():
            pages = {"owner": "applications", "host": "our-offers", "line_manager": "release-requests"}
            return f"/{pages[audience]}" if audience in pages else f"/decide?ref={record.ref}"
        case Contest():
            return f"/look-again?ref={record.offer.ref}"
        case Complaint():
            return "/my-data"
        case Placement():
            return f"/placement-manage?ref={record.ref}"
        case Survey():
            return f"/survey?id={record.id}"
        case _:
            return PAGES_OF.get((type(record), audience), "")


def _link_to_gate(gate: Gate, audience: str) -> str:
    if audience == "approver":
        pages = {GateName.HOME_RELEASE: "/release-requests", GateName.HOST: "/our-offers"}
        return pages.get(gate.name, f"/decide?ref={gate.match.ref}")
    if audience == "owner":
        return "/applications"
    return f"/decide?ref={gate.match.ref}" if audience == "programme" else "/notifications"
