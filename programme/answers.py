"""Whether answers fit their questions: scales, counts, choices, objectives and free text."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from db.models.placements import ObjectiveResult
from programme.errors import Invalid
from programme.reference import QuestionFound

SCALE = range(1, 6)
OPTIONAL = ("text", "recorded")
LONGEST_TEXT = 5000
MOST_PEOPLE = 10_000
RESULTS = {
    "met": ObjectiveResult.MET,
    "part": ObjectiveResult.PART,
    "not": ObjectiveResult.NOT_MET,
    "changed": ObjectiveResult.CHANGED,
}


def known_answers(questions: Sequence[QuestionFound], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to questions that were asked, empty ones left out."""
    return {
        question.code: _plain(answers[question.code])
        for question in questions
        if question.code in answers and not _empty(answers[question.code])
    }


def check_answers(
    questions: Sequence[QuestionFound], answers: Mapping[str, Any], objective_ids: Collection[int]
) -> dict[str, Any]:
    """The answers as they are stored. Free text is optional; everything else is asked for.

    Raises Invalid with a message for each question that is not answered or not answered in its own terms.
    """
    given = known_answers(questions, answers)
    wrong: dict[str, str] = {}
    for question in questions:
        if question.kind == "objectives" and not objective_ids:
            continue
        if question.code not in given:
            if question.kind not in OPTIONAL:
                wrong[question.code] = f"Answer this question: {question.words}"
            continue
        problem = _problem(question, given[question.code], objective_ids)
        if problem:
            wrong[question.code] = problem
    if wrong:
        raise Invalid.from_fields(wrong)
    return given


def results_of(questions: Sequence[QuestionFound], answers: Mapping[str, Any]) -> dict[int, ObjectiveResult]:
    """What the answers say of each objective, by its id."""
    return {
        int(objective_id): RESULTS[result]
        for question in questions
        if question.kind == "objectives"
        for objective_id, result in answers.get(question.code, {}).items()
    }


def _problem(question: QuestionFound, value: Any, objective_ids: Collection[int]) -> str | None:
    if question.kind == "objectives":
        wanted = {str(objective_id) for objective_id in objective_ids}
        fits = (
            isinstance(value, dict) and set(value) == wanted and set(value.values()) <= set(question.options)
        )
        return None if fits else "Choose what became of each objective."
    check = CHECKS.get(question.kind)
    return check(question, value) if check else None


def _scale(question: QuestionFound, value: Any) -> str | None:
    return None if _whole(value) and value in SCALE else "Choose a number from 1 to 5."


def _count(question: QuestionFound, value: Any) -> str | None:
    return None if _whole(value) and 0 <= value <= MOST_PEOPLE else "Enter a whole number, 0 or more."


def _choice(question: QuestionFound, value: Any) -> str | None:
    return None if value in question.options else "Choose one of the answers."


def _text(question: QuestionFound, value: Any) -> str | None:
    fits = isinstance(value, str) and len(value) <= LONGEST_TEXT
    return None if fits else f"Write up to {LONGEST_TEXT} characters."


CHECKS: dict[str, Callable[[QuestionFound, Any], str | None]] = {
    "scale5": _scale,
    "count": _count,
    "choice": _choice,
    "yes_no_unsure": _choice,
    "text": _text,
}


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _empty(value: Any) -> bool:
    return value is None or value == {} or (isinstance(value, str) and not value.strip())


def _plain(value: Any) -> Any:
    if isinstance(value, dict):  # the ids of objectives: JSON keeps keys as text
        return {str(key): _plain(each) for key, each in value.items() if not _empty(each)}
    return value.strip() if isinstance(value, str) else value
