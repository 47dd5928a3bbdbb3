"""What measurements of fairness report, and the invented cohort that they are taken on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.encoder import Encoder
from matching.evaluation.metrics import Floats
from matching.profiles import ApplicantProfile, OfferProfile
from matching.scores import grid, parts
from matching.tables import Bools
from matching.weights import PART_NAMES

Wording = tuple[str, str, str]
"""A skill code, and what it is called in government's and in civil society's words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One measured value.

    Attributes:
        check: What is looked at, as `one fact changed in the text`.

        case: The fact, group or disturbance.

        measure: What the value is, with its unit.

        value: As measured.

        n: How many pairs, people or texts it was measured on.

        must_be: What the value has to be; None where it is only reported.

        review: A prompt for a person to look at it; neither a pass nor a fail.
    """

    check: str
    case: str
    measure: str
    value: float
    n: int
    must_be: float | None = None
    review: bool = False

    @property
    def holds(self) -> bool:
        """False only where the value has to be another."""
        return self.must_be is None or self.value == self.must_be


@dataclass(frozen=True, slots=True)
class Cohort:
    """Invented people and offers, and the settings that score them.

    Attributes:
        people, offers: In order; a score matrix has one row a person and one column an offer.

        encoder: The settings of the score; fitted here on whatever is scored.

        small_hosts: Organisations that count as small charities.

        vocabulary: Name and description of each skill, by code.

        wordings: The same skills in the words of both sectors.
    """

    people: tuple[ApplicantProfile, ...]
    offers: tuple[OfferProfile, ...]
    encoder: Encoder
    small_hosts: frozenset[str]
    vocabulary: Mapping[str, tuple[str, ...]]
    wordings: tuple[Wording, ...]

    def scored(
        self, people: Sequence[ApplicantProfile] | None = None, offers: Sequence[OfferProfile] | None = None
    ) -> tuple[Floats, Bools]:
        """Scores and eligibility, (n_people, n_offers) each, of the cohort or of others in its place."""
        rows, columns = list(people or self.people), list(offers or self.offers)
        encoder = self.encoder.fit(columns, rows)
        return grid(encoder.transform_applicants(rows), encoder.transform_offers(columns))

    def words(self, people: Sequence[ApplicantProfile]) -> Floats:
        """(n_people, n_offers): points of the words part alone."""
        points: Floats = parts(self.encoder, list(people), list(self.offers)).points[
            PART_NAMES.index("words")
        ]
        return points
