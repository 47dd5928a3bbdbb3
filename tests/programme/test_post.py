"""The post: everything in the outbox goes out at least once, never twice for one event, and only where it is wanted."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.notifications import Delivery, DeliveryState, MessageKind
from db.models.users import User
from programme import clock, notifications, post
from programme.actors import PUBLIC, actor_for
from programme.errors import Invalid, NotAllowed
from programme.letters import Letter, Undeliverable, notify_sender, sender_for, smtp_sender
from programme.post import Posted, send_due
from programme.settings import Settings
from tests.factories import make_user
from tests.mail_server import Mailbox, mail_server

NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)
ADDRESS = "https://missions.example.org"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on loopback."""
    with mail_server() as mailbox:
        yield mailbox


def settings(mailbox: Mailbox, **values: Any) -> Settings:
    """Settings that send to this mailbox."""
    return Settings(
        **{"smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_security": "none",
           "smtp_from": "programme@example.org"} | values
    )  # fmt: skip


def write(
    store: Engine,
    *,
    kind: MessageKind = MessageKind.CHANGE,
    subject: str = "Your offer is live",
    **values: Any,
) -> User:
    """One message in the outbox, written now, to a new person."""
    with clock.frozen(NOW), writing(store) as session:
        user = make_user(session, **values)
        notifications.add(
            session, user.id, "event-1", subject, "People can now find it.", "/our-offers", kind
        )
        return user


def send(store: Engine, sender: Callable[[Letter], None], *, minutes: int = 0) -> Posted:
    """What one run of the post did, so many minutes after the message was written."""
    with clock.frozen(NOW + timedelta(minutes=minutes)):
        return send_due(sender, store, address=ADDRESS)


def delivery(store: Engine) -> Delivery:
    """The only delivery there is."""
    with reading(store) as session:
        return session.scalars(select(Delivery)).one()


def test_a_message_arrives_once_as_a_plain_email_with_its_link(store: Engine, mailbox: Mailbox) -> None:
    user = write(store)
    sender = smtp_sender(settings(mailbox))
    assert send(store, sender) == Posted(sent=1)
    assert send(store, sender, minutes=600) == Posted()
    (email,) = mailbox.accepted
    assert (email["To"], email["Subject"]) == (user.email, "Your offer is live")
    assert email["Message-ID"] == f"<{delivery(store).key}@example.org>"
    assert email.get_content_type() == "text/plain"
    assert f"{ADDRESS}/our-offers" in email.get_content()
    assert user.name in email.get_content()
    assert delivery(store).state is DeliveryState.SENT


def test_a_crash_after_sending_is_tried_again_under_the_same_message_id(
    store: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store)
    sender = smtp_sender(settings(mailbox))

    def crash(*_: Any) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(post, "_settle", crash)
        with pytest.raises(KeyboardInterrupt):
            send(store, sender)
    assert delivery(store).state is DeliveryState.PENDING
    assert send(store, sender, minutes=4) == Posted()
    assert send(store, sender, minutes=5) == Posted(sent=1)
    first, second = mailbox.accepted
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_cannot_be_reached_is_tried_again_later_and_later_and_then_given_up(
    store: Engine,
) -> None:
    write(store)
    tried = []

    def unreachable(written: Letter) -> None:
        tried.append(written.attempt)
        raise ConnectionRefusedError("Nobody listens.")

    results = [send(store, unreachable, minutes=minutes) for minutes in (0, 5, 20, 80, 320, 1040)]
    assert results == [Posted(to_retry=1)] * 5 + [Posted(failed=1)]
    assert tried == [1, 2, 3, 4, 5]
    assert "Nobody listens" in delivery(store).problem


@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 no such mailbox", DeliveryState.FAILED), ("450 try again", DeliveryState.PENDING)],
)
def test_a_recipient_refused_for_good_is_not_tried_again(
    sqlite_store: Engine, mailbox: Mailbox, answer: str, state: DeliveryState
) -> None:
    user = write(sqlite_store)
    mailbox.refused[user.email] = answer
    send(sqlite_store, smtp_sender(settings(mailbox)))
    assert delivery(sqlite_store).state is state
    assert mailbox.accepted == []


def test_two_machines_at_once_send_each_message_once(store: Engine, mailbox: Mailbox) -> None:
    for _ in range(8):
        write(store)
    sender = smtp_sender(settings(mailbox))
    start = Barrier(2)

    def one(_: int) -> Posted:
        start.wait()
        return send(store, sender)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(one, range(2)))
    assert sum(result.sent for result in results) == 8
    assert len({email["Message-ID"] for email in mailbox.accepted}) == len(mailbox.accepted) == 8


