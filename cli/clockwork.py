"""What time does: reminders, escalations, lapses and the post, run by a timer."""

from collections import Counter
from dataclasses import asdict

from cli.output import AsJson, emit, out, refusals
from programme import clockwork, post
from programme.errors import Refused
from programme.installation import up_to_date
from programme.letters import sender_for
from programme.settings import settings
from programme.store import process_engine


def tick(as_json: AsJson = False) -> None:
    """Remind, escalate and lapse whatever is due, then send what stands in the outbox.

    Safe to run twice, late, and on several machines at once.
    """
    with refusals(as_json):
        _check_database()
        done = clockwork.tick(process_engine())
        posted = _send()

    def words() -> None:
        if not done:
            out.print("Nothing was due.")
        for (clock, action), n in sorted(Counter((each.clock, each.action) for each in done).items()):
            out.print(f"{clock.replace('_', ' ')}: {action} {n}", markup=False)
        for each in done:
            if each.left:
                out.print(f"{each.ref} was left: {each.left}", markup=False)
        _say_posted(posted)

    emit({"done": done, "posted": posted and asdict(posted)}, as_json, words)


def send(as_json: AsJson = False) -> None:
    """Send what stands in the outbox by e-mail: at least once, and never twice for the same event."""
    with refusals(as_json):
        _check_database()
        posted = _send()
        if posted is None:
            raise Refused(
                "No way of sending e-mail is set. Set SECONDMENTS_SMTP_HOST or SECONDMENTS_NOTIFY_KEY."
            )
    emit(asdict(posted), as_json, lambda: _say_posted(posted))


def _check_database() -> None:
    if not up_to_date(process_engine()):
        raise Refused("The database is not up to date. Run `secondments init` first.")


def _send() -> post.Posted | None:
    sender = sender_for(settings())
    if sender is None:
        return None
    if not settings().address:
        raise Refused("Set SECONDMENTS_ADDRESS to the service's address, for the links in e-mails.")
    return post.send_due(sender, process_engine(), address=settings().address)


def _say_posted(posted: post.Posted | None) -> None:
    if posted is None:
        out.print("No way of sending e-mail is set, so messages are in the service only.")
        return
    out.print(
        f"E-mail: {posted.sent} sent, {posted.to_retry} to be tried again, "
        f"{posted.failed} failed, {posted.not_wanted} not wanted."
    )
