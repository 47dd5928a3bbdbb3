"""The web routes and middleware over an empty store, with an echo in Streamlit's place."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from db.models.users import Role
from programme import sign_in, store
from programme.settings import settings
from web.app import middleware, routes

INDEX = """<!DOCTYPE html>
<html lang="en">
  <head>
    <link rel="shortcut icon" href="./favicon.png" />
    <title>Streamlit</title>
    <!-- A pointer. -->
    <link rel="service-desc" href="./_stcore/x.json" />
    <script>
      window.prerenderReady = false
    </script>
    <script type="module" crossorigin src="./static/js/index.js"></script>
  </head>
  <body><noscript><p>You need JavaScript.</p></noscript><div id="root"></div></body>
</html>
"""
EMAIL = "amina@example.org"
PASSWORD = "three random words"


async def echo(request: Request) -> JSONResponse:
    """What Streamlit would be told about the person."""
    return JSONResponse({k: v for k, v in request.headers.items() if k.startswith("x-secondments-")})


async def echo_socket(socket: WebSocket) -> None:
    """The same over a websocket."""
    await socket.accept()
    await socket.send_json({k: v for k, v in socket.headers.items() if k.startswith("x-secondments-")})
    await socket.close()


def build() -> Starlette:
    """The application that Streamlit's would be."""
    return Starlette(
        routes=[
            *routes(INDEX),
            Route("/_stcore/{rest:path}", echo),
            Route("/media/{rest:path}", echo),
            WebSocketRoute("/_stcore/stream", echo_socket),
        ],
        middleware=middleware(INDEX),
    )


@pytest.fixture
def web_store(sqlite_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The store that the web reads, with one account in it."""
    monkeypatch.setattr(store, "process_engine", lambda: sqlite_store)
    with store.writing() as session:
        user = sign_in.create_account(
            session, email=EMAIL, name="Amina <b>Yusuf</b>", memberships=((Role.APPLICANT, None),)
        )
        sign_in.use_link(session, sign_in.invite(session, user).partition("link=")[2], PASSWORD)
    return sqlite_store


@pytest.fixture
def client(web_store: Engine) -> Iterator[TestClient]:
    """A browser that follows no redirect by itself."""
    with TestClient(build(), follow_redirects=False) as opened:
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
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cookies as in production, for one test."""
    monkeypatch.setenv("SECONDMENTS_SECURE_COOKIES", "1")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def form_token(html: str) -> str:
    """The form token in a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', html)
    assert found
    return found.group(1)


@pytest.fixture
def fill_in(client: TestClient) -> Callable[..., object]:
    """Fill in the sign-in form and send it."""

    def send(**fields: str) -> object:
        page = client.get("/sign-in")
        sent = {"form_token": form_token(page.text), "email": EMAIL, "password": PASSWORD} | fields
        return client.post("/sign-in", data=sent)

    return send
