"""The HTML that Streamlit's pages load into: its own index with our title, language, words, stylesheet and script."""

import re
from functools import cache
from html import escape

from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from programme.pages import PAGES, SERVICE_NAME, PageSpec, document_title
from web import addresses, cookies, markup
from web.identity import actor_of


class _NotStreamlit(PathConvertor):
    """Every path that Streamlit does not serve itself."""

    regex = r"(?!(?:_stcore|media|component|static)(?:/|$)|.*_stcore/).+"


register_url_convertor("not_streamlit", _NotStreamlit())


def page_routes(index_html: str) -> list[BaseRoute]:
    """A route for every page of the registry."""
    return [_page_route(index_html, spec) for spec in PAGES]


def missing_route() -> Route:
    """The route that answers 404 for every other name. It must come last."""
    return Route("/{path:not_streamlit}", _missing)


@cache
def shell(index_html: str, spec: PageSpec) -> str:
    """Streamlit's index as this page: fit to read before, and without, any script.

    Raises ValueError when Streamlit's index is not as we know it, so that an upgrade cannot pass unseen.
    """
    description = spec.description or f"{spec.title}: {SERVICE_NAME}."
    head = (
        f"<title>{escape(document_title(spec.title))}</title>\n"
        f'    <meta name="description" content="{escape(description)}">\n'
        f'    <link rel="stylesheet" href="{markup.STYLESHEET}">\n'
        '    <script src="/assets/answers.js" defer></script>'
    )
    words = (
        f"<noscript><p>{escape(SERVICE_NAME)} needs JavaScript for this page. "
        "Turn it on in your browser’s settings, then load the page again.</p></noscript>"
    )
    page = _replace(r'<html lang="en">', '<html lang="en-GB">', index_html)
    page = _replace(r"<title>.*?</title>", head, page)
    page = _replace(r'<link rel="shortcut icon"[^>]*>', '<link rel="icon" href="/assets/favicon.png">', page)
    page = _replace(r"<noscript>.*?</noscript>", words, page)
    return re.sub(r'<!--(?:(?!-->).)*?-->\s*<link rel="service-desc"[^>]*>', "", page, flags=re.DOTALL)


def _page_route(index_html: str, spec: PageSpec) -> Route:
    html = shell(index_html, spec)

    async def show(request: Request) -> Response:
        if spec.roles is not None and actor_of(request).user_id is None:
            return RedirectResponse(addresses.sign_in(addresses.here(request)), 303)
        response = HTMLResponse(html)
        if not cookies.read(request, cookies.FORM):
            cookies.write(response, cookies.FORM, cookies.form_token(request))
        return response

    return Route(spec.address, show, name=spec.path or "home")


async def _missing(request: Request) -> Response:
    main = (
        "<h1>Page not found</h1>"
        "<p>If you typed the address, check that it is right.</p>"
        "<p>If you pasted the address, check that you copied all of it.</p>"
        '<p>You can <a href="/">go to the home page</a> or <a href="/placements">find a placement</a>.</p>'
    )
    return HTMLResponse(markup.document("Page not found", main), 404)


def _replace(pattern: str, words: str, html: str) -> str:
    changed, count = re.subn(pattern, lambda _: words, html, count=1, flags=re.DOTALL)
    if not count:
        raise ValueError(f"Streamlit's index has no {pattern}: see how it changed before serving it.")
    return changed
