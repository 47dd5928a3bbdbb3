"""The surveys of invented placements, and what people answered."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from db.models.outcomes import Respondent, Survey, Wave
from programme.answers import RESULTS
from programme.demonstration.cases import Cases
from programme.demonstration.ledger import Track
from programme.demonstration.offers import Posted
from programme.demonstration.people import Person
from programme.placement_terms import add_months
from programme.reference import QuestionFound, survey_questions

if TYPE_CHECKING:
    from programme.demonstration.placed import Dates

REPLY_DAYS = 28
CHANCE = {Respondent.SECONDEE: 0.85, Respondent.HOST: 0.75, Respondent.HOME: 0.65}
WORDS = {"F9b": "used", "F10b": "changed", "F12b": "changed", "F16": "worked_for"}
NO_SURVEY = ("approved", "vetting", "agreed", "cancelled")
MOST_CONTACTS = 12


class Surveys:
    """Writes the survey rows of placements; most of those that are due are answered, and not all (E2)."""

    def __init__(self, cases: Cases) -> None:
        """Read the questions once."""
        self.cases, self.rng = cases, cases.rng
        self.questions: dict[tuple[Wave, Respondent], tuple[QuestionFound, ...]] = {
            (wave, respondent): tuple(survey_questions(cases.session, wave.value, respondent.value))
            for wave in Wave
            for respondent in Respondent
        }

    def add(
        self, track: Track, person: Person, offer: Posted, dates: "Dates", objectives: list[dict[str, Any]]
    ) -> None:
        """Every survey of one placement, at the dates that it has now."""
        if track.state == "cancelled":
            return
        end = dates.ended or dates.end
        opens = {
            Wave.T0: dates.start,
            Wave.T1: dates.start + (end - dates.start) // 2,
            Wave.T2: end,
            Wave.T3: add_months(end, 6),
            Wave.T4: add_months(end, 12),
        }
        users = {
            Respondent.SECONDEE: person.user_id, Respondent.HOST: offer.body.host_id,
            Respondent.HOME: person.manager_id,
        }  # fmt: skip
        for (wave, respondent), questions in self.questions.items():
            if not questions:
                continue
            values = self._answered(track, wave, respondent, opens[wave], questions, objectives)
            if values:
                values["answered_by_id"] = users[respondent]
            self.cases.rows.add(
                Survey, placement_id=track.row["id"], wave=wave, respondent=respondent, opens_on=opens[wave],
                due_on=opens[wave] + timedelta(days=REPLY_DAYS), **values,
            )  # fmt: skip

    def _answered(
        self, track: Track, wave: Wave, respondent: Respondent, opens_on: date,
        questions: tuple[QuestionFound, ...], objectives: list[dict[str, Any]],
    ) -> dict[str, Any]:  # fmt: skip
        """Answers and their time, or nothing when the survey is not open or nobody answered."""
        day = opens_on + timedelta(days=self.rng.randint(1, 24))
        closed = track.state == "followed_up" and wave is Wave.T4
        if track.state in NO_SURVEY or day >= self.cases.now.date():
            return {}
        if not closed and self.rng.random() > CHANCE[respondent]:
            return {}
        early = track.row["early_end_code"] is not None
        answers = {}
        for question in questions:
            value = self._answer(question, objectives, early)
            if value not in (None, {}):
                answers[question.code] = value
        if respondent is not Respondent.HOME:
            for objective in objectives:
                result = answers.get("F4", {}).get(str(objective["id"]))
                if result:
                    objective[f"result_{respondent.value}"] = RESULTS[result]
        return {"answers": answers, "answered_at": datetime.combine(day, time(15), tzinfo=UTC)}

    def _answer(self, question: QuestionFound, objectives: list[dict[str, Any]], early: bool) -> Any:
        match question.kind:
            case "scale5":
                return self.rng.choice((1, 2, 3, 3, 4) if early else (2, 3, 3, 4, 4, 4, 5, 5))
            case "count":
                return self.rng.randint(0, MOST_CONTACTS)
            case "choice" | "yes_no_unsure":
                return self.rng.choice(question.options)
            case "objectives":
                chances = (
                    ("part", "not", "not", "changed", "met")
                    if early
                    else ("met", "met", "met", "part", "not")
                )
                return {str(row["id"]): self.rng.choice(chances) for row in objectives}
            case "text":
                return self.cases.say(WORDS[question.code]) if question.code in WORDS else None
            case _:
                return None
