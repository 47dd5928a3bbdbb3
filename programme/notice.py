"""What a person is told before they apply: that a score orders lists, that people decide, and how to contest (D4)."""

from datetime import date

from sqlalchemy.orm import Session

from programme import clock
from programme.reference import rule_number, rule_text

# Every version that was ever shown stays here, so that what somebody was told can be read again.
VERSIONS: dict[str, tuple[str, ...]] = {
    "2026-11": (
        "A score puts lists in order. It is worked out from your profile and the placement, part by part, and is "
        "kept with your application.",
        "People decide: your line manager, the host and the programme’s approvers, each with a reason in words.",
        "You can see why you have your score. You can ask a person who took no part in the decision to look again, "
        "and you are answered in words within {months}.",
    ),
}


def version(session: Session, *, on: date | None = None) -> str:
    """The version of the notice in force on a day, today when left out."""
    return rule_text(session, "notice.version", on=on or clock.today())


def lines(session: Session) -> tuple[str, ...]:
    """The sentences of the notice in force today."""
    months = int(rule_number(session, "contest.months", on=clock.today()))
    words = "1 month" if months == 1 else f"{months} months"
    return tuple(line.format(months=words) for line in VERSIONS[version(session)])
