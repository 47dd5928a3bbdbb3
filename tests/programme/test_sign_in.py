"""Signing in, sessions, links and invented identities."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models.audit import AuditEvent
from db.models.users import OneTimeLink, Role, SignInSession, User
from programme import clock, demo_identities, sign_in, store
from programme.errors import Invalid, NotAllowed
from programme.settings import settings

PASSWORD = "three random words"


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    """A session on the empty store; nothing is kept."""
    with Session(store) as opened:
        yield opened


@pytest.fixture
def demonstration(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Demonstration mode, for one test."""
    monkeypatch.setenv("SECONDMENTS_DEMO", "1")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def amina(session: Session) -> User:
    """Somebody with an account and a password."""
    user = sign_in.create_account(
        session, email="Amina@Example.org", name="Amina Yusuf", memberships=((Role.APPLICANT, None),)
    )
    sign_in.use_link(session, _token(sign_in.invite(session, user)), PASSWORD)
    return user


def _token(path: str) -> str:
    return path.partition("link=")[2]


def _actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_the_right_password_starts_a_session_and_is_audited(session: Session, amina: User) -> None:
    answer = sign_in.sign_in(session, " amina@example.ORG ", PASSWORD)

    assert answer.user is amina
    assert answer.token is not None
    assert len(answer.token) == 43
    actor = sign_in.actor_for_token(session, answer.token)
    assert actor is not None
    assert (actor.user_id, actor.roles) == (amina.id, {Role.APPLICANT})
    assert _actions(session)[-1] == "sign_in"


def test_only_the_hash_of_a_token_is_stored(session: Session, amina: User) -> None:
    token = sign_in.start_session(session, amina)

    stored = session.scalars(select(SignInSession.token_hash)).one()

    assert token not in stored
    assert len(stored) == 64


def test_unknown_address_wrong_password_and_closed_account_get_the_same_words(
    session: Session, amina: User
) -> None:
    unknown = sign_in.sign_in(session, "nobody@example.org", PASSWORD)
    wrong = sign_in.sign_in(session, amina.email, "wrong")
    amina.is_active = False
    closed = sign_in.sign_in(session, amina.email, PASSWORD)

    assert unknown == wrong == closed
    assert unknown.refusal == sign_in.WRONG


