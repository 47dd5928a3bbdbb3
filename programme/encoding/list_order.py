"""How lists are ordered: by the match score, moved by what clears the market, as the rules of today set it."""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

import matching
from programme.reference import rule_number, rule_text

Floats = NDArray[np.float64]
BY_SCORE = "off"


def lifts(
    session: Session,
    encoder: matching.Encoder,
    applicants: matching.ApplicantTable,
    offers: matching.OfferTable,
) -> tuple[Floats, Floats]:
    """Points by which lists move each applicant and each offer; all 0 where the rules leave clearing off."""
    if rule_text(session, "list.order") == BY_SCORE or not len(applicants) or not len(offers):
        return np.zeros(len(applicants)), np.zeros(len(offers))
    pairs = matching.listed_pairs(encoder, applicants, offers, k=int(rule_number(session, "list.length")))
    return matching.list_lifts(pairs, offers.capacity_left, beta=rule_number(session, "list.beta"))
