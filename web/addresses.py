"""Addresses within this site, and the refusal of any other."""

from urllib.parse import quote, urlsplit

from starlette.requests import Request

from programme.actors import Actor
from programme.pages import EVERYONE, PAGES, may_open, page_at


def here(request: Request) -> str:
    """The path and query of this request."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def sign_in(wanted: str) -> str:
    """The sign-in page, coming back to ``wanted``."""
    return f"/sign-in?next={quote(wanted, safe='')}"


def safe(wanted: str) -> str:
    """``wanted`` when it is one of our own pages, else empty: nobody is ever sent to another site."""
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return ""
    if "\\" in wanted or any(ord(sign) < 33 for sign in wanted):
        return ""
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or page_at(parts.path) is None or parts.path.count("/") != 1:
        return ""
    return wanted


def first_page(actor: Actor) -> str:
    """Where this person's work starts: the first page in the navigation that only some may open, else home."""
    for page in PAGES:
        if page.roles not in (None, EVERYONE) and page.visibility == "visible" and may_open(actor, page):
            return page.address
    return "/"
