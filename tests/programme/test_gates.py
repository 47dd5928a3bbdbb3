"""Gates: which approvals a match needs follows from the offer, the person and the rules of the day."""

from datetime import date

import pytest
from sqlalchemy import Engine

from db.engine import writing
from programme import gates
from tests.factories import in_days
from tests.lifecycle import World, make_world


def needs(session, world: World) -> dict[str, bool]:
    """Which gates are needed, by name."""
    return {need.name.value: need.needed for need in gates.needed(session, world.applicant, world.offer)}


def test_every_gate_is_listed_once_with_a_sentence_and_the_programme_comes_last(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        found = gates.needed(session, world.applicant, world.offer)
        assert [need.name.value for need in found] == [
            "home_release", "host", "propriety", "finance", "security", "hr", "commission", "treasury", "programme",
        ]  # fmt: skip
        assert all(need.why.endswith(".") and len(need.why) > 15 for need in found)


def test_a_plain_outward_match_needs_only_its_two_sides_and_the_programme(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        found = needs(session, make_world(session))
        assert [name for name, needed in found.items() if needed] == ["home_release", "host", "programme"]


@pytest.mark.parametrize(
    ("direction", "offer", "applicant", "gate"),
    [
        ("inward", {}, {}, "propriety"),
        ("outward", {"recovery_pct": 99}, {}, "finance"),
        ("outward", {"vetting_code": "sc"}, {"vetting_code": "bpss"}, "security"),
        (
            "outward",
            {"vetting_code": "sc"},
            {"vetting_code": "dv", "vetting_expires_on": date(2020, 1, 1)},
            "security",
        ),
        ("outward", {}, {"contract_type": "fixed_term", "contract_end_on": date(2040, 1, 1)}, "hr"),
        ("outward", {}, {"employed_since_on": in_days(-30)}, "hr"),
        ("inward", {"level_max": 9}, {}, "commission"),
        ("inward", {"length_months": 25}, {}, "commission"),
        ("inward", {}, {"last_secondment_ended_on": in_days(-60)}, "commission"),
    ],
)
def test_a_gate_is_needed_when_its_rule_says_so(
    sqlite_store: Engine, direction: str, offer: dict, applicant: dict, gate: str
) -> None:
    with writing(sqlite_store) as session:
        assert needs(session, make_world(session, direction, offer=offer, applicant=applicant))[gate]


@pytest.mark.parametrize(
    ("direction", "offer", "applicant", "gate"),
    [
        ("outward", {}, {}, "propriety"),
        ("inward", {"recovery_pct": 0}, {}, "finance"),
        ("outward", {"vetting_code": "ctc"}, {"vetting_code": "sc"}, "security"),
        ("outward", {"vetting_code": "none"}, {"vetting_code": "none"}, "security"),
        ("outward", {}, {"employed_since_on": in_days(-800)}, "hr"),
        ("outward", {"level_max": 10, "length_months": 36}, {}, "commission"),
        ("inward", {"level_max": 8, "length_months": 24}, {}, "commission"),
        ("inward", {}, {"last_secondment_ended_on": in_days(-500)}, "commission"),
        ("inward", {"level_max": 10}, {}, "treasury"),
    ],
)
def test_a_gate_is_not_needed_just_below_its_threshold(
    sqlite_store: Engine, direction: str, offer: dict, applicant: dict, gate: str
) -> None:
    with writing(sqlite_store) as session:
        assert not needs(session, make_world(session, direction, offer=offer, applicant=applicant))[gate]


def test_the_treasury_gate_says_honestly_that_pay_is_not_known_here(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as session:
        world = make_world(session)
        (treasury,) = [n for n in gates.needed(session, world.applicant, world.offer) if n.name == "treasury"]
        assert "Pay is not recorded here" in treasury.why
        assert "£174,000" in treasury.why
