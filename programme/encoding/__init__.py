"""Where stored rows become what the matcher reads, and the matcher's indices become rows again. Nowhere else."""

from programme.encoding.catalogue import Catalogue, applicant_profile, catalogue, forget, offer_profile
from programme.encoding.list_order import BY_SCORE
from programme.encoding.ranking import Ranked, offers_for, people_for
from programme.encoding.settings import current_weights, place_names, reading_names

__all__ = [
    "BY_SCORE",
    "Catalogue",
    "Ranked",
    "applicant_profile",
    "catalogue",
    "current_weights",
    "forget",
    "offer_profile",
    "offers_for",
    "people_for",
    "place_names",
    "reading_names",
]
