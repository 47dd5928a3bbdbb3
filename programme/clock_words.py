"""The words of reminders and escalations: for each clock a subject line, and a sentence for each audience."""

from typing import Any

from programme.clocks import Action
from programme.messages import link_to, title_of

LATE = "The time to answer has run out. It is in your queue."

# clock -> audience -> (subject line, sentence). "*" stands for every audience that is not named.
REMINDERS: dict[str, dict[str, tuple[str, str]]] = {
    "application_draft": {"*": ("Your application is still a draft", "Finish it, or it lapses.")},
    "release": {"*": ("Someone in your team is waiting for you", "Release them, or say why not.")},
    "host_reply": {"*": ("An application is waiting for you", "Assess it, then shortlist or decline it.")},
    "shortlist": {"*": ("Someone on your shortlist is waiting", "Select them, or decline and say why.")},
    "proposal": {"*": ("A proposed match is waiting for you", "Accept it or decline it, or it lapses.")},
    "gate": {"*": ("An approval is waiting for you", "Pass it, send it back or refuse it.")},
    "gate_returned": {"*": ("An approval came back with comments", "Put it right and send it again.")},
    "programme_decision": {"*": ("A match waits only for you", "Every other approval has been given.")},
    "offer_draft": {"*": ("Your offer is still a draft", "Send it to be checked, or it lapses.")},
    "offer_check": {"*": ("An offer is ready to check", "Publish it or return it with comments.")},
    "offer_closing": {
        "*": ("Your offer closes soon", "Nobody's application is under way. When it has closed, it lapses.")
    },
    "offer_open": {"*": ("Your offer has been open for long", "Nobody's application is under way. It lapses soon.")},
    "terms": {"*": ("A placement has not been agreed yet", "See what is still missing, and agree its terms.")},
    "start": {"*": ("Has the placement started?", "Its start date has passed. Record the start.")},
    "return_plan": {
        "owner": ("Your return is not planned yet", "Ask your line manager to which post you come back."),
        "*": ("A return is not planned yet", "Name the post and the contact for when the person comes back."),
    },
    "end": {"*": ("Has the placement ended?", "Its end date has passed. Record the end.")},
    "return": {"*": ("Has the person come back?", "The placement has ended. Record the return.")},
    "follow_up": {"*": ("A placement's file can be closed", "The time for its last survey is over.")},
    "survey": {"*": ("A survey is waiting for you", "It takes a few minutes. What you typed is kept.")},
    "verification": {"*": ("An organisation is waiting to be verified", "Check it against its register.")},
    "grade": {"*": ("A grade is waiting to be settled", "The person cannot be matched until it is.")},
}  # fmt: skip

ESCALATIONS: dict[str, dict[str, tuple[str, str]]] = {
    "release": {
        "owner": ("Your line manager has not answered", "The programme team has been told and will ask them."),
        "*": ("A release request has not been answered", LATE),
    },
    "host_reply": {
        "owner": ("The host has not replied yet", "The programme team has been told and will ask them."),
        "*": ("A host has not replied to an application", LATE),
    },
    "shortlist": {
        "owner": ("The host has not decided yet", "The programme team has been told and will ask them."),
        "*": ("A host has not decided on its shortlist", LATE),
    },
    "gate": {
        "owner": ("Your match is still waiting for an approval", "The programme team has been told."),
        "*": ("An approval has not been given", LATE),
    },
    "gate_returned": {
        "owner": ("Your match is still waiting for an approval", "The programme team has been told."),
        "*": ("An approval has not been sent again", LATE),
    },
    "programme_decision": {
        "owner": ("Your match is still waiting for the programme", "The programme team has been told."),
        "*": ("A match has waited too long for the programme", LATE),
    },
    "offer_check": {
        "host": ("Your offer has not been checked yet", "The programme team has been told that it is late."),
        "*": ("An offer has not been checked", LATE),
    },
    "terms": {"*": ("A placement has not been agreed", LATE)},
    "start": {"*": ("A start has not been recorded", LATE)},
    "return_plan": {"*": ("A placement has no return plan", LATE)},
    "end": {"*": ("An end has not been recorded", LATE)},
    "return": {"*": ("A return has not been recorded", LATE)},
    "verification": {"*": ("An organisation has not been verified", LATE)},
    "grade": {
        "owner": ("Your grade has not been settled yet", "The programme team has been told that it is late."),
        "*": ("A grade has not been settled", LATE),
    },
}  # fmt: skip


def wording(record: Any, clock: str, action: Action, audience: str) -> tuple[str, str, str]:
    """Subject line, body and link of what a clock tells an audience about ``record``."""
    by_audience = (REMINDERS if action is Action.REMIND else ESCALATIONS)[clock]
    line, sentence = by_audience.get(audience) or by_audience["*"]
    title = title_of(record)
    return f"{line}: {title}"[:200], f"{title}. {sentence}", link_to(record, audience)
