"""The hard facts of both sides as arrays: what the eligibility rules and the practical part read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.coded import Coded, coded
from matching.days import FAR_AHEAD, LONG_AGO, Days, day_number
from matching.profiles import ApplicantProfile, OfferProfile

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNKNOWN = -1
REMOTE_RANK = {"on_site": 0, "hybrid": 1, "remote": 2}


@dataclass(frozen=True, slots=True)
class _Rows:
    def take(self, rows: slice) -> Self:
        """The same facts for some of the rows."""
        taken: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                taken[field.name] = value[rows]
            elif isinstance(value, Coded):
                taken[field.name] = value.take(rows)
        return replace(self, **taken)


@dataclass(frozen=True, slots=True)
class ApplicantFacts(_Rows):
    """Facts of applicants, one row each. `level` 0 and `nationality` -1 are "not known"."""

    organisations: Coded
    regions: Coded
    kinds: Coded
    any_region: Bools
    outward: Bools
    level: Ints
    remote_ok: Bools
    days_min: NDArray[np.float64]
    days_max: NDArray[np.float64]
    available_from: Days
    available_to: Days
    length_min: Ints
    length_max: Ints
    contract_end: Days
    vetting_held: Ints
    nationality: Ints
    placed_until: Days

    def onto(self, offers: OfferFacts) -> ApplicantFacts:
        """The same facts in the columns that the offers use."""
        return replace(
            self,
            organisations=self.organisations.onto(offers.organisation_codes),
            regions=self.regions.onto(offers.region_codes),
            kinds=self.kinds.onto(offers.kind_codes),
        )


@dataclass(frozen=True, slots=True)
class OfferFacts(_Rows):
    """Facts of offers, one row each. `vetting_ready_on` 0 is "not known"."""

    organisation_codes: Mapping[Hashable, int]
    region_codes: Mapping[Hashable, int]
    kind_codes: Mapping[Hashable, int]
    organisation: Ints
    region: Ints
    region_known: Bools
    kind: Ints
    outward: Bools
    level_min: Ints
    level_max: Ints
    stretch_ok: Bools
    remote: Ints
    days: NDArray[np.float64]
    start_from: Days
    start_to: Days
    length_months: Ints
    vetting: Ints
    vetting_ready_on: Days
    reserved: Bools
    capacity_left: Ints


def applicant_facts(applicants: Sequence[ApplicantProfile]) -> ApplicantFacts:
    """Encode the hard facts of applicants."""

    def ints(values: list[int]) -> Ints:
        return np.array(values, dtype=np.int64)

    def floats(values: list[float]) -> NDArray[np.float64]:
        return np.array(values, dtype=np.float64)

    return ApplicantFacts(
        organisations=coded([{a.organisation: 1.0} for a in applicants]),
        regions=coded([dict.fromkeys(a.regions, 1.0) for a in applicants]),
        kinds=coded([dict.fromkeys(a.kinds, 1.0) for a in applicants]),
        any_region=np.array([not a.regions for a in applicants], dtype=bool),
        outward=np.array([a.direction == "outward" for a in applicants], dtype=bool),
        level=ints([a.level or 0 for a in applicants]),
        remote_ok=np.array([a.remote_ok for a in applicants], dtype=bool),
        days_min=floats([a.days_min for a in applicants]),
        days_max=floats([a.days_max for a in applicants]),
        available_from=ints([day_number(a.available_from, unknown=LONG_AGO) for a in applicants]),
        available_to=ints([day_number(a.available_to, unknown=FAR_AHEAD) for a in applicants]),
        length_min=ints([a.length_min for a in applicants]),
        length_max=ints([a.length_max for a in applicants]),
        contract_end=ints([day_number(a.contract_end, unknown=FAR_AHEAD) for a in applicants]),
        vetting_held=ints([a.vetting_held for a in applicants]),
        nationality=ints(
            [UNKNOWN if a.meets_nationality is None else int(a.meets_nationality) for a in applicants]
        ),
        placed_until=ints([day_number(a.placed_until, unknown=LONG_AGO - 1) for a in applicants]),
    )


def offer_facts(offers: Sequence[OfferProfile]) -> OfferFacts:
    """Encode the hard facts of offers."""

    def ints(values: list[int]) -> Ints:
        return np.array(values, dtype=np.int64)

    def bools(values: list[bool]) -> Bools:
        return np.array(values, dtype=bool)

    organisations = _columns([o.organisation for o in offers])
    regions = _columns([o.region for o in offers])
    kinds = _columns([o.kind for o in offers])
    return OfferFacts(
        organisation_codes=organisations,
        region_codes=regions,
        kind_codes=kinds,
        organisation=ints([organisations[o.organisation] for o in offers]),
        region=ints([regions[o.region] for o in offers]),
        region_known=bools([bool(o.region) for o in offers]),
        kind=ints([kinds[o.kind] for o in offers]),
        outward=bools([o.direction == "outward" for o in offers]),
        level_min=ints([o.level_min for o in offers]),
        level_max=ints([o.level_max for o in offers]),
        stretch_ok=bools([o.stretch_ok for o in offers]),
        remote=ints([REMOTE_RANK[o.remote] for o in offers]),
        days=np.array([o.days for o in offers], dtype=np.float64),
        start_from=ints([o.start_from.toordinal() for o in offers]),
        start_to=ints([o.start_to.toordinal() for o in offers]),
        length_months=ints([o.length_months for o in offers]),
        vetting=ints([o.vetting for o in offers]),
        vetting_ready_on=ints([day_number(o.vetting_ready_on, unknown=0) for o in offers]),
        reserved=bools([o.reserved for o in offers]),
        capacity_left=ints([o.capacity_left for o in offers]),
    )


def has_code(applicants: Coded, offer_column: Ints) -> Bools:
    """(n_applicants, n_offers): whether the applicant has the code that the offer points at."""
    if not len(offer_column):
        return np.zeros((applicants.matrix.shape[0], 0), dtype=bool)
    held: Bools = applicants.matrix.toarray().astype(bool)
    return held[:, offer_column]


def _columns(values: Sequence[str]) -> dict[Hashable, int]:
    return {value: i for i, value in enumerate(sorted(set(values)))}
