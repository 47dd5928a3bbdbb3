"""The page registry: every page once, with its address, title, view and who may open it.

Pure data, so that the web server (titles, known addresses, sign-in redirects) and the pages themselves read
one list. ``ui/pages.py`` turns it into Streamlit's pages.
"""

from dataclasses import dataclass
from typing import Literal

from db.models.users import Role
from programme.actors import Actor, has_any

SERVICE_NAME = "Missions Secondment Programme"

Visibility = Literal["visible", "hidden"]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. ``roles`` is None for a page that needs no sign-in; ``view`` is a module with ``render``."""

    path: str
    title: str
    view: str
    roles: frozenset[Role] | None
    section: str
    visibility: Visibility = "visible"
    description: str = ""

    @property
    def address(self) -> str:
        """The path part of the page's address, such as ``/placements``."""
        return f"/{self.path}"


APPLICANT = frozenset({Role.APPLICANT})
HOST = frozenset({Role.HOST})
LINE_MANAGER = frozenset({Role.LINE_MANAGER})
MANAGER = frozenset({Role.PROGRAMME_MANAGER})
APPROVERS = frozenset(
    {Role.HR_APPROVER, Role.FINANCE_APPROVER, Role.SECURITY_APPROVER, Role.PROPRIETY_APPROVER}
)
PLACEMENT_SIDES = APPLICANT | HOST | LINE_MANAGER | MANAGER
EVERYONE = frozenset(Role)


def _page(
    section: str,
    path: str,
    title: str,
    view: str,
    roles: frozenset[Role] | None,
    visibility: Visibility = "visible",
    description: str = "",
) -> PageSpec:
    return PageSpec(path, title, f"ui.views.{view}", roles, section, visibility, description)


PAGES: tuple[PageSpec, ...] = (
    _page(
        "Public", "", "Home", "public.home", None,
        description="Placements between government and charities: find one, offer one, see how they match.",
    ),
    _page(
        "Public", "placements", "Find a placement", "public.placements", None,
        description="Search the placements that charities and government bodies are offering now.",
    ),
    _page(
        "Public", "placement", "Placement", "public.placement", None, "hidden",
        description="What one placement involves, who hosts it and who can apply.",
    ),
    _page(
        "Public", "how-matching-works", "How matching works", "public.how_matching_works", None, "hidden",
        description="How the programme ranks placements and people, what it reads and what it never reads.",
    ),
    _page(
        "Public", "who-may-do-what", "Who may do what", "public.who_may_do_what", None, "hidden",
        description="Who may read and decide what in the programme, in one table.",
    ),
    _page(
        "Public", "accessibility", "Accessibility statement", "public.accessibility", None, "hidden",
        description="How accessible this service is, and how to report a problem.",
    ),
    _page("Applicant", "for-you", "For you", "applicant.recommendations", APPLICANT),
    _page("Applicant", "profile", "My profile", "applicant.profile", APPLICANT),
    _page("Applicant", "can-i-go", "Can I go?", "applicant.can_i_go", APPLICANT, "hidden"),
    _page("Applicant", "apply", "Apply", "applicant.apply", APPLICANT, "hidden"),
    _page("Applicant", "applications", "My applications", "applicant.applications", APPLICANT),
    _page("Applicant", "application", "Application", "applicant.application", APPLICANT, "hidden"),
    _page("Applicant", "look-again", "Ask a person to look again", "applicant.look_again", APPLICANT, "hidden"),
    _page("Applicant", "my-placement", "My placement", "applicant.placement", APPLICANT),
    _page("Applicant", "equality-monitoring", "Equality monitoring", "applicant.equality_monitoring", APPLICANT),
    _page("Shared", "survey", "Survey", "shared.survey", APPLICANT | HOST | LINE_MANAGER, "hidden"),
    _page("Host", "our-offers", "Our offers", "host.offers", HOST),
    _page("Host", "offer-edit", "Post an offer", "host.offer_edit", HOST, "hidden"),
    _page("Host", "offer-manage", "Offer", "host.offer", HOST, "hidden"),
    _page("Host", "candidates", "Candidates", "host.candidates", HOST, "hidden"),
    _page("Host", "candidate", "Candidate", "host.candidate", HOST, "hidden"),
    _page("Host", "our-placements", "Our placements", "host.placements", HOST),
    _page(
        "Public", "register-organisation", "Register an organisation", "host.register", None, "hidden",
        description="Register a charity, social enterprise or government body that would host someone.",
    ),
    _page("Host", "our-organisation", "Our organisation", "host.organisation", HOST),
    _page("Line manager", "release-requests", "Release requests", "line_manager.requests", LINE_MANAGER),
    _page("Line manager", "release", "Release request", "line_manager.release", LINE_MANAGER, "hidden"),
    _page("Line manager", "my-team-away", "My people on placement", "line_manager.placements", LINE_MANAGER),
    _page("Programme", "queue", "Queue", "programme.queue", MANAGER),
    _page("Programme", "decide", "Decide on a match", "programme.match", MANAGER | APPROVERS, "hidden"),
    _page("Programme", "offers-to-check", "Offers to check", "programme.offers", MANAGER),
    _page("Programme", "offer-check", "Check an offer", "programme.offer", MANAGER, "hidden"),
    _page("Programme", "organisations", "Organisations", "programme.organisations", MANAGER),
    _page("Programme", "levels", "Grades to settle", "programme.levels", MANAGER),
    _page("Programme", "contests", "Contests", "programme.contests", MANAGER, "hidden"),
    _page("Programme", "complaints", "Complaints", "programme.complaints", MANAGER, "hidden"),
    _page("Programme", "rounds", "Matching rounds", "programme.rounds", MANAGER),
    _page("Programme", "round", "Matching round", "programme.round", MANAGER, "hidden"),
    _page("Programme", "placements-running", "Placements", "programme.placements", MANAGER),
    _page(
        "Shared", "placement-manage", "Placement", "shared.placement",
        PLACEMENT_SIDES | {Role.FINANCE_APPROVER, Role.SECURITY_APPROVER}, "hidden",
    ),
    _page("Programme", "audit", "Audit trail", "programme.audit", frozenset({Role.AUDITOR})),
    _page(
        "Programme", "outcomes", "Outcomes", "programme.outcomes",
        MANAGER | {Role.EQUALITY_ANALYST, Role.AUDITOR},
    ),
    _page(
        "Programme", "equality-figures", "Equality figures", "programme.equality_report",
        MANAGER | {Role.EQUALITY_ANALYST},
    ),
    _page("Programme", "score", "How the score is set", "programme.scoring", MANAGER | {Role.AUDITOR}),
    _page("Approvals", "gates", "My approvals", "approver.gates", APPROVERS),
    _page("Shared", "notifications", "Messages", "shared.notifications", EVERYONE),
    _page("Shared", "my-data", "My data", "shared.my_data", EVERYONE),
)  # fmt: skip

_BY_PATH = {page.path: page for page in PAGES}


def page_at(path: str) -> PageSpec | None:
    """The page with this path (``placements``, with or without slashes), or None when there is none."""
    return _BY_PATH.get(path.strip("/"))


def may_open(actor: Actor, page: PageSpec) -> bool:
    """Whether the actor may open the page: it is public, or they hold one of its roles."""
    return page.roles is None or has_any(actor, page.roles)


def document_title(title: str) -> str:
    """The words in the browser's tab for a page with this title."""
    return title if title == SERVICE_NAME else f"{title} – {SERVICE_NAME}"
