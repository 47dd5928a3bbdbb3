"""Choosing a password with a link."""

import re

import pytest
from starlette.testclient import TestClient

from db.queries import users
from programme import sign_in, store


@pytest.fixture
def path(client: TestClient) -> str:
    """A fresh link for the one account."""
    with store.writing() as session:
        user = users.by_email(session, email="amina@example.org")
        assert user
        return sign_in.invite(session, user)


def _send(client: TestClient, path: str, password: str, again: str | None = None) -> tuple[int, str]:
    page = client.get(path).text
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    fields = {
        "form_token": token.group(1) if token else "",
        "link": path.partition("link=")[2],
        "password": password,
        "again": password if again is None else again,
    }
    answer = client.post("/choose-password", data=fields)
    return answer.status_code, answer.text


def test_a_link_opens_a_form_that_says_the_shortest_password(client: TestClient, path: str) -> None:
    page = client.get(path)

    assert "At least 12 characters" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"


def test_a_chosen_password_works_and_the_link_does_not_any_more(client: TestClient, path: str) -> None:
    assert _send(client, path, "a much longer one")[0] == 303

    assert client.get(path).status_code == 410
    with store.writing() as session:
        assert sign_in.sign_in(session, "amina@example.org", "a much longer one").token


def test_a_short_password_keeps_the_form(client: TestClient, path: str) -> None:
    status, text = _send(client, path, "short")

    assert status == 400
    assert "Choose a password of 12 characters or more" in text


def test_two_different_passwords_keep_the_form(client: TestClient, path: str) -> None:
    status, text = _send(client, path, "a much longer one", "a much longer two")

    assert status == 400
    assert "Type the same password twice" in text


def test_a_made_up_link_is_refused(client: TestClient) -> None:
    assert client.get("/choose-password?link=made-up").status_code == 410
    assert client.get("/choose-password").status_code == 410


def test_a_form_from_another_site_is_refused(client: TestClient, path: str) -> None:
    fields = {
        "link": path.partition("link=")[2],
        "password": "a much longer one",
        "again": "a much longer one",
    }

    assert client.post("/choose-password", data=fields).status_code == 403
