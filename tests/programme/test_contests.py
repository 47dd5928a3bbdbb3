"""A person is told beforehand, sees why, contests, and is answered by somebody who did not decide first (D4)."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.audit import AuditEvent
from db.models.contests import Contest, ContestAbout
from db.models.notifications import Notification
from db.models.users import Membership, Role, User
from programme import applications, clock, contests, matches, notice, recommendations
from programme.actors import Actor, actor_for
from programme.errors import IllegalMove, Invalid, NotAllowed, Refused
from programme.parties import parties_of
from programme.permissions import is_party
from programme.placement_terms import add_months
from tests.factories import make_actor
from tests.lifecycle import REASON, World, assessed, make_world, ready, requested

WORDING = "My ten years in a food bank were not counted."


def declined(session: Session, world: World) -> None:
    """An application that the host did not choose."""
    ref = assessed(session, world).ref
    applications.act(session, world.hosting, ref, "decline", reason=REASON, reason_code="other")


def answered(session: Session, actor: Actor, contest: Contest) -> Contest:
    """The contest with its answer."""
    return contests.answer(session, actor, contest.ref, reason=REASON, reason_code="stands")


def test_d4_a_rank_is_contested_with_what_was_shown_that_day(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        shown = recommendations.for_offer(session, world.person, world.offer.ref)
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        assert contest.about is ContestAbout.RANK
        assert contest.first_decider_id is None
        assert contest.shown["score"] == pytest.approx(shown.score, abs=1e-4)
        assert contest.shown["rank"] == shown.rank == 1
        assert sum(contest.shown["parts"].values()) == pytest.approx(contest.shown["score"], abs=1e-3)
        assert contest.shown["sentence"] == shown.explanation.sentence


def test_d4_a_decision_is_contested_against_whoever_took_it(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        declined(session, world)
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        assert contest.about is ContestAbout.DECISION
        assert contest.first_decider_id == world.hosting.user_id


def test_d4_the_clock_is_one_month_and_the_answer_reaches_the_person(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        declined(session, world)
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        assert contest.answer_by_on == add_months(clock.today(), 1) > clock.today()
        assert contests.waiting(session, world.programme) == [contest]
        answered(session, world.programme, contest)
        (told,) = session.scalars(
            select(Notification).where(Notification.subject.startswith("Somebody has looked again"))
        )
        assert told.user_id == world.person.user_id
        assert REASON in told.body
        assert contests.mine(session, world.person, world.offer.ref)[0].outcome == REASON
        assert contests.waiting(session, world.programme) == []
        audited = session.scalars(select(AuditEvent.action).where(AuditEvent.subject == "contest"))
        assert list(audited) == ["contest:ask", "contest:answer"]
        with pytest.raises(IllegalMove):
            answered(session, world.programme, contest)


def test_d4_the_second_reviewer_differs_from_everybody_who_decided(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        match = ready(session, world)
        matches.reject(session, world.programme, match.ref, reason=REASON, reason_code="other")
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        assert contest.first_decider_id == world.programme.user_id
        assert contests.waiting(session, world.programme) == []
        with pytest.raises(Refused, match="another programme manager"):
            answered(session, world.programme, contest)
        second = make_actor(session, ("programme_manager", None))
        assert answered(session, second, contest).answered_by_id == second.user_id


def test_d4_whoever_passed_one_of_the_approvals_does_not_answer_either(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session, offer={"recovery_pct": 50})
        match = ready(session, world)
        matches.reject(session, world.programme, match.ref, reason=REASON, reason_code="other")
        gate = next(gate for gate in match.gates if gate.decided_by_id == world.finance.user_id)
        assert gate.name == "finance"
        finance = session.get_one(User, world.finance.user_id)
        finance.memberships.append(Membership(role=Role.PROGRAMME_MANAGER, created_at=clock.now()))
        session.flush()
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        with pytest.raises(Refused, match="first decision"):
            answered(session, actor_for(finance), contest)


def test_d4_the_database_itself_refuses_an_answer_by_the_first_decider(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        declined(session, world)
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        step = session.begin_nested()
        contest.answered_by_id = contest.first_decider_id
        with pytest.raises(IntegrityError, match="another_person_answers"):
            session.flush()
        step.rollback()


def test_d4_nobody_of_either_side_answers(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        inside = make_actor(session, ("programme_manager", None), ("host", world.host))
        assert is_party(inside, parties_of(contest))
        for actor in (inside, world.hosting, world.manager, world.person):
            with pytest.raises(NotAllowed):
                answered(session, actor, contest)


def test_d4_one_contest_at_a_time_and_never_without_words(store: Engine) -> None:
    with writing(store) as session:
        world = make_world(session)
        with pytest.raises(Invalid):
            contests.ask(session, world.person, world.offer.ref, wording="  ")
        contest = contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        with pytest.raises(Refused, match="asked already"):
            contests.ask(session, world.person, world.offer.ref, wording=WORDING)
        answered(session, world.programme, contest)
        assert contests.ask(session, world.person, world.offer.ref, wording=WORDING).ref != contest.ref


def test_d4_an_application_keeps_its_parts_its_sentence_and_the_notice_that_was_shown(store: Engine) -> None:
    with writing(store) as session:
        application = requested(session, make_world(session))
        assert application.notice_version == notice.version(session)
        assert application.score_parts is not None
        assert sum(application.score_parts.values()) == pytest.approx(application.score)
        assert application.score_sentence


def test_d4_every_version_of_the_notice_can_be_read_again(store: Engine) -> None:
    with writing(store) as session:
        assert notice.version(session, on=date(2024, 7, 1)) in notice.VERSIONS
        assert "within 1 month." in notice.lines(session)[-1]
