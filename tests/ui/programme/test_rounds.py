"""A programme manager runs a round, looks at it, and publishes or discards it."""

from typing import Any

from sqlalchemy import Engine, select

from db.engine import reading, writing
from db.models.rounds import MatchingRound
from programme import rounds
from programme.round_cohort import RoundSettings
from tests import lifecycle
from tests.ui.pages import press, said
from ui.views.programme.certificate import certificate_sentences
from ui.views.programme.round_pairs import NotPairs, parse_pairs
from ui.views.programme.round_results import reason_words


def test_a_round_is_run_from_the_form_and_opened(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
    page = open_page("rounds", small.programme.user_id)
    page.text_input(key="round.name").set_value("Spring 2027")
    page.text_area(key="round.pins").set_value(f"{small.applicant.ref}, {small.offer.ref}")
    press(page, "Run the round")
    assert not page.exception
    words = said(page)
    assert "1 person gets a proposal" in words
    assert small.applicant.ref in "\n".join(expander.label for expander in page.expander).replace("\\", "")


def test_the_methods_are_shown_side_by_side_before_one_is_chosen(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
    page = open_page("rounds", small.programme.user_id)
    press(page, "Compare the three methods first")
    assert not page.exception
    (table,) = page.table
    assert list(table.value.columns)[2:] == ["Best total fit", "Lowest fits first"]
    assert "1" in table.value.iloc[0].tolist()
    with reading(world) as session:
        assert session.scalars(select(MatchingRound)).all() == []


def test_the_reason_for_no_place_is_told_in_sentences() -> None:
    refusal = {
        "offer": "OFR-4D6F8G", "why": "below_cut_off", "words": "Every place went to others.",
        "own": 61.0, "cut_off": 64.5, "short_by": 3.5,
    }  # fmt: skip
    assert reason_words(refusal) == (
        "Every place went to others. Offer OFR-4D6F8G. The last person placed there has a host priority of 64.5; "
        "this person has 61. More than 3.5 points more would put them ahead."
    )
    assert reason_words({**refusal, "cut_off": None}) == "Every place went to others. Offer OFR-4D6F8G."


def test_pairs_that_are_no_pairs_are_refused_and_stay(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
    page = open_page("rounds", small.programme.user_id)
    page.text_input(key="round.name").set_value("Spring 2027")
    page.text_area(key="round.forbids").set_value("somebody somewhere")
    press(page, "Run the round")
    assert "is not a pair" in said(page)
    assert page.text_input(key="round.name").value == "Spring 2027"


def test_a_round_shows_how_it_was_run_is_compared_and_published(world: Engine, open_page: Any) -> None:
    with writing(world) as session:
        small = lifecycle.make_world(session)
        first = rounds.run(session, small.programme, RoundSettings(name="Stable", seed=7))
        second = rounds.run(session, small.programme, RoundSettings(name="Total", method="most_total_fit"))
    page = open_page("round", small.programme.user_id, ref=first.ref)
    words = said(page)
    assert first.fingerprint in words
    assert first.model_version in words
    page.selectbox(key="compare.other").set_value(second.ref).run()
    assert "1 pair in both rounds" in said(page)
    page.text_area(key="round-publish.reason").set_value("It leaves nobody out and nobody would rather swap.")
    press(page, "Publish the round")
    assert not page.exception
    with reading(world) as session:
        assert (
            session.scalars(select(MatchingRound.state).where(MatchingRound.id == first.id)).one()
            == "published"
        )


def test_pairs_are_read_line_by_line() -> None:
    assert parse_pairs("per-7k3m2b ofr-4d6f8g\n\nPER-2, OFR-3") == (
        ("PER-7K3M2B", "OFR-4D6F8G"),
        ("PER-2", "OFR-3"),
    )
    assert isinstance(parse_pairs("OFR-1 PER-1"), NotPairs)


def test_an_assignment_that_is_not_stable_says_what_it_gives_up() -> None:
    said_of_it = " ".join(
        certificate_sentences(
            {"matched": 2, "unmatched": 1, "mean": 70.0, "worst": 60.0, "stable": False, "blocking_pairs": 3,
             "applicants_blocking": 1, "price_of_stability": 0.02}
        )
    )  # fmt: skip
    assert "1 person could form 3 pairs" in said_of_it
    assert "2% of the highest total" in said_of_it
