"""Placements: terms all three sides agree to, a start, check-ins, an end, and the way back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.models.applications import ApplicationState
from db.models.offers import OfferState
from db.models.placements import PlacementState
from db.models.users import Membership, Role, User
from db.queries import outcomes as outcome_queries
from programme import applications, clock, matches, placements, profiles
from programme.actors import actor_for
from programme.errors import AlreadyDecided, IllegalMove, Invalid, NotAllowed, NotFound, Refused
from tests.factories import in_days, make_actor
from tests.lifecycle import (
    REASON,
    active,
    agreed,
    another_person,
    approved,
    make_world,
    offer_from_today,
    ready,
    terms_of,
)


def at(day):
    """A frozen clock at nine on this day."""
    return clock.frozen(clock.now().replace(year=day.year, month=day.month, day=day.day, hour=9))


def test_a_placement_lives_from_approval_to_the_end_of_its_follow_up(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = active(session, world)
        assert placement.state is PlacementState.ACTIVE
        assert placement.started_on == clock.today()
        with at(placement.ends_on):
            placements.act(session, world.hosting, placement.ref, "end")
            placements.plan_return(
                session,
                world.manager,
                placement.ref,
                return_post="Policy adviser",
                return_contact="The deputy",
            )
            placements.act(session, world.manager, placement.ref, "return")
        with at(placement.ends_on + timedelta(days=402)):
            placements.act(session, world.programme, placement.ref, "follow_up")
        assert placement.state is PlacementState.FOLLOWED_UP
        assert placement.early_end_code is None
        assert world.applicant.last_secondment_ended_on == placement.ended_on


def test_terms_that_cannot_stand_are_refused_field_by_field(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(
            session, applicant={"contract_type": "fixed_term", "contract_end_on": in_days(400)}
        )
        placement = approved(session, world)
        wrong = terms_of(
            placement,
            ends_on=in_days(401),
            days_per_week=6,
            payroll_party="nobody",
            recovery_pct=101,
            host_supervisor=" ",
            objectives=("", " "),
        )
        with pytest.raises(Invalid) as refusal:
            placements.propose_terms(session, world.hosting, placement.ref, wrong)
        assert set(refusal.value.fields) == {
            "ends_on", "days_per_week", "payroll_party", "recovery_pct", "host_supervisor", "objectives",
        }  # fmt: skip
        assert "home contract ends" in refusal.value.fields["ends_on"]
        for starts_on, ends_on, field in (
            (in_days(100), in_days(99), "ends_on"),
            (in_days(-1), in_days(99), "starts_on"),
        ):
            terms = terms_of(placement, starts_on=starts_on, ends_on=ends_on)
            with pytest.raises(Invalid) as refusal:
                placements.propose_terms(session, world.hosting, placement.ref, terms)
            assert set(refusal.value.fields) == {field}


def test_terms_do_not_outlast_the_release(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = approved(session, world, until_on=in_days(200))
        terms = terms_of(placement, ends_on=in_days(201))
        with pytest.raises(Invalid, match="released the person until"):
            placements.propose_terms(session, world.hosting, placement.ref, terms)


def test_terms_beyond_what_a_gate_looked_at_are_refused(store: Engine) -> None:
    with writing(store) as session:
        outward = make_world(session)
        placement = approved(session, outward)
        terms = terms_of(placement, recovery_pct=80)
        with pytest.raises(Invalid, match="100% paid back"):
            placements.propose_terms(session, outward.hosting, placement.ref, terms)
        inward = make_world(session, "inward")
        placement = approved(session, inward)
        terms = terms_of(placement, ends_on=in_days(90 + 740))
        with pytest.raises(Invalid, match="Civil Service Commission"):
            placements.propose_terms(session, inward.hosting, placement.ref, terms)


def test_new_terms_clear_what_was_agreed_and_move_the_surveys(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = agreed_but_not_moved(session, world)
        assert placement.agreed_by_secondee_at is not None
        later = placement.ends_on + timedelta(days=14)
        placements.propose_terms(session, world.manager, placement.ref, terms_of(placement, ends_on=later))
        assert placement.agreed_by_secondee_at is None
        assert placement.agreed_by_host_at is None
        assert placement.agreed_by_home_at is None
        (end_survey,) = [
            row
            for row in outcome_queries.for_placement(session, placement_id=placement.id)
            if (row.wave, row.respondent) == ("t2", "secondee")
        ]
        assert end_survey.opens_on == later
        with pytest.raises(Refused, match="Still to agree: the secondee, the host, the home organisation"):
            placements.act(session, world.hosting, placement.ref, "agree")


def agreed_but_not_moved(session, world):
    """A placement in vetting whose terms all sides have agreed."""
    placement = approved(session, world)
    placements.act(session, world.programme, placement.ref, "start_vetting")
    placements.record_vat(session, world.finance, placement.ref, treatment="standard", reason=REASON)
    placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
    for actor in (world.person, world.hosting, world.manager):
        placements.agree_terms(session, actor, placement.ref)
    return placement


def test_agreed_terms_can_no_longer_be_changed(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = agreed(session, world)
        assert placement.state is PlacementState.AGREED
        with pytest.raises(IllegalMove):
            placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
        with pytest.raises(IllegalMove):
            placements.agree_terms(session, world.person, placement.ref)


def test_each_side_agrees_for_itself_and_nobody_agrees_for_two(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = approved(session, world)
        placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
        assert placements.side_of(world.person, placement) == "secondee"
        assert placements.side_of(world.hosting, placement) == "host"
        assert placements.side_of(world.manager, placement) == "home"
        assert placements.side_of(world.programme, placement) is None
        both = session.get_one(User, world.manager.user_id)
        both.memberships.append(
            Membership(role=Role.HOST, organisation_id=world.host.id, created_at=clock.now())
        )
        session.flush()
        for _ in range(2):
            placements.agree_terms(session, actor_for(both), placement.ref)
        assert placement.agreed_by_home_at is not None
        assert placement.agreed_by_host_at is None
        with pytest.raises(NotAllowed):
            placements.agree_terms(session, world.programme, placement.ref)


def test_nothing_is_agreed_before_terms_are_proposed(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = approved(session, world)
        with pytest.raises(IllegalMove, match="Propose the terms first"):
            placements.agree_terms(session, world.person, placement.ref)


def test_s7_a_placement_is_not_agreed_while_vat_or_vetting_is_open(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer={"vetting_code": "ctc"}, applicant={"vetting_code": "ctc"})
        placement = approved(session, world)
        placements.act(session, world.programme, placement.ref, "start_vetting")
        placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
        for actor in (world.person, world.hosting, world.manager):
            placements.agree_terms(session, actor, placement.ref)
        with pytest.raises(Refused, match="vetting was cleared"):
            placements.act(session, world.hosting, placement.ref, "agree")
        with pytest.raises(Invalid, match="today or earlier"):
            placements.record_vetting(session, world.security, placement.ref, cleared_on=in_days(1))
        placements.record_vetting(session, world.security, placement.ref, cleared_on=clock.today())
        with pytest.raises(Refused, match="VAT"):
            placements.act(session, world.hosting, placement.ref, "agree")
        for treatment, reason in (("undetermined", REASON), ("standard", "short")):
            with pytest.raises(Invalid):
                placements.record_vat(
                    session, world.finance, placement.ref, treatment=treatment, reason=reason
                )
        placements.record_vat(session, world.finance, placement.ref, treatment="outside_scope", reason=REASON)
        placements.act(session, world.hosting, placement.ref, "agree")
        assert placement.state is PlacementState.AGREED


def test_vat_and_vetting_are_recorded_by_their_own_people_only(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = approved(session, world)
        for actor in (world.person, world.hosting, world.manager, world.programme, world.security):
            with pytest.raises(NotAllowed):
                placements.record_vat(session, actor, placement.ref, treatment="standard", reason=REASON)
        for actor in (world.person, world.hosting, world.manager, world.finance):
            with pytest.raises(NotAllowed):
                placements.record_vetting(session, actor, placement.ref, cleared_on=clock.today())


def test_a_placement_does_not_start_before_its_day_nor_end_before_its_last(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = agreed(session, world)
        with pytest.raises(Refused, match="starts on"):
            placements.act(session, world.hosting, placement.ref, "start")
        with at(placement.starts_on):
            placements.act(session, world.hosting, placement.ref, "start")
            with pytest.raises(Refused, match="record an early end"):
                placements.act(session, world.hosting, placement.ref, "end")


def test_an_early_end_carries_its_code_and_moves_what_follows(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = active(session, world)
        with pytest.raises(Invalid):
            placements.act(session, world.hosting, placement.ref, "end_early", reason=REASON)
        stopped = clock.today() + timedelta(days=30)
        with at(stopped):
            placements.act(
                session, world.hosting, placement.ref, "end_early", reason=REASON, reason_code="host_change"
            )
        assert (placement.ended_on, placement.early_end_code) == (stopped, "host_change")
        opens = {
            row.opens_on
            for row in outcome_queries.for_placement(session, placement_id=placement.id)
            if row.wave == "t2"
        }
        assert opens == {stopped}


def test_a_cancelled_placement_gives_its_place_back_and_reopens_the_offer(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        waiting = ready(session, another_person(session, world))
        placement = approved(session, world)
        assert world.offer.state is OfferState.FILLED
        placements.act(
            session, world.hosting, placement.ref, "cancel", reason=REASON, reason_code="changed_plans"
        )
        assert (world.offer.places_taken, world.offer.state) == (0, OfferState.PUBLISHED)
        assert applications.mine(session, world.person)[0].state is ApplicationState.NOT_SELECTED
        matches.approve(session, world.programme, waiting.ref, reason=REASON)
        assert (world.offer.places_taken, world.offer.state) == (1, OfferState.FILLED)


def test_check_ins_are_of_the_days_that_it_ran(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        before = agreed(session, world)
        with pytest.raises(IllegalMove):
            check_in(session, world.person, before)
        placement = placements.act(session, world.hosting, before.ref, "start")
        for held_on in (in_days(-1), in_days(1)):
            with pytest.raises(Invalid) as refusal:
                check_in(session, world.person, placement, held_on=held_on)
            assert set(refusal.value.fields) == {"held_on"}
        with pytest.raises(Invalid) as refusal:
            check_in(session, world.person, placement, mood=None, going_well="")
        assert set(refusal.value.fields) == {"mood", "going_well"}
        for actor in (world.person, world.hosting, world.manager):
            check_in(session, actor, placement)
        assert [row.author_id for row in placement.check_ins] == [
            actor.user_id for actor in (world.person, world.hosting, world.manager)
        ]


def check_in(session, actor, placement, **values):
    """A check-in of today that went well."""
    fields = {"held_on": clock.today(), "mood": 4, "going_well": "The team is kind."} | values
    return placements.check_in(session, actor, placement.ref, **fields)


def test_secondee_and_host_judge_the_objectives_each_for_themselves(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = active(session, world)
        first, second = placement.objectives
        placements.judge_objectives(
            session, world.person, placement.ref, {first.id: "met", second.id: "part"}
        )
        placements.judge_objectives(session, world.hosting, placement.ref, {first.id: "not_met"})
        assert (first.result_secondee, first.result_host) == ("met", "not_met")
        assert (second.result_secondee, second.result_host) == ("part", None)
        with pytest.raises(NotAllowed):
            placements.judge_objectives(session, world.manager, placement.ref, {first.id: "met"})
        for results in ({first.id: "splendid"}, {10**6: "met"}):
            with pytest.raises(Invalid):
                placements.judge_objectives(session, world.person, placement.ref, results)


def test_s9_the_home_side_plans_the_return_and_nobody_returns_without_a_plan(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = active(session, world)
        with pytest.raises(NotAllowed, match="home organisation plans"):
            placements.plan_return(
                session, world.hosting, placement.ref, return_post="Post", return_contact="Person"
            )
        with at(placement.ends_on):
            placements.act(session, world.hosting, placement.ref, "end")
            with pytest.raises(Refused, match="return post and contact"):
                placements.act(session, world.manager, placement.ref, "return")
            with pytest.raises(Invalid) as refusal:
                placements.plan_return(
                    session, world.manager, placement.ref, return_post="", return_contact=""
                )
            assert set(refusal.value.fields) == {"return_post", "return_contact"}


def test_a_placement_is_seen_by_its_sides_and_the_programme_and_by_nobody_else(store: Engine) -> None:
    with writing(store) as session:
        world, other = make_world(session), make_world(session)
        placement = approved(session, world)
        for actor in (
            world.person,
            world.hosting,
            world.manager,
            world.programme,
            world.finance,
            world.security,
        ):
            assert placements.visible(session, actor) == [placement]
            assert placements.detail(session, actor, placement.ref) is placement
        strangers = (other.person, other.hosting, other.manager, world.propriety, world.hr)
        for actor in (*strangers, make_actor(session, ("host", world.home))):
            assert placements.visible(session, actor) == []
            with pytest.raises(NotFound):
                placements.detail(session, actor, placement.ref)


def test_nobody_agrees_to_terms_that_changed_while_their_page_was_open(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        placement = approved(session, world)
        placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
        shown = placements.terms_shown(placement)
        placements.agree_terms(session, world.manager, placement.ref, shown=shown)
        placements.propose_terms(
            session, world.hosting, placement.ref, terms_of(placement, host_supervisor="Another post")
        )
        with pytest.raises(AlreadyDecided, match="changed while your page was open"):
            placements.agree_terms(session, world.person, placement.ref, shown=shown)
        placements.agree_terms(session, world.person, placement.ref, shown=placements.terms_shown(placement))
        assert placement.agreed_by_secondee_at is not None
        assert placement.agreed_by_home_at is None


def test_s2_terms_cannot_bring_the_start_within_a_year_of_the_last_secondment(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, "inward", applicant={"last_secondment_ended_on": in_days(-300)})
        placement = approved(session, world)
        with pytest.raises(Invalid, match="Commission's approval") as refused:
            placements.propose_terms(
                session, world.hosting, placement.ref, terms_of(placement, starts_on=in_days(10))
            )
        assert list(refused.value.fields) == ["starts_on"]


def test_a_change_of_contract_asks_for_the_approval_that_it_needs(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        fields = profiles.fields_of(session, world.person)
        profiles.save(
            session,
            world.person,
            replace(fields, contract_type="fixed_term", contract_end_on=in_days(700), line_manager_email=""),
        )
        with pytest.raises(Refused, match="Still waiting for: hr"):
            matches.approve(session, world.programme, match.ref, reason=REASON)
        matches.decide_gate(session, world.hr, match.ref, "hr", "pass", reason=REASON)
        matches.approve(session, world.programme, match.ref, reason=REASON)
