"""The groups whose share of a round people want to see, and who a reserve or a share speaks of."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

import matching
from db.queries import reference as reference_queries
from db.queries import rounds as queries
from programme import clock, reference
from programme.encoding import Catalogue

SMALL_CHARITIES = "Small charities"


def small_charities(session: Session) -> frozenset[str]:
    """The references of charities whose income band lies within the dated rule."""
    most = reference.rule_number(session, "round.small_charity_most_pounds")
    bands = reference_queries.income_bands(session, on=clock.today())
    within = frozenset(b.code for b in bands if b.upper_pounds is not None and b.upper_pounds <= most)
    return queries.organisations_of_bands(session, bands=within)


def of_organisations(
    profiles: Iterable[matching.ApplicantProfile | matching.OfferProfile], refs: frozenset[str]
) -> NDArray[np.bool_]:
    """Which of these people or offers belong to one of the organisations."""
    return np.array([profile.organisation in refs for profile in profiles], dtype=bool)


def groups(catalogue: Catalogue, small: frozenset[str]) -> tuple[matching.Group, ...]:
    """Small charities on both sides, then each region and each first mission of the offers."""
    offers = catalogue.offers
    regions = [offer.region for offer in offers]
    missions = [
        max(offer.missions, key=lambda code: (offer.missions[code], code), default="") for offer in offers
    ]
    return (
        matching.Group("Hosts: small charities", "offer", of_organisations(offers, small)),
        matching.Group(
            "People from small charities", "applicant", of_organisations(catalogue.applicants, small)
        ),
        *_by_code("Region", regions, catalogue),
        *_by_code("Mission", missions, catalogue),
    )


def _by_code(what: str, codes: list[str], catalogue: Catalogue) -> tuple[matching.Group, ...]:
    return tuple(
        matching.Group(
            f"{what}: {catalogue.names.get(code, code)}", "offer", np.array([each == code for each in codes])
        )
        for code in sorted(set(codes) - {""})
    )
