"""Learning the score's points from outcomes: fitted in shadow, changed only by a person's dated decision.

Every version is kept, with its settings whole, so that it can rank the past again. What a decision changes
are the dated rules ``score.*``: they hold from the next day, and going back ends them.
"""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

import matching
from db.models.learning import Question, ScoreState
from db.models.learning import ScoreVersion as ScoreVersion
from db.models.rules import Rule
from db.queries import learning as queries
from db.queries import matches as match_queries
from db.queries import reference as reference_queries
from programme import audit, clock, score_evidence, score_fitting, score_rules, workflow
from programme.actors import SYSTEM, Actor
from programme.errors import NotFound, Refused
from programme.permissions import Permission, require
from programme.score_evidence import Evidence, Outcomes
from programme.score_rules import Points, Thresholds


@dataclass(frozen=True, slots=True)
class Standing:
    """How the score is set today: what holds, what speaks for a change, what has been decided so far.

    ``sides`` and ``points`` are in force today; ``next_change_on`` is the day on which others begin to hold.
    ``later`` judges the promoted version by the outcomes since it holds; None while there are none.
    """

    sides: dict[str, Points]
    points: Points
    next_change_on: date | None
    thresholds: Thresholds
    accepted: int
    went_well: int
    undecided: int
    promoted: ScoreVersion | None
    shadow: ScoreVersion | None
    shadow_went_well: ScoreVersion | None
    in_the_way: tuple[str, ...]
    later: matching.RollBack | None
    versions: tuple[ScoreVersion, ...]


def evidence(session: Session, actor: Actor) -> Evidence:
    """What was shown, and what came of it, as it was stored at the time."""
    require(actor, Permission.SCORE_VIEW)
    return score_evidence.collect(session)


def standing(session: Session, actor: Actor) -> Standing:
    """All that the page on the score shows."""
    found = evidence(session, actor)
    settings = score_rules.settings_on(session, clock.today())
    promoted = queries.promoted(session)
    shadow = queries.in_shadow(session, question=Question.ACCEPTED)
    return Standing(
        sides=score_rules.sides(settings),
        points=score_rules.points_of(settings),
        next_change_on=queries.next_change(session, prefix=score_rules.PREFIX, after=clock.today()),
        thresholds=score_rules.thresholds(session),
        accepted=len(found.accepted),
        went_well=len(found.went_well),
        undecided=found.undecided,
        promoted=promoted,
        shadow=shadow,
        shadow_went_well=queries.in_shadow(session, question=Question.WENT_WELL),
        in_the_way=workflow.refusals(session, shadow, "promote") if shadow else (),
        later=_later(session, promoted, found.accepted) if promoted else None,
        versions=tuple(queries.versions(session)),
    )


def fit_shadow(session: Session, actor: Actor) -> tuple[ScoreVersion, ...]:
    """Fit both models to the evidence so far and keep them in shadow: they rank nobody.

    Raises Refused, with the reason in words, while there is too little to learn from.
    """
    require(actor, Permission.SCORE_FIT)
    found = score_evidence.collect(session)
    base = score_fitting.version_in_force(session, by=actor)
    fitted = [
        version
        for question, outcomes in ((Question.ACCEPTED, found.accepted), (Question.WENT_WELL, found.went_well))
        if (version := score_fitting.fit(session, question, outcomes, base, by=actor)) is not None
    ]
    return tuple(fitted)


def promote(session: Session, actor: Actor, ref: str, *, reason: str) -> ScoreVersion:
    """Let the points of a version in shadow replace those in force, from the next day, with dated rules.

    Raises Refused when the evidence does not allow it, Invalid without a reason, NotFound.
    """
    require(actor, Permission.SCORE_DECIDE)
    version = _version(session, ref)
    for message in workflow.refusals(session, version, "promote"):
        raise Refused(message)
    before = queries.promoted(session)
    if before is not None:
        workflow.transition(session, SYSTEM, before, "retire")
    workflow.transition(
        session, actor, version, "promote", reason=reason, detail={"figures": version.figures}
    )
    version.valid_from = score_rules.next_day()
    version.decided_at, version.decided_by_id, version.reason = clock.now(), actor.user_id, reason.strip()
    _write_rules(session, actor, version)
    return version


