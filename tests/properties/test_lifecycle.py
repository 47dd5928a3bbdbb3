"""Whatever people do, in whatever order, the programme keeps its promises.

A machine plays everybody at once: it applies, releases, assesses, selects, passes gates, approves, agrees,
starts, ends and cancels, at random and often wrongly. A refusal is a fine answer; a broken promise is not.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.engine import make_engine, reading
from db.engine import writing as db_writing
from db.models.applications import Application
from db.models.audit import AuditEvent, StatusChange
from db.models.matches import Gate, GateName, GateState, Match, MatchState
from db.models.offers import Offer, OfferState
from db.models.placements import Placement, PlacementState
from db.queries.placements import RUNNING
from programme import applications, clock, matches, offers, placements
from programme.actors import Actor
from programme.errors import Refused
from programme.parties import parties_of
from programme.permissions import is_party
from programme.store import writing
from programme.transitions import TRANSITIONS
from tests.factories import make_actor, make_offer
from tests.lifecycle import (
    CASE,
    REASON,
    World,
    another_person,
    approved,
    make_world,
    offer_from_today,
    ready,
    terms_of,
)

WORDS = st.sampled_from([REASON] * 8 + ["short", ""])
CODES = st.sampled_from(["other"] * 6 + [None, "no_such_code"])
SUBJECTS: dict[str, type] = {
    "offer": Offer,
    "application": Application,
    "match": Match,
    "placement": Placement,
}
FIRST_STATES = {"offer": "published", "application": "draft", "match": "proposed", "placement": "approved"}
MOVES = {(move.subject, move.action, move.source): move for move in TRANSITIONS}
PASS_MOSTLY = ["pass"] * 6 + ["return", "refuse", "resubmit"]
NEXT = {
    PlacementState.AGREED: "start",
    PlacementState.ACTIVE: "end",
    PlacementState.ENDED: "return",
    PlacementState.ENDED_EARLY: "return",
    PlacementState.RETURNED: "follow_up",
}
DAYS = st.sampled_from([0, 0, 1, 1, 7, 30])
NUMBERS = st.integers(0, 30)


@dataclass
class Scene:
    """Three people, three offers of one host, and everybody who decides; one match ready, one placement open."""

    worlds: list[World]
    offers: list[str]
    party: Actor
    everyone: list[Actor]


def set_scene(store: Engine) -> Scene:
    """Everybody is there before anything happens."""
    with db_writing(store) as session:
        first = make_world(session, offer=offer_from_today(length_months=3))
        worlds = [first, another_person(session, first), another_person(session, first)]
        more = [
            make_offer(session, first.host, **offer_from_today(length_months=3, capacity=c, recovery_pct=p))
            for c, p in ((1, 100), (2, 80))
        ]
        ready(session, first)
        second = World(**vars(worlds[1]))
        second.offer = more[0]
        approved(session, second)
        party = make_actor(session, ("programme_manager", None), ("auditor", first.home))
        everyone = [
            *(x.person for x in worlds), *(x.manager for x in worlds),
            first.hosting, first.programme, first.finance, first.security, first.propriety, first.hr, party,
        ]  # fmt: skip
        return Scene(worlds, [first.offer.ref, *(offer.ref for offer in more)], party, everyone)


class Lifecycle(RuleBasedStateMachine):
    """Three people, three offers of one host with one or two places each, and everybody who decides."""

    template: Path
    scene: Scene

    def __init__(self) -> None:
        """A fresh store, and a clock that only goes forward."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "store.db")
        self.store: Engine = make_engine(f"sqlite:///{self.folder / 'store.db'}")
        self.worlds, self.offers = self.scene.worlds, self.scene.offers
        self.party, self.everyone = self.scene.party, self.scene.everyone
        self.now = clock.now()
        self.silent = 0

    def teardown(self) -> None:
        """Put the store away."""
        self.store.dispose()
        shutil.rmtree(self.folder)

    def attempt(self, act: Callable[[Session], Any]) -> None:
        """Do something in a transaction of its own, as a page does; a refusal is an answer too."""
        with clock.frozen(self.now):
            try:
                with writing(self.store) as session:
                    act(session)
            except Refused as refusal:
                self.silent += not refusal.message.strip()

    def refs(self, model: type) -> list[str]:
        """The references of every record of a kind."""
        with reading(self.store) as session:
            return list(session.scalars(select(model.ref).order_by(model.id)))

    def pick(self, model: type, number: int) -> str:
        """One of them."""
        refs = self.refs(model)
        return refs[number % len(refs)]

    def any_of(self, model: type) -> bool:
        """Whether there is one."""
        return bool(self.refs(model))

    @rule(days=DAYS)
    def time_passes(self, days: int) -> None:
        """Some days later."""
        if self.now < clock.now() + timedelta(days=1500):
            self.now += timedelta(days=days)

    @rule(number=NUMBERS)
    def carry_on_with_a_placement(self, number: int) -> None:
        """A placement takes its natural next step, on its day."""
        ref = self.pick(Placement, number)
        with reading(self.store) as session:
            placement = session.scalars(select(Placement).where(Placement.ref == ref)).one()
        state, programme = placement.state, self.worlds[0].programme
        days = {PlacementState.AGREED: placement.starts_on, PlacementState.ACTIVE: placement.ends_on}
        if placement.ended_on and state is PlacementState.RETURNED:
            days[state] = placement.ended_on + timedelta(days=401)
        if state in days:
            self.now += max(timedelta(0), timedelta(days=(days[state] - self.now.date()).days))
        if state in (PlacementState.APPROVED, PlacementState.VETTING):
            self.agree_all(ref)
            return
        if state in (PlacementState.ENDED, PlacementState.ENDED_EARLY):
            self.attempt(
                lambda s: placements.plan_return(
                    s, programme, ref, return_post="Adviser", return_contact="Deputy"
                )
            )
        if state in NEXT:
            self.attempt(lambda s: placements.act(s, programme, ref, NEXT[state]))

    @rule(number=NUMBERS)
    def carry_on_with_a_match(self, number: int) -> None:
        """A match passes its gates and is approved."""
        ref, w = self.pick(Match, number), self.worlds[0]
        for name in GateName:
            who = w.specialists.get(name.value, w.programme)
            self.attempt(
                lambda s, n=name.value, a=who: matches.decide_gate(s, a, ref, n, "pass", reason=REASON)
            )
        self.attempt(lambda s: matches.approve(s, w.programme, ref, reason=REASON))

    @rule(number=NUMBERS)
    def carry_on_with_an_application(self, number: int) -> None:
        """An application is released, assessed and selected."""
        self.release_and_assess_it(self.pick(Application, number), REASON)
        ref, hosting = self.pick(Application, number), self.worlds[0].hosting
        self.attempt(lambda s: applications.act(s, hosting, ref, "select", reason=REASON))

    @rule(who=st.integers(0, 2), which=st.integers(0, 2))
    def apply(self, who: int, which: int) -> None:
        """A person writes and sends an application."""
        person = self.worlds[who].person

        def act(session: Session) -> None:
            ref = applications.start(session, person, self.offers[which]).ref
            applications.save_draft(session, person, ref, **CASE)
            applications.request_release(session, person, ref)

        self.attempt(act)

    @precondition(lambda self: self.any_of(Application))
    @rule(number=NUMBERS, reason=WORDS)
    def release_and_assess(self, number: int, reason: str) -> None:
        """Each line manager tries to release it; the host assesses it and puts it on the shortlist."""
        self.release_and_assess_it(self.pick(Application, number), reason)

    def release_and_assess_it(self, ref: str, reason: str) -> None:
        """One application, by every line manager in turn; only its own can."""
        for world in self.worlds:
            self.attempt(lambda s, w=world: applications.release(s, w.manager, ref, reason=reason))
        hosting = self.worlds[0].hosting
        self.attempt(
            lambda s: applications.assess(
                s, hosting, ref, skills_score=3, motivation_score=4, strengths="Clear."
            )
        )
        self.attempt(lambda s: applications.act(s, hosting, ref, "shortlist", reason=reason))

    @precondition(lambda self: self.any_of(Application))
    @rule(
        number=NUMBERS,
        actor=NUMBERS,
        action=st.sampled_from(["select"] * 6 + ["decline", "withdraw", "shortlist"]),
        reason=WORDS,
        code=CODES,
    )
    def decide_application(self, number: int, actor: int, action: str, reason: str, code: str | None) -> None:
        """The host, and anybody at all, decide an application."""
        ref = self.pick(Application, number)
        for who in (self.everyone[actor % len(self.everyone)], self.worlds[0].hosting):
            self.attempt(
                lambda s, w=who: applications.act(s, w, ref, action, reason=reason, reason_code=code)
            )

    @precondition(lambda self: self.any_of(Match))
    @rule(
        number=NUMBERS,
        actor=NUMBERS,
        action=st.sampled_from(PASS_MOSTLY),
    )
    def decide_gates(self, number: int, actor: int, action: str) -> None:
        """Every gate of a match is tried by somebody and by its own approver."""
        ref, w = self.pick(Match, number), self.worlds[0]
        for name in GateName:
            for who in (
                self.everyone[actor % len(self.everyone)],
                w.specialists.get(name.value, w.programme),
            ):
                self.attempt(
                    lambda s, n=name.value, a=who: matches.decide_gate(
                        s, a, ref, n, action, reason=REASON, reason_code="other"
                    )
                )

    @precondition(lambda self: self.any_of(Match))
    @rule(number=NUMBERS, actor=NUMBERS, reason=WORDS)
    def approve(self, number: int, actor: int, reason: str) -> None:
        """Somebody approves, then somebody of the home organisation, then a programme manager."""
        ref = self.pick(Match, number)
        for who in (self.everyone[actor % len(self.everyone)], self.party, self.worlds[0].programme):
            self.attempt(lambda s, w=who: matches.approve(s, w, ref, reason=reason))

    @precondition(lambda self: self.any_of(Match))
    @rule(
        number=NUMBERS,
        actor=NUMBERS,
        how=st.sampled_from([matches.reject, matches.withdraw]),
        reason=WORDS,
        code=CODES,
    )
    def end_match(
        self, number: int, actor: int, how: Callable[..., Any], reason: str, code: str | None
    ) -> None:
        """Somebody rejects or withdraws a match."""
        ref, who = self.pick(Match, number), self.everyone[actor % len(self.everyone)]
        self.attempt(lambda s: how(s, who, ref, reason=reason, reason_code=code))

    @precondition(lambda self: self.any_of(Placement))
    @rule(number=NUMBERS)
    def agree_placement(self, number: int) -> None:
        """All sides do their part until the placement is agreed."""
        self.agree_all(self.pick(Placement, number))

    def agree_all(self, ref: str) -> None:
        """Vetting, VAT, terms and the three agreements of one placement."""
        w = self.worlds[0]
        self.attempt(lambda s: placements.act(s, w.programme, ref, "start_vetting"))
        self.attempt(lambda s: placements.record_vetting(s, w.security, ref, cleared_on=clock.today()))
        self.attempt(lambda s: placements.record_vat(s, w.finance, ref, treatment="standard", reason=REASON))
        self.attempt(
            lambda s: placements.propose_terms(
                s,
                w.hosting,
                ref,
                terms_of(p := placements.detail(s, w.programme, ref), recovery_pct=p.recovery_pct),
            )
        )
        for who in self.everyone:
            self.attempt(lambda s, a=who: placements.agree_terms(s, a, ref))
        self.attempt(lambda s: placements.act(s, w.hosting, ref, "agree"))

    @precondition(lambda self: self.any_of(Placement))
    @rule(
        number=NUMBERS,
        actor=NUMBERS,
        action=st.sampled_from(
            ["start", "start", "end", "end_early", "return", "follow_up", "start", "cancel"]
        ),
        reason=WORDS,
        code=CODES,
    )
    def move_placement(self, number: int, actor: int, action: str, reason: str, code: str | None) -> None:
        """Somebody, then the programme, moves a placement along."""
        ref, w = self.pick(Placement, number), self.worlds[0]
        for who in (self.everyone[actor % len(self.everyone)], w.programme):
            if action == "return":
                self.attempt(
                    lambda s, a=who: placements.plan_return(
                        s, a, ref, return_post="Adviser", return_contact="Deputy"
                    )
                )
            self.attempt(lambda s, a=who: placements.act(s, a, ref, action, reason=reason, reason_code=code))

    @rule(
        which=st.integers(0, 2),
        action=st.sampled_from(["resume"] * 6 + ["pause", "close", "withdraw"]),
        code=CODES,
    )
    def move_offer(self, which: int, action: str, code: str | None) -> None:
        """The host pauses, resumes, closes or withdraws an offer."""
        hosting = self.worlds[0].hosting
        self.attempt(
            lambda s: offers.act(s, hosting, self.offers[which], action, reason=REASON, reason_code=code)
        )

    @invariant()
    def no_refusal_is_silent(self) -> None:
        """Whoever is refused hears why."""
        assert self.silent == 0

    @invariant()
    def no_offer_has_more_people_than_places(self) -> None:
        """Places taken are the placements not cancelled, and never more than there are."""
        with reading(self.store) as session:
            for offer in session.scalars(select(Offer)):
                live = session.scalar(
                    select(func.count(Placement.id)).where(
                        Placement.offer_id == offer.id, Placement.state != PlacementState.CANCELLED
                    )
                )
                assert offer.places_taken == live <= offer.capacity
                assert (offer.state is not OfferState.FILLED) or offer.places_taken == offer.capacity

    @invariant()
    def nobody_has_two_running_placements(self) -> None:
        """One placement at a time."""
        with reading(self.store) as session:
            running = list(
                session.scalars(select(Placement.applicant_id).where(Placement.state.in_(RUNNING)))
            )
            assert len(running) == len(set(running))

    @invariant()
    def history_agrees_with_the_states_and_with_the_table(self) -> None:
        """Each record's history is an unbroken chain of moves of the table, ending where the record stands."""
        with reading(self.store) as session:
            for subject, model in SUBJECTS.items():
                for record in session.scalars(select(model)):
                    self.chain_holds(session, subject, record, FIRST_STATES[subject])
            for gate in session.scalars(select(Gate)):
                self.chain_holds(session, f"gate.{gate.name.value}", gate, None)

    def chain_holds(self, session: Session, subject: str, record: Any, first: str | None) -> None:
        """One record's chain; a gate may begin passed or not needed."""
        steps = session.scalars(
            select(StatusChange)
            .where(StatusChange.subject == subject, StatusChange.subject_id == record.id)
            .order_by(StatusChange.id)
        ).all()
        state = first or (steps[0].source if steps else str(record.state))
        for step in steps:
            move = MOVES[subject, step.action, step.source]
            assert (step.source, step.target) == (state, move.target)
            assert not move.needs_reason or len(step.reason) >= 20, step.action
            assert move.reason_kind is None or step.reason_code, step.action
            state = step.target
        assert state == record.state

    @invariant()
    def every_change_has_its_audit_row(self) -> None:
        """As many audit rows as changes, action by action, with the same actor and reason."""
        with reading(self.store) as session:
            changes = session.execute(
                select(StatusChange.subject, StatusChange.action, StatusChange.subject_id, StatusChange.actor_id,
                       StatusChange.reason)
            ).all()  # fmt: skip
            kept = session.execute(
                select(AuditEvent.subject, AuditEvent.action, AuditEvent.subject_id, AuditEvent.actor_id,
                       AuditEvent.reason, AuditEvent.detail)
            ).all()  # fmt: skip
            wanted = sorted((s, f"{s}:{a}", i, str(by), why) for s, a, i, by, why in changes)
            found = sorted((s, a, i, str(by), why) for s, a, i, by, why, detail in kept if "from" in detail)
            assert found == wanted

    @invariant()
    def nobody_decided_for_their_own_organisation_or_person(self) -> None:
        """C4: who approved or passed a specialist gate is not a party; every decided gate is signed."""
        actors = {actor.user_id: actor for actor in self.everyone}
        with reading(self.store) as session:
            approvals = select(StatusChange).where(
                StatusChange.subject == "match", StatusChange.action.in_(("approve", "reject"))
            )
            for step in session.scalars(approvals):
                match = session.get_one(Match, step.subject_id)
                assert not is_party(actors[step.actor_id], parties_of(match))
            for gate in session.scalars(select(Gate).where(Gate.state == GateState.PASSED)):
                assert gate.reason.strip()
                assert gate.decided_by_id != gate.match.applicant.user_id
                if gate.name not in (GateName.HOME_RELEASE, GateName.HOST):
                    assert not is_party(actors[gate.decided_by_id], parties_of(gate.match))

    @invariant()
    def a_placement_stands_on_an_approved_match_with_all_its_gates(self) -> None:
        """No placement without approval, and no approval past an open gate."""
        with reading(self.store) as session:
            approved = session.scalars(select(Match).where(Match.state == MatchState.APPROVED)).all()
            for match in approved:
                assert {gate.state for gate in match.gates} <= {GateState.PASSED, GateState.NOT_NEEDED}
            assert {p.match_id for p in session.scalars(select(Placement))} == {
                match.id for match in approved
            }


def test_no_order_of_events_breaks_a_promise(sqlite_store: Engine) -> None:
    Lifecycle.scene = set_scene(sqlite_store)
    with sqlite_store.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    Lifecycle.template = Path(sqlite_store.url.database or "")
    run_state_machine_as_test(
        Lifecycle,
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
