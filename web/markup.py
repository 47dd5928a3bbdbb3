"""The plain HTML pages' shared parts. Every value that comes from outside is escaped here."""

from collections.abc import Mapping
from html import escape

from programme.actors import Actor
from programme.pages import SERVICE_NAME, document_title
from programme.settings import settings

STYLESHEET = "/assets/secondments.css"


def document(title: str, main: str, *, error: bool = False) -> str:
    """A whole page: skip link, header, the demonstration banner when there is one, ``main`` and the footer.

    ``main`` is HTML whose values have been escaped; ``title`` is plain text.
    """
    banner = (
        '<div class="sp-width"><p class="sp-banner">'
        '<strong class="sp-tag sp-tag-blue">Demonstration</strong> '
        "Every person and organisation here is invented.</p></div>"
        if settings().demo
        else ""
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{"Error: " if error else ""}{escape(document_title(title))}</title>
<link rel="icon" href="/assets/favicon.png">
<link rel="stylesheet" href="{STYLESHEET}">
</head>
<body class="sp-page">
<a class="sp-skip" href="#main">Skip to main content</a>
<header>
<div class="sp-header"><div class="sp-width"><a href="/">{escape(SERVICE_NAME)}</a></div></div>
{banner}
</header>
<div class="sp-width">
<main id="main" tabindex="-1">
{main}
</main>
</div>
<footer class="sp-page-footer"><div class="sp-width"><ul class="sp-links">
<li><a href="/placements">Find a placement</a></li>
<li><a href="/how-matching-works">How matching works</a></li>
<li><a href="/accessibility">Accessibility statement</a></li>
</ul></div></footer>
</body>
</html>
"""


def hidden(name: str, value: str) -> str:
    """A hidden field."""
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def text_field(
    name: str,
    label: str,
    *,
    kind: str = "text",
    value: str = "",
    autocomplete: str,
    hint: str = "",
    error: str = "",
) -> str:
    """A labelled text field with its hint and its error tied to it."""
    described = " ".join(f"{name}-{part}" for part, words in (("hint", hint), ("error", error)) if words)
    return (
        f'<div class="sp-field{" sp-field-wrong" if error else ""}">'
        f'<label for="{name}">{escape(label)}</label>'
        + (f'<p class="sp-hint" id="{name}-hint">{escape(hint)}</p>' if hint else "")
        + (
            f'<p class="sp-field-error" id="{name}-error">'
            f'<span class="sp-hidden">Error: </span>{escape(error)}</p>'
            if error
            else ""
        )
        + f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" '
        f'autocomplete="{autocomplete}" spellcheck="false"'
        + (f' aria-describedby="{described}"' if described else "")
        + (' aria-invalid="true"' if error else "")
        + "></div>"
    )


def error_summary(errors: Mapping[str, str]) -> str:
    """The box that lists what went wrong, each line linking to its field; nothing when all is right."""
    if not errors:
        return ""
    lines = "".join(
        f'<li><a href="#{escape(field)}">{escape(words)}</a></li>' for field, words in errors.items()
    )
    return (
        f'<div class="sp-errors" role="alert" tabindex="-1"><h2>There is a problem</h2><ul>{lines}</ul></div>'
    )


def signed_in_as(actor: Actor) -> str:
    """Who is signed in, in a sentence."""
    return f"<p>You are signed in as <strong>{escape(actor.name)}</strong>.</p>"
