"""Matches: the gates in turn, the programme last, one decision at a time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.applications import ApplicationState
from db.models.audit import AuditEvent
from db.models.matches import GateName, Match, MatchState
from db.models.notifications import Notification
from db.models.offers import OfferState
from db.models.rounds import MatchingRound
from programme import applications, clock, match_opening, matches
from programme.errors import IllegalMove, Invalid, NotAllowed, NotFound, Refused
from tests.factories import in_days, make_actor, make_offer
from tests.lifecycle import REASON, World, another_person, make_world, pass_gates, ready, released, selected


def state_of(match: Match, gate: str) -> str:
    return next(row.state.value for row in match.gates if row.name == gate)


def make_round(session: Session, world: World) -> MatchingRound:
    """A round to which proposals can belong."""
    row = MatchingRound(
        name="Autumn", state_since_at=clock.now(), settings={}, seed=1, model_version="m1", fingerprint="f1",
        certificate={}, run_by_id=world.programme.user_id, run_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def proposed(session: Session, world: World) -> Match:
    """A round's proposal that waits for the person."""
    return match_opening.propose(
        session,
        world.programme,
        applicant=world.applicant,
        offer=world.offer,
        matching_round=make_round(session, world),
        score=61.5,
    )


def test_the_programme_decides_last(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, "inward", offer={"level_max": 9})
        match = selected(session, world)
        with pytest.raises(Refused, match="Still waiting for: propriety, commission"):
            matches.approve(session, world.programme, match.ref, reason=REASON)
        pass_gates(session, world, match)
        placement = matches.approve(
            session, world.programme, match.ref, reason=REASON, seconds_on_record=41.26
        )
        assert match.state is MatchState.APPROVED
        assert state_of(match, "programme") == "passed"
        assert placement.match_id == match.id
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "match:approve")).one()
        assert event.detail["seconds_on_record"] == 41.3
        assert event.actor_id == world.programme.user_id


def test_an_approval_takes_a_place_and_the_last_one_fills_the_offer(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer={"capacity": 2})
        for taken, state, person in (
            (1, OfferState.PUBLISHED, world),
            (2, OfferState.FILLED, another_person(session, world)),
        ):
            matches.approve(session, world.programme, ready(session, person).ref, reason=REASON)
            assert (world.offer.places_taken, world.offer.state) == (taken, state)


