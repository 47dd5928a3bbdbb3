"""Where stored rows become what the matcher reads, and the matcher's indices become rows again. Nowhere else."""

from programme.encoding.catalogue import (
    Catalogue,
    applicant_profile,
    catalogue,
    column,
    forget,
    offer_profile,
    row,
)
from programme.encoding.settings import current_weights, place_names, reading_names

__all__ = [
    "Catalogue",
    "applicant_profile",
    "catalogue",
    "column",
    "current_weights",
    "forget",
    "offer_profile",
    "place_names",
    "reading_names",
    "row",
]
