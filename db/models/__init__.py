"""Every model, one module a noun. Importing this package completes the metadata."""

from db.models import (
    applicants,
    applications,
    audit,
    learning,
    levels,
    matches,
    notifications,
    offers,
    organisations,
    outcomes,
    placements,
    reference,
    rounds,
    rules,
    ticks,
    users,
)

__all__ = [
    "applicants",
    "applications",
    "audit",
    "learning",
    "levels",
    "matches",
    "notifications",
    "offers",
    "organisations",
    "outcomes",
    "placements",
    "reference",
    "rounds",
    "rules",
    "ticks",
    "users",
]
