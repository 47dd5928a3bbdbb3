"""Applications: from a draft, through the line manager, to the host's choice."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.engine import writing
from db.models.applications import ApplicationState
from db.models.audit import AuditEvent
from db.models.matches import MatchState
from db.models.notifications import Notification
from programme import applications, match_opening, matches
from programme.errors import IllegalMove, Invalid, NotAllowed, NotFound, Refused
from tests.factories import in_days, make_actor, make_offer
from tests.lifecycle import (
    CASE,
    REASON,
    another_person,
    approved,
    assessed,
    drafted,
    make_world,
    released,
    requested,
)
from tests.lifecycle import selected as selected_match


def told(session, actor) -> list[str]:
    """The subject lines of this person's messages."""
    return list(session.scalars(select(Notification.subject).where(Notification.user_id == actor.user_id)))


def test_starting_twice_goes_on_with_the_same_draft(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        first = applications.start(session, world.person, world.offer.ref)
        applications.save_draft(session, world.person, first.ref, statement="Half a sentence")
        again = applications.start(session, world.person, world.offer.ref)
        assert again.ref == first.ref
        assert again.statement == "Half a sentence"
        assert again.state is ApplicationState.DRAFT


def test_a_person_without_a_profile_is_asked_to_fill_it_in(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        with pytest.raises(NotFound, match="Fill in your profile first"):
            applications.start(session, make_actor(session, ("applicant", world.home)), world.offer.ref)


def test_an_offer_that_is_not_open_or_for_the_other_side_takes_no_application(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        inward = make_offer(session, world.home)
        paused = make_offer(session, world.host, state="paused")
        for ref, words in ((inward.ref, "other sector"), (paused.ref, "may have been withdrawn")):
            with pytest.raises(Refused, match=words):
                applications.start(session, world.person, ref)
        with pytest.raises(NotFound):
            applications.start(session, world.person, "OFR-NOSUCH")


def test_an_incomplete_business_case_is_kept_but_not_sent(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = applications.start(session, world.person, world.offer.ref)
        applications.save_draft(session, world.person, application.ref, case_plan="It fits.")
        with pytest.raises(Refused, match="the skills you want to gain, the sort of secondment"):
            applications.request_release(session, world.person, application.ref)
        assert application.case_plan == "It fits."
        assert application.state is ApplicationState.DRAFT


def test_suggested_texts_fill_every_heading_from_the_profile_and_the_offer(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = applications.start(session, world.person, world.offer.ref)
        texts = applications.draft_case(session, world.person, application.ref)
        assert set(texts) == set(CASE) - {"statement"}
        assert all(text.strip() for text in texts.values())
        assert world.host.name in texts["case_choice"]
        assert "6 months, 5 days a week" in texts["case_kind"]


def test_a_sent_application_stores_its_score_and_can_no_longer_be_rewritten(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = requested(session, world)
        assert application.score is not None
        assert 0 <= application.score <= 100
        assert application.model_version
        assert application.fingerprint
        with pytest.raises(IllegalMove):
            applications.save_draft(session, world.person, application.ref, **CASE)
        assert any("asks for release" in line for line in told(session, world.manager))


def test_release_goes_to_the_line_manager_named_when_the_request_is_sent(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = drafted(session, world)
        new = make_actor(session, ("line_manager", world.home))
        world.applicant.line_manager_id = new.user_id
        session.flush()
        applications.request_release(session, world.person, application.ref)
        assert [row.ref for row in applications.release_requests(session, new)] == [application.ref]
        assert applications.release_requests(session, world.manager) == []
        with pytest.raises(NotAllowed):
            applications.release(session, world.manager, application.ref, reason=REASON)


def test_s4_nobody_releases_themselves(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = drafted(session, world)
        world.applicant.line_manager_id = world.person.user_id
        session.flush()
        with pytest.raises(Refused, match="You cannot release yourself"):
            applications.request_release(session, world.person, application.ref)


def test_a_release_keeps_its_conditions_and_reaches_the_host(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        until = world.offer.start_from_on + timedelta(days=200)
        application = released(
            session, world, until_on=until, conditions="Back for year end.", cover="A colleague."
        )
        assert application.state is ApplicationState.SUBMITTED
        assert (application.release_until_on, application.release_conditions) == (until, "Back for year end.")
        assert any("new application" in line for line in told(session, world.hosting))
        assert not any(world.person.name in line for line in told(session, world.hosting))


def test_a_release_that_ends_before_the_start_is_refused_at_its_field(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        ref = requested(session, world).ref
        with pytest.raises(Invalid) as refusal:
            applications.release(session, world.manager, ref, until_on=in_days(3), reason=REASON)
        assert set(refusal.value.fields) == {"until_on"}


def test_s4_a_declined_release_ends_the_application_and_the_host_never_hears_of_it(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = requested(session, world)
        with pytest.raises(Invalid, match="Choose a reason"):
            applications.decline_release(
                session, world.manager, application.ref, reason_code=None, reason=REASON
            )
        applications.decline_release(
            session, world.manager, application.ref, reason_code="backfill", reason=REASON
        )
        assert application.state is ApplicationState.RELEASE_DECLINED
        assert applications.for_offer(session, world.hosting, world.offer.ref) == ()
        assert told(session, world.hosting) == []
        assert applications.start(session, world.person, world.offer.ref).ref != application.ref


def test_a_person_whom_a_rule_keeps_back_cannot_send_and_hears_which(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, applicant={"days_min": 1, "days_max": 2})
        application = drafted(session, world)
        with pytest.raises(Refused, match="days"):
            applications.request_release(session, world.person, application.ref)


def test_a_host_decides_only_after_an_assessment(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = released(session, world)
        for action in ("shortlist", "decline"):
            with pytest.raises(Refused, match="Save your assessment"):
                applications.act(
                    session, world.hosting, application.ref, action, reason=REASON, reason_code="better_match"
                )


def test_selecting_puts_the_match_forward_with_release_and_choice_already_passed(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = selected_match(session, world)
        assert match.state is MatchState.IN_APPROVAL
        gates = {gate.name.value: gate for gate in match.gates}
        assert gates["home_release"].state == "passed"
        assert gates["home_release"].decided_by_id == world.manager.user_id
        assert gates["host"].state == "passed"
        assert gates["host"].decided_by_id == world.hosting.user_id
        assert gates["host"].reason == gates["home_release"].reason == REASON
        assert gates["programme"].state == "waiting"
        assert any("waiting for approval" in line for line in told(session, world.programme))


def test_a_declined_application_carries_its_code_and_words_to_the_person(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = assessed(session, world)
        applications.act(
            session, world.hosting, application.ref, "decline", reason=REASON, reason_code="better_match"
        )
        assert application.state is ApplicationState.NOT_SELECTED
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "application:decline")).one()
        assert (event.reason_code, event.reason) == ("better_match", REASON)
        body = session.scalars(
            select(Notification.body)
            .where(Notification.user_id == world.person.user_id)
            .order_by(Notification.id)
        ).all()[-1]
        assert REASON in body


def test_withdrawing_a_selected_application_withdraws_its_match(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = selected_match(session, world)
        (application,) = applications.mine(session, world.person)
        applications.act(
            session, world.person, application.ref, "withdraw", reason=REASON, reason_code="changed_plans"
        )
        assert application.state is ApplicationState.WITHDRAWN
        assert match.state is MatchState.WITHDRAWN


def test_after_approval_an_application_is_no_longer_withdrawn(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        approved(session, world)
        (application,) = applications.mine(session, world.person)
        with pytest.raises(IllegalMove, match="Cancel the placement"):
            applications.act(
                session, world.person, application.ref, "withdraw", reason=REASON, reason_code="changed_plans"
            )


def test_a_line_manager_sees_the_request_but_not_the_draft_nor_where_else_the_person_applied(
    store: Engine,
) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = drafted(session, world)
        with pytest.raises(NotFound):
            applications.detail(session, world.manager, application.ref)
        applications.request_release(session, world.person, application.ref)
        assert applications.detail(session, world.manager, application.ref).ref == application.ref
        assert applications.mine(session, world.manager) == []
        stranger = another_person(session, world)
        with pytest.raises(NotFound):
            applications.detail(session, stranger.person, application.ref)
        with pytest.raises(NotFound):
            applications.detail(session, stranger.manager, application.ref)


def test_when_an_offer_goes_everybody_who_waits_is_told(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        second = another_person(session, world)
        match = selected_match(session, world)
        waiting = released(session, second)
        ended = applications.lapse_for_offer(
            session, world.offer, reason="The offer was withdrawn by its host."
        )
        assert ended == 1
        assert waiting.state is ApplicationState.LAPSED
        assert match.state is MatchState.LAPSED
        assert [row.state for row in applications.mine(session, world.person)] == [ApplicationState.LAPSED]
        for person in (world.person, second.person):
            assert any("lapsed" in line for line in told(session, person))


def test_a_person_with_a_running_placement_is_not_selected_again(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        second_offer = make_offer(session, world.host)
        first_offer = world.offer
        world.offer = second_offer
        waiting = assessed(session, world)
        applications.act(session, world.hosting, waiting.ref, "shortlist", reason=REASON)
        world.offer = first_offer
        approved(session, world)
        with pytest.raises(Refused, match="already has a placement"):
            applications.act(session, world.hosting, waiting.ref, "select", reason=REASON)


def test_two_matches_of_one_pair_are_refused(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = selected_match(session, world)
        (application,) = applications.mine(session, world.person)
        with pytest.raises(Refused, match="already matched"):
            match_opening.put_forward(session, world.hosting, application)
        assert matches.mine(session, world.person) == [match]
