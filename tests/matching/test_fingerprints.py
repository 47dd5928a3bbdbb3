"""A stored score can name what it was made from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching import applicant_table, fingerprint, model_version, offer_table


def test_dictionary_order_and_whole_numbers_do_not_matter(weights, an_applicant) -> None:
    one = an_applicant(missions={"a": 1, "b": 2}, days_min=2)
    other = an_applicant(missions={"b": 2.0, "a": 1.0}, days_min=2.0)
    nobody = offer_table([])

    assert fingerprint(applicant_table([one]), nobody, weights) == fingerprint(
        applicant_table([other]), nobody, weights
    )


def test_a_code_that_nobody_has_any_more_does_not_matter(weights, an_applicant) -> None:
    people = applicant_table([an_applicant(), an_applicant(skills={"gone": 1})])
    fresh = applicant_table([an_applicant()])

    assert fingerprint(people.take(slice(0, 1)), offer_table([]), weights) == fingerprint(
        fresh, offer_table([]), weights
    )


@pytest.mark.parametrize(
    "change", [{"level": 6}, {"regions": frozenset()}, {"text": ""}, {"balance": 0.5}], ids=str
)
def test_any_fact_that_differs_shows(weights, an_applicant, change) -> None:
    nobody, person = offer_table([]), applicant_table([an_applicant()])
    before = fingerprint(person, nobody, weights)

    assert before != fingerprint(applicant_table([an_applicant(**change)]), nobody, weights)
    assert before != fingerprint(person, nobody, replace(weights, version="other"))
    assert len(before) == 16
    assert set(before) <= set("0123456789abcdef")


def test_the_same_offer_twice_is_not_once(weights, an_offer) -> None:
    once, twice = offer_table([an_offer()]), offer_table([an_offer()] * 2)

    assert fingerprint(applicant_table([]), once, weights) != fingerprint(applicant_table([]), twice, weights)


def test_the_model_version_names_settings_code_and_knowledge(weights) -> None:
    assert model_version(weights, knowledge="abc") == "test-1+3.abc"
