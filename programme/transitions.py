"""The workflow table: every move that a record can make, who may make it, and what must be true first.

The states are those of design.md 4. ``reason_kind`` names the list of reason codes to choose from
(domain.md 0a); ``needs_reason`` asks for the person's own words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from programme import guards, score_guards
from programme.permissions import Permission

P = Permission
Guard = Callable[[Session, Any], str | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """One move: ``action`` takes ``subject`` from ``source`` to ``target``.

    ``guards`` answer with a message when the move must be refused. ``tell`` names who is told.
    """

    subject: str
    action: str
    source: str
    target: str
    permission: P
    needs_reason: bool = False
    reason_kind: str | None = None
    guards: tuple[Guard, ...] = ()
    tell: tuple[str, ...] = ()


def _from_each(
    sources: tuple[str, ...],
    subject: str,
    action: str,
    target: str,
    permission: P,
    *,
    needs_reason: bool = False,
    reason_kind: str | None = None,
    guards: tuple[Guard, ...] = (),
    tell: tuple[str, ...] = (),
) -> tuple[Transition, ...]:
    return tuple(
        Transition(subject, action, source, target, permission, needs_reason, reason_kind, guards, tell)
        for source in sources
    )


OFFER = (
    Transition("offer", "submit", "draft", "submitted", P.OFFER_WRITE, guards=(guards.offer_complete,),
               tell=("programme",)),
    Transition("offer", "publish", "submitted", "published", P.OFFER_PUBLISH,
               guards=(guards.host_verified, guards.offer_complete, guards.vetting_fits_start), tell=("host",)),
    Transition("offer", "return", "submitted", "draft", P.OFFER_PUBLISH, needs_reason=True, tell=("host",)),
    Transition("offer", "pause", "published", "paused", P.OFFER_WRITE, needs_reason=True),
    Transition("offer", "resume", "paused", "published", P.OFFER_WRITE, guards=(guards.host_verified,)),
    *_from_each(("draft", "submitted", "published", "paused"), "offer", "withdraw", "withdrawn", P.OFFER_WRITE,
                needs_reason=True, reason_kind="withdraw", guards=(guards.no_place_taken,)),
    Transition("offer", "fill", "published", "filled", P.SYSTEM, tell=("host",)),
    Transition("offer", "reopen", "filled", "published", P.SYSTEM, tell=("host",)),
    *_from_each(("filled", "published", "paused"), "offer", "close", "closed", P.OFFER_WRITE, needs_reason=True),
    *_from_each(("draft", "submitted", "published", "paused"), "offer", "lapse", "lapsed", P.SYSTEM, tell=("host",)),
)  # fmt: skip

APPLICATION = (
    Transition("application", "request_release", "draft", "awaiting_release", P.APPLICATION_WRITE,
               guards=(guards.offer_open, guards.business_case_complete, guards.line_manager_named,
                       guards.can_go), tell=("line_manager",)),
    Transition("application", "release", "awaiting_release", "submitted", P.APPLICATION_RELEASE,
               needs_reason=True, guards=(guards.offer_open,), tell=("owner", "host")),
    Transition("application", "decline_release", "awaiting_release", "release_declined", P.APPLICATION_RELEASE,
               needs_reason=True, reason_kind="decline", tell=("owner",)),
    Transition("application", "shortlist", "submitted", "shortlisted", P.APPLICATION_DECIDE,
               needs_reason=True, guards=(guards.assessed,), tell=("owner",)),
    Transition("application", "select", "shortlisted", "selected", P.APPLICATION_DECIDE,
               needs_reason=True, guards=(guards.assessed, guards.offer_open, guards.no_running_placement),
               tell=("owner", "line_manager")),
    *_from_each(("submitted", "shortlisted"), "application", "decline", "not_selected", P.APPLICATION_DECIDE,
                needs_reason=True, reason_kind="decline", guards=(guards.assessed,), tell=("owner", "line_manager")),
    # Only those whom the application has reached are told that it is withdrawn.
    Transition("application", "withdraw", "draft", "withdrawn", P.APPLICATION_WRITE, needs_reason=True,
               reason_kind="withdraw"),
    Transition("application", "withdraw", "awaiting_release", "withdrawn", P.APPLICATION_WRITE, needs_reason=True,
               reason_kind="withdraw", tell=("line_manager",)),
    *_from_each(("submitted", "shortlisted"), "application", "withdraw", "withdrawn", P.APPLICATION_WRITE,
                needs_reason=True, reason_kind="withdraw", tell=("host", "line_manager")),
    *_from_each(("draft", "awaiting_release", "submitted", "shortlisted"), "application", "lapse", "lapsed",
                P.SYSTEM, tell=("owner",)),
    # From here the match carries the decision, and these follow it in the same transaction.
    Transition("application", "withdraw", "selected", "withdrawn", P.MATCH_WITHDRAW, needs_reason=True,
               reason_kind="withdraw"),
    Transition("application", "unselect", "selected", "not_selected", P.SYSTEM, needs_reason=True, tell=("owner",)),
    Transition("application", "lapse", "selected", "lapsed", P.SYSTEM, tell=("owner",)),
)  # fmt: skip

MATCH = (
    Transition("match", "accept", "proposed", "in_approval", P.MATCH_ACCEPT,
               guards=(guards.match_line_manager_named, guards.match_offer_open, guards.match_person_free),
               tell=("programme", "host", "line_manager")),
    Transition("match", "put_forward", "proposed", "in_approval", P.SYSTEM, tell=("programme",)),
    Transition("match", "decline", "proposed", "declined", P.MATCH_ACCEPT, needs_reason=True, reason_kind="decline",
               tell=("programme",)),
    Transition("match", "approve", "in_approval", "approved", P.MATCH_APPROVE, needs_reason=True,
               guards=(guards.other_gates_passed, guards.match_person_free, guards.match_offer_open,
                       guards.match_can_go, guards.match_dates_fit), tell=("owner", "host", "line_manager")),
    Transition("match", "reject", "in_approval", "rejected", P.MATCH_APPROVE, needs_reason=True,
               reason_kind="decline", tell=("owner", "host", "line_manager")),
    Transition("match", "refuse", "in_approval", "rejected", P.SYSTEM, needs_reason=True,
               reason_kind="decline",
               tell=("owner", "host", "line_manager")),
    *_from_each(("proposed", "in_approval"), "match", "withdraw", "withdrawn", P.MATCH_WITHDRAW,
                needs_reason=True, reason_kind="withdraw", tell=("owner", "host", "line_manager")),
    *_from_each(("proposed", "in_approval"), "match", "lapse", "lapsed", P.SYSTEM, needs_reason=True,
                tell=("owner", "host")),
)  # fmt: skip

PLACEMENT = (
    Transition("placement", "start_vetting", "approved", "vetting", P.PLACEMENT_MANAGE, tell=("owner",)),
    Transition("placement", "agree", "vetting", "agreed", P.PLACEMENT_MANAGE,
               guards=(guards.vetting_cleared, guards.terms_complete, guards.three_agreed),
               tell=("owner", "host", "line_manager")),
    Transition("placement", "start", "agreed", "active", P.PLACEMENT_MANAGE, guards=(guards.start_reached,),
               tell=("owner", "host", "line_manager")),
    Transition("placement", "end", "active", "ended", P.PLACEMENT_MANAGE, guards=(guards.end_reached,),
               tell=("owner", "host", "line_manager")),
    Transition("placement", "end_early", "active", "ended_early", P.PLACEMENT_MANAGE, needs_reason=True,
               reason_kind="early_end", tell=("owner", "host", "line_manager")),
    *_from_each(("ended", "ended_early"), "placement", "return", "returned", P.PLACEMENT_MANAGE,
                guards=(guards.return_planned,), tell=("owner", "line_manager")),
    Transition("placement", "follow_up", "returned", "followed_up", P.PLACEMENT_MANAGE,
               guards=(guards.follow_up_due,), tell=("owner",)),
    *_from_each(("approved", "vetting", "agreed"), "placement", "cancel", "cancelled", P.PLACEMENT_MANAGE,
                needs_reason=True, reason_kind="withdraw", tell=("owner", "host", "line_manager")),
)  # fmt: skip

ROUND = (
    Transition("round", "publish", "computed", "published", P.ROUND_DECIDE, needs_reason=True),
    Transition("round", "discard", "computed", "discarded", P.ROUND_DECIDE, needs_reason=True),
)

# Promoting a version retires the one before it; rolling it back reinstates that one.
SCORE_VERSION = (
    Transition("score_version", "promote", "shadow", "promoted", P.SCORE_DECIDE, needs_reason=True,
               guards=(score_guards.evidence_is_enough, score_guards.base_is_in_force, score_guards.day_is_free)),
    Transition("score_version", "roll_back", "promoted", "rolled_back", P.SCORE_DECIDE, needs_reason=True,
               guards=(score_guards.was_learnt,)),
    *_from_each(("shadow", "promoted"), "score_version", "retire", "retired", P.SYSTEM),
    Transition("score_version", "reinstate", "retired", "promoted", P.SYSTEM),
)  # fmt: skip

COMPLAINT = (
    Transition("complaint", "acknowledge", "received", "acknowledged", P.COMPLAINT_ANSWER, tell=("owner",)),
    *_from_each(("received", "acknowledged"), "complaint", "answer", "answered", P.COMPLAINT_ANSWER,
                needs_reason=True, tell=("owner",)),
)  # fmt: skip

CONTEST = (
    Transition("contest", "answer", "open", "answered", P.CONTEST_ANSWER, needs_reason=True, reason_kind="contest",
               tell=("owner",)),
)  # fmt: skip

GATE_PERMISSIONS: dict[str, P] = {
    "home_release": P.GATE_HOME,
    "host": P.GATE_HOST,
    "propriety": P.GATE_PROPRIETY,
    "finance": P.GATE_FINANCE,
    "security": P.GATE_SECURITY,
    "hr": P.GATE_HR,
    "commission": P.GATE_PROPRIETY,
    "treasury": P.GATE_FINANCE,
    "programme": P.MATCH_APPROVE,
}
# A gate's subject is "gate.<name>", so that each has its own approver.
_OPEN = (guards.gate_open,)
GATE = tuple(
    move
    for name, permission in GATE_PERMISSIONS.items()
    if name != "programme"
    for move in (
        Transition(f"gate.{name}", "pass", "waiting", "passed", permission, needs_reason=True, guards=_OPEN,
                   tell=("programme",)),
        Transition(f"gate.{name}", "return", "waiting", "returned", permission, needs_reason=True, guards=_OPEN,
                   tell=("host", "line_manager", "programme")),
        Transition(f"gate.{name}", "refuse", "waiting", "refused", permission, needs_reason=True,
                   reason_kind="decline", guards=_OPEN),
        Transition(f"gate.{name}", "resubmit", "returned", "waiting", P.MATCH_APPROVE, needs_reason=True,
                   guards=_OPEN),
    )
)  # fmt: skip
# The programme gate is never decided on its own: it follows the approval or rejection of the match itself.
PROGRAMME_GATE = (
    Transition("gate.programme", "pass", "waiting", "passed", P.MATCH_APPROVE, needs_reason=True),
    Transition("gate.programme", "refuse", "waiting", "refused", P.MATCH_APPROVE, needs_reason=True,
               reason_kind="decline"),
)  # fmt: skip

TRANSITIONS: tuple[Transition, ...] = (
    *OFFER, *APPLICATION, *MATCH, *PLACEMENT, *ROUND, *SCORE_VERSION, *COMPLAINT, *CONTEST, *GATE, *PROGRAMME_GATE,
)  # fmt: skip
