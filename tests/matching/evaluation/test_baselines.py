"""The baselines rank as their names say, and the same seed ranks the same."""

import math

import numpy as np
import pytest

from matching.evaluation.baselines import RANKERS

CORPUS = [
    "policy adviser",
    "senior policy adviser in housing",
    "grants manager",
    "manager of grants and programmes",
    "nurse",
    "data analyst",
]


@pytest.mark.parametrize("name", [name for name in RANKERS if name != "random"])
def test_a_text_that_shares_words_comes_before_one_that_does_not(name):
    scores = RANKERS[name](["housing policy"], CORPUS, 0)[0]

    assert min(scores[:2]) > max(scores[2:])


@pytest.mark.parametrize("name", RANKERS)
def test_the_same_seed_gives_the_same_scores(name):
    first, again = (RANKERS[name](["grants"], CORPUS, 7) for _ in range(2))

    assert np.array_equal(first, again)
    assert first.shape == (1, len(CORPUS))


def test_bm25_is_the_published_formula():
    scores = RANKERS["BM25"](["nurse"], ["nurse nurse", "clerk", "clerk"], 0)

    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    length = 1 - 0.75 + 0.75 * 2 / (4 / 3)
    assert scores[0] == pytest.approx([idf * 2 * 2.5 / (2 + 1.5 * length), 0, 0])
