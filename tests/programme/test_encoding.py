"""The catalogue follows every change, and reads again only what changed."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.engine import reading, writing
from db.models.applicants import Applicant, ApplicantSkill, SkillSide
from db.models.offers import OfferState
from programme import audit, clock, encoding
from programme.actors import SYSTEM
from programme.encoding import Catalogue
from tests.factories import make_applicant, make_offer, make_organisation


def people_and_offers(session: Session) -> tuple[list[Applicant], list]:
    """Three people and three offers that the catalogue knows of."""
    government, charity = make_organisation(session, "government"), make_organisation(session)
    people = [make_applicant(session, government) for _ in range(3)]
    offers = [make_offer(session, charity, length_months=months) for months in (3, 6, 9)]
    audit.record(session, SYSTEM, "offer:create", "offer", offers[0])
    return people, offers


def same(one: Catalogue, other: Catalogue) -> bool:
    """Whether two catalogues say the same of everybody."""
    scores = [
        encoding.offers_for(catalogue, catalogue.applicant(i), everything=True).scores
        for catalogue in (one, other)
        for i in range(len(catalogue.applicant_ids))
    ]
    half = len(scores) // 2
    return (
        (one.fingerprint, one.applicant_refs, one.offer_refs)
        == (other.fingerprint, other.applicant_refs, other.offer_refs)
        and all(
            np.array_equal(first, second) for first, second in zip(scores[:half], scores[half:], strict=True)
        )
        and np.array_equal(one.encoded_offers.outward, other.encoded_offers.outward)
    )


def edit_a_person(people: list[Applicant], offers: list) -> tuple[str, object]:
    people[1].summary = "I now write about rivers and housing."
    people[1].skills.append(ApplicantSkill(skill_code="gdad:user-research", side=SkillSide.WANTED, level=2))
    return "applicant", people[1]


def stop_looking(people: list[Applicant], offers: list) -> tuple[str, object]:
    people[0].seeking = False
    return "applicant", people[0]


def close_an_offer(people: list[Applicant], offers: list) -> tuple[str, object]:
    offers[1].state = OfferState.PAUSED
    return "offer", offers[1]


def change_an_offer(people: list[Applicant], offers: list) -> tuple[str, object]:
    offers[2].title, offers[2].days_per_week = "A placement with another name", Decimal(5)
    return "offer", offers[2]


@pytest.mark.parametrize("change", [edit_a_person, stop_looking, close_an_offer, change_an_offer])
def test_a_change_is_taken_in_without_encoding_the_rest_anew(store: Engine, change) -> None:
    with writing(store) as session:
        people, offers = people_and_offers(session)
        session.flush()
        before = encoding.catalogue(session)
        subject, record = change(people, offers)
        audit.record(session, SYSTEM, f"{subject}:change", subject, record)
        session.flush()

        renewed = encoding.catalogue(session)
        encoding.forget()
        fresh = encoding.catalogue(session)

    assert renewed.encoder is before.encoder
    assert renewed.fingerprint != before.fingerprint
    assert same(renewed, fresh)


def test_a_new_offer_joins_the_list_in_the_order_of_ids(store: Engine) -> None:
    with writing(store) as session:
        _, offers = people_and_offers(session)
        before = encoding.catalogue(session)
        new = make_offer(session, offers[0].organisation, length_months=6)
        audit.record(session, SYSTEM, "offer:create", "offer", new)
        session.flush()
        renewed = encoding.catalogue(session)

    assert renewed.encoder is before.encoder
    assert renewed.offer_refs == (*before.offer_refs, new.ref)


def test_an_offer_with_a_length_that_nobody_had_is_taken_in_by_encoding_anew(store: Engine) -> None:
    with writing(store) as session:
        _, offers = people_and_offers(session)
        before = encoding.catalogue(session)
        new = make_offer(session, offers[0].organisation, length_months=11)
        audit.record(session, SYSTEM, "offer:create", "offer", new)
        session.flush()
        renewed = encoding.catalogue(session)

    assert renewed.encoder is not before.encoder
    assert new.ref in renewed.offer_refs


def test_another_day_starts_anew(store: Engine) -> None:
    with writing(store) as session:
        people_and_offers(session)
        before = encoding.catalogue(session)
    with clock.frozen(clock.now() + timedelta(days=1)), reading(store) as session:
        assert encoding.catalogue(session).encoder is not before.encoder


def test_nothing_is_read_again_when_nothing_changed(store: Engine) -> None:
    with writing(store) as session:
        people_and_offers(session)
    with reading(store) as session:
        assert encoding.catalogue(session) is encoding.catalogue(session)
