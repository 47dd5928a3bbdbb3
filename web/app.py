"""The routes and middleware that ``streamlit_app.py`` gives to Streamlit's application."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from web.health import healthz
from web.identity import IdentityMiddleware
from web.passwords import choose_password, choose_password_form
from web.security import SecurityMiddleware, content_security_policy
from web.shell import missing_route, page_routes
from web.sign_in import ask_to_sign_out, sign_in, sign_in_form, sign_out

STATIC = Path(__file__).parent / "static"


def routes(index_html: str) -> list[BaseRoute]:
    """Every address that is ours. ``index_html`` is Streamlit's own index page."""
    return [
        Route("/healthz", healthz),
        Route("/sign-in", sign_in_form, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", ask_to_sign_out, methods=["GET"]),
        Route("/sign-out", sign_out, methods=["POST"]),
        Route("/choose-password", choose_password_form, methods=["GET"]),
        Route("/choose-password", choose_password, methods=["POST"]),
        Mount("/assets", StaticFiles(directory=STATIC)),
        *page_routes(index_html),
        missing_route(),
    ]


def middleware(index_html: str) -> list[Middleware]:
    """The outermost first: headers on every answer, then who is asking."""
    return [
        Middleware(SecurityMiddleware, policy=content_security_policy(index_html)),
        Middleware(IdentityMiddleware),
    ]
