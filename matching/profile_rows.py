"""One row of a table as the profile it stands for: what explanations and rulings are written from."""

from __future__ import annotations

from datetime import date

import numpy as np

from matching.coded import Coded
from matching.days import FAR_AHEAD, LONG_AGO
from matching.profiles import ApplicantProfile, OfferProfile, SkillNeed
from matching.tables import REMOTE_RANK, UNKNOWN, ApplicantTable, OfferTable

REMOTE_OF_RANK = {rank: remote for remote, rank in REMOTE_RANK.items()}


def applicant_profile(table: ApplicantTable, row: int, *, ref: str) -> ApplicantProfile:
    """The profile of one row of applicants."""
    balance, nationality = float(table.balance[row]), int(table.nationality[row])
    return ApplicantProfile(
        ref=ref,
        organisation=_only(table.organisation, row),
        direction=_direction(bool(table.outward[row])),
        level=int(table.level[row]) or None,
        missions=table.missions.row(row),
        skills=_levels(table.skills, row),
        wants=_levels(table.wants, row),
        text=str(table.texts[row]),
        regions=frozenset(table.regions.row(row)),
        remote_ok=bool(table.remote_ok[row]),
        days_min=float(table.days_min[row]),
        days_max=float(table.days_max[row]),
        available_from=_day(table.available_from[row], LONG_AGO),
        available_to=_day(table.available_to[row], FAR_AHEAD),
        length_min=int(table.length_min[row]),
        length_max=int(table.length_max[row]),
        kinds=frozenset(table.kinds.row(row)),
        contract_end=_day(table.contract_end[row], FAR_AHEAD),
        vetting_held=int(table.vetting_held[row]),
        meets_nationality=None if nationality == UNKNOWN else bool(nationality),
        placed_until=_day(table.placed_until[row], LONG_AGO - 1),
        balance=None if np.isnan(balance) else balance,
    )


def offer_profile(table: OfferTable, row: int, *, ref: str) -> OfferProfile:
    """The profile of one row of offers; its needs are in the order of their codes."""
    needs = [
        SkillNeed(code=code, level=level, essential=essential)
        for essential, side in ((True, table.essential), (False, table.desirable))
        for code, level in _levels(side, row).items()
    ]
    return OfferProfile(
        ref=ref,
        organisation=_only(table.organisation, row),
        direction=_direction(bool(table.outward[row])),
        kind=_only(table.kind, row),
        level_min=int(table.level_min[row]),
        level_max=int(table.level_max[row]),
        stretch_ok=bool(table.stretch_ok[row]),
        missions=table.missions.row(row),
        needs=tuple(sorted(needs, key=lambda need: need.code)),
        teaches=_levels(table.teaches, row),
        text=str(table.texts[row]),
        region=next(iter(table.region.row(row)), ""),
        remote=REMOTE_OF_RANK[int(table.remote[row])],
        days=float(table.days[row]),
        start_from=date.fromordinal(int(table.start_from[row])),
        start_to=date.fromordinal(int(table.start_to[row])),
        length_months=int(table.length_months[row]),
        vetting=int(table.vetting[row]),
        vetting_ready_on=_day(table.vetting_ready_on[row], 0),
        reserved=bool(table.reserved[row]),
        capacity_left=int(table.capacity_left[row]),
    )


def _levels(side: Coded, row: int) -> dict[str, int]:
    return {code: int(level) for code, level in side.row(row).items()}


def _only(side: Coded, row: int) -> str:
    (code,) = side.row(row)
    return code


def _direction(outward: bool) -> str:
    return "outward" if outward else "inward"


def _day(number: int, unknown: int) -> date | None:
    return None if number == unknown else date.fromordinal(int(number))
