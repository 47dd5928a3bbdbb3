"""Stored columns become the matcher's tables, and the other way round. Nothing else knows both.

Names, equality answers, pay and school never come along; neither do ability to pay and campaigning.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

import matching
from db.models.applicants import SkillSide
from db.models.offers import Direction, SkillUse
from db.queries import catalogue as queries
from db.queries.catalogue import Columns, Ids
from matching.coded import Coded, coded_columns
from matching.days import FAR_AHEAD, LONG_AGO
from matching.tables import REMOTE_RANK, UNKNOWN, texts_of
from programme import clock
from programme.reference import vetting_levels, vetting_rank, vetting_ready_on

Numbers = NDArray[np.int64]


def applicants(
    session: Session, *, ids: Ids = None, everyone: bool = False
) -> tuple[Numbers, tuple[str, ...], matching.ApplicantTable]:
    """Ids, references and table of the people who look for a placement, or of ``everyone``, among ``ids``."""
    own = queries.applicant_columns(session, ids=ids, everyone=everyone)
    row_ids = np.array(own["id"], dtype=np.int64)
    skills = queries.applicant_skills(session, ids=ids, everyone=everyone)
    missions = queries.applicant_missions(session, ids=ids, everyone=everyone)
    regions = queries.applicant_regions(session, ids=ids, everyone=everyone)
    away = queries.placed_until(session)
    ranks = _vetting_ranks(session)
    n = len(row_ids)
    table = matching.ApplicantTable(
        organisation=_codes(range(n), own["organisation"], n),
        outward=np.array([direction is Direction.OUTWARD for direction in own["direction"]], dtype=bool),
        level=np.array([level or 0 for level in own["level"]], dtype=np.int64),
        missions=_children(row_ids, missions, "mission_code", missions["weight"]),
        skills=_children(row_ids, _where(skills, "side", SkillSide.OFFERED), "skill_code"),
        wants=_children(row_ids, _where(skills, "side", SkillSide.WANTED), "skill_code"),
        balance=np.array([np.nan if b is None else b for b in own["balance"]], dtype=np.float64),
        texts=_applicant_texts(row_ids, own, skills),
        regions=_children(row_ids, regions, "region_code", [1.0] * len(regions["owner_id"])),
        remote_ok=np.array(own["remote_ok"], dtype=bool),
        days_min=np.array(own["days_min"], dtype=np.float64),
        days_max=np.array(own["days_max"], dtype=np.float64),
        available_from=_days(own["available_from_on"], LONG_AGO),
        available_to=_days(own["available_to_on"], FAR_AHEAD),
        length_min=np.array(own["length_min_months"], dtype=np.int64),
        length_max=np.array(own["length_max_months"], dtype=np.int64),
        kinds=_lists(own["kinds"]),
        contract_end=_days(own["contract_end_on"], FAR_AHEAD),
        vetting_held=_vetting_held(own, ranks),
        nationality=np.array(
            [UNKNOWN if meets is None else int(meets) for meets in own["meets_nationality"]], dtype=np.int64
        ),
        placed_until=_days([away.get(row_id) for row_id in own["id"]], LONG_AGO - 1),
    )
    return row_ids, own["ref"], table


def offers(
    session: Session, *, ids: Ids = None, everyone: bool = False
) -> tuple[Numbers, tuple[str, ...], matching.OfferTable]:
    """Ids, references and table of the published offers with a place left, or of all, among ``ids``."""
    own = queries.offer_columns(session, ids=ids, everyone=everyone)
    row_ids = np.array(own["id"], dtype=np.int64)
    skills = queries.offer_skills(session, ids=ids, everyone=everyone)
    missions = queries.offer_missions(session, ids=ids, everyone=everyone)
    needs = _where(skills, "use", SkillUse.NEEDED)
    today, ranks = clock.today(), _vetting_ranks(session)
    ready = {code: vetting_ready_on(session, code, today, on=today).toordinal() for code in ranks}
    n = len(row_ids)
    table = matching.OfferTable(
        organisation=_codes(range(n), own["organisation"], n),
        outward=np.array([direction is Direction.OUTWARD for direction in own["direction"]], dtype=bool),
        kind=_codes(range(n), [kind.value for kind in own["kind"]], n),
        level_min=np.array(own["level_min"], dtype=np.int64),
        level_max=np.array(own["level_max"], dtype=np.int64),
        stretch_ok=np.array(own["stretch_ok"], dtype=bool),
        missions=_children(row_ids, missions, "mission_code", missions["weight"]),
        essential=_children(row_ids, _where(needs, "essential", True), "skill_code"),
        desirable=_children(row_ids, _where(needs, "essential", False), "skill_code"),
        teaches=_children(row_ids, _where(skills, "use", SkillUse.TAUGHT), "skill_code"),
        texts=texts_of([" ".join(t) for t in zip(own["title"], own["summary"], own["tasks"], own["learning"],
                                                 strict=True)]),
        region=_lists([[code] if code else [] for code in own["region_code"]]),
        remote=np.array([REMOTE_RANK[remote.value] for remote in own["remote"]], dtype=np.int64),
        days=np.array(own["days_per_week"], dtype=np.float64),
        start_from=_days(own["start_from_on"], LONG_AGO),
        start_to=_days(own["start_to_on"], FAR_AHEAD),
        length_months=np.array(own["length_months"], dtype=np.int64),
        vetting=np.array([ranks[code] for code in own["vetting_code"]], dtype=np.int64),
        vetting_ready_on=np.array([ready[code] for code in own["vetting_code"]], dtype=np.int64),
        reserved=np.array(own["reserved_post"], dtype=bool),
        capacity_left=np.array(own["capacity"], dtype=np.int64) - np.array(own["places_taken"], dtype=np.int64),
    )  # fmt: skip
    return row_ids, own["ref"], table


def _applicant_texts(row_ids: Numbers, own: Columns, skills: Columns) -> NDArray[np.object_]:
    """Job title, summary, hopes, then what they say of each skill."""
    said: dict[int, list[str]] = {}
    for row_id, evidence in zip(skills["owner_id"], skills["evidence"], strict=True):
        if evidence:
            said.setdefault(row_id, []).append(evidence)
    written = zip(own["id"], own["job_title"], own["summary"], own["hopes"], strict=True)
    return texts_of([" ".join((title, about, hopes, *said.get(i, ()))) for i, title, about, hopes in written])


def _vetting_ranks(session: Session) -> dict[str, int]:
    return {level.code: vetting_rank(session, level.code) for level in vetting_levels(session)}


def _vetting_held(own: Columns, ranks: Mapping[str, int]) -> Numbers:
    """The rank of the vetting that each person holds today; an expired one counts for nothing."""
    today = clock.today()
    held = zip(own["vetting_code"], own["vetting_expires_on"], strict=True)
    return np.array(
        [ranks[code] if ends is None or ends >= today else 0 for code, ends in held], dtype=np.int64
    )


def _days(days: Sequence[date | None], unknown: int) -> Numbers:
    return np.array([unknown if day is None else day.toordinal() for day in days], dtype=np.int64)


def _where(columns: Columns, name: str, value: object) -> Columns:
    """The rows whose column has this value."""
    kept = np.fromiter((each is value for each in columns[name]), dtype=bool, count=len(columns[name]))
    return {key: tuple(np.array(column, dtype=object)[kept]) for key, column in columns.items()}


def _children(row_ids: Numbers, child: Columns, code: str, value: Sequence[float] | None = None) -> Coded:
    """Child rows as a sparse matrix in the order of their parents; the value is the level when not given."""
    row = np.searchsorted(row_ids, np.array(child["owner_id"], dtype=np.int64))
    return _codes(row, child[code], len(row_ids), child["level"] if value is None else value)


def _codes(
    row: Sequence[int] | Numbers, codes: Sequence[str], n: int, value: Sequence[Any] | None = None
) -> Coded:
    values = np.ones(len(codes)) if value is None else np.array(value, dtype=np.float64)
    known = values > 0
    return coded_columns(
        np.asarray(row, dtype=np.int64)[known], texts_of(codes)[known], values[known], n_rows=n
    )


def _lists(lists: Sequence[Sequence[str]]) -> Coded:
    row = np.repeat(np.arange(len(lists)), [len(codes) for codes in lists])
    return _codes(row, [code for codes in lists for code in codes], len(lists))
