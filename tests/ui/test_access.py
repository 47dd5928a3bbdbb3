"""Every page opens for the roles that the registry names, and for nobody else."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.models.users import Role
from programme.pages import PAGES, PageSpec
from tests.factories import make_organisation, make_user

VIEWS = Path(__file__).parents[2] / "ui" / "views"
OF_AN_ORGANISATION = (Role.APPLICANT, Role.HOST, Role.LINE_MANAGER)
REFUSED = "You cannot see this page"
NOT_FOUND = "You cannot do this here"


def _person(world: Engine, role: Role) -> int:
    with writing(world) as session:
        organisation = make_organisation(session)
        return make_user(session, (role, organisation if role in OF_AN_ORGANISATION else None)).id


def _title(page: Any) -> str:
    return str(page.title[0].value).replace("\\", "")


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_opens_its_pages_and_is_refused_the_others(role: Role, world: Engine, open_page: Any) -> None:
    user = _person(world, role)
    for spec in PAGES:
        page = open_page(spec.path, user)
        assert not page.exception, f"{spec.path} for {role}: {page.exception}"
        allowed = spec.roles is None or role in spec.roles
        assert (_title(page) != REFUSED) == allowed, f"{spec.path} for {role}"


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.path or "home")
def test_the_public_is_asked_to_sign_in_unless_the_page_is_public(spec: PageSpec, open_page: Any) -> None:
    page = open_page(spec.path)
    assert not page.exception
    assert (_title(page) != "Sign in to see this page") == (spec.roles is None)


def test_every_view_is_in_the_registry_and_every_line_of_it_has_a_view() -> None:
    views = {
        "ui.views." + ".".join(path.relative_to(VIEWS).with_suffix("").parts)
        for path in VIEWS.rglob("*.py")
        if "\ndef render(actor: Actor)" in path.read_text(encoding="utf-8")
    }
    assert views == {spec.view for spec in PAGES}


def test_no_two_pages_share_an_address_or_a_view() -> None:
    assert len({spec.path for spec in PAGES}) == len(PAGES)
    assert len({spec.view for spec in PAGES}) == len(PAGES)
