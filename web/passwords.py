"""Choosing a password with a one-time link: a plain HTML form."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from programme import sign_in as accounts
from programme import store
from programme.errors import Invalid, Refused
from web import cookies, markup

OUT_OF_DATE = "Your page was out of date. Try again."
NOT_THE_SAME = "Type the same password twice"


async def choose_password_form(request: Request) -> Response:
    """GET /choose-password?link=...: the form, or why the link does not work."""
    return await run_in_threadpool(_form, request, request.query_params.get("link", ""))


async def choose_password(request: Request) -> Response:
    """POST /choose-password: keeps the password and leads to the sign-in page."""
    async with request.form(max_files=0, max_fields=10) as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_choose, request, sent)


def _choose(request: Request, sent: dict[str, str]) -> Response:
    link, password = sent.get("link", ""), sent.get("password", "")
    if not cookies.came_from_our_form(request, sent.get("form_token", "")):
        return _form(request, link, errors={"password": OUT_OF_DATE}, status=403)
    if password != sent.get("again", ""):
        return _form(request, link, errors={"again": NOT_THE_SAME}, status=400)
    try:
        with store.writing() as session:
            accounts.use_link(session, link, password)
    except Invalid as refusal:
        return _form(request, link, errors=refusal.fields, status=400)
    except Refused:
        return _dead()
    return RedirectResponse("/sign-in?chosen=1", 303)


def _form(
    request: Request, link: str, *, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    with store.reading() as session:
        works = accounts.link_works(session, link)
        shortest = accounts.shortest_password(session)
    if not works:
        return _dead()
    wrong = errors or {}
    token = cookies.form_token(request)
    main = "".join(
        (
            markup.error_summary(wrong),
            "<h1>Choose a password</h1>",
            '<form method="post" action="/choose-password" novalidate>',
            markup.hidden("form_token", token),
            markup.hidden("link", link),
            markup.text_field(
                "password",
                "New password",
                kind="password",
                autocomplete="new-password",
                hint=f"At least {shortest} characters. Three random words are easy to remember.",
                error=wrong.get("password", ""),
            ),
            markup.text_field(
                "again",
                "The same password again",
                kind="password",
                autocomplete="new-password",
                error=wrong.get("again", ""),
            ),
            '<button class="sp-button" type="submit">Save password</button></form>',
        )
    )
    response = HTMLResponse(markup.document("Choose a password", main, error=bool(wrong)), status)
    response.headers["Referrer-Policy"] = "no-referrer"
    cookies.write(response, cookies.FORM, token)
    return response


def _dead() -> Response:
    main = f"<h1>This link does not work</h1><p>{accounts.LINK_DEAD}</p>"
    return HTMLResponse(markup.document("This link does not work", main), 410)
