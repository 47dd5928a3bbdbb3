"""The parts of a page: everything that was typed stays plain text."""

import pytest
from streamlit.testing.v1 import AppTest

from ui import layout


def test_an_address_leaves_out_what_is_not_asked_for() -> None:
    assert layout.address("placement", ref="OFR-7K3M2B", tab=None) == "/placement?ref=OFR-7K3M2B"
    assert layout.address("") == "/"
    assert layout.address("placements", mission=["a", "b"]) == "/placements?mission=a&mission=b"


def test_links_escape_their_words_and_their_address() -> None:
    html = layout.anchor("placement", "<b>Tom & Co</b>", ref='"><script>')

    assert "<b>" not in html
    assert "<script>" not in html
    assert "&lt;b&gt;Tom &amp; Co&lt;/b&gt;" in html


def test_plain_words_are_never_markdown() -> None:
    assert layout.plain("[a](https://x) *b* :red[c]") == r"\[a\]\(https\:\/\/x\) \*b\* \:red\[c\]"


def test_other_sites_are_only_linked_over_tls() -> None:
    with pytest.raises(ValueError, match="https"):
        layout.external_link("javascript:alert(1)", "x")


def test_a_page_shows_its_parts() -> None:
    def page() -> None:
        from ui import layout

        layout.error_summary({"email": "Enter your e-mail", "name": "Enter your name"})
        layout.page_heading("Apply *now*", caption="OFR-7K3M2B")
        layout.summary_list([("Name", "<b>x</b>"), ("Remote", True), ("Place", None)])
        layout.state_tag("Published", "green")
        layout.user_text("line 1\n<i>line 2</i>")
        layout.confirmation("Saved", "It is kept.")
        layout.empty_state("Nothing yet.", ("placements", "Find one"))

    at = AppTest.from_function(page).run()

    assert not at.exception
    assert at.error[0].value == "- Enter your e\\-mail\n- Enter your name"
    assert at.title[0].value == r"Apply \*now\*"
    html = " ".join(block.body for block in at.get("html"))
    assert "<dt>Name</dt><dd>&lt;b&gt;x&lt;/b&gt;</dd>" in html
    assert "<dd>Yes</dd>" in html
    assert "<dd>Not given</dd>" in html
    assert "&lt;i&gt;line 2&lt;/i&gt;" in html
