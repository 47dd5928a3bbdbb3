"""Who is behind each request: the session cookie, resolved once, told to Streamlit in headers of our own.

``server.trustedUserHeaders`` copies the headers to ``st.user``. Whatever a client sends under those names is
dropped first, over HTTP and over the websocket.
"""

from typing import NamedTuple

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from programme import sign_in, store
from programme.actors import PUBLIC, Actor, actor_for
from web import cookies

PREFIX = b"x-secondments-"
WITHOUT_IDENTITY = ("/static/", "/assets/", "/_stcore/health", "/_stcore/host-config", "/healthz")
_KEY = "secondments.actor"


class Known(NamedTuple):
    """The actor and the number of their sign-in session."""

    actor: Actor
    session_id: int


class IdentityMiddleware:
    """ASGI middleware: strips forged identity headers, resolves the cookie, adds the true headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HTTP and websocket connections on with their identity; leave the lifespan alone."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(PREFIX)]
        connection = HTTPConnection(scope)
        known = None
        if not scope["path"].startswith(WITHOUT_IDENTITY):
            token = cookies.read(connection, cookies.SESSION)
            known = await to_thread.run_sync(_resolve, token) if token else None
            headers.append((PREFIX + b"form", cookies.read(connection, cookies.FORM).encode("latin-1")))
        if known is not None:
            headers.append((PREFIX + b"uid", str(known.actor.user_id).encode()))
            headers.append((PREFIX + b"sid", str(known.session_id).encode()))
        await self.app({**scope, "headers": headers, _KEY: known.actor if known else PUBLIC}, receive, send)


def actor_of(connection: HTTPConnection) -> Actor:
    """Who sent this request, as the middleware found."""
    actor = connection.scope.get(_KEY, PUBLIC)
    assert isinstance(actor, Actor)
    return actor


def _resolve(token: str) -> Known | None:
    with store.reading() as session:
        found = sign_in.session_for_token(session, token)
        return Known(actor_for(found.user), found.id) if found else None
