"""The command line: the same answers as the pages, as words and as JSON, with honest exit codes."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from cli.main import app
from db.engine import reading, writing
from programme import candidates, recommendations, store
from programme.actors import SYSTEM
from tests.factories import make_applicant, make_offer, make_organisation, make_user

Run = Callable[..., Result]


@pytest.fixture
def run(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on an empty store."""
    monkeypatch.setattr("programme.store.process_engine", lambda: store)
    runner = CliRunner()
    return lambda *words: runner.invoke(app, [str(word) for word in words])


def test_rank_prints_what_the_page_shows(store: Engine, run: Run) -> None:
    with writing(store) as session:
        person = make_applicant(session, make_organisation(session, "government"))
        make_offer(session, make_organisation(session))
        ref = person.ref
    printed = json.loads(run("rank", "--applicant", ref, "--json").stdout)
    with reading(store) as session:
        page = recommendations.for_applicant(session, SYSTEM, applicant_ref=ref)
    assert set(printed) >= {"applicant", "model_version", "fingerprint", "recommendations"}
    assert printed["fingerprint"] == page.fingerprint
    (line,) = printed["recommendations"]
    assert set(line) >= {"offer", "score", "parts", "eligible", "reasons"}
    assert line["score"] == page.items[0].score
    assert math.isclose(sum(line["parts"].values()), line["score"], abs_tol=1e-6)


def test_a_person_may_be_named_by_their_email_address(store: Engine, run: Run) -> None:
    with writing(store) as session:
        person = make_applicant(session, make_organisation(session, "government"))
        ref, email = person.ref, person.user.email
    assert json.loads(run("rank", "--applicant", email, "--json").stdout)["applicant"] == ref
    assert run("rank", "--applicant", "nobody@example.org").exit_code == 1


def test_rank_of_an_offer_prints_references_and_no_names(store: Engine, run: Run) -> None:
    with writing(store) as session:
        person = make_applicant(session, make_organisation(session, "government"))
        person.user.name = "Zebedee Quillfeather"
        offer = make_offer(session, make_organisation(session))
        ref = offer.ref
    answer = run("rank", "--offer", ref, "--json")
    assert "Quillfeather" not in answer.stdout
    with reading(store) as session:
        page = candidates.for_offer(session, SYSTEM, ref)
    assert json.loads(answer.stdout)["recommendations"][0]["applicant"] == page.items[0].applicant_ref


def test_round_prints_settings_seed_pairs_and_certificate(store: Engine, run: Run) -> None:
    with writing(store) as session:
        make_applicant(session, make_organisation(session, "government"))
        make_offer(session, make_organisation(session))
    printed = json.loads(run("round", "--seed", "3", "--json").stdout)
    assert printed["seed"] == 3
    assert printed["settings"]["method"] == "stable"
    assert printed["certificate"]["matched"] == 1
    (pair,) = printed["pairs"]
    assert math.isclose(sum(pair["parts"].values()), pair["score"], abs_tol=1e-6)


def test_status_counts_rows_by_noun_and_state(store: Engine, run: Run) -> None:
    with writing(store) as session:
        make_offer(session, make_organisation(session))
    printed = json.loads(run("status", "--json").stdout)
    assert printed["offers"] == {"published": 1}
    assert printed["organisations"] == {"verified": 1}


def test_a_refusal_says_why_and_ends_with_one(run: Run) -> None:
    answer = run("rank", "--applicant", "PER-NOBODY", "--json")
    assert answer.exit_code == 1
    assert "profile" in json.loads(answer.stdout)["error"]


@pytest.mark.parametrize(
    "words",
    [("rank",), ("rank", "--applicant", "A", "--offer", "B"), ("round", "--direction", "up"), ("nonsense",)],
)
def test_wrong_use_ends_with_two(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_init_prepares_an_empty_database_and_can_be_run_again(run: Run) -> None:
    assert run("init").exit_code == 0
    again = json.loads(run("init", "--json").stdout)
    assert set(again["added"].values()) == {0}


def test_init_opens_the_first_managers_account_with_a_link_to_choose_a_password(run: Run) -> None:
    answer = json.loads(
        run("init", "--manager-email", "pat@example.org", "--manager-name", "Pat", "--json").stdout
    )
    assert answer["link"].startswith("/choose-password?link=")
    assert run("init", "--manager-email", "pat@example.org").exit_code == 1


def test_the_export_can_be_imported_again(store: Engine, run: Run, tmp_path: Path) -> None:
    with writing(store) as session:
        host = make_organisation(session)
        user = make_user(session, ("host", host))
        make_offer(session, host, title="Plan a befriending service", posted_by_id=user.id)
        host_ref, email = host.ref, user.email
    file = tmp_path / "offers.csv"
    assert run("export", file).exit_code == 0
    answer = run("import", file, "--host", host_ref, "--by", email, "--json")
    assert answer.exit_code == 0, answer.stdout
    assert len(json.loads(answer.stdout)["created"]) == 1
    assert json.loads(run("status", "--json").stdout)["offers"]["published"] == 1


def test_an_import_says_who_acts_or_is_refused(store: Engine, run: Run, tmp_path: Path) -> None:
    with writing(store) as session:
        host_ref = make_organisation(session).ref
    file = tmp_path / "offers.csv"
    run("export", file, "--template")
    answer = run("import", file, "--host", host_ref)
    assert answer.exit_code == 1
    assert "--by" in answer.stderr


def test_the_process_store_is_the_one_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from programme import settings

    monkeypatch.setenv("SECONDMENTS_DATA", str(tmp_path / "elsewhere"))
    settings.settings.cache_clear()
    store.process_engine.cache_clear()
    try:
        assert str(tmp_path / "elsewhere") in str(store.process_engine().url)
    finally:
        settings.settings.cache_clear()
        store.process_engine.cache_clear()
