"""The parties of a record: whose it is, who hosts, who lends, who manages."""

from dataclasses import dataclass
from functools import singledispatch

from db.models.applicants import Applicant, LevelReview
from db.models.applications import Application
from db.models.complaints import Complaint
from db.models.contests import Contest
from db.models.learning import ScoreVersion
from db.models.matches import Gate, Match
from db.models.offers import Offer
from db.models.organisations import Organisation
from db.models.outcomes import Survey
from db.models.placements import Placement
from db.models.rounds import MatchingRound
from db.models.users import User


@dataclass(frozen=True, slots=True)
class Parties:
    """User and organisation ids of those who stand on one side of a record; None where there is nobody."""

    owner_id: int | None = None
    host_id: int | None = None
    home_id: int | None = None
    line_manager_id: int | None = None


NO_PARTIES = Parties()


@singledispatch
def parties_of(record: object) -> Parties:
    """Who stands where on ``record``. Raises TypeError for a kind of record that has no parties."""
    raise TypeError(f"{type(record).__name__} has no parties.")


@parties_of.register
def _(record: Organisation) -> Parties:
    return Parties(host_id=record.id)


@parties_of.register
def _(record: Offer) -> Parties:
    return Parties(host_id=record.organisation_id)


@parties_of.register
def _(record: Applicant) -> Parties:
    return Parties(
        owner_id=record.user_id, home_id=record.organisation_id, line_manager_id=record.line_manager_id
    )


@parties_of.register
def _(record: LevelReview) -> Parties:
    return parties_of(record.applicant)


@parties_of.register
def _(record: Application | Match) -> Parties:
    return Parties(
        owner_id=record.applicant.user_id,
        host_id=record.offer.organisation_id,
        home_id=record.applicant.organisation_id,
        line_manager_id=record.line_manager_id,
    )


@parties_of.register
def _(record: Contest) -> Parties:
    return Parties(
        owner_id=record.applicant.user_id,
        host_id=record.offer.organisation_id,
        home_id=record.applicant.organisation_id,
        line_manager_id=record.applicant.line_manager_id,
    )


@parties_of.register
def _(record: Gate) -> Parties:
    return parties_of(record.match)


@parties_of.register
def _(record: Placement) -> Parties:
    return Parties(
        owner_id=record.applicant.user_id,
        host_id=record.host_id,
        home_id=record.home_id,
        line_manager_id=record.line_manager_id,
    )


@parties_of.register
def _(record: Survey) -> Parties:
    return parties_of(record.placement)


@parties_of.register
def _(record: User) -> Parties:
    return Parties(owner_id=record.id)


@parties_of.register
def _(record: Complaint) -> Parties:
    return Parties(owner_id=record.user_id)


@parties_of.register
def _(record: MatchingRound | ScoreVersion) -> Parties:
    return NO_PARTIES


@parties_of.register
def _(record: Parties) -> Parties:
    return record
