"""Outcomes: which surveys a placement brings, who answers them, and what they answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models.outcomes import Respondent, Survey, Wave
from db.models.placements import Placement
from db.models.users import Role
from db.queries import outcomes as queries
from programme import audit, clock
from programme.actors import Actor
from programme.answers import check_answers, known_answers, results_of
from programme.errors import IllegalMove, NotFound
from programme.outcome_summary import OutcomeRow as OutcomeRow
from programme.outcome_summary import OutcomeSummary as OutcomeSummary
from programme.outcome_summary import summary as summary
from programme.permissions import Permission, may
from programme.placement_terms import add_months
from programme.reference import QuestionFound, rule_number, survey_questions

MISSING = "There is no such survey, or it is not yours to answer."
ANSWERS = {
    Respondent.SECONDEE: Permission.SURVEY_SECONDEE,
    Respondent.HOST: Permission.SURVEY_HOST,
    Respondent.HOME: Permission.SURVEY_HOME,
}


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """One survey with the questions its respondent is asked, and what was answered so far.

    ``objectives`` are the (id, wording) pairs that a question about objectives asks for, one by one.
    """

    survey: Survey
    questions: tuple[QuestionFound, ...]
    answers: Mapping[str, Any]
    objectives: tuple[tuple[int, str], ...]


def schedule(session: Session, placement: Placement) -> None:
    """Write the surveys that the placement still lacks and move those not answered to the dates it has now.

    A wave is asked of whoever has a question in it; when each opens, and how long there is to answer, are rules.
    """
    today = clock.today()
    existing = {(s.wave, s.respondent): s for s in queries.for_placement(session, placement_id=placement.id)}
    to_reply = timedelta(days=rule_number(session, "survey.reply_days", on=today))
    for wave in Wave:
        opens_on = _opens_on(session, placement, wave)
        for respondent in Respondent:
            survey = existing.get((wave, respondent))
            if survey is None:
                if not survey_questions(session, wave.value, respondent.value):
                    continue
                survey = Survey(placement_id=placement.id, wave=wave, respondent=respondent)
                session.add(survey)
            elif survey.answered_at is not None:
                continue
            survey.opens_on, survey.due_on = opens_on, opens_on + to_reply
    session.flush()


def _opens_on(session: Session, placement: Placement, wave: Wave) -> date:
    start = placement.started_on or placement.starts_on
    end = placement.ended_on or placement.ends_on
    today = clock.today()
    match wave:
        case Wave.T0:
            return start + timedelta(days=rule_number(session, "survey.t0_days", on=today))
        case Wave.T1:
            return start + (end - start) * rule_number(session, "survey.t1_share", on=today)
        case Wave.T2:
            return end + timedelta(days=rule_number(session, "survey.t2_days", on=today))
        case Wave.T3:
            return add_months(end, int(rule_number(session, "survey.t3_months", on=today)))
        case Wave.T4:
            return add_months(end, int(rule_number(session, "survey.t4_months", on=today)))


def due(session: Session, actor: Actor) -> list[Survey]:
    """The surveys that the actor can answer now, the first due first. None is asked before the placement got there."""
    found = queries.due_for(
        session, on=clock.today(), user_id=actor.user_id, host_ids=actor.organisations(Role.HOST)
    )
    return [survey for survey in found if may(actor, ANSWERS[survey.respondent], survey)]


def survey(session: Session, actor: Actor, survey_id: int) -> SurveyForm:
    """One survey of the actor's with its questions. Raises NotFound for everybody else's."""
    found = _survey(session, actor, survey_id)
    return SurveyForm(
        survey=found,
        questions=_questions(session, found),
        answers=dict(found.answers or {}),
        objectives=tuple((row.id, row.wording) for row in found.placement.objectives),
    )


def save_answers_draft(session: Session, actor: Actor, survey_id: int, answers: Mapping[str, Any]) -> Survey:
    """Keep what was answered so far, complete or not. Raises IllegalMove once the survey has been sent."""
    found = _open_survey(session, actor, survey_id)
    found.answers = known_answers(_questions(session, found), answers)
    session.flush()
    return found


def answer(session: Session, actor: Actor, survey_id: int, answers: Mapping[str, Any]) -> Survey:
    """Send the answers to a survey, once; what they say of the objectives is written on the objectives too.

    Raises Invalid with a message for each question, IllegalMove before it opens or once it has been sent.
    """
    found = _open_survey(session, actor, survey_id)
    objectives = found.placement.objectives
    found.answers = check_answers(_questions(session, found), answers, [row.id for row in objectives])
    found.answered_at, found.answered_by_id = clock.now(), actor.user_id
    if found.respondent is not Respondent.HOME:
        results = results_of(_questions(session, found), found.answers)
        for objective in objectives:
            if objective.id in results:
                setattr(objective, f"result_{found.respondent.value}", results[objective.id])
    session.flush()
    audit.record(
        session, actor, "survey:answer", "survey", found,
        detail={"placement": found.placement.ref, "wave": found.wave.value, "respondent": found.respondent.value},
    )  # fmt: skip
    return found


def _open_survey(session: Session, actor: Actor, survey_id: int) -> Survey:
    found = _survey(session, actor, survey_id)
    if found.answered_at is not None:
        raise IllegalMove("This survey has been answered. Thank you: nothing more is needed.")
    if not queries.is_open(session, survey_id=survey_id, on=clock.today()):
        raise IllegalMove(
            f"This survey is not open yet. It opens on {found.opens_on:%-d %B %Y} at the earliest."
        )
    return found


def _survey(session: Session, actor: Actor, survey_id: int) -> Survey:
    found = session.get(Survey, survey_id)
    if found is None or not may(actor, ANSWERS[found.respondent], found):
        raise NotFound(MISSING)
    return found


def _questions(session: Session, found: Survey) -> tuple[QuestionFound, ...]:
    return survey_questions(session, found.wave.value, found.respondent.value)
