"""The sign-in page, and signing out: plain HTML forms that work without any script."""

from html import escape
from itertools import groupby

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from programme import clock, demo_identities, store
from programme import sign_in as accounts
from programme.actors import actor_for
from programme.demo_identities import DemoIdentity
from programme.errors import Refused
from programme.pages import page_at
from programme.settings import settings
from web import addresses, cookies, markup
from web.identity import actor_of

OUT_OF_DATE = "Your page was out of date. Try again."


async def sign_in_form(request: Request) -> Response:
    """GET /sign-in: the form, which leads back to the page named in ``next``."""
    return await run_in_threadpool(_form, request, addresses.safe(request.query_params.get("next", "")))


async def sign_in(request: Request) -> Response:
    """POST /sign-in: a session and the page that was wanted, or the form with what went wrong."""
    async with request.form(max_files=0, max_fields=10) as form:
        return await run_in_threadpool(_sign_in, request, form)


async def ask_to_sign_out(request: Request) -> Response:
    """GET /sign-out: a page with the button, for links, which must never change anything."""
    actor = actor_of(request)
    if actor.user_id is None:
        return RedirectResponse("/", 303)
    token = cookies.form_token(request)
    main = (
        f"<h1>Sign out</h1>{markup.signed_in_as(actor)}"
        f'<form method="post" action="/sign-out">{markup.hidden("form_token", token)}'
        '<button class="sp-button" type="submit">Sign out</button></form>'
    )
    return _with_token(HTMLResponse(markup.document("Sign out", main)), token)


async def sign_out(request: Request) -> Response:
    """POST /sign-out: ends the session everywhere it is open, and forgets the cookie."""
    async with request.form(max_files=0, max_fields=5) as form:
        if not cookies.came_from_our_form(request, _text(form, "form_token")):
            return RedirectResponse("/sign-out", 303)
    await run_in_threadpool(_end, cookies.read(request, cookies.SESSION))
    response = RedirectResponse("/sign-in?signed-out=1", 303)
    cookies.forget(response, cookies.SESSION)
    cookies.forget(response, cookies.FORM)
    return response


def _sign_in(request: Request, form: FormData) -> Response:
    wanted = addresses.safe(_text(form, "next"))
    email = _text(form, "email")
    if not cookies.came_from_our_form(request, _text(form, "form_token")):
        return _form(request, wanted, email=email, errors={"email": OUT_OF_DATE}, status=403)
    demo_user = _text(form, "demo_user")
    if demo_user:
        return _sign_in_as_demo(request, demo_user, wanted)
    errors = _missing(email, _text(form, "password"))
    if errors:
        return _form(request, wanted, email=email, errors=errors, status=400)
    with store.writing() as session:
        answer = accounts.sign_in(session, email, _text(form, "password"))
        first_page = addresses.first_page(actor_for(answer.user)) if answer.user else "/"
    if answer.token is None:
        return _form(request, wanted, email=email, errors={"email": answer.refusal}, status=400)
    return _welcome(request, answer.token, wanted or first_page)


def _sign_in_as_demo(request: Request, demo_user: str, wanted: str) -> Response:
    number = int(demo_user) if demo_user.isascii() and demo_user.isdigit() else 0
    try:
        with store.writing() as session:
            token, user = demo_identities.sign_in_as_demo(session, number)
            first_page = addresses.first_page(actor_for(user))
    except Refused as refusal:
        return _form(request, wanted, errors={"email": refusal.message}, status=403)
    return _welcome(request, token, wanted or first_page)


def _welcome(request: Request, token: str, wanted: str) -> Response:
    """Send the browser on with its new session. The session it had before ends."""
    _end(cookies.read(request, cookies.SESSION))
    with store.reading() as session:
        row = accounts.session_for_token(session, token)
        seconds = int((row.expires_at - clock.now()).total_seconds()) if row else 0
    response = RedirectResponse(wanted, 303)
    cookies.write(response, cookies.SESSION, token, seconds=seconds)
    return response


def _end(token: str) -> None:
    if token:
        with store.writing() as session:
            accounts.sign_out(session, token)


def _form(
    request: Request, wanted: str, *, email: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    token = cookies.form_token(request)
    wrong = errors or {}
    kept = markup.hidden("form_token", token) + markup.hidden("next", wanted)
    main = "".join(
        (
            markup.error_summary(wrong),
            _signed_out_notice(request, wanted),
            "<h1>Sign in</h1>",
            markup.signed_in_as(actor_of(request)) if actor_of(request).user_id is not None else "",
            _demo_buttons(kept),
            "<h2>With your e-mail address</h2>" if settings().demo else "",
            f'<form method="post" action="/sign-in" novalidate>{kept}',
            markup.text_field(
                "email",
                "E-mail address",
                kind="email",
                value=email,
                autocomplete="username",
                error=wrong.get("email", ""),
            ),
            markup.text_field(
                "password",
                "Password",
                kind="password",
                autocomplete="current-password",
                error=wrong.get("password", ""),
            ),
            '<button class="sp-button" type="submit">Sign in</button></form>',
            "<p>No account, or a forgotten password? Ask the programme team for a link.</p>",
            '<p>Your organisation is new here? <a href="/register-organisation">Register your organisation</a>.</p>',
        )
    )
    page = markup.document("Sign in", main, error=bool(wrong))
    return _with_token(HTMLResponse(page, status), token)


def _demo_buttons(kept: str) -> str:
    """One button for each invented person, by group; nothing outside demonstration mode."""
    if not settings().demo:
        return ""
    with store.reading() as session:
        people = demo_identities.demo_identities(session)
    groups = "".join(
        f"<h3>{escape(group)}</h3><ul>{''.join(_demo_button(person) for person in members)}</ul>"
        for group, members in groupby(people, key=lambda person: person.group)
    )
    return (
        "<h2>As an invented person</h2>"
        "<p>This is a demonstration. Choose someone to see the service as they do. No password is needed.</p>"
        f'<form class="sp-people" method="post" action="/sign-in">{kept}{groups}</form>'
    )


def _demo_button(person: DemoIdentity) -> str:
    place = f", {escape(person.organisation)}" if person.organisation else ""
    return (
        f'<li><button type="submit" name="demo_user" value="{person.user_id}">'
        f"<strong>{escape(person.name)}</strong> <span>{escape(person.roles)}{place}</span></button>"
        f"<p>{escape(person.can_do)}</p></li>"
    )


def _signed_out_notice(request: Request, wanted: str) -> str:
    if "signed-out" in request.query_params:
        return '<div class="sp-notice" role="status"><p>You have signed out.</p></div>'
    if "chosen" in request.query_params:
        return '<div class="sp-notice" role="status"><p>Your password has been saved. Sign in.</p></div>'
    page = page_at(wanted.partition("?")[0]) if wanted else None
    if page is not None and page.roles is not None and actor_of(request).user_id is None:
        return f'<div class="sp-notice"><p>Sign in to go on to “{escape(page.title)}”.</p></div>'
    return ""


def _missing(email: str, password: str) -> dict[str, str]:
    errors = {}
    if not email.strip():
        errors["email"] = "Enter your e-mail address"
    if not password:
        errors["password"] = "Enter your password"
    return errors


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _with_token(response: Response, token: str) -> Response:
    cookies.write(response, cookies.FORM, token)
    return response
