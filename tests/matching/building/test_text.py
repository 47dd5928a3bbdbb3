"""What is learnt about words: reproducible, flat for placements, and never from a label."""

from pathlib import Path

import numpy as np

from matching.building import text

REFERENCE = Path(__file__).resolve().parents[3] / "seed_data" / "reference"


def test_a_vector_is_kept_for_each_word_that_three_texts_have(data):
    documents, arrays = text.build(data, REFERENCE)

    assert "museum" in documents["text/words"]
    assert "the" not in documents["text/words"]
    assert arrays["text/vectors"].shape == (len(documents["text/words"]), 64)
    assert arrays["text/vectors"].dtype == np.int8


def test_the_order_of_words_is_the_alphabet(data):
    words = text.build(data, REFERENCE)[0]["text/words"]

    assert words == sorted(words)
