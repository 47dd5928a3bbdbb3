"""The questions and their options, as shipped rows with their sources, and the groups that are published."""

from dataclasses import dataclass
from datetime import date

from seed_data import equality_rows

NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer as people read it, and the group in which it is published."""

    code: str
    words: str
    group: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; nobody has to answer it. ``groups`` are what is published, by code, in reading order."""

    code: str
    words: str
    options: tuple[Option, ...]
    groups: dict[str, str]
    confirmed: bool

    def group_of(self, answer: str | None) -> str:
        """The published group of an answer; no answer and an unknown one are not stated."""
        return next((option.group for option in self.options if option.code == answer), NOT_STATED)


def questions(on: date) -> tuple[Question, ...]:
    """The questions of a day, in order."""
    return tuple(_question(row, on) for row in _of_day("questions", on))


def _question(row: dict[str, str], on: date) -> Question:
    options = [option for option in _of_day("options", on) if option["question"] == row["code"]]
    return Question(
        code=row["code"],
        words=row["words"],
        options=tuple(Option(option["code"], option["words"], option["group_code"]) for option in options),
        groups={option["group_code"]: option["group_words"] for option in options},
        confirmed=all(each["confirmed"] == "yes" for each in (row, *options)),
    )


def _of_day(name: str, on: date) -> list[dict[str, str]]:
    day = on.isoformat()
    return [
        row
        for row in equality_rows(name)
        if row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"])
    ]
