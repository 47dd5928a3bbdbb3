"""What a matching round's groups are made from: the organisation behind each person and each offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.placements import Placement


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation as a round sees it."""

    income_band: str
    region_code: str
    took_part_before: bool


def of_applicants(session: Session, *, ids: Sequence[int]) -> list[Standing]:
    """The home organisation of each of these people, in the order given; the region is where it is."""
    rows = select(Applicant.id, Organisation.income_band, Organisation.region_code, Organisation.id)
    rows = rows.join(Organisation, Organisation.id == Applicant.organisation_id)
    lent = select(Applicant.organisation_id).join(Placement, Placement.applicant_id == Applicant.id)
    return _standings(session, rows, lent, ids)


def of_offers(session: Session, *, ids: Sequence[int]) -> list[Standing]:
    """The host of each of these offers, in the order given; the region is where the work is."""
    rows = select(Offer.id, Organisation.income_band, Offer.region_code, Organisation.id)
    rows = rows.join(Organisation, Organisation.id == Offer.organisation_id)
    hosted = select(Offer.organisation_id).join(Placement, Placement.offer_id == Offer.id)
    return _standings(session, rows, hosted, ids)


def _standings(
    session: Session, rows: Executable, took_part: Executable, ids: Sequence[int]
) -> list[Standing]:
    before = set(session.scalars(took_part))
    found = {row[0]: Standing(row[1] or "", row[2] or "", row[3] in before) for row in session.execute(rows)}
    return [found[row_id] for row_id in ids]
