"""Which approvals a match needs, and why: a table with one line for each gate, read from top to bottom.

Thresholds come from the rules that hold today. A gate that is not needed is stored with its reason too,
so that the whole chain can be shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models.applicants import Applicant, ContractType
from db.models.matches import GateName
from db.models.offers import Direction, Offer
from db.queries import reference as reference_queries
from programme import clock
from programme.placement_terms import add_months, months_in
from programme.reference import rule_number

FULL_RECOVERY = 100


@dataclass(frozen=True, slots=True)
class GateNeed:
    """Whether a match needs one gate, and why or why not, in a sentence."""

    name: GateName
    why: str
    needed: bool


Rule = Callable[[Session, Applicant, Offer], tuple[bool, str]]


def needed(session: Session, applicant: Applicant, offer: Offer) -> tuple[GateNeed, ...]:
    """Every gate in the order in which it is shown, the programme's last, with why it is needed or not."""
    return tuple(
        GateNeed(name, why, needs)
        for name, rule in GATES
        for needs, why in (rule(session, applicant, offer),)
    )


def _home_release(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """S4: the line manager's release comes first."""
    return True, "The line manager must agree to release the person."


def _host(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """The host chooses whom it takes in."""
    return True, "The host must choose the person."


def _propriety(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """C2: outside interests are declared before someone is appointed into government."""
    if offer.direction is Direction.INWARD:
        return (
            True,
            "Someone from outside comes into government, so their outside interests must be looked at.",
        )
    return False, "The person stays a civil servant, under the rules on conduct that already bind them."


def _finance(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """S6: public money that is not paid back needs finance's agreement. VAT is chosen with the terms (S7)."""
    if offer.direction is Direction.OUTWARD and offer.recovery_pct < FULL_RECOVERY:
        return True, f"The host pays back {offer.recovery_pct}% of the salary, so public money is given away."
    return False, "No public money is given away. Finance still records the VAT treatment with the terms."


def _security(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """The vetting that the offer asks for is more than the person holds today."""
    if _rank(session, offer.vetting_code) == 0:
        return False, "The offer asks for no vetting."
    expires_on = applicant.vetting_expires_on
    expired = expires_on is not None and expires_on < clock.today()
    if not expired and _rank(session, applicant.vetting_code) >= _rank(session, offer.vetting_code):
        return False, "The person already holds the vetting that the offer asks for."
    return True, "The offer asks for more vetting than the person holds now."


def _rank(session: Session, code: str) -> int:
    row = reference_queries.vetting_level(session, code=code, on=clock.today())
    return row.rank if row else 0


def _hr(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """S5: a fixed-term contract must outlast the placement; a new member of staff needs a look."""
    today = clock.today()
    if applicant.contract_type == ContractType.FIXED_TERM and applicant.contract_end_on is not None:
        return True, f"The contract is fixed-term and ends on {applicant.contract_end_on:%-d %B %Y}."
    months = int(rule_number(session, "eligibility.probation_months", on=today))
    if applicant.employed_since_on is not None and add_months(applicant.employed_since_on, months) > today:
        return True, f"The person has worked for their organisation for less than {months} months."
    return False, "The contract is permanent."


def _commission(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """S1-S3: Civil Service Commission approval of an appointment by exception."""
    today = clock.today()
    if offer.direction is not Direction.INWARD:
        return False, "Nobody is appointed into the Civil Service."
    level = int(rule_number(session, "approval.commission_level", on=today))
    if offer.level_max >= level:
        return True, f"The role can be at level {level} or above."
    most = months_in(rule_number(session, "inward.max_days", on=today))
    if offer.length_months > most:
        return True, f"The placement is longer than {most:.0f} months."
    lookback = int(rule_number(session, "inward.lookback_months", on=today))
    last = applicant.last_secondment_ended_on
    if last is not None and offer.start_from_on < add_months(last, lookback):
        return True, f"The person's last secondment ended less than {lookback} months before this one starts."
    return False, f"The role is below level {level} and lasts no longer than {most:.0f} months."


def _treasury(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """S3: pay is not recorded here, so the threshold cannot be tested."""
    pounds = rule_number(session, "approval.treasury_pay_pounds", on=clock.today())
    return False, f"Pay is not recorded here. If it is £{pounds:,.0f} or more, return this match and say so."


def _programme(session: Session, applicant: Applicant, offer: Offer) -> tuple[bool, str]:
    """D3: a person decides each match, last."""
    return True, "A programme manager who belongs to neither organisation decides last."


GATES: tuple[tuple[GateName, Rule], ...] = (
    (GateName.HOME_RELEASE, _home_release),
    (GateName.HOST, _host),
    (GateName.PROPRIETY, _propriety),
    (GateName.FINANCE, _finance),
    (GateName.SECURITY, _security),
    (GateName.HR, _hr),
    (GateName.COMMISSION, _commission),
    (GateName.TREASURY, _treasury),
    (GateName.PROGRAMME, _programme),
)
