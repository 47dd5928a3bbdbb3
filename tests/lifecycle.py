"""One small programme and the steps through it, for tests that begin in the middle of a life."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application
from db.models.matches import GateState, Match
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.placements import Placement
from programme import applications, clock, matches, placements
from programme.actors import Actor, actor_for
from programme.placements import Terms
from tests.factories import make_actor, make_applicant, make_offer, make_organisation, make_user

REASON = "This is a reason that people can read and answer."
CASE = {
    "statement": "I would like to help.",
    "case_skills": "Working with volunteers.",
    "case_plan": "It fits my development plan.",
    "case_kind": "Six months, full time.",
    "case_home": "We would learn how services reach people.",
    "case_host": "I plan services.",
    "case_choice": "They run the service that our policy is about.",
}


@dataclass
class World:
    """A home and a host organisation with everybody who has a part to play."""

    home: Organisation
    host: Organisation
    offer: Offer
    applicant: Applicant
    person: Actor
    manager: Actor
    hosting: Actor
    programme: Actor
    finance: Actor
    security: Actor
    propriety: Actor
    hr: Actor

    @property
    def specialists(self) -> dict[str, Actor]:
        """Who decides each gate that is not the host's, the home's or the programme's."""
        return {
            "propriety": self.propriety,
            "commission": self.propriety,
            "finance": self.finance,
            "treasury": self.finance,
            "security": self.security,
            "hr": self.hr,
            "home_release": self.manager,
            "host": self.hosting,
        }


def make_world(
    session: Session, direction: str = "outward", *, offer: Any = None, applicant: Any = None
) -> World:
    """A world in which nothing keeps the person from the offer; ``offer`` and ``applicant`` change their values."""
    government, charity = make_organisation(session, "government"), make_organisation(session)
    home, host = (government, charity) if direction == "outward" else (charity, government)
    line_manager = make_user(session, ("line_manager", home))
    person = make_applicant(session, home, line_manager=line_manager, **(applicant or {}))
    return World(
        home=home,
        host=host,
        offer=make_offer(session, host, **(offer or {})),
        applicant=person,
        person=actor_for(person.user),
        manager=actor_for(line_manager),
        hosting=make_actor(session, ("host", host)),
        programme=make_actor(session, ("programme_manager", None)),
        finance=make_actor(session, ("finance_approver", None)),
        security=make_actor(session, ("security_approver", None)),
        propriety=make_actor(session, ("propriety_approver", None)),
        hr=make_actor(session, ("hr_approver", None)),
    )


def another_person(session: Session, world: World, **values: Any) -> World:
    """The same world seen by a second applicant of the same home organisation."""
    line_manager = make_user(session, ("line_manager", world.home))
    person = make_applicant(session, world.home, line_manager=line_manager, **values)
    return World(
        **{
            **{name: getattr(world, name) for name in World.__dataclass_fields__},
            "applicant": person,
            "person": actor_for(person.user),
            "manager": actor_for(line_manager),
        }
    )


def drafted(session: Session, world: World) -> Application:
    """An application with its whole business case."""
    application = applications.start(session, world.person, world.offer.ref)
    return applications.save_draft(session, world.person, application.ref, **CASE)


def requested(session: Session, world: World) -> Application:
    """An application that waits for the line manager."""
    return applications.request_release(session, world.person, drafted(session, world).ref)


def released(session: Session, world: World, **values: Any) -> Application:
    """An application that has reached the host."""
    ref = requested(session, world).ref
    return applications.release(session, world.manager, ref, reason=REASON, **values)


def assessed(session: Session, world: World, **values: Any) -> Application:
    """An application with the host's first assessment."""
    application = released(session, world, **values)
    applications.assess(
        session, world.hosting, application.ref, skills_score=4, motivation_score=5, strengths="Plans well."
    )
    return application


def selected(session: Session, world: World, **values: Any) -> Match:
    """The match in approval that a host's selection put forward."""
    application = assessed(session, world, **values)
    applications.act(session, world.hosting, application.ref, "shortlist", reason=REASON)
    applications.act(session, world.hosting, application.ref, "select", reason=REASON)
    (match,) = [m for m in matches.mine(session, world.person) if m.application_id == application.id]
    return match


def pass_gates(session: Session, world: World, match: Match) -> Match:
    """Every gate of the match passed but the programme's."""
    for gate in match.gates:
        if gate.state is GateState.WAITING and gate.name != "programme":
            actor = world.specialists[gate.name.value]
            matches.decide_gate(session, actor, match.ref, gate.name.value, "pass", reason=REASON)
    return match


def ready(session: Session, world: World, **values: Any) -> Match:
    """A match that waits only for the programme."""
    return pass_gates(session, world, selected(session, world, **values))


def approved(session: Session, world: World, **values: Any) -> Placement:
    """A placement that has just been opened."""
    return matches.approve(session, world.programme, ready(session, world, **values).ref, reason=REASON)


def terms_of(placement: Placement, **values: Any) -> Terms:
    """Terms that keep the placement's dates, with two objectives."""
    return Terms(
        **{
            "starts_on": placement.starts_on,
            "ends_on": placement.ends_on,
            "days_per_week": 4.5,
            "payroll_party": "home",
            "recovery_pct": 100,
            "host_supervisor": "Head of services",
            "objectives": ("Write the service plan", "Train two colleagues"),
        }
        | values
    )


def agreed(session: Session, world: World, **values: Any) -> Placement:
    """A placement whose terms all three sides have agreed."""
    placement = approved(session, world, **values)
    placements.act(session, world.programme, placement.ref, "start_vetting")
    placements.record_vetting(session, world.security, placement.ref, cleared_on=clock.today())
    placements.record_vat(session, world.finance, placement.ref, treatment="standard", reason=REASON)
    placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
    for actor in (world.person, world.hosting, world.manager):
        placements.agree_terms(session, actor, placement.ref)
    return placements.act(session, world.hosting, placement.ref, "agree")


def active(session: Session, world: World, **values: Any) -> Placement:
    """A placement that runs: the offer must start today, so give its ``start_from_on``."""
    return placements.act(session, world.hosting, agreed(session, world, **values).ref, "start")


def offer_from_today(**values: Any) -> dict[str, Any]:
    """Values of an offer that can start today."""
    return {"start_from_on": clock.today(), "start_to_on": clock.today() + timedelta(days=120)} | values
