"""Who may do what: one table of grants, and one function that reads it.

A permission is named ``<subject>:<action>``. A grant gives it to a role within a scope; the scope says how
the actor must stand to the record.
"""

from dataclasses import dataclass
from enum import StrEnum

from db.models.users import Role
from programme.actors import Actor
from programme.errors import NotAllowed
from programme.parties import NO_PARTIES, Parties, parties_of
from programme.permission_words import PERMISSION_WORDS


class Permission(StrEnum):
    """Everything a person can be allowed to do, in alphabetical order."""

    APPLICATION_ASSESS = "application:assess"
    APPLICATION_DECIDE = "application:decide"
    APPLICATION_RELEASE = "application:release"
    APPLICATION_VIEW = "application:view"
    APPLICATION_WRITE = "application:write"
    AUDIT_VERIFY = "audit:verify"
    AUDIT_VIEW = "audit:view"
    COMPLAINT_ANSWER = "complaint:answer"
    COMPLAINT_MAKE = "complaint:make"
    CONTEST_ANSWER = "contest:answer"
    CONTEST_ASK = "contest:ask"
    DATA_EXPORT = "data:export"
    EQUALITY_ANSWER = "equality:answer"
    EQUALITY_REPORT = "equality:report"
    GATE_FINANCE = "gate:finance"
    GATE_HOME = "gate:home"
    GATE_HOST = "gate:host"
    GATE_HR = "gate:hr"
    GATE_PROPRIETY = "gate:propriety"
    GATE_SECURITY = "gate:security"
    IMPRESSION_WRITE = "impression:write"
    LEVEL_DECIDE = "level:decide"
    MATCH_ACCEPT = "match:accept"
    MATCH_APPROVE = "match:approve"
    MATCH_VIEW = "match:view"
    MATCH_WITHDRAW = "match:withdraw"
    OFFER_PUBLISH = "offer:publish"
    OFFER_VIEW = "offer:view"
    OFFER_WRITE = "offer:write"
    ORGANISATION_REGISTER = "organisation:register"
    ORGANISATION_VERIFY = "organisation:verify"
    OUTCOMES_VIEW = "outcomes:view"
    PLACEMENT_AGREE_HOME = "placement:agree_home"
    PLACEMENT_AGREE_HOST = "placement:agree_host"
    PLACEMENT_AGREE_SECONDEE = "placement:agree_secondee"
    PLACEMENT_CHECK_IN = "placement:check_in"
    PLACEMENT_FINANCE = "placement:finance"
    PLACEMENT_MANAGE = "placement:manage"
    PLACEMENT_TERMS = "placement:terms"
    PLACEMENT_VET = "placement:vet"
    PLACEMENT_VIEW = "placement:view"
    PROFILE_VIEW = "profile:view"
    PROFILE_WRITE = "profile:write"
    RECOMMENDATIONS_CANDIDATES = "recommendations:candidates"
    RECOMMENDATIONS_OWN = "recommendations:own"
    RETENTION_PURGE = "retention:purge"
    RETENTION_VIEW = "retention:view"
    ROUND_DECIDE = "round:decide"
    ROUND_RUN = "round:run"
    ROUND_VIEW = "round:view"
    SCORE_DECIDE = "score:decide"
    SCORE_FIT = "score:fit"
    SCORE_VIEW = "score:view"
    STATUS_VIEW = "status:view"
    SURVEY_HOME = "survey:home"
    SURVEY_HOST = "survey:host"
    SURVEY_SECONDEE = "survey:secondee"
    SYSTEM = "system:act"


