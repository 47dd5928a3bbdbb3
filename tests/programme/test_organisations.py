"""Registering organisations, checking them, and the people who act for them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.audit import AuditEvent
from db.models.notifications import Notification
from db.models.organisations import Verification
from db.models.users import Role, User
from programme import organisations, sign_in
from programme.actors import PUBLIC, load_actor
from programme.errors import AlreadyDecided, Invalid, NotAllowed, NotFound, Refused
from programme.organisations import NewOrganisation
from tests.factories import make_actor, make_offer, make_organisation, make_user

CHARITY = NewOrganisation(
    name="Harbour Trust",
    sector="civil_society",
    form="charity",
    region_code="TLD",
    place_name="Preston",
    website="https://www.harbour.example",
    income_band="medium",
    register_scheme="ccew",
    register_number=" 1173 575 ",
)
MINISTRY = NewOrganisation(
    name="Department for Tides", sector="government", form="ministerial department", region_code="TLI"
)
NOTE = "The number is on the register under this name."


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    with writing(store) as session:
        yield session


def _wrong(session: Session, new: NewOrganisation) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        organisations.register(session, make_actor(session), new)
    return refused.value.fields


def test_whoever_registers_an_organisation_becomes_its_host_and_waits_for_verification(
    session: Session,
) -> None:
    actor = make_actor(session)

    charity = organisations.register(session, actor, CHARITY)

    assert charity.verification is Verification.PENDING
    assert charity.register_number == "1173575"
    assert actor.user_id is not None
    session.expire_all()
    again = load_actor(session, actor.user_id)
    assert [found.ref for found in organisations.mine(session, again)] == [charity.ref]


def test_a_government_body_uses_the_standard_grades_unless_it_names_its_own(session: Session) -> None:
    actor = make_actor(session)

    assert organisations.register(session, actor, MINISTRY).grade_key == "*"
    own = replace(MINISTRY, name="Department for Wind", grade_key="DfT")
    assert organisations.register(session, actor, own).grade_key == "DfT"


def test_nobody_registers_without_signing_in_except_by_the_public_form(session: Session) -> None:
    with pytest.raises(NotAllowed):
        organisations.register(session, PUBLIC, CHARITY)


def test_the_public_form_makes_the_account_that_can_sign_in_and_post(session: Session) -> None:
    charity = organisations.register_with_account(
        session, CHARITY, contact_name="Ama Bell", email="Ama@harbour.example", password="a long password"
    )

    answer = sign_in.sign_in(session, "ama@harbour.example", "a long password")
    assert answer.user is not None
    assert [(row.role, row.organisation_id) for row in answer.user.memberships] == [(Role.HOST, charity.id)]


def test_the_public_form_proves_nothing_until_the_link_that_was_sent_is_used(session: Session) -> None:
    organisations.register_with_account(
        session, CHARITY, contact_name="Ama Bell", email="ama@harbour.example", password="a long password"
    )
    user = session.scalars(select(User).where(User.email == "ama@harbour.example")).one()
    assert user.email_confirmed_at is None

    sent = session.scalars(select(Notification).where(Notification.user_id == user.id)).one()
    sign_in.use_link(session, sent.link.partition("link=")[2], "another long password")
    assert user.email_confirmed_at is not None


@pytest.mark.parametrize(
    ("email", "password", "field"), [("ama", "a long password", "email"), ("a@b.example", "x", "password")]
)
def test_a_public_form_with_a_wrong_account_says_which_field(
    session: Session, email: str, password: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        organisations.register_with_account(
            session, CHARITY, contact_name="Ama Bell", email=email, password=password
        )
    assert list(refused.value.fields) == [field]


def test_a_public_form_without_the_persons_name_says_so_at_that_field(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        organisations.register_with_account(
            session, CHARITY, contact_name=" ", email="ama@harbour.example", password="a long password"
        )
    assert list(refused.value.fields) == ["contact_name"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(CHARITY, name=" "), "name"),
        (replace(CHARITY, sector="other"), "sector"),
        (replace(CHARITY, form=""), "form"),
        (replace(CHARITY, region_code="XX"), "region_code"),
        (replace(CHARITY, income_band=None), "income_band"),
        (replace(CHARITY, website="javascript:alert(1)"), "website"),
        (replace(CHARITY, website="harbour.example"), "website"),
        (replace(CHARITY, register_number="12"), "register_number"),
        (replace(CHARITY, register_number=None), "register_number"),
        (replace(CHARITY, register_scheme=None), "register_scheme"),
        (replace(CHARITY, register_scheme="hmrc", register_number="XR12345"), "register_number"),
        (replace(CHARITY, grade_key="DfT"), "grade_key"),
        (replace(MINISTRY, income_band="small"), "income_band"),
    ],
)
def test_a_wrong_value_is_refused_at_its_own_field(
    session: Session, new: NewOrganisation, field: str
) -> None:
    assert list(_wrong(session, new)) == [field]


def test_the_same_name_or_number_is_not_registered_twice(session: Session) -> None:
    organisations.register(session, make_actor(session), CHARITY)

    assert list(_wrong(session, replace(CHARITY, name="HARBOUR trust", register_number="1173576"))) == [
        "name"
    ]
    assert "Harbour Trust" in _wrong(session, replace(CHARITY, name="Harbour Two"))["register_number"]


def test_a_programme_manager_verifies_with_a_note_and_the_hosts_are_told(session: Session) -> None:
    host = make_actor(session)
    charity = organisations.register(session, host, CHARITY)
    manager = make_actor(session, ("programme_manager", None))
    assert [found.ref for found in organisations.waiting(session, manager)] == [charity.ref]

    organisations.verify(session, manager, charity.ref, decision="verified", note=NOTE)

    assert charity.verified_by_id == manager.user_id
    assert organisations.waiting(session, manager) == []
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "organisation:verify")).one()
    assert (event.reason, event.detail) == (NOTE, {"from": "pending", "to": "verified"})
    told = session.scalars(select(Notification).where(Notification.user_id == host.user_id)).one()
    assert told.subject == "Harbour Trust has been verified"


def test_verification_needs_a_reason_a_stranger_and_is_done_once(session: Session) -> None:
    charity = make_organisation(session, verification=Verification.PENDING)
    manager = make_actor(session, ("programme_manager", None))
    member = make_actor(session, ("programme_manager", None), ("host", charity))

    with pytest.raises(Invalid) as refused:
        organisations.verify(session, manager, charity.ref, decision="verified", note="fine")
    assert list(refused.value.fields) == ["note"]
    with pytest.raises(NotAllowed):
        organisations.verify(session, member, charity.ref, decision="verified", note=NOTE)
    with pytest.raises(Invalid):
        organisations.verify(session, manager, charity.ref, decision="perhaps", note=NOTE)
    with pytest.raises(NotFound):
        organisations.verify(session, manager, "ORG-NOBODY", decision="verified", note=NOTE)
    organisations.verify(session, manager, charity.ref, decision="verified", note=NOTE)
    with pytest.raises(AlreadyDecided):
        organisations.verify(session, manager, charity.ref, decision="verified", note=NOTE)


def test_a_body_with_live_offers_is_not_refused(session: Session) -> None:
    charity = make_organisation(session)
    make_offer(session, charity)

    with pytest.raises(Refused, match="live offers"):
        organisations.verify(
            session,
            make_actor(session, ("programme_manager", None)),
            charity.ref,
            decision="refused",
            note=NOTE,
        )


def test_the_list_of_all_is_for_programme_managers_and_finds_by_name_and_number(session: Session) -> None:
    actor = make_actor(session)
    charity = organisations.register(session, actor, CHARITY)
    make_organisation(session, name="100% Women")
    manager = make_actor(session, ("programme_manager", None))

    assert [found.ref for found in organisations.every(session, manager, text="harbour")] == [charity.ref]
    assert [found.ref for found in organisations.every(session, manager, text="11735")] == [charity.ref]
    assert [found.name for found in organisations.every(session, manager, text="0%")] == ["100% Women"]
    with pytest.raises(NotAllowed):
        organisations.every(session, actor)


def test_a_host_adds_a_colleague_who_is_invited_when_new_and_added_when_known(session: Session) -> None:
    charity = make_organisation(session)
    host = make_actor(session, ("host", charity))
    known = make_user(session)

    new = organisations.add_host_member(session, host, charity.ref, name="Ola Reed", email="Ola@x.example")
    organisations.add_host_member(session, host, charity.ref, name="Ola Reed", email="ola@x.example")
    organisations.add_host_member(session, host, charity.ref, name="?", email=known.email)

    invitation = session.scalars(select(Notification).where(Notification.user_id == new.id)).one()
    assert invitation.link.startswith("/choose-password?link=")
    assert len(new.memberships) == 1
    assert [person.id for person in organisations.hosts(session, host, charity.ref)] == [
        host.user_id,
        new.id,
        known.id,
    ]


def test_another_organisations_host_adds_nobody(session: Session) -> None:
    charity = make_organisation(session)
    stranger = make_actor(session, ("host", make_organisation(session)))

    with pytest.raises(NotAllowed):
        organisations.add_host_member(session, stranger, charity.ref, name="Ola Reed", email="ola@x.example")