def test_what_nobody_wants_is_not_sent_but_a_message_about_the_account_is(store: Engine) -> None:
    sent: list[Letter] = []
    unwanted = write(store, kind=MessageKind.REMINDER)
    wanted = write(store, kind=MessageKind.CHANGE)
    account = write(store, kind=MessageKind.ACCOUNT)
    with writing(store) as session:
        for user in (unwanted, account):
            notifications.save_preferences(
                session, actor_for(session.get_one(User, user.id)), {"reminder": False}
            )
    assert send(store, sent.append) == Posted(sent=2, not_wanted=1)
    assert [written.to for written in sent] == [wanted.email, account.email]
    assert "choose there" not in sent[1].body


@pytest.mark.parametrize("values", [{"is_demo": True}, {"is_active": False}])
def test_invented_people_and_closed_accounts_get_no_email(
    sqlite_store: Engine, values: dict[str, bool]
) -> None:
    sent: list[Letter] = []
    write(sqlite_store, kind=MessageKind.ACCOUNT, **values)
    assert send(sqlite_store, sent.append) == Posted(not_wanted=1)
    assert sent == []


def test_a_message_that_lay_too_long_is_not_sent(sqlite_store: Engine) -> None:
    sent: list[Letter] = []
    write(sqlite_store)
    assert send(sqlite_store, sent.append, minutes=72 * 60 + 1) == Posted(failed=1)
    assert sent == []


def test_a_line_break_in_a_subject_starts_no_header(sqlite_store: Engine, mailbox: Mailbox) -> None:
    write(sqlite_store, subject="Your offer: Plan\r\nBcc: everybody@example.org")
    assert send(sqlite_store, smtp_sender(settings(mailbox))) == Posted(sent=1)
    (email,) = mailbox.accepted
    assert email["Bcc"] is None
    assert email["Subject"] == "Your offer: Plan Bcc: everybody@example.org"


# --- the ways of sending ---


def test_without_settings_there_is_no_way_of_sending() -> None:
    assert sender_for(Settings()) is None


def test_a_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(Invalid, match="in the clear"):
        sender_for(
            Settings(smtp_host="mail.example.org", smtp_user="us", smtp_security="none", smtp_from="a@b.org")
        )


def test_half_of_the_settings_is_refused_with_the_name_of_the_missing_one() -> None:
    with pytest.raises(Invalid, match="SECONDMENTS_SMTP_FROM"):
        sender_for(Settings(smtp_host="mail.example.org"))
    with pytest.raises(Invalid, match="SECONDMENTS_NOTIFY_TEMPLATE"):
        notify_sender(FakeNotify(), "")


class FakeNotify:
    """GOV.UK Notify as far as the sender knows it: it keeps what it was asked to send, by reference."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []

    def send_email_notification(self, **values: Any) -> None:
        self.kept.append(values)

    def get_all_notifications(self, *, reference: str) -> dict[str, Any]:
        return {"notifications": [each for each in self.kept if each["reference"] == reference]}


def test_notify_is_given_the_key_and_asked_before_a_second_attempt() -> None:
    client = FakeNotify()
    send_by_notify = notify_sender(client, "template-1")
    written = Letter("MSG-1", 1, "pat@example.org", "Your offer is live", "People can now find it.")
    send_by_notify(written)
    send_by_notify(Letter("MSG-1", 2, written.to, written.subject, written.body))
    (kept,) = client.kept
    assert kept == {
        "email_address": "pat@example.org",
        "template_id": "template-1",
        "personalisation": {"subject": "Your offer is live", "body": "People can now find it."},
        "reference": "MSG-1",
    }


def test_what_the_mail_service_will_never_take_fails_with_its_words(sqlite_store: Engine) -> None:
    def never(_: Letter) -> None:
        raise Undeliverable("550 no such mailbox")

    write(sqlite_store)
    assert send(sqlite_store, never) == Posted(failed=1)
    assert delivery(sqlite_store).problem == "550 no such mailbox"


# --- what each person chooses ---


def test_every_kind_comes_by_email_until_its_reader_says_otherwise(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        mine, other = actor_for(make_user(session)), actor_for(make_user(session))
        assert set(notifications.preferences(session, mine).values()) == {True}
        for wanted in (False, True, False):
            notifications.save_preferences(session, mine, {"survey": wanted})
            assert notifications.preferences(session, mine)["survey"] is wanted
        assert notifications.preferences(session, other)["survey"] is True


def test_only_the_kinds_on_the_page_can_be_turned_off_and_only_by_somebody(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        mine = actor_for(make_user(session))
        with pytest.raises(Invalid):
            notifications.save_preferences(session, mine, {"account": False})
        with pytest.raises(NotAllowed):
            notifications.save_preferences(session, PUBLIC, {"survey": False})
