"""Every model, one module a noun. Importing this package completes the metadata."""

from db.models import (
    applicants,
    applications,
    audit,
    complaints,
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
    users,
)

__all__ = [
    "applicants",
    "applications",
    "audit",
    "complaints",
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
    "users",
]
