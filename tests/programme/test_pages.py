"""The page registry."""

from collections import Counter

from db.models.users import Role
from programme.actors import PUBLIC, Actor, ActorMembership
from programme.pages import PAGES, may_open, page_at


def test_no_two_pages_share_an_address_or_a_view() -> None:
    assert max(Counter(page.path for page in PAGES).values()) == 1
    assert max(Counter(page.view for page in PAGES).values()) == 1


def test_the_public_opens_public_pages_only() -> None:
    assert {page.path for page in PAGES if may_open(PUBLIC, page)} == {
        "",
        "placements",
        "placement",
        "how-matching-works",
        "accessibility",
        "register-organisation",
        "who-may-do-what",
    }


def test_every_role_has_somewhere_to_start() -> None:
    for role in Role:
        actor = Actor(1, "Somebody", memberships=(ActorMembership(role),))
        own = [
            page for page in PAGES if page.roles and page.visibility == "visible" and may_open(actor, page)
        ]
        assert own, role


def test_a_page_is_found_by_its_path_with_or_without_slashes() -> None:
    assert page_at("/placements") is page_at("placements")
    assert page_at("nothing") is None
