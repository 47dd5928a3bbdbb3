"""Groups of people and offers whose share of a round's placements the programme watches or protects.

A group of people can have reserved places, a group of offers a share of all placements (see
``matching.Reserve`` and ``matching.Quota``). What counts as small is the income band, a row of reference data.
"""

from collections.abc import Callable, Mapping

import numpy as np
from sqlalchemy.orm import Session

import matching
from db.queries import round_groups as queries
from db.queries.round_groups import Standing
from programme.encoding import Catalogue
from programme.errors import Invalid
from programme.reference import regions

SMALL_BANDS = ("micro", "small")
Test = Callable[[Standing], bool]

PROTECTED: Mapping[str, tuple[str, Test]] = {
    "small_charities": ("small charities", lambda one: one.income_band in SMALL_BANDS),
    "first_time": ("organisations new to the programme", lambda one: not one.took_part_before),
    "outside_london": ("organisations outside London", lambda one: one.region_code not in ("", "TLI")),
}
"""Groups that a round may protect, by code, with the words people read and who belongs."""


def watched(session: Session, catalogue: Catalogue) -> list[matching.Group]:
    """The groups whose shares every round shows: protected groups of both sides, regions and missions of offers."""
    people, offers = _standings(session, catalogue)
    shown = []
    for words, test in PROTECTED.values():
        shown.append(matching.Group(f"people from {words}", "applicant", _mask(people, test)))
        shown.append(matching.Group(f"places at {words}", "offer", _mask(offers, test)))
    codes = [one.region_code for one in offers]
    for region in regions(session):
        shown.append(
            matching.Group(region.name, "offer", np.array([c == region.code for c in codes], dtype=bool))
        )
    missions = catalogue.offers.missions
    for column, code in enumerate(missions.codes):
        has = missions.matrix[:, [column]].toarray().ravel() > 0
        shown.append(matching.Group(catalogue.names.get(code, code), "offer", has))
    return [group for group in shown if group.members.any()]


def reserves(
    session: Session, catalogue: Catalogue, wanted: tuple[tuple[str, int], ...]
) -> list[matching.Reserve]:
    """Places of each offer that go first to people of a group: (code, seats), as ``PROTECTED`` names them."""
    if not wanted:
        return []
    people, _ = _standings(session, catalogue)
    for code, seats in wanted:
        if code not in PROTECTED or seats < 1:
            raise Invalid(
                f"A reserve is one of {', '.join(PROTECTED)}, with at least 1 place.", field="reserves"
            )
    return [
        matching.Reserve(PROTECTED[code][0], seats, _mask(people, PROTECTED[code][1]))
        for code, seats in wanted
    ]


def quotas(
    session: Session, catalogue: Catalogue, wanted: tuple[tuple[str, float], ...]
) -> list[matching.Quota]:
    """Least shares of all placements at offers of a group: (code, share), as ``PROTECTED`` names them."""
    if not wanted:
        return []
    _, offers = _standings(session, catalogue)
    for code, share in wanted:
        if code not in PROTECTED or not 0 < share <= 1:
            raise Invalid(
                f"A share is for one of {', '.join(PROTECTED)}, above 0 and at most 1.", field="quotas"
            )
    return [
        matching.Quota(PROTECTED[code][0], _mask(offers, PROTECTED[code][1]), share) for code, share in wanted
    ]


def _standings(session: Session, catalogue: Catalogue) -> tuple[list[Standing], list[Standing]]:
    return (
        queries.of_applicants(session, ids=catalogue.applicant_ids.tolist()),
        queries.of_offers(session, ids=catalogue.offer_ids.tolist()),
    )


def _mask(standings: list[Standing], test: Test) -> np.ndarray:
    return np.array([test(one) for one in standings], dtype=bool)
