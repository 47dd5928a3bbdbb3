"""Permissions: one table, read by one function, and no way round it."""

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.models.users import Role
from programme.actors import PUBLIC, SYSTEM
from programme.errors import NotAllowed
from programme.permissions import GRANTS, ROLE_WORDS, SYSTEM_PERMISSIONS, Permission, may, require
from tests.factories import make_actor, make_applicant, make_offer, make_organisation


def test_every_permission_is_granted_to_somebody() -> None:
    granted = {grant.permission for grant in GRANTS} | SYSTEM_PERMISSIONS
    assert set(Permission) - granted == set()


def test_every_role_has_words_for_messages() -> None:
    assert set(ROLE_WORDS) == set(Role)


def test_permissions_are_listed_in_alphabetical_order() -> None:
    values = [permission.name for permission in Permission]
    assert values == sorted(values)


@pytest.mark.parametrize("permission", [p for p in Permission if p is not Permission.SYSTEM])
def test_the_public_may_do_nothing_that_needs_a_grant(permission: Permission) -> None:
    assert not may(PUBLIC, permission)


@pytest.mark.parametrize(
    "permission",
    [
        Permission.MATCH_APPROVE,
        Permission.OFFER_PUBLISH,
        Permission.APPLICATION_RELEASE,
        Permission.APPLICATION_DECIDE,
        Permission.ROUND_DECIDE,
        Permission.ORGANISATION_VERIFY,
        Permission.LEVEL_DECIDE,
    ],
)
def test_the_clockwork_decides_nothing_that_needs_a_person(permission: Permission) -> None:
    assert not may(SYSTEM, permission)


def test_a_host_may_write_only_offers_of_its_own_organisation(store: Engine) -> None:
    with writing(store) as session:
        ours, theirs = make_organisation(session), make_organisation(session)
        host = make_actor(session, ("host", ours))
        assert may(host, Permission.OFFER_WRITE, make_offer(session, ours))
        assert not may(host, Permission.OFFER_WRITE, make_offer(session, theirs))


def test_a_programme_manager_who_belongs_to_a_party_may_not_publish_its_offers(store: Engine) -> None:
    with writing(store) as session:
        ours, theirs = make_organisation(session), make_organisation(session)
        manager = make_actor(session, ("programme_manager", None), ("host", ours))
        assert not may(manager, Permission.OFFER_PUBLISH, make_offer(session, ours))
        assert may(manager, Permission.OFFER_PUBLISH, make_offer(session, theirs))


def test_a_person_reads_their_own_profile_and_nobody_elses(store: Engine) -> None:
    with writing(store) as session:
        home = make_organisation(session, "government")
        person, other = make_applicant(session, home), make_applicant(session, home)
        actor = make_actor(session, ("applicant", home))
        person.user_id = actor.user_id
        assert may(actor, Permission.PROFILE_VIEW, person)
        assert not may(actor, Permission.PROFILE_VIEW, other)


def test_a_refusal_says_who_could_do_it(store: Engine) -> None:
    with writing(store) as session:
        host = make_actor(session, ("host", make_organisation(session)))
        with pytest.raises(NotAllowed, match="a programme manager who belongs to neither organisation"):
            require(host, Permission.OFFER_PUBLISH, make_offer(session, make_organisation(session)))
