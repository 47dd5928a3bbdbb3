"""The label of a field is its accessible name too: plain words, and never markup."""

import pytest

from ui import forms, layout


def test_a_label_is_the_question_and_then_its_hint() -> None:
    assert forms.question("What is hard?", "You can leave this empty.") == (
        "What is hard?\n\nYou can leave this empty."
    )
    assert forms.question("Title") == "Title"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Share of the salary, in % (0 to 100)", "Share of the salary, in % (0 to 100)"),
        ("Data: clean it.\nThen publish it", "Data: clean it. Then publish it"),
        ("*b* [a](https://x.example) <i>", r"\*b\* \[a\](https\://x.example) \<i\>"),
        (":red[c] :smile: a -> b", r"\:red\[c\] \:smile: a \-\> b"),
        ("1. Halve the queue", r"1\. Halve the queue"),
        ("- Halve the queue", r"\- Halve the queue"),
        ("# Halve the queue", r"\# Halve the queue"),
    ],
)
def test_what_somebody_typed_never_becomes_markup_in_a_label(typed: str, label: str) -> None:
    assert layout.in_label(typed) == label
