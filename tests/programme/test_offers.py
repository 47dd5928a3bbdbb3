"""Posting, checking and finding offers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.audit import AuditEvent
from db.models.notifications import Notification
from db.models.offers import OfferMission, OfferSkill, OfferState, SkillUse
from db.models.organisations import Verification
from programme import clock, offers
from programme.actors import PUBLIC, Actor
from programme.errors import AlreadyDecided, IllegalMove, Invalid, NotAllowed, NotFound, Refused
from programme.offers import OfferFields, OfferFilters
from tests.factories import in_days, make_actor, make_applicant, make_offer, make_organisation

REASON = "The tasks are too thin to judge. Say more."


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    with writing(store) as session:
        yield session


def _fields(**values: object) -> OfferFields:
    return replace(
        OfferFields(
            title="Data adviser",
            summary="Help us see where demand rises.",
            tasks="Bring the figures together.",
            learning="How a small charity decides.",
            missions=(("OPP", 0.6), ("NHS", 0.4)),
            needs=(("beh:working-together", 2, True),),
            teaches=(("beh:leadership", 2),),
            start_from_on=in_days(90),
            start_to_on=in_days(180),
        ),
        **values,  # type: ignore[arg-type]
    )


def _charity_host(session: Session) -> tuple[Actor, str]:
    charity = make_organisation(session)
    return make_actor(session, ("host", charity)), charity.ref


def _manager(session: Session) -> Actor:
    return make_actor(session, ("programme_manager", None))


def _problems(session: Session, **values: object) -> dict[str, str]:
    host, ref = _charity_host(session)
    with pytest.raises(Invalid) as refused:
        offers.save_draft(session, host, _fields(**values), organisation_ref=ref)
    return refused.value.fields


def test_an_incomplete_draft_is_kept_with_the_hosts_place_direction_and_a_start_window(
    session: Session,
) -> None:
    host, ref = _charity_host(session)

    draft = offers.save_draft(session, host, OfferFields(title="Later"), organisation_ref=ref)

    assert draft.state is OfferState.DRAFT
    fields = offers.fields_of(session, host, draft.ref)
    assert (fields.direction, fields.region_code) == ("outward", "TLC")
    assert fields.start_from_on is not None
    assert fields.start_to_on is not None
    assert clock.today() < fields.start_from_on < fields.start_to_on


def test_what_is_saved_is_what_the_form_shows_again(session: Session) -> None:
    host, ref = _charity_host(session)
    draft = offers.save_draft(session, host, _fields(), organisation_ref=ref)

    shown = offers.fields_of(session, host, draft.ref)

    assert replace(shown, version=None) == _fields(direction="outward", region_code="TLC")


def test_a_start_window_that_ends_before_it_begins_is_refused(session: Session) -> None:
    problems = _problems(session, start_from_on=in_days(90), start_to_on=in_days(80))

    assert problems == {"start_to_on": "Latest start must be on or after the earliest start."}


def test_mission_weights_that_do_not_add_up_are_refused_with_their_sum(session: Session) -> None:
    problems = _problems(session, missions=(("OPP", 0.6), ("NHS", 0.3)))

    assert problems["missions"].startswith("The mission weights add up to 90%.")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"direction": "inward"}, "direction"),
        ({"kind": "holiday"}, "kind"),
        ({"missions": (("XXX", 1.0),)}, "missions"),
        ({"missions": (("NHS", 0.5), ("NHS", 0.5))}, "missions"),
        ({"needs": (("gdad:nothing", 2, True),)}, "needs"),
        ({"needs": (("beh:leadership", 5, True),)}, "needs"),
        ({"teaches": (("beh:leadership", 2), ("beh:leadership", 3))}, "teaches"),
        ({"region_code": "TLZ"}, "region_code"),
        ({"vetting_code": "top"}, "vetting_code"),
        ({"profession_code": "wizardry"}, "profession_code"),
        ({"level_min": 0}, "level_min"),
        ({"level_min": 7, "level_max": 6}, "level_max"),
        ({"days_per_week": 5.5}, "days_per_week"),
        ({"days_per_week": 2.3}, "days_per_week"),
        ({"length_months": 61}, "length_months"),
        ({"capacity": 0}, "capacity"),
        ({"recovery_pct": 101}, "recovery_pct"),
        ({"start_from_on": date(2020, 1, 1), "start_to_on": date(2020, 2, 1)}, "start_to_on"),
        ({"closing_on": date(2020, 1, 1)}, "closing_on"),
    ],
)
def test_an_impossible_value_is_refused_at_its_own_field(
    session: Session, values: dict[str, object], field: str
) -> None:
    assert list(_problems(session, **values)) == [field]


def test_changing_a_draft_audits_which_fields_changed(session: Session) -> None:
    host, ref = _charity_host(session)
    draft = offers.save_draft(session, host, _fields(), organisation_ref=ref)

    offers.save_draft(
        session, host, _fields(title="Analyst", missions=(("NHS", 1.0),)), organisation_ref=ref, ref=draft.ref
    )

    change = session.scalars(select(AuditEvent).where(AuditEvent.action == "offer:change")).one()
    assert change.detail == {"changed": ["title", "missions"]}
    assert change.actor_id == host.user_id


def test_saving_from_a_form_that_is_out_of_date_is_refused(session: Session) -> None:
    host, ref = _charity_host(session)
    draft = offers.save_draft(session, host, _fields(), organisation_ref=ref)
    form = offers.fields_of(session, host, draft.ref)
    offers.save_draft(session, host, replace(form, title="First"), organisation_ref=ref, ref=draft.ref)

    with pytest.raises(AlreadyDecided):
        offers.save_draft(session, host, replace(form, title="Second"), organisation_ref=ref, ref=draft.ref)


def test_another_host_learns_nothing_of_a_draft(session: Session) -> None:
    host, ref = _charity_host(session)
    draft = offers.save_draft(session, host, _fields(), organisation_ref=ref)
    other, other_ref = _charity_host(session)

    with pytest.raises(NotFound):
        offers.detail(session, other, draft.ref)
    with pytest.raises(NotFound):
        offers.save_draft(session, other, _fields(), organisation_ref=other_ref, ref=draft.ref)
    with pytest.raises(NotFound):
        offers.act(session, other, draft.ref, "submit")
    with pytest.raises(NotAllowed):
        offers.save_draft(session, other, _fields(), organisation_ref=ref)


def test_an_offer_goes_from_draft_to_published_and_is_then_found(session: Session) -> None:
    host, ref = _charity_host(session)
    manager = _manager(session)
    draft = offers.save_draft(session, host, _fields(), organisation_ref=ref)

    offers.act(session, host, draft.ref, "submit")
    assert [card.ref for card in offers.to_check(session, manager)] == [draft.ref]
    offers.act(session, manager, draft.ref, "publish")

    assert [card.ref for card in offers.browse(session, PUBLIC, OfferFilters()).items] == [draft.ref]
    assert draft.published_at is not None
    with pytest.raises(IllegalMove):
        offers.save_draft(session, host, _fields(), organisation_ref=ref, ref=draft.ref)


def test_a_returned_offer_is_a_draft_again_and_its_host_reads_why(session: Session) -> None:
    host, ref = _charity_host(session)
    draft = offers.save_draft(session, host, _fields(), organisation_ref=ref)
    offers.act(session, host, draft.ref, "submit")

    offers.act(session, _manager(session), draft.ref, "return", reason=REASON)

    detail = offers.detail(session, host, draft.ref)
    assert detail.can_edit
    assert detail.return_comment == REASON


def test_a_manager_who_belongs_to_the_host_cannot_publish_its_offer(session: Session) -> None:
    charity = make_organisation(session)
    both = make_actor(session, ("host", charity), ("programme_manager", None))
    draft = offers.save_draft(session, both, _fields(), organisation_ref=charity.ref)
    offers.act(session, both, draft.ref, "submit")

    with pytest.raises(NotAllowed):
        offers.act(session, both, draft.ref, "publish")
    assert offers.to_check(session, both) == []


def test_an_incomplete_draft_cannot_be_sent_to_be_checked(session: Session) -> None:
    host, ref = _charity_host(session)
    draft = offers.save_draft(session, host, OfferFields(title="Later"), organisation_ref=ref)

    with pytest.raises(Refused, match="Add a summary"):
        offers.act(session, host, draft.ref, "submit")


def test_a_start_that_vetting_cannot_meet_is_refused_with_the_day_that_would_work(session: Session) -> None:
    host, ref = _charity_host(session)
    fields = _fields(vetting_code="sc", start_from_on=in_days(5), start_to_on=in_days(20))
    draft = offers.save_draft(session, host, fields, organisation_ref=ref)

    with pytest.raises(Invalid) as refused:
        offers.act(session, host, draft.ref, "submit")

    ready = offers.detail(session, host, draft.ref).earliest_vetted_on
    assert ready is not None
    assert f"{ready:%-d %B %Y} or later" in refused.value.fields["start_to_on"]
    assert f"{ready:%-d %B %Y}" in (offers.start_warning(session, fields) or "")
    in_time = replace(fields, start_from_on=ready, start_to_on=ready)
    assert offers.start_warning(session, in_time) is None
    offers.save_draft(session, host, in_time, organisation_ref=ref, ref=draft.ref)
    offers.act(session, host, draft.ref, "submit")


def test_an_offer_of_a_body_nobody_has_verified_is_not_published(session: Session) -> None:
    charity = make_organisation(session, verification=Verification.PENDING)
    offer = make_offer(session, charity, state=OfferState.SUBMITTED)

    with pytest.raises(Refused, match="has not been verified"):
        offers.act(session, _manager(session), offer.ref, "publish")


def test_a_decision_from_a_page_that_is_out_of_date_is_refused(session: Session) -> None:
    charity = make_organisation(session)
    host = make_actor(session, ("host", charity))
    offer = make_offer(session, charity)
    seen = offers.detail(session, host, offer.ref).version
    offers.act(session, host, offer.ref, "pause", reason="We are moving office this month.", version=seen)

    with pytest.raises(AlreadyDecided):
        offers.act(session, host, offer.ref, "resume", version=seen)


def _browse(session: Session, **filters: object) -> list[str]:
    page = offers.browse(session, PUBLIC, OfferFilters(**filters), per_page=100)  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return [card.title for card in page.items]


def test_every_filter_keeps_what_fits_and_drops_the_rest(session: Session) -> None:
    charity, ministry = (
        make_organisation(session, name="Harbour Trust"),
        make_organisation(session, "government"),
    )
    skill = [OfferSkill(skill_code="beh:leadership", use=SkillUse.NEEDED, level=2, essential=True)]
    mission = [OfferMission(mission_code="CLE", weight=1.0)]
    make_offer(
        session, charity, title="Wanted", region_code="TLM", kind="shadowing", level_min=8, level_max=9,
        remote="remote", skills=skill, missions=mission,
    )  # fmt: skip
    make_offer(session, ministry, title="Other")
    make_offer(session, charity, title="Paused", state=OfferState.PAUSED)
    make_offer(session, charity, title="Over", closing_on=clock.today() - timedelta(days=1))

    assert _browse(session, sort="title") == ["Other", "Wanted"]
    for filters in (
        {"direction": "outward"},
        {"mission": "CLE"},
        {"region": "TLM"},
        {"kind": "shadowing"},
        {"level": 8},
        {"remote": "remote"},
        {"skill": "beh:leadership"},
        {"text": "wanted"},
        {"text": "harbour WANTED"},
    ):
        assert _browse(session, **filters) == ["Wanted"], filters
    assert _browse(session, direction="sideways") == []
    assert _browse(session, mission="CLE", direction="inward") == []


def test_search_reads_percent_and_underscore_as_themselves(session: Session) -> None:
    charity = make_organisation(session)
    make_offer(session, charity, title="Raise 50% more", summary="x", tasks="y")
    make_offer(session, charity, title="Raise 500 more", summary="x", tasks="y")

    assert _browse(session, text="50%") == ["Raise 50% more"]
    assert _browse(session, text="r_ise") == []
    assert _browse(session, text="'; DROP TABLE offers --") == []


def test_pages_never_repeat_or_lose_an_offer_and_a_page_past_the_end_is_the_last(session: Session) -> None:
    charity = make_organisation(session)
    made = {make_offer(session, charity, title="Same", published_at=clock.now()).ref for _ in range(7)}

    pages = [offers.browse(session, PUBLIC, OfferFilters(), page=number, per_page=3) for number in (1, 2, 3)]

    seen = [card.ref for page in pages for card in page.items]
    assert set(seen) == made
    assert len(seen) == 7
    assert [page.pages for page in pages] == [3, 3, 3]
    assert offers.browse(session, PUBLIC, OfferFilters(), page=9, per_page=3) == pages[2]


@pytest.mark.parametrize("sort", ["newest", "start", "closing", "title", "nonsense"])
def test_every_sort_gives_every_offer(session: Session, sort: str) -> None:
    charity = make_organisation(session)
    make_offer(session, charity, title="b", start_from_on=in_days(30), closing_on=in_days(20))
    make_offer(session, charity, title="A", start_from_on=in_days(40))

    expected = {"start": ["b", "A"], "closing": ["b", "A"], "title": ["A", "b"]}.get(sort, ["A", "b"])
    assert _browse(session, sort=sort) == expected


def test_an_offer_that_is_no_longer_public_can_still_be_read_by_who_applied(session: Session) -> None:
    from db.models.applications import Application

    charity, ministry = make_organisation(session), make_organisation(session, "government")
    applicant = make_applicant(session, ministry)
    offer = make_offer(session, charity, state=OfferState.CLOSED)
    session.add(
        Application(
            applicant=applicant,
            offer=offer,
            state_since_at=clock.now(),
            created_at=clock.now(),
            updated_at=clock.now(),
        )
    )
    session.flush()
    person = Actor(applicant.user_id, "Person")

    assert offers.detail(session, person, offer.ref).card.state == "closed"
    with pytest.raises(NotFound):
        offers.detail(session, PUBLIC, offer.ref)


def test_a_hosts_list_counts_applications_by_state(session: Session) -> None:
    charity = make_organisation(session)
    host = make_actor(session, ("host", charity))
    offer = make_offer(session, charity)
    make_offer(session, make_organisation(session))

    (row,) = offers.mine(session, host)

    assert row.card.ref == offer.ref
    assert row.applications == {}
    assert offers.mine(session, PUBLIC) == []


def test_s10_two_offers_become_a_swap_when_both_hosts_name_the_other(session: Session) -> None:
    charity, ministry = make_organisation(session), make_organisation(session, "government")
    ours, theirs = make_offer(session, charity), make_offer(session, ministry)
    us, them = make_actor(session, ("host", charity)), make_actor(session, ("host", ministry))

    offers.link_swap(session, us, ours.ref, theirs.ref)
    suggested = offers.detail(session, us, ours.ref)
    assert (suggested.swap_ref, suggested.swap_agreed) == (theirs.ref, False)
    told = session.scalars(select(Notification.subject).where(Notification.user_id == them.user_id)).all()
    assert told == [f"A swap is suggested: {theirs.title}"]

    offers.link_swap(session, them, theirs.ref, ours.ref)
    assert offers.detail(session, us, ours.ref).swap_agreed


def test_offers_that_go_the_same_way_cannot_be_a_swap(session: Session) -> None:
    charity = make_organisation(session)
    host = make_actor(session, ("host", charity))
    one, two = make_offer(session, charity), make_offer(session, charity)

    with pytest.raises(Invalid, match="the other way"):
        offers.link_swap(session, host, one.ref, two.ref)
