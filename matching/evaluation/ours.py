"""The project's own rankers of text, in the form that the evaluation runs."""

from __future__ import annotations

from collections.abc import Mapping

from matching.evaluation.baselines import TextRanker

TEXT_RANKERS: Mapping[str, TextRanker] = {}
"""Our rankers by the name that tables show."""
