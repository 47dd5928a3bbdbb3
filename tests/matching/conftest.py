"""Profiles, settings and random cases for the matching tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import strategies as st

from matching import ApplicantProfile, Encoder, OfferProfile, SkillNeed, SkillRelations, Weights

ROWS = {
    "host.missions": 15,
    "host.skills": 45,
    "host.learning": 0,
    "host.level": 20,
    "host.words": 15,
    "host.place": 5,
    "applicant.missions": 25,
    "applicant.skills": 15,
    "applicant.learning": 30,
    "applicant.level": 10,
    "applicant.words": 5,
    "applicant.place": 15,
    "essential_weight": 2,
    "level_step": 0.25,
    "stretch_credit": 0.8,
    "ambition_step": 0.1,
    "neutral": 0.5,
    "remote_credit": 0.8,
    "elsewhere_credit": 0.4,
}

RELATED = (
    ("analysis", "facilitation", 0.4, "both are about thinking"),
    ("writing", "fundraising", 0.65, "one needs the other"),
    ("service_design", "facilitation", 0.5, "they are often asked for together"),
)

TEXTS = (
    "",
    "I run casework for families and want to learn service design.",
    "Analyst in energy policy, modelling heat networks and flexible demand.",
    "We need somebody to plan services with families across our centres.",
    "Help our energy advice charity understand demand for heat and power.",
    "Volunteers, volunteering and the law; the and of.",
    "Caffè, naïve coöperation: 24/7 répondre — ünïcode £100.",
)

DAY = date(2026, 3, 2)


def an_applicant(**changes: Any) -> ApplicantProfile:
    """An applicant who can take `an_offer`, with the changes named."""
    settled: dict[str, Any] = {
        "ref": "A-1",
        "organisation": "dept_one",
        "direction": "outward",
        "level": 5,
        "missions": {"energy": 0.6, "health": 0.4},
        "skills": {"analysis": 3, "writing": 2},
        "wants": {"fundraising": 2, "service_design": 3},
        "text": TEXTS[2],
        "regions": frozenset({"london"}),
        "remote_ok": False,
        "days_min": 2.0,
        "days_max": 5.0,
        "available_from": date(2026, 2, 1),
        "available_to": None,
        "length_min": 3,
        "length_max": 12,
        "kinds": frozenset({"secondment"}),
        "contract_end": None,
        "vetting_held": 1,
        "meets_nationality": True,
        "placed_until": None,
    }
    return ApplicantProfile(**{**settled, **changes})


def an_offer(**changes: Any) -> OfferProfile:
    """An offer that `an_applicant` can take, with the changes named."""
    settled: dict[str, Any] = {
        "ref": "O-1",
        "organisation": "charity_one",
        "direction": "outward",
        "kind": "secondment",
        "level_min": 4,
        "level_max": 6,
        "stretch_ok": False,
        "missions": {"energy": 0.5, "opportunity": 0.5},
        "needs": (
            SkillNeed(code="analysis", level=3, essential=True),
            SkillNeed(code="writing", level=4, essential=False),
            SkillNeed(code="facilitation", level=2, essential=False),
        ),
        "teaches": {"fundraising": 3, "service_design": 1},
        "text": TEXTS[4],
        "region": "london",
        "remote": "on_site",
        "days": 4.0,
        "start_from": DAY,
        "start_to": date(2026, 4, 30),
        "length_months": 6,
        "vetting": 1,
        "vetting_ready_on": date(2026, 2, 20),
        "reserved": False,
        "capacity_left": 1,
    }
    return OfferProfile(**{**settled, **changes})


CODES = ("analysis", "writing", "facilitation", "fundraising", "service_design")
MISSIONS = ("energy", "health", "opportunity")
REGIONS = ("london", "wales", "north_east")
KINDS = ("secondment", "part_time", "shadowing")
ORGANISATIONS = ("dept_one", "charity_one", "charity_two")
DAYS = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0)

_levels = st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), max_size=4)
_missions = st.dictionaries(st.sampled_from(MISSIONS), st.sampled_from([0.0, 0.2, 0.3, 0.5, 1.0]))
_dates = st.integers(-200, 400).map(lambda days: DAY + timedelta(days=days))
_organisations = st.sampled_from(ORGANISATIONS)
_directions = st.sampled_from(["outward", "inward"])


@st.composite
def applicants(draw: st.DrawFn) -> ApplicantProfile:
    days = sorted(draw(st.tuples(*[st.sampled_from(DAYS)] * 2)))
    months = sorted(draw(st.tuples(*[st.integers(0, 24)] * 2)))
    return ApplicantProfile(
        ref="A",
        organisation=draw(_organisations),
        direction=draw(_directions),
        level=draw(st.none() | st.integers(1, 10)),
        missions=draw(_missions),
        skills=draw(_levels),
        wants=draw(_levels),
        text=draw(st.sampled_from(TEXTS)),
        regions=draw(st.frozensets(st.sampled_from(REGIONS))),
        remote_ok=draw(st.booleans()),
        days_min=days[0],
        days_max=days[1],
        available_from=draw(st.none() | _dates),
        available_to=draw(st.none() | _dates),
        length_min=months[0],
        length_max=months[1],
        kinds=draw(st.frozensets(st.sampled_from(KINDS))),
        contract_end=draw(st.none() | _dates),
        vetting_held=draw(st.integers(0, 4)),
        meets_nationality=draw(st.none() | st.booleans()),
        placed_until=draw(st.none() | _dates),
        balance=draw(st.none() | st.sampled_from([0.0, 0.25, 0.6, 1.0])),
    )


@st.composite
def offers(draw: st.DrawFn) -> OfferProfile:
    levels = sorted(draw(st.tuples(*[st.integers(1, 10)] * 2)))
    window = sorted(draw(st.tuples(_dates, _dates)))
    needs = draw(_levels)
    return OfferProfile(
        ref="O",
        organisation=draw(_organisations),
        direction=draw(_directions),
        kind=draw(st.sampled_from(KINDS)),
        level_min=levels[0],
        level_max=levels[1],
        stretch_ok=draw(st.booleans()),
        missions=draw(_missions),
        needs=tuple(SkillNeed(code=c, level=n, essential=draw(st.booleans())) for c, n in needs.items()),
        teaches=draw(_levels),
        text=draw(st.sampled_from(TEXTS)),
        region=draw(st.sampled_from(["", *REGIONS])),
        remote=draw(st.sampled_from(["on_site", "hybrid", "remote"])),
        days=draw(st.sampled_from(DAYS)),
        start_from=window[0],
        start_to=window[1],
        length_months=draw(st.integers(0, 24)),
        vetting=draw(st.integers(0, 4)),
        vetting_ready_on=draw(st.none() | _dates),
        reserved=draw(st.booleans()),
        capacity_left=draw(st.integers(0, 2)),
    )


@pytest.fixture(scope="session")
def weights() -> Weights:
    return Weights.from_rows(version="test-1", rows=ROWS)


@pytest.fixture(scope="session")
def relations() -> SkillRelations:
    return SkillRelations.from_pairs(RELATED)


@pytest.fixture(scope="session")
def encoder(weights: Weights) -> Encoder:
    """Columns for `an_offer` and its changes; a skill counts for itself alone."""
    return fitted(Encoder(weights), ())


@pytest.fixture(scope="session")
def related_encoder(weights: Weights, relations: SkillRelations) -> Encoder:
    """The same where skills count for each other."""
    return fitted(Encoder(weights, relations=relations), ())


def fitted(encoder: Encoder, offers: Sequence[OfferProfile]) -> Encoder:
    """Fitted on these offers and on one that names every code, place, length and number of days."""
    everything = [
        an_offer(
            organisation=organisation,
            kind=KINDS[i % 3],
            missions=dict.fromkeys(MISSIONS, 1.0),
            needs=tuple(SkillNeed(code=code, level=1, essential=False) for code in CODES),
            teaches=dict.fromkeys(CODES, 1),
            length_months=i,
            days=DAYS[i % len(DAYS)],
            region=region,
            remote=remote,
        )
        for i, (organisation, region, remote) in enumerate(
            product(ORGANISATIONS, ["", *REGIONS], ["on_site", "hybrid", "remote"])
        )
    ]
    return encoder.fit([*everything, *offers])


@pytest.fixture(scope="session", name="an_applicant")
def applicant_maker() -> Callable[..., ApplicantProfile]:
    return an_applicant


@pytest.fixture(scope="session", name="an_offer")
def offer_maker() -> Callable[..., OfferProfile]:
    return an_offer


@pytest.fixture(scope="session", name="any_applicant")
def applicant_strategy() -> st.SearchStrategy[ApplicantProfile]:
    """Random applicants, for `data.draw`."""
    return applicants()


@pytest.fixture(scope="session", name="any_offer")
def offer_strategy() -> st.SearchStrategy[OfferProfile]:
    """Random offers, for `data.draw`."""
    return offers()


@pytest.fixture
def weight_rows() -> dict[str, float]:
    return dict(ROWS)