def test_an_unknown_address_costs_the_same_hashing_as_a_known_one(
    session: Session, amina: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []
    really = sign_in._matches

    def counting(password_hash: str | None, password: str) -> bool:
        checked.append(password_hash)
        return really(password_hash, password)

    monkeypatch.setattr(sign_in, "_matches", counting)
    sign_in.sign_in(session, "nobody@example.org", PASSWORD)
    sign_in.sign_in(session, amina.email, "wrong")

    assert checked == [None, amina.password_hash]
    assert not really(None, PASSWORD)


def test_too_many_wrong_passwords_lock_the_account_for_a_while(session: Session, amina: User) -> None:
    for _ in range(5):
        sign_in.sign_in(session, amina.email, "wrong")

    assert sign_in.sign_in(session, amina.email, PASSWORD).refusal == sign_in.WRONG
    assert _actions(session)[-1] == "sign_in_locked"
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert sign_in.sign_in(session, amina.email, PASSWORD).token


def test_a_right_password_clears_the_count_of_wrong_ones(session: Session, amina: User) -> None:
    for _ in range(4):
        sign_in.sign_in(session, amina.email, "wrong")
    sign_in.sign_in(session, amina.email, PASSWORD)
    sign_in.sign_in(session, amina.email, "wrong")

    assert sign_in.sign_in(session, amina.email, PASSWORD).token


def test_a_session_expires(session: Session, amina: User) -> None:
    token = sign_in.start_session(session, amina)

    with clock.frozen(clock.now() + timedelta(hours=11)):
        assert sign_in.actor_for_token(session, token)
    with clock.frozen(clock.now() + timedelta(hours=13)):
        assert sign_in.actor_for_token(session, token) is None


def test_signing_out_ends_the_session_for_every_tab(session: Session, amina: User) -> None:
    token = sign_in.start_session(session, amina)
    row = sign_in.session_for_token(session, token)
    assert row is not None
    assert sign_in.actor_for_session_id(session, row.id)

    sign_in.sign_out(session, token)
    sign_in.sign_out(session, token)

    assert sign_in.actor_for_token(session, token) is None
    assert sign_in.actor_for_session_id(session, row.id) is None
    assert _actions(session).count("sign_out") == 1


def test_closing_an_account_ends_its_sessions(session: Session, amina: User) -> None:
    token = sign_in.start_session(session, amina)
    amina.is_active = False
    session.flush()

    assert sign_in.actor_for_token(session, token) is None


@pytest.mark.parametrize("token", ["", "x", "é" * 43])
def test_a_token_that_was_never_given_out_is_nobody(session: Session, token: str) -> None:
    assert sign_in.actor_for_token(session, token) is None


def test_a_link_works_once(session: Session, amina: User) -> None:
    token = _token(sign_in.invite(session, amina))
    sign_in.use_link(session, token, "another three words")

    assert sign_in.sign_in(session, amina.email, "another three words").token
    with pytest.raises(NotAllowed, match="used already"):
        sign_in.use_link(session, token, "yet another three")


def test_a_new_link_kills_the_earlier_one(session: Session, amina: User) -> None:
    earlier = _token(sign_in.invite(session, amina))
    later = _token(sign_in.invite(session, amina))

    assert not sign_in.link_works(session, earlier)
    assert sign_in.link_works(session, later)


def test_a_link_expires(session: Session, amina: User) -> None:
    token = _token(sign_in.invite(session, amina))

    with clock.frozen(clock.now() + timedelta(days=15)), pytest.raises(NotAllowed):
        sign_in.use_link(session, token, "another three words")


def test_choosing_a_password_ends_every_other_session(session: Session, amina: User) -> None:
    token = sign_in.start_session(session, amina)
    sign_in.use_link(session, _token(sign_in.invite(session, amina)), "another three words")

    assert sign_in.actor_for_token(session, token) is None


def test_a_short_password_is_refused_and_the_link_still_works(session: Session, amina: User) -> None:
    token = _token(sign_in.invite(session, amina))

    with pytest.raises(Invalid, match="12 characters") as refusal:
        sign_in.use_link(session, token, "short")

    assert list(refusal.value.fields) == ["password"]
    assert session.scalars(select(OneTimeLink).order_by(OneTimeLink.id.desc())).first().used_at is None


@pytest.mark.parametrize("email", ["", "amina", "a@b@c", "a b@c.org", "@c.org", "a@"])
def test_an_account_needs_an_address(session: Session, email: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sign_in.create_account(session, email=email, name="Somebody")
    assert list(refusal.value.fields) == ["email"]


def test_an_address_has_one_account(session: Session, amina: User) -> None:
    with pytest.raises(Invalid, match="already"):
        sign_in.create_account(session, email="AMINA@example.org", name="Another Amina")


def test_invented_people_do_not_exist_outside_demonstration_mode(session: Session) -> None:
    invented = sign_in.create_account(session, email="demo@example.org", name="Invented", is_demo=True)
    token = sign_in.start_session(session, invented)

    assert sign_in.actor_for_token(session, token) is None
    with pytest.raises(NotAllowed):
        demo_identities.demo_identities(session)
    with pytest.raises(NotAllowed):
        demo_identities.sign_in_as_demo(session, invented.id)


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_offers_the_first_invented_person_of_each_role(session: Session) -> None:
    for number, role in enumerate((Role.AUDITOR, Role.APPLICANT, Role.APPLICANT)):
        sign_in.create_account(
            session,
            email=f"p{number}@example.org",
            name=f"Person {number}",
            memberships=((role, None),),
            is_demo=True,
        )

    offered = demo_identities.demo_identities(session)

    assert [(person.name, person.roles) for person in offered] == [
        ("Person 1", "Applicant"),
        ("Person 0", "Auditor"),
    ]
    token, user = demo_identities.sign_in_as_demo(session, offered[0].user_id)
    assert user.name == "Person 1"
    assert sign_in.actor_for_token(session, token)


@pytest.mark.usefixtures("demonstration")
def test_one_click_never_opens_a_real_account(session: Session, amina: User) -> None:
    with pytest.raises(NotAllowed):
        demo_identities.sign_in_as_demo(session, amina.id)


def test_a_wrong_password_is_remembered_after_the_transaction(sqlite_store: Engine) -> None:
    with store.writing(sqlite_store) as session:
        sign_in.create_account(session, email="a@example.org", name="A")
    with store.writing(sqlite_store) as session:
        sign_in.sign_in(session, "a@example.org", "wrong")
    with store.reading(sqlite_store) as session:
        assert session.scalars(select(User.failed_sign_ins)).one() == 1
