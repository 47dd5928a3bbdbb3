"""The shell that Streamlit's pages load into, and addresses that are none."""

from html import escape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir

from programme.pages import PAGES, PageSpec, document_title
from web.security import content_security_policy
from web.shell import shell


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_every_page_answers_by_its_own_title_or_asks_to_sign_in(client: TestClient, page: PageSpec) -> None:
    answer = client.get(page.address)

    if page.roles is None:
        assert answer.status_code == 200
        assert f"<title>{escape(document_title(page.title))}</title>" in answer.text
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?next=")


def test_the_shell_says_its_language_and_what_to_do_without_scripts(client: TestClient) -> None:
    html = client.get("/placements").text

    assert '<html lang="en-GB">' in html
    assert '<meta name="description" content="Search the placements' in html
    assert "needs JavaScript" in html
    assert "/assets/secondments.css" in html
    assert "service-desc" not in html


@pytest.mark.parametrize("path", ["/nothing", "/placements/7", "/placement/", "/favicon.ico", "/.env"])
def test_an_unknown_address_is_a_404(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_the_stylesheet_and_icon_are_served(client: TestClient) -> None:
    assert client.get("/assets/secondments.css").headers["content-type"].startswith("text/css")
    assert client.get("/assets/favicon.png").status_code == 200
    assert client.get("/assets/../app.py").status_code == 404


def test_the_installed_streamlits_index_is_as_the_shell_expects() -> None:
    index = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")

    html = shell(index, PAGES[0])

    assert "Streamlit app" not in html
    assert "service-desc" not in html
    assert content_security_policy(index).count("'sha256-") == 1


def test_an_index_that_has_changed_is_not_served_silently() -> None:
    with pytest.raises(ValueError, match="see how it changed"):
        shell("<html></html>", PAGES[0])
