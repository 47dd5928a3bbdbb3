"""Guards: each says in plain words what is missing, and nothing when all is well."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.models.offers import OfferMission
from db.models.organisations import Verification
from db.models.placements import VatTreatment
from db.queries import outcomes as outcome_queries
from programme import clock, guards, placements, workflow
from tests.factories import in_days
from tests.lifecycle import approved, drafted, make_world, offer_from_today, ready, selected, terms_of


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, None),
        ({"summary": ""}, "Add a summary first."),
        ({"tasks": "", "learning": ""}, "Add what the person will do, what they will learn first."),
        ({"missions": []}, "Add at least one mission first."),
        ({"skills": []}, "Add at least one skill first."),
        (
            {"missions": [OfferMission(mission_code="NHS", weight=0.9)]},
            "The mission weights must add up to 100%. Change them so that they do.",
        ),
    ],
)
def test_an_offer_is_complete_or_says_what_to_add(
    sqlite_store: Engine, values: dict, message: str | None
) -> None:
    with writing(sqlite_store) as session:
        assert guards.offer_complete(session, make_world(session, offer=values).offer) == message


def test_c1_only_a_verified_body_has_a_live_offer(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        assert guards.host_verified(session, world.offer) is None
        for verification in (Verification.PENDING, Verification.REFUSED):
            world.host.verification = verification
            assert "has not been verified" in (guards.host_verified(session, world.offer) or "")


def test_g5_a_start_that_vetting_cannot_meet_names_the_first_day_that_it_can(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer={"vetting_code": "dv", "start_to_on": in_days(100)})
        message = guards.vetting_fits_start(session, world.offer) or ""
        assert "Move the latest start to" in message
        world.offer.start_to_on = in_days(400)
        assert guards.vetting_fits_start(session, world.offer) is None


def test_an_offer_with_somebody_on_it_is_not_withdrawn(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer={"capacity": 2})
        assert guards.no_place_taken(session, world.offer) is None
        approved(session, world)
        assert "Someone has been approved" in (guards.no_place_taken(session, world.offer) or "")


def test_every_heading_of_the_business_case_is_asked_for_by_name(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        application = drafted(session, make_world(session))
        assert guards.business_case_complete(session, application) is None
        for field, words in guards.CASE_HEADINGS:
            kept = getattr(application, field)
            setattr(application, field, "  ")
            assert (
                guards.business_case_complete(session, application)
                == f"Write about {words} before you send this."
            )
            setattr(application, field, kept)


def test_a_match_whose_release_ends_before_the_start_says_so(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        match = ready(session, world)
        assert guards.match_dates_fit(session, match) is None
        world.applicant.contract_end_on = world.offer.start_from_on - timedelta(days=1)
        assert "cannot start before" in (guards.match_dates_fit(session, match) or "")


def test_all_that_stands_in_the_way_of_an_approval_is_listed(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer={"recovery_pct": 10})
        match = selected(session, world)
        assert workflow.refusals(session, match, "approve") == ("Still waiting for: finance.",)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("vat_treatment", VatTreatment.UNDETERMINED, "VAT"),
        ("objectives", [], "at least one objective"),
        ("host_supervisor", "", "host supervisor"),
    ],
)
def test_terms_are_not_complete_without_each_part(
    sqlite_store: Engine, field: str, value: Any, words: str
) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        placement = approved(session, world)
        placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
        placement.vat_treatment = VatTreatment.STANDARD
        assert guards.terms_complete(session, placement) is None
        setattr(placement, field, value)
        assert words in (guards.terms_complete(session, placement) or "")


def test_s5_an_agreement_does_not_outlast_the_home_contract(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        placement = approved(session, world)
        placements.propose_terms(session, world.hosting, placement.ref, terms_of(placement))
        placement.vat_treatment = VatTreatment.STANDARD
        world.applicant.contract_end_on = placement.ends_on
        assert guards.terms_complete(session, placement) is None
        world.applicant.contract_end_on = placement.ends_on - timedelta(days=1)
        assert "home contract ends" in (guards.terms_complete(session, placement) or "")


def test_the_file_closes_when_everybody_answered_or_the_time_is_over(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session, offer=offer_from_today())
        placement = approved(session, world)
        placement.ended_on = placement.ends_on
        assert "not complete yet" in (guards.follow_up_due(session, placement) or "")
        last = [
            s for s in outcome_queries.for_placement(session, placement_id=placement.id) if s.wave == "t4"
        ]
        for survey in last[:-1]:
            survey.answered_at = clock.now()
        assert guards.follow_up_due(session, placement) is not None
        last[-1].answered_at = clock.now()
        assert guards.follow_up_due(session, placement) is None
        last[-1].answered_at = None
        day = placement.ended_on + timedelta(days=401)
        with clock.frozen(clock.now().replace(year=day.year, month=day.month, day=day.day)):
            assert guards.follow_up_due(session, placement) is None