def roll_back(session: Session, actor: Actor, ref: str, *, reason: str) -> ScoreVersion:
    """Go back to the points before: the decision's rules hold today for the last time, the older ones again.

    Raises IllegalMove when the version is not in force, Refused when it was not learnt, NotFound.
    """
    require(actor, Permission.SCORE_DECIDE)
    version = _version(session, ref)
    later = _later(session, version, score_evidence.collect(session).accepted)
    detail = {"later": asdict(later)} if later else {}
    workflow.transition(session, actor, version, "roll_back", reason=reason, detail=detail)
    rules = queries.rules_of(session, source=_source(version))
    for rule in rules:
        rule.valid_to = clock.today()
        audit.record(session, actor, "rule:end", "rule", rule, reason=reason, detail={"key": rule.key})
    base = session.get(ScoreVersion, version.base_id)
    if base is not None and base.state is ScoreState.RETIRED:
        workflow.transition(session, SYSTEM, base, "reinstate")
    return version


def weights_of(version: ScoreVersion) -> matching.Weights:
    """The scorer's settings of a version, to rank the past again exactly as it was ranked."""
    name = version.valid_from.isoformat() if version.valid_from else version.ref
    return matching.Weights.from_rows(version=name, rows=version.settings)


def chance_of_going_well(session: Session, actor: Actor, match_ref: str) -> float | None:
    """How likely an accepted match is to go well (0 to 1), by the latest model; None while there is none.

    Raises Refused for a match that nobody has accepted: the model is of accepted pairs, and says nothing of
    any other. Raises NotFound.
    """
    require(actor, Permission.SCORE_VIEW)
    match = match_queries.by_ref(session, ref=match_ref)
    if match is None:
        raise NotFound("There is no such match.")
    if match.state not in score_evidence.ACCEPTED:
        raise Refused("Both sides have not accepted this match, so nothing can be said of how it would go.")
    version = queries.in_shadow(session, question=Question.WENT_WELL)
    shown = queries.shown_first(session, applicant_id=match.applicant_id, offer_id=match.offer_id)
    if version is None or shown is None:
        return None
    return score_fitting.chance(version.models["after"], shown.shares)


def _write_rules(session: Session, actor: Actor, version: ScoreVersion) -> None:
    """New rules for the points of both sides; the older ones stay, and hold again when these end."""
    today = clock.today()
    for key in sorted(f"{side}.{part}" for side in score_rules.SIDES for part in matching.PART_NAMES):
        old = reference_queries.rule(session, key=score_rules.PREFIX + key, on=today)
        assert old is not None, "the version's settings come from these rules"
        new = Rule(
            key=old.key, value_number=version.settings[key], value_text=None, unit=old.unit, what=old.what,
            valid_from=version.valid_from, valid_to=None, source=_source(version), confirmed=False,
        )  # fmt: skip
        session.add(new)
        session.flush()
        detail = {"key": key, "from": old.value_number, "to": new.value_number}
        audit.record(session, actor, "rule:add", "rule", new, reason=version.reason, detail=detail)


def _source(version: ScoreVersion) -> str:
    return f"Decision on {version.ref}, learnt from outcomes"


def _later(session: Session, version: ScoreVersion, accepted: Outcomes) -> matching.RollBack | None:
    """The outcomes of pairs first shown since the version holds, predicted by it and by the points before."""
    if version.valid_from is None or not version.models:
        return None
    later = accepted.since(version.valid_from)
    if not len(later):
        return None
    before, after = (score_fitting.chances(version.models[which], later) for which in ("before", "after"))
    worse_in_se = score_rules.thresholds(session).worse_in_se
    return matching.should_roll_back(before, after, later.good, later.people, worse_in_se=worse_in_se)


def _version(session: Session, ref: str) -> ScoreVersion:
    found = queries.version_by_ref(session, ref=ref)
    if found is None:
        raise NotFound("There is no such version of the score.")
    return found
