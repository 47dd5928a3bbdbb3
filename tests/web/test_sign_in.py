"""The sign-in page and signing out."""

import re
from collections.abc import Callable

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from db.models.users import Role
from programme import sign_in as accounts
from programme import store

FillIn = Callable[..., Response]


def _token(html: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', html)
    assert found
    return found.group(1)


def test_the_right_password_leads_to_where_the_persons_work_starts(fill_in: FillIn) -> None:
    answer = fill_in()

    assert answer.status_code == 303
    assert answer.headers["location"] == "/for-you"


def test_signing_in_leads_back_to_the_page_that_was_wanted(client: TestClient, fill_in: FillIn) -> None:
    sent_away = client.get("/apply?ref=OFR-7K3M2B")
    assert sent_away.headers["location"] == "/sign-in?next=%2Fapply%3Fref%3DOFR-7K3M2B"

    page = client.get(sent_away.headers["location"])
    assert "Sign in to go on to “Apply”" in page.text
    assert 'name="next" value="/apply?ref=OFR-7K3M2B"' in page.text

    assert fill_in(next="/apply?ref=OFR-7K3M2B").headers["location"] == "/apply?ref=OFR-7K3M2B"
    assert client.get("/apply?ref=OFR-7K3M2B").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "placements",
        "/placements/../../evil",
        "/not-a-page",
        "/sign-out",
    ],
)
def test_nobody_is_ever_sent_to_another_site(fill_in: FillIn, elsewhere: str) -> None:
    assert fill_in(next=elsewhere).headers["location"] == "/for-you"


def test_a_wrong_password_is_said_in_a_summary_that_links_to_the_field(fill_in: FillIn) -> None:
    answer = fill_in(password="wrong")

    assert answer.status_code == 400
    assert "<title>Error: Sign in" in answer.text
    assert "There is a problem" in answer.text
    assert '<a href="#email">The e-mail address or the password is not right.' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="amina@example.org"' in answer.text
    assert "wrong&quot;" not in answer.text
    assert "secondments_session" not in answer.headers.get("set-cookie", "")


def test_empty_fields_are_named(fill_in: FillIn) -> None:
    answer = fill_in(email=" ", password="")

    assert "Enter your e-mail address" in answer.text
    assert "Enter your password" in answer.text


def test_what_was_typed_is_escaped(fill_in: FillIn) -> None:
    answer = fill_in(email='"><script>alert(1)</script>', password="x")

    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("token", ["", "forged", "é"])
def test_a_form_from_another_site_is_refused(fill_in: FillIn, token: str) -> None:
    answer = fill_in(form_token=token)

    assert answer.status_code == 403
    assert "Your page was out of date. Try again." in answer.text
    assert 'value="amina@example.org"' in answer.text


def test_a_form_without_the_cookie_is_refused(client: TestClient) -> None:
    assert (
        client.post("/sign-in", data={"form_token": "", "email": "a@b.c", "password": "x"}).status_code == 403
    )


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(fill_in: FillIn) -> None:
    cookie = fill_in().headers["set-cookie"]

    assert re.match(r"secondments_session=[\w-]{43};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    seconds = re.search(r"Max-Age=(\d+)", cookie)
    assert seconds
    assert 11 * 3600 < int(seconds.group(1)) <= 12 * 3600


@pytest.mark.usefixtures("secure")
def test_in_production_the_cookies_only_travel_over_tls(client: TestClient) -> None:
    cookie = client.get("/sign-in").headers["set-cookie"]

    assert cookie.startswith("__Host-secondments_form=")
    assert "Secure" in cookie


def test_signing_out_ends_the_session_and_forgets_the_cookie(client: TestClient, fill_in: FillIn) -> None:
    fill_in()
    old = client.cookies["secondments_session"]
    page = client.get("/sign-out")
    assert "Amina &lt;b&gt;Yusuf&lt;/b&gt;" in page.text

    answer = client.post("/sign-out", data={"form_token": _token(page.text)})

    assert answer.headers["location"] == "/sign-in?signed-out=1"
    assert "secondments_session" not in client.cookies
    client.cookies["secondments_session"] = old
    assert client.get("/for-you").status_code == 303


def test_signing_out_needs_our_own_form(client: TestClient, fill_in: FillIn) -> None:
    fill_in()

    assert client.post("/sign-out", data={"form_token": "forged"}).headers["location"] == "/sign-out"
    assert client.get("/for-you").status_code == 200


def test_a_new_sign_in_ends_the_browsers_earlier_session(client: TestClient, fill_in: FillIn) -> None:
    fill_in()
    earlier = client.cookies["secondments_session"]
    fill_in()

    with store.reading() as session:
        assert accounts.actor_for_token(session, earlier) is None


def test_invented_people_are_not_offered_outside_demonstration_mode(
    client: TestClient, fill_in: FillIn
) -> None:
    assert "invented" not in client.get("/sign-in").text
    assert fill_in(demo_user="1").status_code == 403


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_signs_in_an_invented_person_with_one_click(
    client: TestClient, fill_in: FillIn
) -> None:
    with store.writing() as session:
        accounts.create_account(
            session,
            email="x@example.org",
            name="Invented <i>Person</i>",
            memberships=((Role.AUDITOR, None),),
            is_demo=True,
        )
    page = client.get("/sign-in")
    assert "Demonstration" in page.text
    assert "Invented &lt;i&gt;Person&lt;/i&gt;" in page.text
    assert "Auditor" in page.text
    number = re.findall(r'name="demo_user" value="(\d+)"', page.text)
    assert len(number) == 1

    answer = fill_in(demo_user=number[0])

    assert answer.headers["location"] == "/audit"
    assert client.get("/audit").status_code == 200


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("number", ["1", "-1", "x", "²", "99999"])
def test_one_click_never_opens_a_real_account(fill_in: FillIn, number: str) -> None:
    answer = fill_in(demo_user=number)

    assert answer.status_code == 403
    assert "demonstration mode" in answer.text
