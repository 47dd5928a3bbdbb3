"""Fitting the score's models to outcomes, and keeping what was fitted as a version."""

from dataclasses import asdict
from typing import Any

from scipy.special import expit
from sqlalchemy.orm import Session

import matching
from db.models.learning import Question, ScoreState, ScoreVersion
from db.queries import learning as queries
from db.queries import reference as reference_queries
from matching.shadow import TOO_FEW
from programme import audit, clock, score_rules, workflow
from programme.actors import SYSTEM, Actor
from programme.errors import Refused
from programme.score_evidence import Outcomes

SUBJECT = "score_version"
SET_BY_HAND = "Set in the rules, not learnt."


def fit(
    session: Session, question: Question, outcomes: Outcomes, base: ScoreVersion, *, by: Actor
) -> ScoreVersion | None:
    """A new version in shadow for a question, in place of the one before; None when ``went_well`` has too little.

    Raises Refused, with the reason in words, when ``accepted`` has too little.
    """
    limits, model = score_rules.thresholds(session), score_rules.model(session, base.points)
    report = matching.shadow_report(
        outcomes.shares, outcomes.good, outcomes.people, model=model,
        promote_from=limits.promote_from, gain_in_se=limits.gain_in_se,
    )  # fmt: skip
    if report.verdict == TOO_FEW:
        if question is Question.ACCEPTED:
            raise Refused(report.reason)
        return None
    known = score_rules.model(session, base.points).set_params(min_outcomes=len(outcomes) + 1)
    before, after = (each.fit(outcomes.shares, outcomes.good) for each in (known, model))
    points = dict(zip(matching.PART_NAMES, after.points_, strict=True))
    earlier = queries.in_shadow(session, question=question)
    if earlier is not None:
        workflow.transition(session, SYSTEM, earlier, "retire")
    sets_points = question is Question.ACCEPTED
    return _keep(
        session, by, "fit",
        ScoreVersion(
            question=question, state=ScoreState.SHADOW, base_id=base.id, points=points,
            settings=score_rules.with_points(base.settings, points) if sets_points else base.settings,
            models={"before": _stored(before), "after": _stored(after)}, figures=asdict(report),
            first_shown_on=outcomes.shown_on[0], last_shown_on=outcomes.shown_on[-1],
        ),
    )  # fmt: skip


def version_in_force(session: Session, *, by: Actor) -> ScoreVersion:
    """The version that holds from tomorrow on, kept now if the rules were set by hand since the last one."""
    settings = score_rules.settings_on(session, score_rules.next_day())
    known = queries.promoted(session)
    if known is not None and known.settings == settings:
        return known
    if known is not None:
        workflow.transition(session, SYSTEM, known, "retire")
    rules = reference_queries.rules(session, prefix=score_rules.PREFIX, on=score_rules.next_day())
    return _keep(
        session, by, "note",
        ScoreVersion(
            question=Question.ACCEPTED, state=ScoreState.PROMOTED, settings=settings,
            points=score_rules.points_of(settings), reason=SET_BY_HAND,
            valid_from=max(rule.valid_from for rule in rules),
        ),
    )  # fmt: skip


def _keep(session: Session, by: Actor, action: str, version: ScoreVersion) -> ScoreVersion:
    version.created_at = version.state_since_at = clock.now()
    version.created_by_id = by.user_id
    session.add(version)
    session.flush()
    detail = {"question": version.question.value, "points": version.points, "figures": version.figures}
    audit.record(session, by, f"{SUBJECT}:{action}", SUBJECT, version, detail=detail)
    return version


def chance(model: dict[str, Any], shares: dict[str, float]) -> float:
    """The chance (0 to 1) that a stored model gives to the shares of one pair."""
    return float(expit(model["intercept"] + sum(w * shares[part] for part, w in model["weights"].items())))


def chances(model: dict[str, Any], outcomes: Outcomes) -> list[float]:
    """The chance that a stored model gives to each of these outcomes, (n,)."""
    rows = (dict(zip(matching.PART_NAMES, row, strict=True)) for row in outcomes.shares.tolist())
    return [chance(model, row) for row in rows]


def _stored(model: matching.OutcomeModel) -> dict[str, Any]:
    weights = dict(zip(matching.PART_NAMES, model.coef_.tolist(), strict=True))
    return {"intercept": model.intercept_, "weights": weights, "tau": model.tau_}
