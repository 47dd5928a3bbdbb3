"""The project's own rankers of text, in the form that the evaluation runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matching.evaluation.baselines import Scores, TextRanker
from matching.text_similarity import TextSimilarity


def text_similarity(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """`TextSimilarity` as it ships."""
    return TextSimilarity().fit(corpus).similarity(queries)


TEXT_RANKERS: Mapping[str, TextRanker] = {"TextSimilarity": text_similarity}
"""Our rankers by the name that tables show."""
