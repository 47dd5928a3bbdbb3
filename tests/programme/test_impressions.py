"""What a list has shown is kept once a day for each pair and side, with the shares of that day and no name."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import reading, writing
from db.models.learning import Impression, ShownTo
from programme import candidates, clock, impressions, recommendations
from programme.errors import NotAllowed, NotFound
from tests.factories import make_offer
from tests.lifecycle import World, another_person, make_world

TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


def kept(session: Session) -> list[Impression]:
    return list(session.scalars(select(Impression).order_by(Impression.id)))


def look(session: Session, world: World) -> int:
    """The person looks at their list; how many impressions were new."""
    found = recommendations.for_applicant(session, world.person)
    return impressions.record_impressions(session, world.person, found)


def test_a_persons_list_is_kept_with_places_and_shares(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        make_offer(session, world.host, level_min=6, level_max=6)
        found = recommendations.for_applicant(session, world.person, include_ineligible=True)
        assert impressions.record_impressions(session, world.person, found) == found.total - 1
        (row,) = kept(session)
        assert (row.shown_to, row.shown_on, row.position) == (ShownTo.APPLICANT, TODAY.date(), 1)
        assert (row.applicant_id, row.offer_id) == (world.applicant.id, world.offer.id)
        assert row.model_version == found.model_version
        item = found.items[0]
        for part, share in row.shares.items():
            assert 0 <= share <= 1
            assert abs(share * item.out_of[part] - item.parts[part]) < 1e-4


def test_a_pair_counts_once_a_day_and_side(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        assert look(session, world) == 1
        assert look(session, world) == 0
        hosts = candidates.for_offer(session, world.hosting, world.offer.ref)
        assert impressions.record_impressions(session, world.hosting, hosts) == 1
        assert impressions.record_impressions(session, world.hosting, hosts) == 0
    with clock.frozen(TODAY + timedelta(days=1)), writing(store) as session:
        assert look(session, world) == 1
        assert len(kept(session)) == 3


def test_only_the_readers_own_list_is_evidence(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        other = another_person(session, world)
        mine = recommendations.for_applicant(session, world.person)
        theirs = candidates.for_offer(session, world.hosting, world.offer.ref)
        for actor, shown in (
            (other.person, mine),
            (world.programme, mine),
            (world.programme, theirs),
            (world.person, theirs),
        ):
            with pytest.raises(NotAllowed):
                impressions.record_impressions(session, actor, shown)
        assert kept(session) == []


def test_a_list_of_nobody_is_refused_and_an_empty_one_keeps_nothing(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        nobody = recommendations.Recommendations("PER-NOBODY", "m", "f", total=0, items=())
        with pytest.raises(NotFound):
            impressions.record_impressions(session, world.person, nobody)
        empty = recommendations.Recommendations(world.applicant.ref, "m", "f", total=0, items=())
        assert impressions.record_impressions(session, world.person, empty) == 0


def test_an_impression_names_nobody() -> None:
    assert set(Impression.__table__.columns.keys()) == {
        "id", "applicant_id", "offer_id", "shown_to", "shown_on", "position", "model_version", "shares",
    }  # fmt: skip


def test_a_person_who_is_erased_takes_their_impressions_along(store: Engine) -> None:
    with clock.frozen(TODAY), writing(store) as session:
        world = make_world(session)
        look(session, world)
        session.delete(world.applicant)
    with reading(store) as session:
        assert kept(session) == []
