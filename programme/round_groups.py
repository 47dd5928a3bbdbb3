"""The groups whose share of a round people want to see, and who a reserve or a share speaks of."""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

import matching
from db.queries import reference as reference_queries
from db.queries import rounds as queries
from programme import clock, reference
from programme.encoding import Catalogue
from programme.errors import Invalid

SMALL_CHARITIES = "Small charities"
FIRST_TIME = "first_time"
"""The code of the group of people whose organisation has not taken part before."""

Members = NDArray[np.bool_]


def small_charities(session: Session) -> frozenset[str]:
    """The references of charities whose income band lies within the dated rule."""
    most = reference.rule_number(session, "round.small_charity_most_pounds")
    bands = reference_queries.income_bands(session, on=clock.today())
    within = frozenset(b.code for b in bands if b.upper_pounds is not None and b.upper_pounds <= most)
    return queries.organisations_of_bands(session, bands=within)


def of_organisations(table: matching.ApplicantTable | matching.OfferTable, refs: frozenset[str]) -> Members:
    """Which of these people or offers belong to one of the organisations."""
    known = np.array([code in refs for code in table.organisation.codes], dtype=bool)
    belongs: Members = known[table.organisation.matrix.indices]
    return belongs


def protected(session: Session, catalogue: Catalogue, code: str) -> tuple[str, Members]:
    """The words and the people of a group that a reserve may protect: ``first_time`` or a region's code.

    Raises Invalid for any other code.
    """
    names = {region.code: region.name for region in reference.regions(session)}
    if code == FIRST_TIME:
        before = queries.organisations_that_took_part(session)
        new = ~of_organisations(catalogue.applicants, before)
        return "People whose organisation is new to the programme", new
    if code in names:
        based = queries.organisations_of_region(session, region_code=code)
        return f"People from {names[code]}", of_organisations(catalogue.applicants, based)
    raise Invalid(f"{code!r} is no group: use {FIRST_TIME} or the code of a region.", field="reserved")


def groups(catalogue: Catalogue, small: frozenset[str]) -> tuple[matching.Group, ...]:
    """Small charities on both sides, then each region and each first mission of the offers."""
    offers = catalogue.offers
    regions = [next(iter(offers.region.row(j)), "") for j in range(len(offers))]
    return (
        matching.Group("Hosts: small charities", "offer", of_organisations(offers, small)),
        matching.Group(
            "People from small charities", "applicant", of_organisations(catalogue.applicants, small)
        ),
        *_by_code("Region", regions, catalogue),
        *_by_code("Mission", [_first_mission(offers, j) for j in range(len(offers))], catalogue),
    )


def _first_mission(offers: matching.OfferTable, row: int) -> str:
    missions = offers.missions.row(row)
    return max(missions, key=lambda code: (missions[code], code), default="")


def _by_code(what: str, codes: list[str], catalogue: Catalogue) -> tuple[matching.Group, ...]:
    return tuple(
        matching.Group(
            f"{what}: {catalogue.names.get(code, code)}", "offer", np.array([each == code for each in codes])
        )
        for code in sorted(set(codes) - {""})
    )
