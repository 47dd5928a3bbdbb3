"""What anybody can read: home, the search, one placement, how matching works, accessibility."""

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.models.offers import OfferMission, OfferState, Remote
from tests.factories import make_applicant, make_offer, make_organisation
from tests.ui.conftest import Opener
from tests.ui.pages import said as words_of


@pytest.fixture
def offers(world: Engine) -> dict[str, str]:
    """Twelve outward offers, one inward and one that is not open; the refs of some."""
    with writing(world) as session:
        charity, ministry = (
            make_organisation(session, name="Harbour Trust"),
            make_organisation(session, "government"),
        )
        first = make_offer(
            session, charity, title="Debt advice lead", region_code="TLI", remote=Remote.REMOTE
        )
        for n in range(11):
            make_offer(session, charity, title=f"Volunteer planner {n}",
                       missions=[OfferMission(mission_code="GRO", weight=1.0)])  # fmt: skip
        inward = make_offer(session, ministry, title="Prison reform adviser")
        draft = make_offer(session, charity, title="Not open yet", state=OfferState.DRAFT)
        return {"first": first.ref, "inward": inward.ref, "draft": draft.ref}


def test_home_counts_what_is_really_open(offers: dict[str, str], open_page: Opener) -> None:
    page = open_page("")

    said = words_of(page)
    assert not page.exception
    assert "12 placements" in said
    assert "1 placement" in said
    assert "/placements?direction=inward" in said


def test_the_search_announces_how_many_it_found(offers: dict[str, str], open_page: Opener) -> None:
    page = open_page("placements")

    assert [each.value for each in page.info] == ["13 placements found"]
    assert "Not open yet" not in words_of(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"direction": "inward"}, "1 placement found"),
        ({"region": "TLI"}, "1 placement found"),
        ({"mission": "GRO"}, "11 placements found"),
        ({"remote": "remote"}, "1 placement found"),
        ({"text": "debt"}, "1 placement found"),
        ({"level": "10"}, "0 placements found"),
        ({"region": "no such region"}, "13 placements found"),
    ],
)
def test_the_address_holds_the_filters(
    offers: dict[str, str], open_page: Opener, query: dict[str, str], found: str
) -> None:
    assert [each.value for each in open_page("placements", **query).info] == [found]


def test_choosing_a_filter_writes_its_code_in_the_address_and_starts_at_page_one(
    offers: dict[str, str], open_page: Opener
) -> None:
    page = open_page("placements", page=2)
    page.selectbox(key="direction").select("outward").run()

    assert page.query_params["direction"] == "outward"
    assert [each.value for each in page.info] == ["12 placements found"]
    assert page.pagination[0].value == 1
    assert "page" not in page.query_params


def test_a_shared_address_opens_the_page_it_names(offers: dict[str, str], open_page: Opener) -> None:
    page = open_page("placements", page=2)

    assert page.pagination[0].value == 2
    assert page.query_params["page"] == "2"
    assert len([each for each in page.html if "sp-card-title" in each.body]) == 3


def test_a_search_that_finds_nothing_says_what_to_do(offers: dict[str, str], open_page: Opener) -> None:
    said = words_of(open_page("placements", text="zeppelin"))

    assert "Try fewer filters" in said
    assert "Clear the search and all filters" in said


def test_a_placement_says_who_pays_and_asks_the_public_to_sign_in(
    offers: dict[str, str], open_page: Opener
) -> None:
    page = open_page("placement", ref=offers["first"])

    said = words_of(page)
    assert [each.value for each in page.title] == ["Debt advice lead"]
    assert "Who pays" in said
    assert "Sign in to apply" in said
    assert "How well it suits you" not in said


def test_a_placement_tells_an_applicant_how_well_it_suits_and_whether_they_can_go(
    world: Engine, offers: dict[str, str], open_page: Opener
) -> None:
    with writing(world) as session:
        user = make_applicant(session, make_organisation(session, "government")).user
    page = open_page("placement", user, ref=offers["first"])

    said = words_of(page)
    assert not page.exception
    assert "How well it suits you" in said
    assert "out of 100" in said
    assert "Can you go?" in said


def test_what_is_not_public_does_not_exist_for_the_public(offers: dict[str, str], open_page: Opener) -> None:
    assert "There is no such offer" in words_of(open_page("placement", ref=offers["draft"]))
    assert "There is no such offer" in words_of(open_page("placement"))


def test_what_a_host_typed_is_never_read_as_html_or_markdown(world: Engine, open_page: Opener) -> None:
    with writing(world) as session:
        offer = make_offer(session, make_organisation(session), title="<b>Loud</b> *title*",
                           summary="<script>alert(1)</script> [link](https://example.org)")  # fmt: skip
    page = open_page("placements")

    said = words_of(page)
    assert "<script>" not in said
    assert "&lt;b&gt;Loud&lt;/b&gt;" in said
    assert offer.ref in said


def test_how_matching_works_shows_the_points_in_force(world: Engine, open_page: Opener) -> None:
    page = open_page("how-matching-works")

    said = words_of(page)
    assert not page.exception
    assert "What it never reads" in said
    assert "No cut-off" in said
    assert page.table[0].value.iloc[:, 1].tolist() == [
        "20 points", "30 points", "15 points", "15 points", "10 points", "10 points",
    ]  # fmt: skip


def test_the_accessibility_statement_is_dated_and_names_what_falls_short(
    world: Engine, open_page: Opener
) -> None:
    said = words_of(open_page("accessibility"))

    assert "It was prepared on" in said
    assert "What we know falls short" in said
    assert "screen readers" in said
