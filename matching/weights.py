"""The settings of the score: points for each part on both sides, and the few numbers that shape them.

Nothing here has a default. The caller builds `Weights` from dated rows, so every score can name the
decision that its settings come from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, Self

PART_NAMES = ("missions", "skills", "learning", "level", "words", "place")
"""The parts of a score, in the order in which they are shown and added."""

Side = Literal["both", "host", "applicant"]
SIDES: dict[Side, tuple[float, float]] = {"both": (0.5, 0.5), "host": (1.0, 0.0), "applicant": (0.0, 1.0)}
"""How much the host's and the applicant's points count in the score of each side. Both count the same."""

FULL_MARKS = 100.0
STEPS_A_POINT = 10
"""Points are set in tenths, so that every score is a whole number of units (`matching/factors.py`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points of the six parts for each side (each adds to 100) and the credits (0 to 1) inside them.

    Attributes:
        version: Names the dated decision that these numbers come from.

        host, applicant: Most points that each part can give, by name of the part.

        essential_weight: How many times an essential skill counts against a desirable one (1 or more).

        level_step: Credit lost for each level outside the offer's range.

        stretch_credit: The host's credit for one level below the range when it accepts a stretch.

        ambition_step: The applicant's credit lost for each level beyond one step up.

        neutral: Credit for a part where one side has said nothing.

        remote_credit: Credit for place when the offer is remote and outside the wished regions.

        elsewhere_credit: Credit for place when it is neither in a wished region nor remote.
    """

    version: str
    host: Mapping[str, float]
    applicant: Mapping[str, float]
    essential_weight: float
    level_step: float
    stretch_credit: float
    ambition_step: float
    neutral: float
    remote_credit: float
    elsewhere_credit: float

    @classmethod
    def from_rows(cls, *, version: str, rows: Mapping[str, float]) -> Self:
        """Build and validate from numbers named `host.skills`, `applicant.skills`, `level_step` and so on.

        Raises ValueError naming every row that is missing or unknown, or the rule that is broken.
        """
        credits_named = {field.name for field in fields(cls)} - {"version", "host", "applicant"}
        points_named = {f"{side}.{part}" for side in ("host", "applicant") for part in PART_NAMES}
        expected = credits_named | points_named
        missing, unknown = sorted(expected - set(rows)), sorted(set(rows) - expected)
        if missing or unknown:
            raise ValueError(
                f"weights {version}: missing {', '.join(missing) or 'nothing'}; "
                f"unknown {', '.join(unknown) or 'nothing'}"
            )
        weights = cls(
            version=version,
            host={part: float(rows[f"host.{part}"]) for part in PART_NAMES},
            applicant={part: float(rows[f"applicant.{part}"]) for part in PART_NAMES},
            **{name: float(rows[name]) for name in credits_named},
        )
        weights.validate()
        return weights

    def points(self, part: str, side: Side = "both") -> float:
        """Most points that the part can give in the score of a side. Raises KeyError for an unknown part."""
        host_share, applicant_share = SIDES[side]
        return host_share * self.host[part] + applicant_share * self.applicant[part]

    def use_and_learn(self, balance: float | None) -> tuple[float, float]:
        """The applicant's points for using what they know and for learning, at their own balance.

        A `balance` of 0 puts all of both on skills in use, 1 on learning, None leaves the settings.
        """
        use, learn = self.applicant["skills"], self.applicant["learning"]
        if balance is None:
            return use, learn
        learning = round((use + learn) * balance * STEPS_A_POINT) / STEPS_A_POINT
        return use + learn - learning, learning

    def validate(self) -> None:
        """Raise ValueError, in words that say how to fix it, unless these settings make sense."""
        for side, points in (("host", self.host), ("applicant", self.applicant)):
            _validate_points(side, points)
        if not self.essential_weight >= 1 or math.isinf(self.essential_weight):
            raise ValueError("an essential skill must count at least as much as a desirable one")
        for field in fields(self):
            if field.name in ("version", "host", "applicant", "essential_weight"):
                continue
            if not 0 <= getattr(self, field.name) <= 1:
                raise ValueError(f"{field.name} must be between 0 and 1")
        if self.elsewhere_credit > self.remote_credit:
            raise ValueError("elsewhere_credit must not be above remote_credit: nearer is never worse")


def _validate_points(side: str, points: Mapping[str, float]) -> None:
    if set(points) != set(PART_NAMES):
        raise ValueError(f"the {side}'s points must be for {', '.join(PART_NAMES)}")
    if not all(math.isfinite(value) for value in points.values()):
        raise ValueError(f"each of the {side}'s points must be a number")
    if any(value < 0 for value in points.values()):
        raise ValueError("no part may have fewer than 0 points")
    if any(abs(value * STEPS_A_POINT - round(value * STEPS_A_POINT)) > 1e-9 for value in points.values()):
        raise ValueError(f"the {side}'s points must be set in tenths of a point")
    total = math.fsum(points.values())
    if not math.isclose(total, FULL_MARKS, abs_tol=1e-9):
        raise ValueError(f"the {side}'s points of the six parts must add to 100, not {total:g}")
