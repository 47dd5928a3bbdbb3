"""The invented cohort and the settings with which fairness is measured."""

import csv
import io
from collections.abc import Mapping
from importlib import resources

import matching
from matching.evaluation import fairness
from matching.evaluation.findings import Cohort, Finding
from programme.demonstration.profiles import invented_offers, invented_people
from programme.demonstration.texts import table
from seed_data import reference_rows

NAME = "fairness"
SCORE = "score."
SMALL_BANDS = ("micro", "small")
FIRST_POINTS = {"missions": 20, "skills": 30, "learning": 15, "level": 15, "words": 10, "place": 10}
"""The points of the first scorer, the same for both sides: what today's settings are compared with."""

Rules = dict[str, float]


def measure(*, seed: int = 0) -> list[Finding]:
    """Every finding on the invented cohort, under the rules as they are shipped."""
    rules: Rules = {
        row["key"]: float(row["value_number"]) for row in reference_rows("rules") if row["value_number"]
    }
    today = cohort(rules)
    first = matching.Encoder(_weights(rules, FIRST_POINTS), relations=today.encoder.relations)
    return fairness.run(
        today,
        others={
            "the points of the first scorer, the same for both sides": first,
            "without related skills": matching.Encoder(today.encoder.weights),
        },
        ratio=rules["fairness.ratio"],
        fewest=int(rules["fairness.min_group"]),
        seed=seed,
    )


def cohort(rules: Rules) -> Cohort:
    """The demonstration's people and offers, scored by these rules."""
    relations = matching.SkillRelations.from_knowledge()
    return Cohort(
        people=invented_people(),
        offers=invented_offers(),
        encoder=matching.Encoder(_weights(rules), relations=relations),
        small_hosts=frozenset(row["key"] for row in table("charities") if row["income_band"] in SMALL_BANDS),
        vocabulary={row["code"]: (row["name"], row["description"]) for row in reference_rows("skills")},
        wordings=tuple(_wordings()),
    )


def _weights(rules: Rules, points: Mapping[str, int] | None = None) -> matching.Weights:
    """The settings of the score, or the same with these points for both sides."""
    rows = {key.removeprefix(SCORE): value for key, value in rules.items() if key.startswith(SCORE)}
    for part, value in (points or {}).items():
        rows |= {f"{side}.{part}": value for side in ("host", "applicant")}
    return matching.Weights.from_rows(version="shipped", rows=rows)


def _wordings() -> list[tuple[str, str, str]]:
    file = resources.files("seed_data").joinpath("evaluation", "two_vocabularies.csv")
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    return [(row["skill_code"], row["government_words"], row["civil_society_words"]) for row in rows]
