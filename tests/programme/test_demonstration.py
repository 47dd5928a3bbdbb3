"""The invented demonstration programme keeps every invariant that the guarded workflow keeps."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.base import Base
from db.engine import make_engine, reading, writing
from db.models.applicants import Applicant, LevelReview
from db.models.applications import Application, ApplicationState
from db.models.audit import AuditEvent, StatusChange
from db.models.matches import Gate, GateState, Match, MatchState
from db.models.offers import Offer, OfferState
from db.models.organisations import Organisation, Sector
from db.models.outcomes import Survey, Wave
from db.models.placements import Placement, PlacementState
from db.models.rounds import MatchingRound
from db.models.users import Membership, Role, User
from programme import clock, demonstration, eligibility
from programme.demonstration import generating
from programme.reference import load_reference
from programme.transitions import TRANSITIONS

TODAY = datetime(2026, 3, 4, 10, tzinfo=UTC)
TRACKED = {
    "offer": Offer, "application": Application, "match": Match, "placement": Placement, "round": MatchingRound,
}  # fmt: skip
FIRST_STATES = ("draft", "proposed", "approved")
RUNNING = ("approved", "vetting", "agreed", "active")
FILLER = ("lorem", "ipsum", "charity 10", "test offer", "placeholder")


@contextmanager
def _database() -> Iterator[Engine]:
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    with writing(engine) as session:
        load_reference(session)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def loaded() -> Iterator[Engine]:
    with _database() as engine, clock.frozen(TODAY):
        with writing(engine) as session:
            demonstration.load(session)
        yield engine


@pytest.fixture
def session(loaded: Engine) -> Iterator[Session]:
    with reading(loaded) as found:
        yield found


def _contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    invented = [
        table
        for table in Base.metadata.sorted_tables
        if table.name in ("users", "offers", "applications", "matches", "surveys")
    ]
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in invented
        }


def test_there_are_as_many_bodies_people_and_open_offers_as_the_programme_promises(session: Session) -> None:
    bodies = session.scalars(select(Organisation)).all()
    hosts = [
        body for body in bodies if body.sector is Sector.CIVIL_SOCIETY and body.verification == "verified"
    ]
    assert len(hosts) >= 40
    assert len({body.income_band for body in hosts}) == 6
    assert len({body.region_code for body in hosts}) == 12
    assert sum(body.sector is Sector.GOVERNMENT for body in bodies) == 20
    assert session.scalar(select(func.count()).select_from(Applicant)) == 400
    published = session.scalars(select(Offer).where(Offer.state == OfferState.PUBLISHED)).all()
    assert len(published) == 160
    assert len({offer.direction for offer in published}) == 2


def test_everything_invented_says_so(session: Session) -> None:
    for model in (Organisation, User, Applicant, Offer, Placement):
        assert all(row.is_demo for row in session.scalars(select(model)))
    for body in session.scalars(select(Organisation)):
        assert body.about.endswith("invented for the demonstration.")
        if body.sector is Sector.GOVERNMENT:
            assert body.name.endswith("(demonstration)")
    for user in session.scalars(select(User)):
        assert user.email.endswith(".example")
        assert user.password_hash is None


def test_no_two_offers_share_a_title_or_a_summary_and_none_is_filler(session: Session) -> None:
    offers = session.scalars(select(Offer)).all()
    assert len({offer.title for offer in offers}) == len(offers)
    assert len({offer.summary for offer in offers}) == len(offers)
    for offer in offers:
        words = f"{offer.title} {offer.summary} {offer.tasks} {offer.learning}".lower()
        assert not any(filler in words for filler in FILLER)
        assert "{" not in words
        assert sum(mission.weight for mission in offer.missions) == pytest.approx(1)


def test_no_two_people_have_the_same_summary(session: Session) -> None:
    summaries = session.scalars(select(Applicant.summary)).all()
    assert len(set(summaries)) == len(summaries)
    assert not any("{" in summary for summary in summaries)


def test_every_state_has_something_to_show(session: Session) -> None:
    for model, states in (
        (Application, ApplicationState),
        (Match, MatchState),
        (Placement, PlacementState),
        (Offer, OfferState),
    ):
        held = set(session.scalars(select(model.state)))
        assert held == set(states)
    gates = set(session.scalars(select(Gate.state)))
    assert gates >= {GateState.WAITING, GateState.PASSED, GateState.RETURNED, GateState.NOT_NEEDED}


def test_history_is_made_of_moves_of_the_workflow_table_and_ends_where_the_record_stands(
    session: Session,
) -> None:
    known = {(move.subject, move.action, move.source, move.target) for move in TRANSITIONS}
    last: dict[tuple[str, int], StatusChange] = {}
    for step in session.scalars(select(StatusChange).order_by(StatusChange.at, StatusChange.id)):
        assert (step.subject, step.action, step.source, step.target) in known
        key = (step.subject, step.subject_id)
        assert step.at <= TODAY
        if key in last:
            assert last[key].target == step.source, key
        last[key] = step
    for subject, model in TRACKED.items():
        for row in session.scalars(select(model)):
            step = last.get((subject, row.id))
            if step is None:
                assert row.state in FIRST_STATES
            else:
                assert step.target == row.state
                assert step.at == row.state_since_at


def test_every_step_has_its_audit_row_and_every_decision_its_reason(session: Session) -> None:
    needs = {(move.subject, move.action): move for move in TRANSITIONS}
    audited = Counter(
        (event.subject, event.subject_id, event.action, event.at)
        for event in session.scalars(select(AuditEvent))
    )
    for step in session.scalars(select(StatusChange)):
        assert audited[(step.subject, step.subject_id, f"{step.subject}:{step.action}", step.at)] >= 1
        move = needs[(step.subject, step.action)]
        if move.needs_reason:
            assert len(step.reason) >= 20, (step.subject, step.action)
        if move.reason_kind:
            assert step.reason_code


def test_places_taken_are_the_placements_that_were_not_cancelled(session: Session) -> None:
    kept = Counter(
        session.scalars(select(Placement.offer_id).where(Placement.state != PlacementState.CANCELLED))
    )
    for offer in session.scalars(select(Offer)):
        assert offer.places_taken == kept[offer.id] <= offer.capacity


def test_nobody_has_two_running_placements_and_dates_fit_the_state(session: Session) -> None:
    placements = session.scalars(select(Placement)).all()
    running = Counter(row.applicant_id for row in placements if row.state in RUNNING)
    assert max(running.values()) == 1
    today = TODAY.date()
    for row in placements:
        assert row.starts_on <= row.ends_on
        if row.state is PlacementState.ACTIVE:
            assert row.starts_on <= today <= row.ends_on
        if row.state in (PlacementState.APPROVED, PlacementState.VETTING, PlacementState.AGREED):
            assert row.starts_on > today
        if row.ended_on is not None:
            assert row.ended_on <= today
        assert (row.early_end_code is not None) == any(
            step == "end_early"
            for step in session.scalars(
                select(StatusChange.action).where(
                    StatusChange.subject == "placement", StatusChange.subject_id == row.id
                )
            )
        )


def test_approved_matches_have_passed_every_gate_and_were_not_approved_by_a_party(session: Session) -> None:
    for match in session.scalars(select(Match).where(Match.state == MatchState.APPROVED)):
        assert all(gate.state in (GateState.PASSED, GateState.NOT_NEEDED) for gate in match.gates)
        assert all(gate.decided_by_id for gate in match.gates if gate.state is GateState.PASSED)


def test_surveys_are_answered_only_after_they_open_and_not_all_are(session: Session) -> None:
    surveys = session.scalars(select(Survey)).all()
    answered = [survey for survey in surveys if survey.answered_at]
    due = [survey for survey in surveys if survey.due_on < TODAY.date()]
    assert all(survey.answers and survey.answered_at.date() > survey.opens_on for survey in answered)
    assert any(survey.answered_at is None for survey in due)
    assert {survey.wave for survey in answered} == set(Wave)


def test_each_role_has_an_identity_and_two_managers_of_whom_one_is_a_party(session: Session) -> None:
    emails = {identity.email for identity in demonstration.identities()}
    users = session.scalars(select(User).where(User.email.in_(emails))).all()
    assert len(users) == len(emails)
    assert {m.role for user in users for m in user.memberships} == set(Role)
    managers = session.scalars(select(Membership).where(Membership.role == Role.PROGRAMME_MANAGER)).all()
    assert sorted(member.organisation_id is None for member in managers) == [False, True]


@pytest.mark.parametrize(
    ("email", "host"),
    [
        ("amara.osei@department.example", "Lantern Street"),
        ("leila.haddad@charity.example", "Department for Homes"),
    ],
)
def test_the_applicant_at_the_centre_is_free_and_can_go_to_many_offers(
    session: Session, email: str, host: str
) -> None:
    person = session.scalars(select(Applicant).join(Applicant.user).where(User.email == email)).one()
    assert person.level in (6, 7)
    assert person.line_manager_id
    assert not session.scalars(select(Placement).where(Placement.applicant_id == person.id)).all()
    published = session.scalars(select(Offer).where(Offer.state == OfferState.PUBLISHED)).all()
    can = [o for o in published if all(r.answer != "no" for r in eligibility.rulings(session, person, o))]
    assert len(can) >= 15
    assert any(offer.organisation.name.startswith(host) for offer in can)


def test_a_match_that_waits_breaks_no_eligibility_rule(session: Session) -> None:
    waiting = session.scalars(select(Match).where(Match.state == MatchState.IN_APPROVAL)).all()
    assert len(waiting) >= 10
    for match in waiting:
        assert all(r.answer != "no" for r in eligibility.rulings(session, match.applicant, match.offer))


def test_unknown_grades_wait_for_a_person(session: Session) -> None:
    waiting = session.scalars(select(Applicant).where(Applicant.level.is_(None))).all()
    reviews = set(session.scalars(select(LevelReview.applicant_id).where(LevelReview.decided_at.is_(None))))
    assert waiting
    assert {person.id for person in waiting} == reviews


def test_loading_again_changes_nothing(loaded: Engine) -> None:
    with writing(loaded) as session:
        assert demonstration.load(session) == {}


def test_the_same_day_and_seed_give_the_same_programme(loaded: Engine) -> None:
    with _database() as engine:
        with clock.frozen(TODAY), writing(engine) as session:
            demonstration.load(session)
        assert _contents(engine) == _contents(loaded)


def test_a_generated_programme_has_the_size_asked_for_and_repeats() -> None:
    seen = []
    for _ in range(2):
        calls: list[tuple[int, int]] = []
        with _database() as engine:
            with clock.frozen(TODAY):
                counts = demonstration.generate(
                    engine,
                    applicants=300,
                    offers=40,
                    seed=7,
                    progress=lambda done, total, c=calls: c.append((done, total)),
                )
            assert (counts["applicants"], counts["offers"]) == (300, 40)
            assert calls[-1] == (340, 340)
            seen.append(_contents(engine))
    assert seen[0] == seen[1]


def test_two_generated_programmes_live_side_by_side() -> None:
    with _database() as engine, clock.frozen(TODAY), writing(engine) as session:
        generating.generate(session, applicants=50, offers=10, seed=1)
        generating.generate(session, applicants=50, offers=10, seed=1)
        assert session.scalar(select(func.count()).select_from(Applicant)) == 100