class Scope(StrEnum):
    """How the actor must stand to the record for a grant to count."""

    ANY = "any"
    OWN = "own"  # the record is about the actor
    HOST = "host"  # the actor's membership is of the host organisation
    HOME = "home"  # the actor's membership is of the home organisation
    LINE_MANAGER = "line_manager"  # the actor is the named line manager
    NOT_A_PARTY = "not_a_party"  # the actor stands on neither side (C4)


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the permission table."""

    permission: Permission
    role: Role
    scope: Scope


def _grants(role: Role, scope: Scope, *permissions: Permission) -> tuple[Grant, ...]:
    return tuple(Grant(permission, role, scope) for permission in permissions)


P, R, S = Permission, Role, Scope

# Rights that everybody has over what is held about them, whatever else they are here for.
OWN_RIGHTS = (P.COMPLAINT_MAKE, P.DATA_EXPORT)

GRANTS: tuple[Grant, ...] = (
    *(grant for role in R for grant in _grants(role, S.OWN, *OWN_RIGHTS)),
    *_grants(
        R.APPLICANT, S.OWN,
        P.APPLICATION_VIEW, P.APPLICATION_WRITE, P.CONTEST_ASK, P.EQUALITY_ANSWER, P.IMPRESSION_WRITE,
        P.MATCH_ACCEPT, P.MATCH_VIEW,
        P.MATCH_WITHDRAW, P.PLACEMENT_AGREE_SECONDEE, P.PLACEMENT_CHECK_IN, P.PLACEMENT_VIEW, P.PROFILE_VIEW,
        P.PROFILE_WRITE, P.RECOMMENDATIONS_OWN, P.SURVEY_SECONDEE,
    ),
    *_grants(
        R.HOST, S.HOST,
        P.APPLICATION_ASSESS, P.APPLICATION_DECIDE, P.APPLICATION_VIEW, P.GATE_HOST, P.IMPRESSION_WRITE,
        P.MATCH_VIEW, P.MATCH_WITHDRAW, P.OFFER_VIEW, P.OFFER_WRITE, P.PLACEMENT_AGREE_HOST, P.PLACEMENT_CHECK_IN,
        P.PLACEMENT_MANAGE, P.PLACEMENT_TERMS, P.PLACEMENT_VIEW, P.RECOMMENDATIONS_CANDIDATES, P.SURVEY_HOST,
    ),
    *_grants(
        R.LINE_MANAGER, S.LINE_MANAGER,
        P.APPLICATION_RELEASE, P.GATE_HOME, P.PLACEMENT_AGREE_HOME, P.PLACEMENT_CHECK_IN, P.PLACEMENT_MANAGE,
        P.PLACEMENT_TERMS, P.PLACEMENT_VIEW, P.SURVEY_HOME,
    ),
    *_grants(
        R.PROGRAMME_MANAGER, S.NOT_A_PARTY,
        P.COMPLAINT_ANSWER, P.CONTEST_ANSWER, P.LEVEL_DECIDE, P.MATCH_APPROVE, P.OFFER_PUBLISH, P.ORGANISATION_VERIFY,
        P.PLACEMENT_MANAGE, P.PLACEMENT_VET,
    ),
    *_grants(
        R.PROGRAMME_MANAGER, S.ANY,
        P.APPLICATION_VIEW, P.EQUALITY_REPORT, P.MATCH_VIEW, P.OFFER_VIEW, P.ORGANISATION_REGISTER, P.OUTCOMES_VIEW,
        P.PLACEMENT_VIEW, P.PROFILE_VIEW, P.RECOMMENDATIONS_CANDIDATES, P.RETENTION_PURGE, P.RETENTION_VIEW,
        P.ROUND_DECIDE, P.ROUND_RUN, P.ROUND_VIEW,
        P.SCORE_DECIDE, P.SCORE_FIT, P.SCORE_VIEW, P.STATUS_VIEW,
    ),
    *_grants(R.HR_APPROVER, S.NOT_A_PARTY, P.GATE_HR),
    *_grants(R.FINANCE_APPROVER, S.NOT_A_PARTY, P.GATE_FINANCE, P.PLACEMENT_FINANCE, P.PLACEMENT_VIEW),
    *_grants(R.SECURITY_APPROVER, S.NOT_A_PARTY, P.GATE_SECURITY, P.PLACEMENT_VET, P.PLACEMENT_VIEW),
    *_grants(R.PROPRIETY_APPROVER, S.NOT_A_PARTY, P.GATE_PROPRIETY),
    *_grants(R.EQUALITY_ANALYST, S.ANY, P.EQUALITY_REPORT, P.OUTCOMES_VIEW),
    *_grants(
        R.AUDITOR, S.ANY,
        P.AUDIT_VERIFY, P.AUDIT_VIEW, P.OUTCOMES_VIEW, P.RETENTION_VIEW, P.SCORE_VIEW, P.STATUS_VIEW,
    ),
)  # fmt: skip

# What the programme's own clockwork and the operator's command line may do: move what time alone moves, read,
# and compute a round. They decide nothing: every decision needs a person and a reason.
SYSTEM_PERMISSIONS: frozenset[Permission] = frozenset(
    {
        P.AUDIT_VERIFY,
        P.OFFER_VIEW,
        P.OUTCOMES_VIEW,
        P.PROFILE_VIEW,
        P.RECOMMENDATIONS_CANDIDATES,
        P.RETENTION_VIEW,
        P.ROUND_RUN,
        P.ROUND_VIEW,
        P.STATUS_VIEW,
        P.SYSTEM,
    }
)

ROLE_WORDS: dict[Role, str] = {
    Role.APPLICANT: "the applicant",
    Role.HOST: "a host of the organisation",
    Role.LINE_MANAGER: "the named line manager",
    Role.PROGRAMME_MANAGER: "a programme manager who belongs to neither organisation",
    Role.HR_APPROVER: "an HR approver",
    Role.FINANCE_APPROVER: "a finance approver",
    Role.SECURITY_APPROVER: "a security approver",
    Role.PROPRIETY_APPROVER: "a propriety approver",
    Role.EQUALITY_ANALYST: "an equality analyst",
    Role.ADJUSTMENTS_CONTACT: "the adjustments contact",
    Role.AUDITOR: "an auditor",
}


def may(actor: Actor, permission: Permission, record: object | None = None) -> bool:
    """Whether a grant lets ``actor`` do ``permission`` to ``record`` (or at all, when there is no record)."""
    if actor.is_system:
        return permission in SYSTEM_PERMISSIONS
    parties = parties_of(record) if record is not None else None
    return any(_counts(actor, grant, parties) for grant in GRANTS if grant.permission is permission)


def require(actor: Actor, permission: Permission, record: object | None = None) -> None:
    """Raise NotAllowed, naming who could do it, unless ``actor`` may."""
    if may(actor, permission, record):
        return
    what = PERMISSION_WORDS.get(permission, "do this")
    raise NotAllowed(f"You cannot {what}. It can be done by {who_may(permission)}.")


def who_may(permission: Permission) -> str:
    """Who could do ``permission``, in words."""
    who = dict.fromkeys(ROLE_WORDS[grant.role] for grant in GRANTS if grant.permission is permission)
    return " or ".join(who) or "the programme itself"


def _counts(actor: Actor, grant: Grant, parties: Parties | None) -> bool:
    held = [membership for membership in actor.memberships if membership.role is grant.role]
    if not held:
        return False
    if parties is None or grant.scope is Scope.ANY:
        return True
    match grant.scope:
        case Scope.OWN:
            return actor.user_id is not None and parties.owner_id == actor.user_id
        case Scope.HOST:  # nobody decides about themselves, even as a host
            return actor.user_id != parties.owner_id and any(
                m.organisation_id is not None and m.organisation_id == parties.host_id for m in held
            )
        case Scope.HOME:
            return any(m.organisation_id is not None and m.organisation_id == parties.home_id for m in held)
        case Scope.LINE_MANAGER:
            manages = actor.user_id is not None and parties.line_manager_id == actor.user_id
            return manages and actor.user_id != parties.owner_id
        case Scope.NOT_A_PARTY:
            return not is_party(actor, parties)


def is_party(actor: Actor, parties: Parties = NO_PARTIES) -> bool:
    """Whether the actor belongs to either organisation, or is the person or their line manager (C4)."""
    sides = {parties.home_id, parties.host_id} - {None}
    people = {parties.owner_id, parties.line_manager_id} - {None}
    return bool(sides & set(actor.organisations())) or actor.user_id in people
