"""Both sides as columns: what the encoder reads, from profiles or straight from a database.

One entry or one sparse row a person or an offer. Nothing is here that a profile does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.coded import Coded, coded
from matching.days import FAR_AHEAD, LONG_AGO, Days, day_number
from matching.factors import Rows
from matching.profiles import ApplicantProfile, OfferProfile

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

UNKNOWN = -1
REMOTE_RANK = {"on_site": 0, "hybrid": 1, "remote": 2}


@dataclass(frozen=True, slots=True)
class _Table:
    def take(self, rows: Rows) -> Self:
        """The same columns for some of the rows."""
        taken: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            taken[field.name] = value.take(rows) if isinstance(value, Coded) else value[rows]
        return replace(self, **taken)

    def stack(self, other: Self) -> Self:
        """These rows, then those of another table."""
        stacked: dict[str, Any] = {}
        for field in fields(self):
            first, second = getattr(self, field.name), getattr(other, field.name)
            both = first.stack(second) if isinstance(first, Coded) else np.concatenate([first, second])
            stacked[field.name] = both
        return replace(self, **stacked)


@dataclass(frozen=True, slots=True)
class ApplicantTable(_Table):
    """Applicants, one row each.

    `level` 0 and `nationality` -1 are "not known", a `balance` of NaN is "not said"; days are day
    numbers, lengths months. `skills` and `wants` hold levels, `missions` weights above 0.
    """

    organisation: Coded
    outward: Bools
    level: Ints
    missions: Coded
    skills: Coded
    wants: Coded
    balance: Floats
    texts: NDArray[np.object_]
    regions: Coded
    remote_ok: Bools
    days_min: Floats
    days_max: Floats
    available_from: Days
    available_to: Days
    length_min: Ints
    length_max: Ints
    kinds: Coded
    contract_end: Days
    vetting_held: Ints
    nationality: Ints
    placed_until: Days

    def __len__(self) -> int:
        return len(self.level)


@dataclass(frozen=True, slots=True)
class OfferTable(_Table):
    """Offers, one row each. `vetting_ready_on` 0 is "not known"; a region without a code is "not said".

    `essential` and `desirable` hold the levels of the skills needed.
    """

    organisation: Coded
    outward: Bools
    kind: Coded
    level_min: Ints
    level_max: Ints
    stretch_ok: Bools
    missions: Coded
    essential: Coded
    desirable: Coded
    teaches: Coded
    texts: NDArray[np.object_]
    region: Coded
    remote: Ints
    days: Floats
    start_from: Days
    start_to: Days
    length_months: Ints
    vetting: Ints
    vetting_ready_on: Days
    reserved: Bools
    capacity_left: Ints

    def __len__(self) -> int:
        return len(self.level_min)


def texts_of(texts: Sequence[str]) -> NDArray[np.object_]:
    """Texts as a column."""
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column


def applicant_table(applicants: Sequence[ApplicantProfile]) -> ApplicantTable:
    """Profiles of applicants as columns."""

    def ints(values: list[int]) -> Ints:
        return np.array(values, dtype=np.int64)

    def floats(values: list[float]) -> Floats:
        return np.array(values, dtype=np.float64)

    def positive(rows: list[Any]) -> Coded:
        return coded([{code: value for code, value in row.items() if value > 0} for row in rows])

    return ApplicantTable(
        organisation=coded([{a.organisation: 1.0} for a in applicants]),
        outward=np.array([a.direction == "outward" for a in applicants], dtype=bool),
        level=ints([a.level or 0 for a in applicants]),
        missions=positive([a.missions for a in applicants]),
        skills=positive([a.skills for a in applicants]),
        wants=positive([a.wants for a in applicants]),
        balance=floats([np.nan if a.balance is None else a.balance for a in applicants]),
        texts=texts_of([a.text for a in applicants]),
        regions=coded([dict.fromkeys(sorted(a.regions), 1.0) for a in applicants]),
        remote_ok=np.array([a.remote_ok for a in applicants], dtype=bool),
        days_min=floats([a.days_min for a in applicants]),
        days_max=floats([a.days_max for a in applicants]),
        available_from=ints([day_number(a.available_from, unknown=LONG_AGO) for a in applicants]),
        available_to=ints([day_number(a.available_to, unknown=FAR_AHEAD) for a in applicants]),
        length_min=ints([a.length_min for a in applicants]),
        length_max=ints([a.length_max for a in applicants]),
        kinds=coded([dict.fromkeys(sorted(a.kinds), 1.0) for a in applicants]),
        contract_end=ints([day_number(a.contract_end, unknown=FAR_AHEAD) for a in applicants]),
        vetting_held=ints([a.vetting_held for a in applicants]),
        nationality=ints(
            [UNKNOWN if a.meets_nationality is None else int(a.meets_nationality) for a in applicants]
        ),
        placed_until=ints([day_number(a.placed_until, unknown=LONG_AGO - 1) for a in applicants]),
    )


def offer_table(offers: Sequence[OfferProfile]) -> OfferTable:
    """Profiles of offers as columns."""

    def ints(values: list[int]) -> Ints:
        return np.array(values, dtype=np.int64)

    def bools(values: list[bool]) -> Bools:
        return np.array(values, dtype=bool)

    def needs(essential: bool) -> Coded:
        return coded([{n.code: n.level for n in o.needs if n.essential is essential} for o in offers])

    return OfferTable(
        organisation=coded([{o.organisation: 1.0} for o in offers]),
        outward=bools([o.direction == "outward" for o in offers]),
        kind=coded([{o.kind: 1.0} for o in offers]),
        level_min=ints([o.level_min for o in offers]),
        level_max=ints([o.level_max for o in offers]),
        stretch_ok=bools([o.stretch_ok for o in offers]),
        missions=coded([{code: w for code, w in o.missions.items() if w > 0} for o in offers]),
        essential=needs(True),
        desirable=needs(False),
        teaches=coded([dict(o.teaches) for o in offers]),
        texts=texts_of([o.text for o in offers]),
        region=coded([{o.region: 1.0} if o.region else {} for o in offers]),
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
