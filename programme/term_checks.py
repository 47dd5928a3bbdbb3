"""Whether proposed terms can stand: each field with what is wrong with it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from db.models.matches import GateName, GateState, Match
from db.models.offers import Direction, Party
from db.models.placements import Placement
from programme import clock
from programme.errors import Invalid
from programme.gates import FULL_RECOVERY
from programme.placement_terms import Terms, add_months, months_in, released_until
from programme.reference import rule_number

FULL_WEEK_RULE = "eligibility.days_per_week_full"


def check(session: Session, placement: Placement, terms: Terms) -> None:
    """Raise Invalid, with a message for each field, unless the terms can be agreed.

    The dates fit the contract (S5) and the release (S4); longer than the Commission's limit (S1) or paid back in
    part (S6) needs the gate that looks at it.
    """
    wrong = _dates(session, placement, terms) | _money(placement, terms)
    full = rule_number(session, FULL_WEEK_RULE, on=clock.today())
    if not 0 < terms.days_per_week <= full or (terms.days_per_week * 2) % 1:
        wrong["days_per_week"] = f"Enter the days a week in half days, from 0.5 to {full:g}."
    if not terms.host_supervisor.strip():
        wrong["host_supervisor"] = "Name the host supervisor's post."
    if not any(objective.strip() for objective in terms.objectives):
        wrong["objectives"] = "Write at least one objective."
    if wrong:
        raise Invalid.from_fields(wrong)


def _dates(session: Session, placement: Placement, terms: Terms) -> dict[str, str]:
    if terms.ends_on < terms.starts_on:
        return {"ends_on": "The last day must be on or after the first day."}
    if terms.starts_on < clock.today():
        return {"starts_on": "The first day must be today or later."}
    for limit, words in (
        (placement.applicant.contract_end_on, "The home contract ends"),
        (released_until(session, placement.match), "The home organisation has released the person until"),
    ):
        if limit is not None and terms.ends_on > limit:
            verb = words if words.endswith("until") else f"{words} on"
            return {"ends_on": f"{verb} {limit:%-d %B %Y}. Choose a last day on or before it."}
    early = _too_soon(session, placement, terms)
    if early:
        return {"starts_on": early}
    most = months_in(rule_number(session, "inward.max_days", on=clock.today()))
    latest = add_months(terms.starts_on, int(most)) - timedelta(days=1)
    inward = placement.offer.direction is Direction.INWARD
    if inward and terms.ends_on > latest and not _passed(placement.match, GateName.COMMISSION):
        return {
            "ends_on": f"Longer than {most:.0f} months needs the Civil Service Commission's approval, which this match "
            f"does not have. Choose {latest:%-d %B %Y} or earlier."
        }
    return {}


def _too_soon(session: Session, placement: Placement, terms: Terms) -> str | None:
    """S2: an appointment by exception soon after another one needs the Commission."""
    last = placement.applicant.last_secondment_ended_on
    if placement.offer.direction is not Direction.INWARD or last is None:
        return None
    earliest = add_months(last, int(rule_number(session, "inward.lookback_months", on=clock.today())))
    if terms.starts_on >= earliest or _passed(placement.match, GateName.COMMISSION):
        return None
    return (
        f"The last secondment ended on {last:%-d %B %Y}. Starting before {earliest:%-d %B %Y} needs the Civil "
        "Service Commission's approval, which this match does not have. Choose that day or later."
    )


def _money(placement: Placement, terms: Terms) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if terms.payroll_party not in list(Party):
        wrong["payroll_party"] = "Choose who pays the salary."
    if not 0 <= terms.recovery_pct <= FULL_RECOVERY:
        wrong["recovery_pct"] = "Enter the share that is paid back, from 0 to 100."
    elif placement.offer.direction is Direction.OUTWARD and terms.recovery_pct < min(
        placement.offer.recovery_pct, FULL_RECOVERY
    ):
        wrong["recovery_pct"] = (
            f"This match was approved with {placement.offer.recovery_pct}% paid back. "
            "To recover less, cancel it and put it forward again, so that finance can look at it."
        )
    return wrong


def _passed(match: Match, name: GateName) -> bool:
    return any(gate.name is name and gate.state is GateState.PASSED for gate in match.gates)


def days(terms: Terms) -> Decimal:
    """Days a week as they are stored, to one decimal."""
    return Decimal(str(terms.days_per_week)).quantize(Decimal("0.1"))


def summary(placement: Placement) -> dict[str, Any]:
    """The terms as the audit trail keeps them."""
    return {
        "starts_on": str(placement.starts_on),
        "ends_on": str(placement.ends_on),
        "days_per_week": float(placement.days_per_week),
        "payroll_party": placement.payroll_party.value,
        "recovery_pct": placement.recovery_pct,
        "host_supervisor": placement.host_supervisor,
        "objectives": [objective.wording for objective in placement.objectives],
    }
