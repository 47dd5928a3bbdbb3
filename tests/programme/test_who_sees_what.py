"""Who learns what, and when: what a host, a line manager or an approver has no need to know stays hidden."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.notifications import Notification
from db.models.offers import OfferState
from db.models.users import Role
from programme import (
    applications,
    candidates,
    eligibility,
    match_opening,
    matches,
    offers,
    people,
    recommendations,
)
from programme.errors import Invalid, NotAllowed, NotFound, Refused
from tests.factories import make_actor, make_applicant, make_offer, make_organisation, make_user
from tests.lifecycle import REASON, World, drafted, make_world, ready, released, requested, selected
from tests.programme.test_matches import make_round, proposed


def told(session: Session, user_id: int | None) -> list[Notification]:
    """A person's messages, oldest first."""
    rows = select(Notification).where(Notification.user_id == user_id).order_by(Notification.id)
    return list(session.scalars(rows))


def named(session: Session, world: World) -> None:
    """Give the person a name and an employer that cannot be mistaken."""
    world.applicant.user.name = "Kwame Osei"
    world.applicant.organisation.name = "Ministry of Rivers"
    session.flush()


def test_a_message_to_the_host_names_nobody_before_the_first_assessment(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        named(session, world)
        ref = requested(session, world).ref
        applications.release(
            session, world.manager, ref, reason="I release Kwame Osei of the Ministry of Rivers gladly."
        )
        (message,) = told(session, world.hosting.user_id)
        assert "Kwame" not in message.body
        assert "Ministry of Rivers" not in message.body
        assert "I release the applicant of the their organisation gladly." in message.body
        (own,) = [m for m in told(session, world.person.user_id) if "released" in m.subject]
        assert "Kwame Osei" in own.body


def test_a_specialists_comment_names_nobody_to_a_host_that_has_not_chosen(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, "inward")
        named(session, world)
        match = proposed(session, world)
        matches.accept(session, world.person, match.ref)
        matches.decide_gate(
            session,
            world.propriety,
            match.ref,
            "propriety",
            "return",
            reason="Ask Kwame Osei about his shares.",
        )
        assert all("Kwame" not in message.body for message in told(session, world.hosting.user_id))
        assert any("Kwame Osei" in message.body for message in told(session, world.programme.user_id))


def test_the_employers_name_is_masked_in_what_the_person_wrote(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        named(session, world)
        world.applicant.summary = "At the ministry of rivers I plan services."
        seen = applications.blind(session, world.hosting, released(session, world).ref)
        assert seen.summary == "At the their organisation I plan services."


def test_a_host_knows_a_proposal_by_reference_until_it_has_passed_its_own_gate(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = proposed(session, world)
        matches.accept(session, world.person, match.ref)
        both = make_actor(session, ("host", world.host), ("programme_manager", None))
        for actor in (world.hosting, both):
            assert matches.mine(session, actor) == []
            with pytest.raises(NotFound):
                matches.detail(session, actor, match.ref)
        assert matches.queue(session, both) == ()
        assert matches.mine(session, world.person) == [match]
        matches.decide_gate(session, world.hosting, match.ref, "host", "pass", reason=REASON)
        assert matches.detail(session, world.hosting, match.ref) is match
        assert matches.mine(session, world.hosting) == [match]


def test_an_approver_sees_only_matches_that_need_their_approval(store: Engine) -> None:
    with writing(store) as session:
        match = selected(session, world := make_world(session, offer={"recovery_pct": 50}))
        assert matches.detail(session, world.finance, match.ref) is match
        for actor in (world.hr, world.security, world.propriety):
            with pytest.raises(NotFound):
                matches.detail(session, actor, match.ref)


def test_a_line_manager_never_sees_a_draft_not_even_once_it_is_withdrawn(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        ref = drafted(session, world).ref
        applications.act(session, world.person, ref, "withdraw", reason=REASON, reason_code="other")
        assert told(session, world.manager.user_id) == []
        assert told(session, world.hosting.user_id) == []
        for actor in (world.manager, world.programme):
            with pytest.raises(NotFound):
                applications.detail(session, actor, ref)


def test_a_host_never_hears_of_an_application_that_was_not_released(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        ref = requested(session, world).ref
        applications.decline_release(session, world.manager, ref, reason=REASON, reason_code="timing")
        with pytest.raises(NotFound):
            applications.blind(session, world.hosting, ref)
        drafted(session, world)
        (row,) = offers.mine(session, world.hosting)
        assert row.applications == {}
        waiting = requested(session, world).ref
        applications.act(session, world.person, waiting, "withdraw", reason=REASON, reason_code="other")
        assert told(session, world.hosting.user_id) == []


def test_an_offer_that_is_not_public_cannot_be_probed(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        draft = make_offer(session, world.host, state=OfferState.DRAFT)
        for use_case in (
            applications.start,
            eligibility.can_i_go,
            recommendations.for_offer,
            recommendations.changes,
        ):
            with pytest.raises(NotFound):
                use_case(session, world.person, draft.ref)


def test_a_person_still_reads_why_when_the_offer_of_their_proposal_has_gone(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        proposed(session, world)
        offers.act(session, world.hosting, world.offer.ref, "withdraw", reason=REASON, reason_code="other")
        assert recommendations.for_offer(session, world.person, world.offer.ref).offer.ref == world.offer.ref


def test_nobody_is_suggested_for_an_offer_that_has_not_been_checked(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        newcomer = make_organisation(session, verification="pending")
        draft = make_offer(session, newcomer, state=OfferState.DRAFT)
        host = make_actor(session, ("host", newcomer), ("applicant", newcomer))
        assert candidates.for_offer(session, host, draft.ref).total == 0
        assert candidates.for_offer(session, world.programme, draft.ref).total == 1
        assert candidates.for_offer(session, world.hosting, world.offer.ref).total == 1


def test_a_refusal_tells_a_stranger_nothing_of_the_state(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        application = requested(session, world)
        stranger = make_actor(session, ("applicant", world.home), ("host", make_organisation(session)))
        for action in ("shortlist", "select", "decline", "withdraw"):
            with pytest.raises(NotAllowed):
                applications.act(session, stranger, application.ref, action, reason=REASON)


def test_a_proposal_is_told_to_the_person_and_refused_where_it_could_not_stand(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = proposed(session, world)
        (message,) = told(session, world.person.user_id)
        assert message.link == f"/application?match={match.ref}"
        world.offer.state = OfferState.PAUSED
        other = make_applicant(session, world.home)
        with pytest.raises(Refused, match="no longer open"):
            match_opening.propose(
                session, world.programme, applicant=other, offer=world.offer,
                matching_round=make_round(session, world),
            )  # fmt: skip


def test_an_application_is_put_forward_once(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        application = applications.mine(session, world.person)[0]
        matches.approve(session, world.programme, match.ref, reason=REASON)
        with pytest.raises(Refused, match="put forward already"):
            match_opening.put_forward(session, world.hosting, application)


def test_nobody_can_make_a_programme_manager_a_party(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        manager = make_user(session, ("programme_manager", None))
        with pytest.raises(Invalid, match="works for the programme"):
            people.member(
                session,
                world.hosting,
                email=manager.email,
                name="Anybody",
                organisation=world.host,
                role=Role.HOST,
            )
