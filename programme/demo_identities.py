"""The invented identities that a demonstration offers for one-click sign-in, and nothing else ever does."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models.organisations import Sector
from db.models.users import Membership, Role, User
from db.queries import users
from programme.errors import NotAllowed
from programme.settings import settings
from programme.sign_in import NO_DEMO, start_session

GROUPS: dict[Role, str] = {
    Role.APPLICANT: "People who could go on a placement",
    Role.HOST: "Organisations that host",
    Role.LINE_MANAGER: "Line managers",
    Role.PROGRAMME_MANAGER: "Programme team",
    Role.HR_APPROVER: "Programme team",
    Role.FINANCE_APPROVER: "Programme team",
    Role.SECURITY_APPROVER: "Programme team",
    Role.PROPRIETY_APPROVER: "Programme team",
    Role.EQUALITY_ANALYST: "Programme team",
    Role.ADJUSTMENTS_CONTACT: "Programme team",
    Role.AUDITOR: "Programme team",
}

WHAT_THEY_DO: dict[Role, str] = {
    Role.APPLICANT: "Sees ranked placements, applies, and answers the surveys.",
    Role.HOST: "Posts offers, reads applications without names, and chooses.",
    Role.LINE_MANAGER: "Releases or keeps the people they manage.",
    Role.PROGRAMME_MANAGER: "Checks offers, runs matching rounds and approves matches one by one.",
    Role.HR_APPROVER: "Passes or returns the HR approval.",
    Role.FINANCE_APPROVER: "Passes or returns the finance approval.",
    Role.SECURITY_APPROVER: "Passes or returns the security approval and records vetting.",
    Role.PROPRIETY_APPROVER: "Passes or returns the propriety approval.",
    Role.EQUALITY_ANALYST: "Reads outcomes in aggregate.",
    Role.ADJUSTMENTS_CONTACT: "Sees the public pages and messages. Requests for adjustments are not handled here yet.",
    Role.AUDITOR: "Reads the audit trail and the outcomes, and changes nothing.",
}

ROLE_NAMES: dict[Role, str] = {
    Role.APPLICANT: "Applicant",
    Role.HOST: "Host",
    Role.LINE_MANAGER: "Line manager",
    Role.PROGRAMME_MANAGER: "Programme manager",
    Role.HR_APPROVER: "HR approver",
    Role.FINANCE_APPROVER: "Finance approver",
    Role.SECURITY_APPROVER: "Security approver",
    Role.PROPRIETY_APPROVER: "Propriety approver",
    Role.EQUALITY_ANALYST: "Equality analyst",
    Role.ADJUSTMENTS_CONTACT: "Adjustments contact",
    Role.AUDITOR: "Auditor",
}


@dataclass(frozen=True, slots=True)
class DemoIdentity:
    """An invented person: who they are, for whom, and what they can do here."""

    user_id: int
    name: str
    roles: str
    organisation: str
    can_do: str
    group: str


def demo_identities(session: Session) -> list[DemoIdentity]:
    """The first invented person of each role on each side, grouped in the order of ``GROUPS``.

    Raises NotAllowed outside demonstration mode.
    """
    _require_demo()
    found = [_identity(user) for user in users.first_demo_users(session)]
    order = list(dict.fromkeys(GROUPS.values()))
    return sorted(found, key=lambda identity: (order.index(identity.group), identity.user_id))


def sign_in_as_demo(session: Session, user_id: int) -> tuple[str, User]:
    """Start a session for an invented person, without a password. Returns its token and the user.

    Raises NotAllowed outside demonstration mode, and for anyone who is not invented.
    """
    _require_demo()
    user = session.get(User, user_id)
    if user is None or not user.is_demo or not user.is_active:
        raise NotAllowed(NO_DEMO)
    return start_session(session, user), user


def _require_demo() -> None:
    if not settings().demo:
        raise NotAllowed(NO_DEMO)


def _identity(user: User) -> DemoIdentity:
    held = sorted(user.memberships, key=lambda membership: list(GROUPS).index(membership.role))
    return DemoIdentity(
        user_id=user.id,
        name=user.name,
        roles=", ".join(dict.fromkeys(_role_words(membership) for membership in held)),
        organisation=next((m.organisation.name for m in held if m.organisation), ""),
        can_do=WHAT_THEY_DO[held[0].role],
        group=GROUPS[held[0].role],
    )


def _role_words(membership: Membership) -> str:
    if membership.role is Role.APPLICANT and membership.organisation:
        government = membership.organisation.sector is Sector.GOVERNMENT
        return "Civil servant" if government else "Charity worker"
    return ROLE_NAMES[membership.role]
