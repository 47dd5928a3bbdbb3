"""Profiles and columns say the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import applicant_profile, applicant_table, offer_profile, offer_table


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_row_gives_back_its_profile(any_applicant, any_offer, data) -> None:
    people = data.draw(st.lists(any_applicant, min_size=1, max_size=3))
    places = data.draw(st.lists(any_offer, min_size=1, max_size=3))
    rows, columns = applicant_table(people), offer_table(places)

    for i, person in enumerate(people):
        found = applicant_profile(rows, i, ref="A")
        assert {c: w for c, w in person.missions.items() if w > 0} == found.missions
        assert (person.level, person.regions, person.balance) == (found.level, found.regions, found.balance)
        assert (person.available_from, person.placed_until) == (found.available_from, found.placed_until)
    for j, place in enumerate(places):
        found = offer_profile(columns, j, ref="O")
        assert {(n.code, n.level, n.essential) for n in place.needs} == {
            (n.code, n.level, n.essential) for n in found.needs
        }
        assert (place.region, place.remote, place.start_to) == (found.region, found.remote, found.start_to)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_stacked_tables_encode_as_one(encoder, any_applicant, any_offer, data) -> None:
    people = data.draw(st.lists(any_applicant, min_size=2, max_size=5))
    places = data.draw(st.lists(any_offer, min_size=2, max_size=5))
    columns = encoder.transform_offers(places).factors
    whole = encoder.transform_applicants(people).factors, columns, columns
    parts = (
        encoder.transform_applicants(applicant_table(people[:1]).stack(applicant_table(people[1:]))).factors,
        encoder.transform_offers(offer_table(places[:1]).stack(offer_table(places[1:]))).factors,
        encoder.transform_offers(places[:1]).stack(encoder.transform_offers(places[1:])).factors,
    )

    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one.dense, other.dense)
        assert np.array_equal(one.tail.toarray(), other.tail.toarray())
