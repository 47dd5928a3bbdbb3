"""Text similarity from 0 to 1, with the words behind it."""

from __future__ import annotations

import pytest

from matching.text import encode_texts, learn_vocabulary, shared_words

TEXTS = ["heat networks in Wales", "planning heat pumps", "casework with families"]


def similarity(first: str, second: str, share: float = 0.25) -> float:
    vocabulary = learn_vocabulary(TEXTS, max_features=1000)
    one, other = (encode_texts(vocabulary, [text], fragment_share=share) for text in (first, second))
    return float((one @ other.T).toarray()[0, 0])


def test_a_text_is_most_similar_to_itself() -> None:
    assert similarity(TEXTS[0], TEXTS[0]) == pytest.approx(1)
    assert 0 < similarity(TEXTS[0], TEXTS[1]) < 1
    assert similarity(TEXTS[0], "") == 0


def test_fragments_meet_endings_that_words_miss() -> None:
    assert similarity("planner", "planning", share=0.0) == 0
    assert similarity("planner", "planning", share=0.5) > 0


def test_shared_words_are_named_and_common_words_are_not() -> None:
    vocabulary = learn_vocabulary(TEXTS, max_features=1000)

    assert shared_words(vocabulary, "Heat in Wales", "wales and heat in Kent", limit=5) == ("wales", "heat")
