"""Lists are moved to clear the market by named points; scores and rounds never are."""

import numpy as np
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from db.engine import reading, writing
from db.models.rules import Rule
from programme import encoding, list_effect, recommendations, rounds
from programme.actors import actor_for
from programme.round_cohort import RoundSettings
from tests.factories import make_actor, make_applicant, make_offer, make_organisation


def crowd(session: Session) -> None:
    """Six people who all suit two offers, one of them a little better."""
    government, charity = make_organisation(session, "government"), make_organisation(session)
    for _ in range(6):
        make_applicant(session, government)
    make_offer(session, charity)
    make_offer(session, charity, level_min=6, level_max=6, stretch_ok=True)
    session.flush()


def switch_off(session: Session) -> None:
    session.execute(update(Rule).where(Rule.key == "list.order").values(value_text="off"))
    session.flush()
    encoding.forget()


def test_a_list_is_in_the_order_of_the_score_and_the_named_points(store: Engine) -> None:
    with writing(store) as session:
        crowd(session)
        catalogue = encoding.catalogue(session)
        ranked = encoding.offers_for(catalogue, catalogue.applicant(0))
        moved = ranked.scores + catalogue.offer_lifts

    assert catalogue.offer_lifts.any()
    assert (np.diff(moved[ranked.rows]) <= 0).all()


def test_switched_off_the_list_follows_the_score_alone(store: Engine) -> None:
    with writing(store) as session:
        crowd(session)
        switch_off(session)
        catalogue = encoding.catalogue(session)
        ranked = encoding.offers_for(catalogue, catalogue.applicant(0))

    assert not catalogue.offer_lifts.any()
    assert (np.diff(ranked.scores[ranked.rows]) <= 0).all()


def test_the_order_of_lists_moves_no_score_and_no_round(store: Engine) -> None:
    with writing(store) as session:
        crowd(session)
        manager = make_actor(session, ("programme_manager", None))
        person = make_applicant(session, make_organisation(session, "government"))
        found = []
        for switch in (lambda _: None, switch_off):
            switch(session)
            encoding.forget()
            listed = recommendations.for_applicant(session, actor_for(person.user))
            made = rounds.run(session, manager, RoundSettings(name="June"))
            found.append(
                (
                    {item.offer.ref: item.score for item in listed.items},
                    {(p.applicant_id, p.offer_id): p.score for p in made.proposals},
                )
            )

    assert found[0] == found[1]


def test_the_effect_compares_both_orders_on_todays_lists(store: Engine) -> None:
    with writing(store) as session:
        crowd(session)
        manager = make_actor(session, ("programme_manager", None))
    with reading(store) as session:
        effect = list_effect.effect(session, manager)

    assert effect is not None
    assert effect.in_force
    assert effect.balanced.placements >= 0
    assert effect.by_score.offers_without_applications >= 0


def test_without_anybody_there_is_no_effect_to_show(store: Engine) -> None:
    with writing(store) as session:
        manager = make_actor(session, ("programme_manager", None))
        assert list_effect.effect(session, manager) is None
