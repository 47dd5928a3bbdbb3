"""The two cookies: the sign-in session and the token that proves a form came from one of our pages."""

import secrets

from starlette.requests import HTTPConnection
from starlette.responses import Response

from programme.settings import settings

SESSION = "secondments_session"
FORM = "secondments_form"


def read(connection: HTTPConnection, name: str) -> str:
    """The cookie's value, empty when the browser sent none."""
    return connection.cookies.get(_full(name), "")


def form_token(connection: HTTPConnection) -> str:
    """The browser's form token, or a new one when it has none yet."""
    return read(connection, FORM) or secrets.token_urlsafe(32)


def write(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie that scripts cannot read; it goes with the browser window unless it has ``seconds``."""
    response.set_cookie(
        _full(name),
        value,
        max_age=seconds,
        path="/",
        secure=settings().secure_cookies,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, name: str) -> None:
    """Remove a cookie from the browser."""
    response.delete_cookie(
        _full(name), path="/", secure=settings().secure_cookies, httponly=True, samesite="lax"
    )


def came_from_our_form(connection: HTTPConnection, sent: str) -> bool:
    """Whether the token in a form is the one in the browser's cookie (double submit)."""
    kept = read(connection, FORM)
    return bool(kept) and secrets.compare_digest(kept.encode(), sent.encode())


def _full(name: str) -> str:
    return f"__Host-{name}" if settings().secure_cookies else name
