"""Many people decide at once: the database lets one of them win, and tells the others in plain words."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine, func, select

from db.engine import reading
from db.engine import writing as db_writing
from db.models.audit import StatusChange
from db.models.matches import Match, MatchState
from db.models.offers import Offer, OfferState
from db.models.placements import Placement
from programme import matches, placements
from programme.actors import Actor
from programme.errors import Refused
from programme.store import writing
from tests.factories import make_actor, make_offer
from tests.lifecycle import REASON, another_person, make_world, ready

THREADS = 20
DONE = "done"


def at_once(store: Engine, tasks: list[Callable[[Engine], None]]) -> list[str]:
    """What each task said (``done``, or the message of its refusal), all started at the same moment."""
    start = Barrier(len(tasks))

    def one(task: Callable[[Engine], None]) -> str:
        start.wait()
        try:
            task(store)
        except Refused as refusal:
            return refusal.message
        return DONE

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(one, tasks))


def approval(ref: str, actor: Actor) -> Callable[[Engine], None]:
    """One approval in its own transaction, as a page does it."""

    def approve(store: Engine) -> None:
        with writing(store) as session:
            matches.approve(session, actor, ref, reason=REASON)

    return approve


def refused_clearly(said: list[str]) -> bool:
    """Whether every refusal says in plain words what happened."""
    plain = ("Every place on this offer has been taken", "Somebody else changed this", "This match is approved",
             "This person already has a placement", "This match is lapsed", "This offer is no longer open")  # fmt: skip
    return all(message.startswith(plain) for message in said if message != DONE)


def test_twenty_people_approve_the_last_place_at_once_and_one_wins(store: Engine) -> None:
    with db_writing(store) as session:
        world = make_world(session)
        refs = [ready(session, world).ref]
        refs += [ready(session, another_person(session, world)).ref for _ in range(THREADS - 1)]
        managers = [make_actor(session, ("programme_manager", None)) for _ in range(THREADS)]
        offer_id = world.offer.id

    said = at_once(store, [approval(ref, actor) for ref, actor in zip(refs, managers, strict=True)])

    assert said.count(DONE) == 1
    assert refused_clearly(said), said
    with reading(store) as session:
        offer = session.get_one(Offer, offer_id)
        assert (offer.places_taken, offer.state) == (1, OfferState.FILLED)
        assert session.scalar(select(func.count(Placement.id))) == 1
        assert session.scalar(select(func.count(Match.id)).where(Match.state == MatchState.APPROVED)) == 1


def test_twenty_people_approve_the_same_match_at_once_and_one_wins(store: Engine) -> None:
    with db_writing(store) as session:
        world = make_world(session, offer={"capacity": 5})
        ref = ready(session, world).ref
        managers = [make_actor(session, ("programme_manager", None)) for _ in range(THREADS)]
        offer_id = world.offer.id

    said = at_once(store, [approval(ref, actor) for actor in managers])

    assert said.count(DONE) == 1
    assert refused_clearly(said), said
    with reading(store) as session:
        assert session.get_one(Offer, offer_id).places_taken == 1
        assert session.scalar(select(func.count(Placement.id))) == 1
        decided = select(func.count(StatusChange.id)).where(
            StatusChange.subject == "match", StatusChange.action == "approve"
        )
        assert session.scalar(decided) == 1


def test_one_person_matched_with_many_offers_gets_one_placement(store: Engine) -> None:
    with db_writing(store) as session:
        world = make_world(session)
        refs = [ready(session, world).ref]
        for _ in range(4):
            world.offer = make_offer(session, world.host)
            refs.append(ready(session, world).ref)
        managers = [make_actor(session, ("programme_manager", None)) for _ in refs]

    said = at_once(store, [approval(ref, actor) for ref, actor in zip(refs, managers, strict=True)])

    assert said.count(DONE) == 1
    assert refused_clearly(said), said
    with reading(store) as session:
        assert session.scalar(select(func.count(Placement.id))) == 1
        assert session.scalar(select(func.sum(Offer.places_taken))) == 1


def test_three_places_go_to_three_of_eight(store: Engine) -> None:
    with db_writing(store) as session:
        world = make_world(session, offer={"capacity": 3})
        refs = [ready(session, another_person(session, world)).ref for _ in range(8)]
        actor, offer_id = world.programme, world.offer.id

    said = at_once(store, [approval(ref, actor) for ref in refs])

    assert said.count(DONE) == 3
    assert refused_clearly(said), said
    with reading(store) as session:
        assert session.get_one(Offer, offer_id).places_taken == 3


def test_a_cancelled_place_is_given_back_once_however_many_cancel(store: Engine) -> None:
    with db_writing(store) as session:
        world = make_world(session)
        placement = matches.approve(session, world.programme, ready(session, world).ref, reason=REASON)
        ref, offer_id, actor = placement.ref, world.offer.id, world.programme

    def cancel(store: Engine) -> None:
        with writing(store) as session:
            placements.act(session, actor, ref, "cancel", reason=REASON, reason_code="changed_plans")

    said = at_once(store, [cancel] * 8)

    assert said.count(DONE) == 1
    with reading(store) as session:
        offer = session.get_one(Offer, offer_id)
        assert (offer.places_taken, offer.state) == (0, OfferState.PUBLISHED)
