"""Checking the chain over the audit trail, from its first link to its last."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import audit_chain as queries
from db.queries.audit_chain import Linked
from programme.actors import Actor
from programme.permissions import Permission, require


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk along the chain found.

    ``links`` is how many fit, from the first on; ``head`` the hash of the last of these, to be written down
    somewhere else and given to a later walk; ``problem`` the first thing that does not fit, in words, or None.
    """

    links: int
    head: str
    problem: str | None


def verify(session: Session, actor: Actor, *, earlier_head: str = "") -> ChainReport:
    """Walk the whole chain and say the first thing that does not fit.

    With ``earlier_head``, the head of an earlier walk, it also finds an end that was cut off since then. Raises
    NotAllowed for anybody but an auditor and the operator.
    """
    require(actor, Permission.AUDIT_VERIFY)
    earlier_head = earlier_head.strip().lower()
    report, found = _walk(queries.walk(session), earlier_head)
    if report.problem is None and not found:
        cut = "The head written down earlier is not in the chain: its end was cut off or written anew."
        return ChainReport(report.links, report.head, cut)
    if report.problem is None and (stray := queries.unlinked(session)):
        words = f"Event {stray[0]} is in no link of the chain: it was written round the programme."
        return ChainReport(report.links, report.head, words)
    return report


def _walk(chain: Iterable[Linked], earlier_head: str) -> tuple[ChainReport, bool]:
    """What the links say, and whether the earlier head is among them (so it is when there is none to look for)."""
    links, head, found = 0, queries.BEFORE_THE_FIRST, earlier_head in ("", queries.BEFORE_THE_FIRST)
    for link in chain:
        problem = _problem(link, links + 1, head)
        if problem is not None:
            return ChainReport(links, head, problem), found
        links, head = link.position, link.hash
        found = found or head == earlier_head
    return ChainReport(links, head, None), found


def _problem(link: Linked, expected: int, head: str) -> str | None:
    """What is wrong with this link, given the place and the hash that it must follow."""
    if link.position != expected:
        missing = (
            f"Link {expected} is"
            if link.position == expected + 1
            else f"Links {expected} to {link.position - 1} are"
        )
        return f"{missing} missing from the chain: what was recorded there has been deleted."
    if link.event is None:
        return f"Event {link.event_id}, at link {link.position}, is missing: it has been deleted."
    if link.previous_hash != head:
        return f"Link {link.position} does not follow the link before it: one of the two has been changed."
    if link.hash != queries.event_hash(head, link.event):
        about = " ".join(str(link.event[name]) for name in ("action", "subject_ref") if link.event[name])
        return (
            f"Event {link.event_id} ({about}, {link.event['at']:%-d %B %Y at %H:%M} UTC), at link {link.position}, "
            "is not what was recorded: it or its link has been changed."
        )
    return None
