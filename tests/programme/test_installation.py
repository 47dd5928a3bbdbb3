"""A fresh machine: the store makes itself ready, and a second start changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from db.engine import make_engine, reading, writing
from db.models.offers import Offer
from db.models.users import User
from programme import demonstration, installation, offers, settings
from programme.actors import actor_for
from programme.offers import OfferFields


@pytest.fixture
def fresh(tmp_path: Path) -> Engine:
    """A store that does not exist yet."""
    return make_engine(f"sqlite:///{tmp_path}/data/secondments.db")


def test_the_embedded_store_prepares_itself_and_keeps_what_it_has(fresh: Engine) -> None:
    assert not installation.up_to_date(fresh)
    installation.prepare_embedded(fresh)
    assert installation.up_to_date(fresh)
    assert set(installation.prepare(fresh).values()) == {0}
    fresh.dispose()


def test_invented_people_are_loaded_only_in_demonstration_mode(
    fresh: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "settings", lambda: settings.Settings(demo=False))
    installation.prepare_embedded(fresh)
    with reading(fresh) as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0
    fresh.dispose()


@pytest.mark.postgres
def test_a_database_server_is_left_to_its_operator(
    postgres_store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "settings", lambda: settings.Settings(demo=True))
    installation.prepare_embedded(postgres_store)
    with reading(postgres_store) as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.postgres
def test_after_the_demonstration_is_loaded_on_postgresql_new_records_get_fresh_ids(
    postgres_store: Engine,
) -> None:
    with writing(postgres_store) as session:
        demonstration.load(session)
    demonstration.generate(postgres_store, applicants=30, offers=5, seed=1)
    with writing(postgres_store) as session:
        last = session.scalar(select(func.max(Offer.id)))
        host = session.scalars(select(User).where(User.email == "daniel.okafor@charity.example")).one()
        ours = offers.mine(session, actor_for(host))[0].card.organisation_ref
        made = offers.save_draft(
            session, actor_for(host), OfferFields(title="A new one"), organisation_ref=ours
        )
        assert made.id > last
