"""The workflow table: every action on every state by every role is either the move that is written here, or refused."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.applications import Application, ApplicationState
from db.models.audit import AuditEvent, StatusChange
from db.models.learning import Question, ScoreState, ScoreVersion
from db.models.matches import GateName, GateState, Match, MatchState
from db.models.offers import Offer, OfferState
from db.models.placements import Placement, PlacementState
from db.models.rounds import MatchingRound, RoundState
from db.models.users import Role
from programme import clock, workflow
from programme.actors import PUBLIC, SYSTEM, Actor
from programme.errors import IllegalMove, Invalid, NotAllowed, Refused
from programme.transitions import TRANSITIONS
from tests.factories import make_actor, make_applicant
from tests.lifecycle import REASON, World, approved, make_world

STATES: dict[str, type] = {
    "offer": OfferState,
    "application": ApplicationState,
    "match": MatchState,
    "placement": PlacementState,
    "round": RoundState,
    "score_version": ScoreState,
    **{f"gate.{name.value}": GateState for name in GateName},
}
# subject: action: (source states, target, who may). "system" is the programme's own clockwork.
MOVES: dict[str, dict[str, tuple[str, str, str]]] = {
    "offer": {
        "submit": ("draft", "submitted", "host"),
        "publish": ("submitted", "published", "programme_manager"),
        "return": ("submitted", "draft", "programme_manager"),
        "pause": ("published", "paused", "host"),
        "resume": ("paused", "published", "host"),
        "withdraw": ("draft submitted published paused", "withdrawn", "host"),
        "fill": ("published", "filled", "system"),
        "reopen": ("filled", "published", "system"),
        "close": ("filled published paused", "closed", "host"),
        "lapse": ("draft submitted published paused", "lapsed", "system"),
    },
    "application": {
        "request_release": ("draft", "awaiting_release", "applicant"),
        "release": ("awaiting_release", "submitted", "line_manager"),
        "decline_release": ("awaiting_release", "release_declined", "line_manager"),
        "shortlist": ("submitted", "shortlisted", "host"),
        "select": ("shortlisted", "selected", "host"),
        "decline": ("submitted shortlisted", "not_selected", "host"),
        "withdraw": ("draft awaiting_release submitted shortlisted", "withdrawn", "applicant"),
        "lapse": ("draft awaiting_release submitted shortlisted selected", "lapsed", "system"),
        "unselect": ("selected", "not_selected", "system"),
    },
    "match": {
        "accept": ("proposed", "in_approval", "applicant"),
        "put_forward": ("proposed", "in_approval", "system"),
        "decline": ("proposed", "declined", "applicant"),
        "approve": ("in_approval", "approved", "programme_manager"),
        "reject": ("in_approval", "rejected", "programme_manager"),
        "refuse": ("in_approval", "rejected", "system"),
        "withdraw": ("proposed in_approval", "withdrawn", "applicant host"),
        "lapse": ("proposed in_approval", "lapsed", "system"),
    },
    "placement": {
        "start_vetting": ("approved", "vetting", "host line_manager programme_manager"),
        "agree": ("vetting", "agreed", "host line_manager programme_manager"),
        "start": ("agreed", "active", "host line_manager programme_manager"),
        "end": ("active", "ended", "host line_manager programme_manager"),
        "end_early": ("active", "ended_early", "host line_manager programme_manager"),
        "return": ("ended ended_early", "returned", "host line_manager programme_manager"),
        "follow_up": ("returned", "followed_up", "host line_manager programme_manager"),
        "cancel": ("approved vetting agreed", "cancelled", "host line_manager programme_manager"),
    },
    "round": {
        "publish": ("computed", "published", "programme_manager"),
        "discard": ("computed", "discarded", "programme_manager"),
    },
    "score_version": {
        "promote": ("shadow", "promoted", "programme_manager"),
        "roll_back": ("promoted", "rolled_back", "programme_manager"),
        "retire": ("shadow promoted", "retired", "system"),
        "reinstate": ("retired", "promoted", "system"),
    },
    **{
        f"gate.{name}": {
            "pass": ("waiting", "passed", who),
            "return": ("waiting", "returned", who),
            "refuse": ("waiting", "refused", who),
            "resubmit": ("returned", "waiting", "programme_manager"),
        }
        for name, who in (
            ("home_release", "line_manager"),
            ("host", "host"),
            ("propriety", "propriety_approver"),
            ("finance", "finance_approver"),
            ("security", "security_approver"),
            ("hr", "hr_approver"),
            ("commission", "propriety_approver"),
            ("treasury", "finance_approver"),
        )
    },
    "gate.programme": {
        "pass": ("waiting", "passed", "programme_manager"),
        "refuse": ("waiting", "refused", "programme_manager"),
    },
}
# The same action from another state can belong to somebody else.
EXCEPTIONS = {("application", "withdraw", "selected"): ("withdrawn", "applicant host")}
EXITS = {"release_declined", "not_selected", "withdrawn", "declined", "rejected", "cancelled", "ended_early"}
# Who asks for reasons of which list.
KINDS = {"decline": "other", "withdraw": "other", "early_end": "other"}


# An offer has no home organisation yet; a round and a version of the score have no organisation at all.
NO_PART = {
    "offer": ("a programme manager of the home",),
    "round": ("a programme manager of the home", "a programme manager of the host"),
    "score_version": ("a programme manager of the home", "a programme manager of the host"),
}


def expected(subject: str, action: str, source: str) -> tuple[str, set[str]] | None:
    """Where this table says the move leads and who may make it; None when there is no such move."""
    if (subject, action, source) in EXCEPTIONS:
        target, who = EXCEPTIONS[subject, action, source]
        return target, set(who.split())
    sources, target, who = MOVES[subject].get(action, ("", "", ""))
    return (target, set(who.split())) if source in sources.split() else None


def could_ever(subject: str, action: str) -> set[str]:
    """Who may do this in one state or another."""
    who = [MOVES[subject].get(action, ("", "", ""))[2]]
    who += [roles for (noun, name, _), (_, roles) in EXCEPTIONS.items() if (noun, name) == (subject, action)]
    return set(" ".join(who).split())


@pytest.fixture
def open_world(sqlite_store: Engine) -> Iterator[tuple[Session, World, dict[str, Any]]]:
    """One record of each subject, in a transaction that a test may use as it likes."""
    with ExitStack() as stack:
        session = stack.enter_context(writing(sqlite_store))
        world = make_world(session)
        placement = approved(session, world)
        match = session.get_one(Match, placement.match_id)
        a_round = MatchingRound(
            name="Autumn",
            state_since_at=clock.now(),
            settings={},
            seed=1,
            model_version="",
            fingerprint="",
            certificate={},
            run_by_id=world.programme.user_id,
            run_at=clock.now(),
        )
        a_score = ScoreVersion(
            question=Question.ACCEPTED,
            state_since_at=clock.now(),
            settings={},
            points={},
            created_at=clock.now(),
        )
        session.add_all((a_round, a_score))
        session.flush()
        records = {
            "offer": session.get_one(Offer, placement.offer_id),
            "application": session.get_one(Application, match.application_id),
            "match": match,
            "placement": session.get_one(Placement, placement.id),
            "round": a_round,
            "score_version": a_score,
            **{f"gate.{gate.name.value}": gate for gate in match.gates},
        }
        yield session, world, records


def actors_of(session: Session, world: World) -> dict[str, Actor]:
    """One actor for each role, standing where the role has its say, and the two who hold no role."""
    everyone = {role.value: make_actor(session, (role.value, None)) for role in Role}
    return everyone | {
        "applicant": world.person,
        "host": world.hosting,
        "line_manager": world.manager,
        "system": SYSTEM,
        "public": PUBLIC,
    }


def strangers_of(session: Session, world: World) -> dict[str, Actor]:
    """Actors who hold the right role in the wrong place."""
    other = make_world(session)
    other_person = make_applicant(session, world.home)
    return {
        "another applicant": make_actor(session, ("applicant", world.home)),
        "another host": other.hosting,
        "another line manager": make_actor(session, ("line_manager", world.home)),
        "the other applicant's manager": make_actor(session, ("line_manager", other_person.organisation)),
        "a programme manager of the host": make_actor(
            session, ("programme_manager", None), ("auditor", world.host)
        ),
        "a programme manager of the home": make_actor(
            session, ("programme_manager", None), ("auditor", world.home)
        ),
        "a finance approver of the host": make_actor(session, ("finance_approver", world.host)),
        "an HR approver of the home": make_actor(session, ("hr_approver", world.home)),
        "a security approver of the home": make_actor(session, ("security_approver", world.home)),
        "a propriety approver of the host": make_actor(session, ("propriety_approver", world.host)),
    }


def code_for(subject: str, action: str, source: str) -> str | None:
    """A reason code that the move takes, where it takes one."""
    kinds = {
        m.reason_kind for m in TRANSITIONS if (m.subject, m.action, m.source) == (subject, action, source)
    }
    return KINDS.get(next(iter(kinds)) or "") if kinds else None


def attempt(session: Session, actor: Actor, record: Any, action: str, source: str) -> str | type[Refused]:
    """The state reached, or the kind of refusal. The record is in ``source`` first, and all is as it was after."""
    state_type = type(record.state)
    subject = workflow.subject_of(record)
    with session.no_autoflush:
        record.state = state_type(source)
        try:
            workflow.transition(
                session, actor, record, action, reason=REASON, reason_code=code_for(subject, action, source)
            )
        except Refused as refusal:
            return type(refusal)
        return str(record.state.value)


@pytest.mark.parametrize("subject", list(STATES))
def test_every_action_from_every_state_by_every_role(
    subject: str, open_world: tuple[Session, World, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "refusals", lambda *_: ())  # the guards have their own tests
    session, world, records = open_world
    actors, strangers = actors_of(session, world), strangers_of(session, world)
    actions = {move.action for move in TRANSITIONS if move.subject == subject} | {
        *MOVES[subject],
        "no_such_action",
    }
    wrong = []
    for state in STATES[subject]:
        for action in sorted(actions):
            known = expected(subject, action, state.value)
            for role, actor in (actors | strangers).items():
                got = attempt(session, actor, records[subject], action, state.value)
                target, who = known or ("", set())
                counted = "programme_manager" if role in NO_PART.get(subject, ()) else role
                want = target if counted in who else NotAllowed
                if (
                    known is None
                ):  # only somebody who could do it in another state hears that it is not in that one
                    ever = could_ever(subject, action)
                    want = IllegalMove if not ever or counted in ever else NotAllowed
                if got != want:
                    wrong.append(f"{subject} {state.value} {action} by {role}: {got}, not {want}")
    assert not wrong, "\n".join(wrong)


def test_the_states_are_those_of_the_design_and_all_can_be_reached() -> None:
    for subject, states in STATES.items():
        moves = [move for move in TRANSITIONS if move.subject == subject]
        reached = {move.target for move in moves} | {move.source for move in moves}
        values = {state.value for state in states}
        assert reached <= values, subject
        if not subject.startswith("gate."):
            assert reached == values, subject


def test_each_move_is_in_the_table_once() -> None:
    keys = [(move.subject, move.action, move.source) for move in TRANSITIONS]
    assert len(keys) == len(set(keys))


def test_every_exit_that_a_person_decides_asks_for_a_code_and_for_their_words() -> None:
    for move in TRANSITIONS:
        decided_by_a_person = move.permission != "system:act"
        if move.target in EXITS and decided_by_a_person:
            assert move.needs_reason, move
            assert move.reason_kind, move


def test_a_decision_without_a_reason_is_refused_and_leaves_no_trace(
    open_world: tuple[Session, World, dict[str, Any]],
) -> None:
    session, world, records = open_world
    match = records["match"]
    for move in TRANSITIONS:
        if not move.needs_reason or move.subject not in ("match", "application", "placement"):
            continue
        record = records[move.subject]
        actor = SYSTEM if move.permission == "system:act" else None
        for who in (actor,) if actor else actors_of(session, world).values():
            record.state = type(record.state)(move.source)
            before = session.scalar(select(func.count(AuditEvent.id)))
            with pytest.raises((Invalid, NotAllowed)):
                workflow.transition(
                    session, who, record, move.action, reason="Too short", reason_code="other"
                )
            assert record.state == move.source
            assert session.scalar(select(func.count(AuditEvent.id))) == before
    assert match.state in list(MatchState)


def test_a_code_from_another_list_is_refused(open_world: tuple[Session, World, dict[str, Any]]) -> None:
    session, world, records = open_world
    records["match"].state = MatchState.IN_APPROVAL
    with pytest.raises(Invalid, match="Choose a reason from the list"):
        workflow.transition(
            session,
            world.programme,
            records["match"],
            "reject",
            reason=REASON,
            reason_code="recalled_by_home",
        )


def test_a_move_writes_its_history_its_audit_row_and_its_messages(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        workflow.transition(session, world.hosting, world.offer, "pause", reason=REASON)
        change = session.scalars(select(StatusChange).where(StatusChange.subject == "offer")).one()
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "offer:pause")).one()
        assert (change.source, change.target, change.reason) == ("published", "paused", REASON)
        assert change.actor_id == event.actor_id == world.hosting.user_id
        assert event.detail == {"from": "published", "to": "paused"}
        assert world.offer.state_since_at == change.at
