"""The settings of the score: points for each part and the few numbers that shape them.

Nothing here has a default. The caller builds `Weights` from dated rows, so every score can name the
decision that its settings come from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

PART_NAMES = ("missions", "skills", "learning", "level", "words", "practical")
"""The parts of a score, in the order in which they are shown and added."""

PRACTICAL_SHARES = ("place_share", "days_share", "length_share", "start_share")

FULL_MARKS = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points for the six parts (they add to 100) and the credits (0 to 1) used inside them.

    Attributes:
        version: Names the dated decision that these numbers come from.

        missions, skills, learning, level, words, practical: Most points that the part can give.

        essential_weight: How many times an essential skill counts against a desirable one (1 or more).

        level_step: Credit lost for each level outside the offer's range. One number for both
            directions and both sides of the range, so swapping direction cannot change the score.

        stretch_credit: Credit for one level below the range when the offer accepts a stretch.

        neutral: Credit for a part where one side has said nothing.

        fragment_share: Share of the words part that compares fragments of words, so that
            spellings and endings of one word meet each other. The rest compares whole words.

        remote_credit: Credit for place when the offer is remote and outside the wished regions.

        elsewhere_credit: Credit for place when it is neither in a wished region nor remote.

        place_share, days_share, length_share, start_share: Shares of the practical part; add to 1.
    """

    version: str
    missions: float
    skills: float
    learning: float
    level: float
    words: float
    practical: float
    essential_weight: float
    level_step: float
    stretch_credit: float
    neutral: float
    fragment_share: float
    remote_credit: float
    elsewhere_credit: float
    place_share: float
    days_share: float
    length_share: float
    start_share: float

    @classmethod
    def from_rows(cls, *, version: str, rows: Mapping[str, float]) -> Self:
        """Build and validate from named numbers.

        Raises ValueError naming every row that is missing or unknown, or the rule that is broken.
        """
        expected = {field.name for field in fields(cls)} - {"version"}
        missing, unknown = sorted(expected - set(rows)), sorted(set(rows) - expected)
        if missing or unknown:
            raise ValueError(
                f"weights {version}: missing {', '.join(missing) or 'nothing'}; "
                f"unknown {', '.join(unknown) or 'nothing'}"
            )
        weights = cls(version=version, **{name: float(value) for name, value in rows.items()})
        weights.validate()
        return weights

    def points(self, part: str) -> float:
        """Most points that the named part can give. Raises KeyError for a part that does not exist."""
        if part not in PART_NAMES:
            raise KeyError(part)
        return float(getattr(self, part))

    def validate(self) -> None:
        """Raise ValueError, in words that say how to fix it, unless these settings make sense."""
        for field in fields(self):
            if field.name != "version" and not math.isfinite(getattr(self, field.name)):
                raise ValueError(f"{field.name} must be a number")
        if any(self.points(part) < 0 for part in PART_NAMES):
            raise ValueError("no part may have fewer than 0 points")
        total = math.fsum(self.points(part) for part in PART_NAMES)
        if not math.isclose(total, FULL_MARKS, abs_tol=1e-9):
            raise ValueError(f"the points of the six parts must add to 100, not {total:g}")
        shares = math.fsum(getattr(self, name) for name in PRACTICAL_SHARES)
        if not math.isclose(shares, 1.0, abs_tol=1e-9):
            raise ValueError(f"the shares of the practical part must add to 1, not {shares:g}")
        if self.essential_weight < 1:
            raise ValueError("an essential skill must count at least as much as a desirable one")
        self._validate_credits()

    def _validate_credits(self) -> None:
        credits_named = (
            "level_step",
            "stretch_credit",
            "neutral",
            "fragment_share",
            "remote_credit",
            "elsewhere_credit",
            *PRACTICAL_SHARES,
        )
        for name in credits_named:
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be between 0 and 1")
        if self.elsewhere_credit > self.remote_credit:
            raise ValueError("elsewhere_credit must not be above remote_credit: nearer is never worse")
