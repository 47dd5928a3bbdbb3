"""The score learns in shadow; only a manager's dated decision changes it, and going back is always possible."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

import matching
from db.engine import reading, writing
from db.models.applications import Application
from db.models.audit import AuditEvent, StatusChange
from db.models.learning import Impression, Question, ScoreState, ScoreVersion
from db.models.rules import Rule
from programme import clock, encoding, learning, score_rules
from programme.actors import Actor
from programme.errors import IllegalMove, Invalid, NotAllowed, Refused
from tests.factories import make_actor, make_applicant, make_offer, make_organisation
from tests.lifecycle import REASON
from tests.shown import show_pairs

TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=40)


@pytest.fixture
def manager(store: Engine) -> Actor:
    with writing(store) as session:
        return make_actor(session, ("programme_manager", None))


def learnt(store: Engine, manager: Actor, people: int = 40) -> str:
    """The reference of a version in shadow, fitted on ``people`` x 10 outcomes."""
    with clock.frozen(TODAY), writing(store) as session:
        show_pairs(session, people)
        return learning.fit_shadow(session, manager)[0].ref


def promoted(store: Engine, manager: Actor) -> str:
    ref = learnt(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        learning.promote(session, manager, ref, reason=REASON)
    return ref


def points_on(store: Engine, at: datetime) -> dict[str, float]:
    with clock.frozen(at), reading(store) as session:
        return score_rules.points_of(score_rules.settings_on(session, at.date()))


def test_with_too_few_outcomes_nothing_is_fitted_and_the_reason_is_said(
    store: Engine, manager: Actor
) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        show_pairs(session, 4)
        with pytest.raises(Refused, match="There are 40 outcomes"):
            learning.fit_shadow(session, manager)


def test_a_fit_is_kept_in_shadow_with_its_figures_and_ranks_nobody(store: Engine, manager: Actor) -> None:
    before = points_on(store, TODAY)
    ref = learnt(store, manager)
    assert points_on(store, TOMORROW) == before
    with clock.frozen(TODAY), reading(store) as session:
        version = session.scalars(select(ScoreVersion).where(ScoreVersion.ref == ref)).one()
        assert version.state is ScoreState.SHADOW
        assert version.figures["n"] == 400
        assert version.figures["verdict"] == "may be promoted"
        assert version.points["words"] > before["words"]
        assert learning.standing(session, manager).in_the_way == ()


def test_a_decision_writes_dated_rules_that_hold_from_the_next_day(store: Engine, manager: Actor) -> None:
    before = points_on(store, TODAY)
    ref = promoted(store, manager)
    assert points_on(store, TODAY) == before
    after = points_on(store, TOMORROW)
    assert after["words"] > before["words"]
    assert round(sum(after.values()), 9) == 100
    with clock.frozen(TOMORROW), reading(store) as session:
        version = session.scalars(select(ScoreVersion).where(ScoreVersion.ref == ref)).one()
        assert encoding.current_weights(session) == learning.weights_of(version)
        rules = session.scalars(select(Rule).where(Rule.source.contains(ref))).all()
        assert {rule.valid_from for rule in rules} == {TOMORROW.date()}
        assert not any(rule.confirmed for rule in rules)
        (said,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "score_version:promote"))
        assert (said.actor_id, said.reason) == (manager.user_id, REASON)
        assert said.detail["figures"]["n"] == 400
        written = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "rule:add")
        assert session.scalar(written) == len(rules)
        retired = session.scalars(select(ScoreVersion).where(ScoreVersion.state == ScoreState.RETIRED)).one()
        assert retired.points == before


@pytest.mark.parametrize("role", ["host", "auditor", "equality_analyst", "hr_approver"])
def test_only_a_programme_manager_decides(store: Engine, manager: Actor, role: str) -> None:
    ref = learnt(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        other = make_actor(session, (role, make_organisation(session)))
        for act in (learning.promote, learning.roll_back):
            with pytest.raises(NotAllowed):
                act(session, other, ref, reason=REASON)


def test_a_decision_without_a_reason_is_refused_and_changes_nothing(store: Engine, manager: Actor) -> None:
    ref = learnt(store, manager)
    for reason in ("", "Better."):
        with pytest.raises(Invalid), clock.frozen(TODAY), writing(store) as session:
            learning.promote(session, manager, ref, reason=reason)
    with reading(store) as session:
        states = session.scalars(select(ScoreVersion.state).order_by(ScoreVersion.id)).all()
        assert states == [ScoreState.PROMOTED, ScoreState.SHADOW]
        assert (
            session.scalars(select(StatusChange).where(StatusChange.subject == "score_version")).all() == []
        )


def test_a_decision_without_enough_evidence_is_refused(store: Engine, manager: Actor) -> None:
    ref = learnt(store, manager, people=12)
    with clock.frozen(TODAY), writing(store) as session:
        with pytest.raises(Refused, match="from 200 on"):
            learning.promote(session, manager, ref, reason=REASON)
        assert "from 200 on" in learning.standing(session, manager).in_the_way[0]


def test_a_version_fitted_against_other_points_must_be_fitted_again(store: Engine, manager: Actor) -> None:
    ref = learnt(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        for key, value in (("score.stretch_credit", 0.6),):
            old = session.scalars(select(Rule).where(Rule.key == key)).one()
            session.add(
                Rule(key=key, value_number=value, unit=old.unit, what=old.what, valid_from=TODAY.date(),
                     source="By hand", confirmed=False)
            )  # fmt: skip
    with clock.frozen(TODAY), writing(store) as session:
        with pytest.raises(Refused, match="Fit it again"):
            learning.promote(session, manager, ref, reason=REASON)
        fresh = learning.fit_shadow(session, manager)[0]
        learning.promote(session, manager, fresh.ref, reason=REASON)
        assert fresh.settings["stretch_credit"] == 0.6


def test_a_day_has_one_set_of_points(store: Engine, manager: Actor) -> None:
    promoted(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        again = learning.fit_shadow(session, manager)[0]
        again.figures = again.figures | {"verdict": "may be promoted"}
        with pytest.raises(Refused, match="26 November 2026"):
            learning.promote(session, manager, again.ref, reason=REASON)


@pytest.mark.parametrize("days", [0, 1, 30])
def test_going_back_lets_the_points_before_hold_again(store: Engine, manager: Actor, days: int) -> None:
    before = points_on(store, TODAY)
    ref = promoted(store, manager)
    learnt_points = points_on(store, TOMORROW)
    then = TODAY + timedelta(days=days)
    with clock.frozen(then), writing(store) as session:
        learning.roll_back(session, manager, ref, reason=REASON)
    assert points_on(store, then + timedelta(days=1)) == before
    assert points_on(store, then) == (learnt_points if days else before)  # history is not changed
    with clock.frozen(then), reading(store) as session:
        states = session.scalars(select(ScoreVersion.state).order_by(ScoreVersion.id)).all()
        assert states == [ScoreState.PROMOTED, ScoreState.ROLLED_BACK]
    with clock.frozen(then), writing(store) as session, pytest.raises(IllegalMove):
        learning.roll_back(session, manager, ref, reason=REASON)


def test_points_that_were_not_learnt_cannot_be_rolled_back(store: Engine, manager: Actor) -> None:
    learnt(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        base = session.scalars(select(ScoreVersion).where(ScoreVersion.state == ScoreState.PROMOTED)).one()
        with pytest.raises(Refused, match="not learnt"):
            learning.roll_back(session, manager, base.ref, reason=REASON)


@pytest.mark.parametrize(("sense", "advised"), [(1.0, False), (-1.0, True)])
def test_later_outcomes_say_whether_to_go_back(
    store: Engine, manager: Actor, sense: float, advised: bool
) -> None:
    promoted(store, manager)
    with clock.frozen(LATER + timedelta(days=60)), writing(store) as session:
        show_pairs(session, 20, days_ago=50, seed=5, sense=sense)
        later = learning.standing(session, manager).later
        assert later is not None
        assert later.n == 200
        assert later.advised is advised


def test_every_version_ranks_the_past_as_it_was_ranked(store: Engine, manager: Actor) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        government, charity = make_organisation(session, "government"), make_organisation(session)
        people = [make_applicant(session, government, level=level) for level in (3, 4, 5)]
        offers = [make_offer(session, charity, level_max=level) for level in (5, 6)]
        applicants = [encoding.applicant_profile(session, person.id) for person in people]
        profiles = [encoding.offer_profile(session, offer.id) for offer in offers]
    ref = promoted(store, manager)
    ranked = {}
    for at in (TODAY, TOMORROW):
        with clock.frozen(at), reading(store) as session:
            then = matching.Encoder(encoding.current_weights(session))
            ranked[at] = matching.score(then, applicants, profiles)
    with clock.frozen(LATER), writing(store) as session:
        learning.roll_back(session, manager, ref, reason=REASON)
    with clock.frozen(LATER), reading(store) as session:
        first, second = session.scalars(select(ScoreVersion).order_by(ScoreVersion.id))
        for version, at in ((first, TODAY), (second, TOMORROW)):
            again = matching.Encoder(learning.weights_of(version))
            assert (matching.score(again, applicants, profiles) == ranked[at]).all()


def test_a_new_fit_retires_the_one_before(store: Engine, manager: Actor) -> None:
    first = learnt(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        second = learning.fit_shadow(session, manager)[0]
        assert learning.standing(session, manager).shadow == second
        old = session.scalars(select(ScoreVersion).where(ScoreVersion.ref == first)).one()
        assert old.state is ScoreState.RETIRED


def test_shares_are_those_of_the_day_whatever_a_profile_says_now(store: Engine, manager: Actor) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        show_pairs(session, 6)
        row = session.scalars(select(Impression).order_by(Impression.id)).first()
        assert row is not None
        was = learning.evidence(session, manager).accepted.shares.tolist()
        session.get_one(Application, 1).applicant.level = 1
        session.flush()
        assert learning.evidence(session, manager).accepted.shares.tolist() == was
        assert was[0] == [row.shares[part] for part in matching.PART_NAMES]


def test_a_learnt_change_of_accepted_matches_only_is_never_promoted(store: Engine, manager: Actor) -> None:
    ref = learnt(store, manager)
    with clock.frozen(TODAY), writing(store) as session:
        version = session.scalars(select(ScoreVersion).where(ScoreVersion.ref == ref)).one()
        version.question = Question.WENT_WELL
        with pytest.raises(Refused, match="what both sides accept"):
            learning.promote(session, manager, ref, reason=REASON)
