"""What counts as a good outcome, what as a bad one, and what says nothing yet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import matching
from db.engine import writing
from db.models.applications import Application, ApplicationState
from db.models.learning import Impression, Question, ScoreState, ScoreVersion, ShownTo
from db.models.matches import Match, MatchState
from db.models.outcomes import Survey, Wave
from db.models.placements import Placement, PlacementState
from programme import clock, learning, score_evidence
from programme.errors import NotFound, Refused
from tests.lifecycle import World, approved, make_world, requested, selected

TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
SHARES = dict.fromkeys(matching.PART_NAMES, 0.5)


def show(
    session: Session, world: World, *, days_ago: int = 60, shares: dict[str, float] | None = None
) -> None:
    """Put the world's pair on the person's list, so many days ago."""
    session.add(
        Impression(
            applicant_id=world.applicant.id, offer_id=world.offer.id, shown_to=ShownTo.APPLICANT,
            shown_on=clock.today() - timedelta(days=days_ago), position=1, model_version="test",
            shares=shares or SHARES,
        )
    )  # fmt: skip
    session.flush()


@pytest.mark.parametrize(("days_ago", "good", "undecided"), [(27, [], 1), (28, [0], 0)])
def test_a_pair_that_nobody_took_up_is_not_good_once_there_was_time(
    store: Engine, days_ago: int, good: list[int], undecided: int
) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        show(session, make_world(session), days_ago=days_ago)
        found = score_evidence.collect(session)
        assert found.accepted.good.tolist() == good
        assert found.undecided == undecided


@pytest.mark.parametrize("state", list(ApplicationState))
def test_an_application_is_good_bad_or_undecided_by_what_both_sides_said(
    store: Engine, state: ApplicationState
) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        show(session, world)
        requested(session, world).state = state
        session.flush()
        said = {
            ApplicationState.SELECTED: [1],
            ApplicationState.NOT_SELECTED: [0],
            ApplicationState.WITHDRAWN: [0],
        }.get(state, [])
        assert score_evidence.collect(session).accepted.good.tolist() == said


@pytest.mark.parametrize("state", list(MatchState))
def test_a_match_that_both_accepted_is_good_whatever_an_approver_said(
    store: Engine, state: MatchState
) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        show(session, world)
        match = selected(session, world)
        application = session.get_one(Application, match.application_id)
        application.state = ApplicationState.NOT_SELECTED
        match.state = state
        session.flush()
        good = {MatchState.IN_APPROVAL: [1], MatchState.APPROVED: [1], MatchState.REJECTED: [1],
                MatchState.DECLINED: [0], MatchState.WITHDRAWN: [0]}.get(state, [])  # fmt: skip
        assert score_evidence.collect(session).accepted.good.tolist() == good


def test_a_pair_that_was_never_shown_is_no_evidence(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        selected(session, make_world(session))
        assert len(score_evidence.collect(session).accepted) == 0


def test_the_first_showing_counts_and_one_with_other_parts_does_not(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world, other = make_world(session), make_world(session)
        show(session, world, days_ago=60)
        show(session, world, days_ago=50, shares=dict.fromkeys(matching.PART_NAMES, 0.9))
        show(session, other, shares={"an old part": 1.0})
        found = score_evidence.collect(session).accepted
        assert found.shares.tolist() == [[0.5] * 6]
        assert found.shown_on == (TODAY.date() - timedelta(days=60),)
        assert len(found.since(date(2026, 11, 1))) == 0


@pytest.mark.parametrize(
    ("early", "answers", "good"),
    [
        (False, {"secondee": 5, "host": 4}, [1]),
        (False, {"secondee": 5, "host": 3}, [0]),
        (False, {"secondee": 4}, [1]),
        (True, {"secondee": 5, "host": 5}, [0]),
        (True, {}, [0]),
        (False, {}, []),
    ],
)
def test_a_placement_went_well_when_it_ran_its_course_and_all_who_answered_say_so(
    store: Engine, early: bool, answers: dict[str, int], good: list[int]
) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        show(session, world)
        placement = approved(session, world)
        ended(session, placement, early=early, answers=answers)
        found = score_evidence.collect(session)
        assert found.went_well.good.tolist() == good
        assert found.accepted.good.tolist() == [1]


def ended(session: Session, placement: Placement, *, early: bool, answers: dict[str, int]) -> None:
    """Let the placement be over, with these answers to the question that decides."""
    placement.state = PlacementState.ENDED_EARLY if early else PlacementState.ENDED
    placement.early_end_code = "other" if early else None
    for survey in session.scalars(select(Survey).where(Survey.wave == Wave.T2)):
        if survey.respondent.value in answers:
            survey.answers, survey.answered_at = {"F6a": answers[survey.respondent.value]}, clock.now()
    session.flush()


def test_how_it_would_go_is_never_said_of_a_pair_that_nobody_accepted(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        show(session, world)
        match = selected(session, world)
        model = {"intercept": 0.0, "weights": dict.fromkeys(matching.PART_NAMES, 1.0), "tau": None}
        assert learning.chance_of_going_well(session, world.programme, match.ref) is None
        session.add(
            ScoreVersion(
                question=Question.WENT_WELL, state=ScoreState.SHADOW, state_since_at=clock.now(), settings={},
                points={}, models={"before": model, "after": model}, created_at=clock.now(),
            )
        )  # fmt: skip
        session.flush()
        chance = learning.chance_of_going_well(session, world.programme, match.ref)
        assert chance == pytest.approx(0.9526, abs=1e-4)
        for state in set(MatchState) - {MatchState.IN_APPROVAL, MatchState.APPROVED}:
            session.get_one(Match, match.id).state = state
            with pytest.raises(Refused, match="have not accepted"):
                learning.chance_of_going_well(session, world.programme, match.ref)
        with pytest.raises(NotFound):
            learning.chance_of_going_well(session, world.programme, "MAT-NOBODY")
