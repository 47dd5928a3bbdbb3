"""One value has one label, everywhere."""

from datetime import UTC, date, datetime

import pytest

from db.models.applications import ApplicationState
from db.models.complaints import ComplaintState
from db.models.contests import ContestAbout, ContestState
from db.models.learning import Question, ScoreState
from db.models.matches import GateName, GateState, MatchState
from db.models.offers import Direction, OfferKind, OfferState, Party, Remote
from db.models.outcomes import Respondent, Wave
from db.models.placements import ObjectiveResult, PlacementState, VatTreatment
from db.models.users import Role
from matching.rules import RULES
from matching.weights import PART_NAMES
from programme.transitions import TRANSITIONS
from ui import words

STORED = {
    "application_state": ApplicationState,
    "complaint_state": ComplaintState,
    "contest_about": ContestAbout,
    "contest_state": ContestState,
    "direction": Direction,
    "direction_for": Direction,
    "gate": GateName,
    "gate_state": GateState,
    "match_state": MatchState,
    "objective_result": ObjectiveResult,
    "offer_kind": OfferKind,
    "offer_state": OfferState,
    "party": Party,
    "placement_state": PlacementState,
    "remote": Remote,
    "role": Role,
    "score_question": Question,
    "score_state": ScoreState,
    "side": Respondent,
    "vat": VatTreatment,
    "wave": Wave,
}


@pytest.mark.parametrize("kind", STORED)
def test_every_stored_value_has_its_words(kind: str) -> None:
    assert set(words.LABELS[kind]) == {value.value for value in STORED[kind]}


def test_every_action_of_the_workflow_has_its_words() -> None:
    assert {move.action for move in TRANSITIONS} <= set(words.LABELS["action"])


def test_every_part_and_every_rule_of_the_matcher_has_its_words() -> None:
    assert set(words.LABELS["part"]) == set(PART_NAMES) == set(words.LABELS["part_meaning"])
    assert set(words.LABELS["rule"]) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("kind", words.TONES)
def test_a_tone_is_only_given_to_a_value_that_has_words(kind: str) -> None:
    assert set(words.TONES[kind]) <= set(words.LABELS[kind])


def test_a_value_without_words_reads_as_itself() -> None:
    assert words.label("form", "mutual_society") == "Mutual society"
    assert words.tone("offer_state", "draft") == "grey"


def test_dates_and_times_are_said_as_gov_uk_says_them() -> None:
    assert words.date_words(date(2027, 1, 5)) == "5 January 2027"
    assert words.date_words(None) == ""
    assert words.time_words(datetime(2027, 7, 5, 13, 5, tzinfo=UTC)) == "5 July 2027 at 2:05pm"
    assert words.date_words(datetime(2027, 7, 5, 23, 30, tzinfo=UTC)) == "6 July 2027"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.days_words(5), "5 days a week (full time)"),
        (words.days_words(2.5), "2.5 days a week"),
        (words.days_words(1), "1 day a week"),
        (words.length_words(0), "Less than a month"),
        (words.length_words(1), "1 month"),
        (words.levels_words(5, 5), "Level 5"),
        (words.levels_words(5, 6, stretch_ok=True), "Levels 5 to 6, or one level below"),
        (words.points_words(24.0), "24"),
        (words.points_words(7.46), "7.5"),
        (words.percent_words(None, 0), "Not known (n = 0)"),
        (words.percent_words(83.4, 12), "83% (n = 12)"),
        (words.count_words(1, "placement"), "1 placement"),
        (words.count_words(1200, "placement"), "1,200 placements"),
    ],
)
def test_numbers_are_said_with_their_unit(said: str, expected: str) -> None:
    assert said == expected
