"""A generated programme of any size, for benchmarks: many short and varied rows, inserted in bulk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Engine, Table, insert
from sqlalchemy.orm import Session

from db.base import Base
from db.engine import writing
from db.models.organisations import Organisation
from db.models.users import Membership, Role, User
from programme import clock
from programme.demonstration.generated_rows import (
    Facts,
    Sizes,
    applicant_rows,
    offer_rows,
    public_ref,
    user_row,
)
from programme.demonstration.placed import at_nine
from programme.demonstration.rows import advance_sequences, last_id
from programme.demonstration.texts import table

CHUNK = 5_000
PEOPLE_PER_BODY = 400
FEWEST_BODIES = 12
FIRST = ("Willow", "Harbour", "Anvil", "Lantern", "Meadow", "Copper", "Beacon", "Orchard", "Granite", "Heron")
SECOND = ("Trust", "Advice Centre", "Partnership", "Network", "Housing Group", "Community Fund", "Workshop")
OFFICES = ("Office for", "Agency for", "Board for", "Service for")
SUBJECTS = (
    "Places",
    "Skills",
    "Rivers",
    "Care",
    "Energy",
    "Families",
    "Justice",
    "Enterprise",
    "Records",
    "Travel",
)

Progress = Callable[[int, int], None]


def generate(
    target: Engine | Session, *, applicants: int, offers: int, seed: int, progress: Progress | None = None
) -> dict[str, int]:
    """Add invented organisations, ``applicants`` people and ``offers`` published offers, in one transaction.

    Half of the people are civil servants. Skills come together as in the hand-written jobs, with noise. The
    same seed, day and database give the same rows. ``progress`` is called with (done, total), counted in
    people and offers. Gives back how many rows were added to each table. An engine gets its own transaction;
    a session is left for the caller to commit.
    """
    if isinstance(target, Engine):
        with writing(target) as session:
            return _generate(session, applicants, offers, seed, progress)
    return _generate(target, applicants, offers, seed, progress)


def _generate(
    session: Session, applicants: int, offers: int, seed: int, progress: Progress | None
) -> dict[str, int]:
    rng = np.random.default_rng(seed)
    now = at_nine(clock.today())
    counts: dict[str, int] = {}
    sizes = Sizes(applicants, offers, max(FEWEST_BODIES, (applicants + offers) // PEOPLE_PER_BODY))
    facts = _bodies(session, rng, sizes, now, counts)
    total = applicants + offers
    done = 0
    for rows in (
        applicant_rows(session, rng, sizes, facts, now),
        offer_rows(session, rng, sizes, facts, now),
    ):
        for added, by_model in rows:
            _insert(session, by_model, counts)
            done += added
            if progress is not None:
                progress(done, total)
    advance_sequences(session, [_table(name) for name in counts])
    return counts


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _insert(
    session: Session, by_model: dict[type[Base], list[dict[str, Any]]], counts: dict[str, int]
) -> None:
    for model, rows in by_model.items():
        name = model.__tablename__
        for start in range(0, len(rows), CHUNK):
            session.execute(insert(_table(name)), rows[start : start + CHUNK])
        counts[name] = counts.get(name, 0) + len(rows)


def _bodies(
    session: Session, rng: np.random.Generator, sizes: Sizes, now: datetime, counts: dict[str, int]
) -> Facts:
    """Organisations of both sectors, each with a host and a line manager."""
    first_user = last_id(session, _table("users")) + 1
    first_body = last_id(session, _table("organisations")) + 1
    first_membership = last_id(session, _table("memberships")) + 1
    places = [(row["region_code"], row["place_name"]) for row in (*table("charities"), *table("government"))]
    bands = ("micro", "small", "small", "medium", "medium", "large", "major", "super_major")
    facts = Facts(bodies=[], regions=[], places=[], bands=[], hosts=[], managers=[])
    rows: dict[type[Base], list[dict[str, Any]]] = {User: [], Organisation: [], Membership: []}
    for index in range(2 * sizes.bodies):
        government = index < sizes.bodies
        region, place = places[int(rng.integers(len(places)))]
        band = None if government else bands[int(rng.integers(len(bands)))]
        body_id = first_body + index
        users = [first_user + 2 * index, first_user + 2 * index + 1]
        facts.add(body_id, region, place, band, *users)
        rows[Organisation].append(_body_row(rng, body_id, government, region, place, band, now))
        for user_id, role in zip(users, (Role.HOST, Role.LINE_MANAGER), strict=True):
            rows[User].append(user_row(user_id, f"Colleague {user_id} of {place}", now))
            rows[Membership].append(
                {"id": first_membership + user_id - first_user, "user_id": user_id, "organisation_id": body_id,
                 "role": role, "created_at": now}
            )  # fmt: skip
    _insert(session, rows, counts)
    return facts


def _body_row(
    rng: np.random.Generator,
    body_id: int,
    government: bool,
    region: str,
    place: str,
    band: str | None,
    now: datetime,
) -> dict[str, Any]:
    if government:
        name = f"{OFFICES[int(rng.integers(len(OFFICES)))]} {SUBJECTS[int(rng.integers(len(SUBJECTS)))]}, {place}"
    else:
        name = f"{FIRST[int(rng.integers(len(FIRST)))]} {SECOND[int(rng.integers(len(SECOND)))]}, {place}"
    return {
        "id": body_id, "version": 1, "ref": public_ref("ORG", body_id), "name": f"{name} (generated {body_id})",
        "sector": "government" if government else "civil_society",
        "form": "executive agency" if government else "charity",
        "about": "Generated for a benchmark: this organisation is invented.", "grade_key": "*" if government else None,
        "income_band": band, "region_code": region, "place_name": place, "website": "", "register_scheme": None,
        "register_number": None, "parent_id": None, "verification": "verified", "verified_by_id": None,
        "verified_at": now, "verification_note": "Invented.", "register_checked_on": None, "is_demo": True,
        "created_at": now,
    }  # fmt: skip
