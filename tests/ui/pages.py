"""Reading a page in a test."""

from streamlit.testing.v1 import AppTest

KINDS = ("html", "title", "header", "subheader", "markdown", "caption", "error", "info", "success", "warning")


def said(page: AppTest) -> str:
    """Everything that a page says in words, without the signs that keep text from being Markdown."""
    parts = []
    for kind in KINDS:
        for each in page.get(kind):
            parts += [str(getattr(each, name, "") or "") for name in ("value", "title", "body")]
    return "\n".join(parts).replace("\\", "")


def press(page: AppTest, words: str) -> AppTest:
    """Press the button with these words and let the page answer."""
    for button in page.button:
        if button.label.replace("\\", "") == words:
            return button.click().run()
    raise AssertionError(f"No button says {words!r}: {[button.label for button in page.button]}")
