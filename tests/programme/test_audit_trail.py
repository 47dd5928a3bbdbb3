"""What an auditor finds in the audit trail and takes away from it."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.engine import writing
from programme import audit, audit_trail, clock
from programme.actors import Actor
from programme.audit_trail import AuditFilters
from programme.errors import NotAllowed, Refused
from tests.factories import make_actor, make_user

FORMULA = '=HYPERLINK("http://example.org")'


def events(session: Session) -> Actor:
    """Three events by two people on two days; gives back an auditor."""
    ada, ben = make_actor(session, name="Ada Okoro"), make_actor(session, name="Ben_Lee")
    row = make_user(session)
    with clock.frozen(clock.now() - timedelta(days=3)):
        audit.record(session, ada, "user:old", "user", row, reason="Three days ago, 100% sure.")
    audit.record(session, ada, "user:new", "user", row, reason=FORMULA)
    audit.record(session, ben, "offer:new", "offer", row)
    session.flush()
    return make_actor(session, ("auditor", None))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (AuditFilters(), ["offer:new", "user:new", "user:old"]),
        (AuditFilters(subject="user"), ["user:new", "user:old"]),
        (AuditFilters(who="ada"), ["user:new", "user:old"]),
        (AuditFilters(who="n_l"), ["offer:new"]),
        (AuditFilters(words="100%"), ["user:old"]),
        (AuditFilters(words="HyperLink"), ["user:new"]),
        (AuditFilters(from_on=clock.today() - timedelta(days=1)), ["offer:new", "user:new"]),
        (AuditFilters(to_on=clock.today() - timedelta(days=1)), ["user:old"]),
        (AuditFilters(subject="offer", who="ada"), []),
    ],
    ids=str,
)
def test_every_filter_keeps_what_fits_and_drops_the_rest(
    sqlite_store: Engine, filters: AuditFilters, found: list[str]
) -> None:
    with writing(sqlite_store) as session:
        page = audit_trail.search(session, events(session), filters)
        assert [line.action for line in page.items] == found
        assert page.total == len(found)


def test_an_export_holds_the_chain_and_no_cell_that_a_spreadsheet_would_run(store: Engine) -> None:
    with writing(store) as session:
        auditor = events(session)
    with writing(store) as session:
        rows = list(csv.DictReader(io.StringIO(audit_trail.export(session, auditor))))
    assert [row["action"] for row in rows] == ["offer:new", "user:new", "user:old"]
    assert rows[1]["reason"] == f"'{FORMULA}"
    assert rows[0]["previous_hash"] == rows[1]["hash"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_an_export_is_an_event_too(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        auditor = events(session)
        audit_trail.export(session, auditor, AuditFilters(subject="offer"))
        session.flush()
        (line,) = audit_trail.search(session, auditor, AuditFilters(action="audit:export")).items
        assert line.detail == {"events": 1, "subject": "offer"}


def test_too_many_events_for_one_file_are_refused(
    sqlite_store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_trail, "MOST_EXPORTED", 2)
    with writing(sqlite_store) as session, pytest.raises(Refused, match="Choose fewer days"):
        audit_trail.export(session, events(session))


def test_only_an_auditor_exports(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session, pytest.raises(NotAllowed, match="an auditor"):
        audit_trail.export(session, make_actor(session, ("programme_manager", None)))
