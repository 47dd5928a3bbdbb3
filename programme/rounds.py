"""Matching rounds: the whole cohort assigned at once, stored with everything needed to run it again.

A round only proposes. Publishing it opens one match for each pair, which the person may accept or decline and
which then passes the same gates as any other match.
"""

from dataclasses import asdict

from sqlalchemy.orm import Session

import matching
from db.models.rounds import MatchingRound, RoundState
from db.queries import rounds as queries
from programme import (
    audit,
    clock,
    encoding,
    match_opening,
    round_cohort,
    round_comparison,
    round_records,
)
from programme.actors import Actor
from programme.errors import Invalid, NotFound, Refused
from programme.permissions import Permission, require
from programme.round_cohort import RoundSettings
from programme.round_comparison import Comparison
from programme.round_records import Scenario
from programme.workflow import transition


def run(session: Session, actor: Actor, settings: RoundSettings) -> MatchingRound:
    """Assign the cohort and store the proposals with settings, seed, model version and fingerprint.

    Raises Invalid for a method, pair or floor that cannot be used.
    """
    require(actor, Permission.ROUND_RUN)
    if settings.method not in matching.METHODS:
        raise Invalid(f"Choose one of these methods: {', '.join(matching.METHODS)}.", field="method")
    if not settings.name.strip():
        raise Invalid("Give the round a name, so that others know what it was for.", field="name")
    catalogue = encoding.catalogue(session)
    cohort = round_cohort.cohort(session, catalogue, settings)
    assignment = matching.assign(
        cohort.pairs,
        cohort.places,
        rules=cohort.rules,
        method=settings.method,
        groups=cohort.groups,
        directions=cohort.directions,
        highest_total=cohort.highest_total(),
    )
    matching_round = MatchingRound(
        name=settings.name.strip(),
        state=RoundState.COMPUTED,
        state_since_at=clock.now(),
        settings=asdict(settings),
        seed=settings.seed,
        model_version=catalogue.model_version,
        fingerprint=catalogue.fingerprint,
        certificate=round_records.record(catalogue, assignment),
        run_by_id=actor.user_id,
        run_at=clock.now(),
        proposals=round_cohort.proposals(catalogue, cohort, assignment),
    )
    session.add(matching_round)
    session.flush()
    audit.record(
        session, actor, "round:run", "round", matching_round, detail={"pairs": len(assignment.pairs)}
    )
    return matching_round


def scenarios(session: Session, actor: Actor, settings: RoundSettings) -> tuple[Scenario, ...]:
    """What each method would achieve with these settings, side by side; nothing is stored.

    Raises Invalid for a pair or floor that cannot be used.
    """
    require(actor, Permission.ROUND_RUN)
    cohort = round_cohort.cohort(session, encoding.catalogue(session), settings)
    made = matching.scenarios(
        cohort.pairs, cohort.places, rules=cohort.rules, groups=cohort.groups, directions=cohort.directions
    )
    return tuple(round_records.scenario(each, made["stable"]) for each in made.values())


def every(session: Session, actor: Actor) -> list[MatchingRound]:
    """All rounds, newest first."""
    require(actor, Permission.ROUND_VIEW)
    return queries.every(session)


def detail(session: Session, actor: Actor, ref: str) -> MatchingRound:
    """One round with its proposals. Raises NotFound."""
    require(actor, Permission.ROUND_VIEW)
    found = queries.by_ref(session, ref=ref)
    if found is None:
        raise NotFound("There is no such matching round.")
    return found


def publish(session: Session, actor: Actor, ref: str, *, reason: str) -> MatchingRound:
    """Open a match for every proposal of the round; each person then accepts or declines.

    A pair that has been matched since the round ran is left as it is, and the round's note says so.
    """
    matching_round = detail(session, actor, ref)
    transition(session, actor, matching_round, "publish", reason=reason)
    left: list[str] = []
    for proposal in matching_round.proposals:
        try:
            match_opening.propose(
                session,
                actor,
                applicant=proposal.applicant,
                offer=proposal.offer,
                matching_round=matching_round,
                score=proposal.score,
            )
        except Refused as refusal:
            left.append(f"{proposal.applicant.ref} and {proposal.offer.ref}: {refusal.message}")
    matching_round.note = "\n".join(left)
    return matching_round


def discard(session: Session, actor: Actor, ref: str, *, reason: str) -> MatchingRound:
    """Put a round aside. Its proposals stay on record."""
    matching_round = detail(session, actor, ref)
    transition(session, actor, matching_round, "discard", reason=reason)
    return matching_round


def pairs(session: Session, matching_round: MatchingRound) -> list[dict[str, object]]:
    """The proposals of a stored round as plain values, best first."""
    return [
        {
            "applicant": proposal.applicant.ref,
            "offer": proposal.offer.ref,
            "score": proposal.score,
            "parts": proposal.parts,
            "rank_for_applicant": proposal.rank_for_applicant,
            "rank_for_offer": proposal.rank_for_offer,
        }
        for proposal in sorted(matching_round.proposals, key=lambda p: (-p.score, p.id))
    ]


def compare(session: Session, actor: Actor, ref_a: str, ref_b: str) -> Comparison:
    """From the first round to the second: shared pairs, and who gains and loses by the ranks stored."""
    first, second = (detail(session, actor, ref) for ref in (ref_a, ref_b))
    return round_comparison.compare(first.proposals, second.proposals)
