"""One message as an e-mail: its words, and the ways in which it can be sent."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from importlib.resources import files
from string import Template
from typing import Any

from db.models.notifications import Delivery, MessageKind
from db.models.users import User
from programme import clock
from programme.errors import Invalid
from programme.settings import Settings

TIMEOUT_SECONDS = 30  # well under the first wait of mail.retry_minutes, so that no attempt overlaps the next
PERMANENT = 500  # an SMTP answer from here on will not change
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Undeliverable(Exception):  # noqa: N818 - the answer of the mail service, not a fault of ours
    """The mail service will never take this message, so it is not tried again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail. ``key`` is the same at every attempt to send it; ``attempt`` counts them from 1."""

    key: str
    attempt: int
    to: str
    subject: str
    body: str


Sender = Callable[[Letter], None]


def letter(delivery: Delivery, user: User, address: str) -> Letter:
    """The e-mail that says what a message says, from the plain-text template of its kind."""
    message = delivery.notification
    kind = "account" if message.kind is MessageKind.ACCOUNT else "message"
    template = Template((files("programme") / "templates" / f"{kind}.txt").read_text(encoding="utf-8"))
    body = template.substitute(
        name=user.name,
        body=message.body,
        link=f"{address.rstrip('/')}{message.link}" if message.link else address,
        preferences=f"{address.rstrip('/')}/notifications",
    )
    subject = " ".join(message.subject.split())  # a line break in a header would start another header
    return Letter(delivery.key, delivery.attempts, user.email, subject, body)


def sender_for(settings: Settings) -> Sender | None:
    """The way of sending that the settings name; None when they name none.

    Raises Invalid when the settings are half there, or would send a password in the clear.
    """
    if settings.notify_key.get_secret_value():
        return notify_sender(_notify_client(settings), settings.notify_template)
    if settings.smtp_host:
        return smtp_sender(settings)
    return None


def smtp_sender(settings: Settings) -> Sender:
    """Send through an SMTP server, one connection a message, so that a slow server delays one message only."""
    if "@" not in settings.smtp_from:
        raise Invalid("Set SECONDMENTS_SMTP_FROM to the address that messages come from.", field="smtp_from")
    if settings.smtp_user and settings.smtp_security == "none" and settings.smtp_host not in LOOPBACK:
        raise Invalid(
            "Set SECONDMENTS_SMTP_SECURITY to starttls or tls: a password is never sent in the clear."
        )

    def send(written: Letter) -> None:
        try:
            with _connection(settings) as server:
                server.send_message(_email(written, settings.smtp_from))
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            if code >= PERMANENT:
                raise Undeliverable(f"{code} {words.decode(errors='replace')}") from refused
            raise

    return send


@contextmanager
def _connection(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection that may send: encrypted unless the settings say not, signed in when they name a user."""
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(
            settings.smtp_host,
            settings.smtp_port,
            timeout=TIMEOUT_SECONDS,
            context=ssl.create_default_context(),
        )
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        yield server


def _email(written: Letter, sent_from: str) -> EmailMessage:
    email = EmailMessage()
    email["Subject"] = written.subject
    email["From"] = Address("Missions Secondment Programme", addr_spec=sent_from)
    email["To"] = written.to
    email["Date"] = format_datetime(clock.now())
    email["Message-ID"] = f"<{written.key}@{sent_from.partition('@')[2]}>"
    email["Auto-Submitted"] = "auto-generated"  # so that nobody's out-of-office answers it
    email.set_content(written.body)
    return email


def notify_sender(client: Any, template_id: str) -> Sender:
    """Send through GOV.UK Notify, whose template takes ``subject`` and ``body``.

    From the second attempt on it asks first whether Notify already has a message under this key.
    """
    if not template_id:
        raise Invalid("Set SECONDMENTS_NOTIFY_TEMPLATE to the id of the template.", field="notify_template")

    def send(written: Letter) -> None:
        if written.attempt > 1 and client.get_all_notifications(reference=written.key)["notifications"]:
            return
        client.send_email_notification(
            email_address=written.to,
            template_id=template_id,
            personalisation={"subject": written.subject, "body": written.body},
            reference=written.key,
        )

    return send


def _notify_client(settings: Settings) -> Any:
    try:
        from notifications_python_client.notifications import NotificationsAPIClient
    except ImportError as missing:
        raise Invalid("GOV.UK Notify needs the extra named notify: install it first.") from missing
    return NotificationsAPIClient(settings.notify_key.get_secret_value())
