"""What the matcher may know about the two sides: plain values, no names, no database rows.

The fields below are the whole of what a score or an eligibility ruling can read.
A test lists them by name: adding one is a decision about fairness, not a convenience.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Direction = Literal["outward", "inward"]
Remote = Literal["on_site", "hybrid", "remote"]

MAX_SKILL_LEVEL = 4
"""Skill levels run from 1 (awareness) to 4 (expert), as in the government capability frameworks."""

VETTING_RANKS = ("none", "BPSS", "CTC", "SC", "DV")
"""Names of the vetting ranks 0 to 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNeed:
    """One skill that an offer asks for, at a level from 1 to 4."""

    code: str
    level: int
    essential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantProfile:
    """One person who could be seconded.

    `skills` is what they hold and `wants` what they aim to learn (code to level 1-4).
    `missions` are positive weights; only their proportions count.
    A `None` date is no limit on that side; `level` and `meets_nationality` of `None` are "not known".
    `length_min` and `length_max` are months, `vetting_held` a rank of `VETTING_RANKS`,
    `placed_until` the end of a placement that is running now. `balance` runs from 0 (use what I know)
    to 1 (learn something new); None leaves it to the programme.

    Raises ValueError for a direction, a vetting rank or a balance that does not exist.
    """

    ref: str
    organisation: str
    direction: str
    level: int | None
    missions: Mapping[str, float]
    skills: Mapping[str, int]
    wants: Mapping[str, int]
    text: str
    regions: frozenset[str]
    remote_ok: bool
    days_min: float
    days_max: float
    available_from: date | None
    available_to: date | None
    length_min: int
    length_max: int
    kinds: frozenset[str]
    contract_end: date | None
    vetting_held: int
    meets_nationality: bool | None
    placed_until: date | None
    balance: float | None = None

    def __post_init__(self) -> None:
        _check_choice("direction", self.direction, get_args(Direction))
        _check_rank(self.vetting_held)
        if self.balance is not None and not 0 <= self.balance <= 1:
            raise ValueError(f"a balance runs from 0 to 1, not {self.balance!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferProfile:
    """One placement that a host organisation offers.

    `needs` are the skills asked for and `teaches` those it develops (code to level 1-4).
    It can start on any day from `start_from` to `start_to` and lasts `length_months`.
    `vetting_ready_on` is the first day on which the vetting asked could be done for somebody who
    starts it today; the caller works it out. An empty `region` is "not said".

    Raises ValueError for a direction, a way of working or a vetting rank that does not exist.
    """

    ref: str
    organisation: str
    direction: str
    kind: str
    level_min: int
    level_max: int
    stretch_ok: bool
    missions: Mapping[str, float]
    needs: tuple[SkillNeed, ...]
    teaches: Mapping[str, int]
    text: str
    region: str
    remote: str
    days: float
    start_from: date
    start_to: date
    length_months: int
    vetting: int
    vetting_ready_on: date | None
    reserved: bool
    capacity_left: int

    def __post_init__(self) -> None:
        _check_choice("direction", self.direction, get_args(Direction))
        _check_choice("remote", self.remote, get_args(Remote))
        _check_rank(self.vetting)


def _check_choice(field: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{field} must be one of {', '.join(choices)}, not {value!r}")


def _check_rank(rank: int) -> None:
    if not 0 <= rank < len(VETTING_RANKS):
        raise ValueError(f"a vetting rank runs from 0 to {len(VETTING_RANKS) - 1}, not {rank!r}")
