"""The timer's commands: what was done, as words and as JSON, and a clear refusal when nothing can be sent."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from cli.main import app
from db.engine import writing
from db.models.offers import OfferState
from programme import settings as settings_module
from tests.factories import make_offer, make_organisation, make_user
from tests.mail_server import mail_server

Run = Callable[..., Result]
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def run(sqlite_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on an empty store, with the settings of the environment as they are then."""
    monkeypatch.setattr("programme.store.process_engine", lambda: sqlite_store)
    monkeypatch.setattr("cli.clockwork.process_engine", lambda: sqlite_store)
    settings_module.settings.cache_clear()
    runner = CliRunner()
    yield lambda *words: runner.invoke(app, list(words))
    settings_module.settings.cache_clear()


def waiting_offer(store: Engine) -> None:
    """An offer that has waited far too long for the programme team."""
    with writing(store) as session:
        make_user(session, ("programme_manager", None))
        offer = make_offer(session, make_organisation(session), state=OfferState.SUBMITTED)
        offer.state_since_at = LONG_AGO


def test_tick_prints_what_it_did_and_nothing_the_second_time(sqlite_store: Engine, run: Run) -> None:
    waiting_offer(sqlite_store)
    printed = json.loads(run("tick", "--json").stdout)
    assert [(done["clock"], done["action"]) for done in printed["done"]] == [
        ("offer_check", "remind"),
        ("offer_check", "escalate"),
    ]
    assert printed["posted"] is None
    answer = run("tick")
    assert answer.exit_code == 0
    assert "Nothing was due." in answer.stdout


def test_send_says_what_is_missing(run: Run) -> None:
    answer = run("send", "--json")
    assert answer.exit_code == 1
    assert "SECONDMENTS_SMTP_HOST" in json.loads(answer.stdout)["error"]


def test_tick_sends_what_it_wrote(sqlite_store: Engine, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting_offer(sqlite_store)
    with mail_server() as mailbox:
        for name, value in (
            ("ADDRESS", "https://missions.example.org"),
            ("SMTP_HOST", "127.0.0.1"),
            ("SMTP_PORT", str(mailbox.port)),
            ("SMTP_SECURITY", "none"),
            ("SMTP_FROM", "programme@example.org"),
        ):
            monkeypatch.setenv(f"SECONDMENTS_{name}", value)
        printed = json.loads(run("tick", "--json").stdout)
        assert printed["posted"]["sent"] == len(mailbox.accepted) == 3  # the host hears of the escalation too
        assert json.loads(run("send", "--json").stdout)["sent"] == 0