def test_a_match_for_a_full_offer_is_refused_in_plain_words(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        second = ready(session, another_person(session, world))
        matches.approve(session, world.programme, ready(session, world).ref, reason=REASON)
        with pytest.raises(Refused, match="no longer open"):
            matches.approve(session, world.programme, second.ref, reason=REASON)
        assert second.state is MatchState.IN_APPROVAL


@pytest.mark.parametrize("side", ["home", "host"])
def test_c4_nobody_approves_a_match_of_their_own_organisation(store: Engine, side: str) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        party = make_actor(session, ("programme_manager", None), ("auditor", getattr(world, side)))
        for decide in (matches.approve, matches.reject):
            extra: dict[str, Any] = {"reason_code": "cost"} if decide is matches.reject else {}
            with pytest.raises(NotAllowed, match="neither organisation"):
                decide(session, party, match.ref, reason=REASON, **extra)
        assert match.state is MatchState.IN_APPROVAL


def test_d3_an_approval_without_a_real_reason_is_refused(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        with pytest.raises(Invalid) as refusal:
            matches.approve(session, world.programme, match.ref, reason="   ok   ")
        assert set(refusal.value.fields) == {"reason"}


def test_a_rejection_ends_the_application_too_and_both_hear_why(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        matches.reject(session, world.programme, match.ref, reason=REASON, reason_code="conflict")
        assert match.state is MatchState.REJECTED
        assert state_of(match, "programme") == "refused"
        (application,) = applications.mine(session, world.person)
        assert application.state is ApplicationState.NOT_SELECTED
        for actor in (world.person, world.hosting, world.manager):
            bodies = session.scalars(select(Notification.body).where(Notification.user_id == actor.user_id))
            assert any(REASON in body for body in bodies)


def test_a_refused_gate_ends_the_match(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer={"recovery_pct": 50})
        match = selected(session, world)
        matches.decide_gate(
            session, world.finance, match.ref, "finance", "refuse", reason=REASON, reason_code="cost"
        )
        assert match.state is MatchState.REJECTED
        assert applications.mine(session, world.person)[0].state is ApplicationState.NOT_SELECTED
        with pytest.raises(Refused):
            matches.decide_gate(session, world.finance, match.ref, "finance", "pass", reason=REASON)


def test_a_returned_gate_comes_back_and_can_then_be_passed(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer={"recovery_pct": 50})
        match = selected(session, world)
        matches.decide_gate(session, world.finance, match.ref, "finance", "return", reason=REASON)
        assert matches.gates_waiting(session, world.finance) == ()
        with pytest.raises(Refused, match="Still waiting for: finance"):
            matches.approve(session, world.programme, match.ref, reason=REASON)
        matches.decide_gate(session, world.programme, match.ref, "finance", "resubmit", reason=REASON)
        (gate,) = matches.gates_waiting(session, world.finance)
        assert gate.match.ref == match.ref
        matches.decide_gate(session, world.finance, match.ref, "finance", "pass", reason=REASON)
        assert (gate.state, gate.decided_by_id, gate.reason) == ("passed", world.finance.user_id, REASON)


def test_a_gate_is_decided_by_its_own_approver_only(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer={"recovery_pct": 50})
        match = selected(session, world)
        for other in (
            world.hr,
            world.security,
            world.propriety,
            world.programme,
            world.hosting,
            world.person,
        ):
            assert matches.gates_waiting(session, other) == ()
            with pytest.raises(NotAllowed):
                matches.decide_gate(session, other, match.ref, "finance", "pass", reason=REASON)


def test_a_gate_that_is_not_needed_or_not_there_is_not_decided(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = selected(session, world)
        for name in ("finance", "programme", "palace"):
            with pytest.raises(IllegalMove):
                matches.decide_gate(session, world.finance, match.ref, name, "pass", reason=REASON)


def test_a_rounds_proposal_waits_for_the_person_then_for_both_sides(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = proposed(session, world)
        assert (match.state, match.score, match.model_version) == (MatchState.PROPOSED, 61.5, "m1")
        with pytest.raises(Refused, match="has not accepted"):
            matches.decide_gate(session, world.hosting, match.ref, "host", "pass", reason=REASON)
        matches.accept(session, world.person, match.ref)
        assert state_of(match, "home_release") == state_of(match, "host") == "waiting"
        assert [gate.name for gate in matches.gates_waiting(session, world.manager)] == [
            GateName.HOME_RELEASE
        ]
        assert [gate.name for gate in matches.gates_waiting(session, world.hosting)] == [GateName.HOST]
        pass_gates(session, world, match)
        matches.approve(session, world.programme, match.ref, reason=REASON)
        assert match.state is MatchState.APPROVED


def test_a_person_without_a_line_manager_is_asked_to_name_one_before_accepting(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = proposed(session, world)
        world.applicant.line_manager_id = None
        session.flush()
        with pytest.raises(Refused, match="line manager's e-mail"):
            matches.accept(session, world.person, match.ref)


def test_a_declined_proposal_says_why(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = proposed(session, world)
        with pytest.raises(Invalid):
            matches.decline(session, world.person, match.ref, reason=REASON, reason_code=None)
        matches.decline(session, world.person, match.ref, reason=REASON, reason_code="candidate_choice")
        assert match.state is MatchState.DECLINED
        again = proposed(session, world)
        assert again.ref != match.ref


def test_only_the_person_accepts_their_proposal(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = proposed(session, world)
        for other in (world.manager, world.hosting, world.programme, another_person(session, world).person):
            with pytest.raises(NotAllowed):
                matches.accept(session, other, match.ref)


def test_when_a_person_is_placed_their_other_matches_lapse_and_they_are_told(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        first = ready(session, world)
        first_offer = world.offer
        world.offer = make_offer(session, world.host)
        second = selected(session, world)
        world.offer = first_offer
        matches.approve(session, world.programme, first.ref, reason=REASON)
        assert second.state is MatchState.LAPSED
        states = {row.offer_id: row.state for row in applications.mine(session, world.person)}
        assert states == {first.offer_id: ApplicationState.SELECTED, second.offer_id: ApplicationState.LAPSED}
        lines = session.scalars(
            select(Notification.subject).where(Notification.user_id == world.person.user_id)
        )
        assert any("match has lapsed" in line for line in lines)


def test_the_placement_keeps_to_offer_contract_and_release(store: Engine) -> None:
    with writing(store) as session:
        start = in_days(90)
        world = make_world(session)
        until = start + timedelta(days=100)
        placement = matches.approve(
            session, world.programme, ready(session, world, until_on=until).ref, reason=REASON
        )
        assert (placement.starts_on, placement.ends_on) == (start, until)
        assert (placement.return_post, placement.return_contact) == ("", "")
        assert placement.vat_treatment == "undetermined"

        other = make_world(session)
        full = matches.approve(session, other.programme, ready(session, other).ref, reason=REASON)
        assert 178 <= (full.ends_on - full.starts_on).days <= 184  # six months


def test_a_person_who_became_ineligible_is_not_approved(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        world.applicant.level = 1
        session.flush()
        with pytest.raises(Refused):
            matches.approve(session, world.programme, match.ref, reason=REASON)


def test_the_queue_shows_what_each_match_waits_for_and_the_most_urgent_first(store: Engine) -> None:
    with writing(store) as session:
        with clock.frozen(clock.now() - timedelta(days=40)):
            late = make_world(session, offer={"recovery_pct": 50})
            late_match = selected(session, late)
        world = make_world(session)
        ready_match = ready(session, world)
        open_proposal = proposed(session, make_world(session))
        party = make_actor(session, ("programme_manager", None), ("auditor", world.host))
        items = {item.match.ref: item for item in matches.queue(session, party)}
        assert next(iter(items)) == late_match.ref
        assert items[late_match.ref].urgency_days < 0
        assert items[late_match.ref].waiting_on == ("finance", "programme")
        assert not items[late_match.ref].ready
        assert items[ready_match.ref].waiting_on == ("programme",)
        assert items[ready_match.ref].ready
        assert items[ready_match.ref].is_party
        assert not items[late_match.ref].is_party
        assert items[open_proposal.ref].waiting_on == ("applicant",)
        for other in (world.person, world.hosting, world.manager, world.finance):
            with pytest.raises(NotAllowed):
                matches.queue(session, other)


def test_a_match_is_seen_by_its_parties_and_by_nobody_else(store: Engine) -> None:
    with writing(store) as session:
        world, other = make_world(session, offer={"recovery_pct": 50}), make_world(session)
        match = selected(session, world)
        for actor in (world.person, world.manager, world.hosting, world.programme, world.finance):
            assert matches.detail(session, actor, match.ref) is match
        for actor in (world.person, world.manager, world.hosting):
            assert matches.mine(session, actor) == [match]
        for actor in (other.person, other.manager, other.hosting):
            assert matches.mine(session, actor) == []
            with pytest.raises(NotFound):
                matches.detail(session, actor, match.ref)


def test_the_host_can_withdraw_and_the_application_goes_with_it(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = selected(session, world)
        matches.withdraw(session, world.hosting, match.ref, reason=REASON, reason_code="no_longer_needed")
        assert match.state is MatchState.WITHDRAWN
        assert applications.mine(session, world.person)[0].state is ApplicationState.WITHDRAWN


def test_only_a_selected_application_is_put_forward(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = released(session, world)
        with pytest.raises(IllegalMove):
            match_opening.put_forward(session, world.hosting, application)
