"""A stored score can name what it was made from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching import fingerprint, model_version


def test_the_order_of_profiles_does_not_matter(weights, an_applicant, an_offer) -> None:
    people = [an_applicant(), an_applicant(ref="A-2", regions=frozenset({"wales", "london", "north_east"}))]
    places = [an_offer(), an_offer(ref="O-2")]

    assert fingerprint(people, places, weights) == fingerprint(people[::-1], places[::-1], weights)


def test_dictionary_order_and_whole_numbers_do_not_matter(weights, an_applicant) -> None:
    one = an_applicant(missions={"a": 1, "b": 2}, days_min=2)
    other = an_applicant(missions={"b": 2.0, "a": 1.0}, days_min=2.0)

    assert fingerprint([one], [], weights) == fingerprint([other], [], weights)


@pytest.mark.parametrize("change", [{"level": 6}, {"regions": frozenset()}, {"text": ""}], ids=str)
def test_any_fact_that_differs_shows(weights, an_applicant, change) -> None:
    before = fingerprint([an_applicant()], [], weights)

    assert before != fingerprint([an_applicant(**change)], [], weights)
    assert before != fingerprint([an_applicant()], [], replace(weights, version="other"))
    assert len(before) == 16
    assert set(before) <= set("0123456789abcdef")


def test_the_same_profile_twice_is_not_once(weights, an_offer) -> None:
    assert fingerprint([], [an_offer()], weights) != fingerprint([], [an_offer()] * 2, weights)


def test_the_model_version_names_settings_and_code(weights) -> None:
    assert model_version(weights) == "test-1+1"
