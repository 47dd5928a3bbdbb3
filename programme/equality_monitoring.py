"""Equality monitoring (D1): what a person may do with their own answers, and with nobody else's.

The answers go to a database of their own under a random key that only the person holds. Nothing written to the main
database or to the audit trail says that they answered. Only the page of the form and the report may import this.
"""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db import engine as db_engine
from equality import migrate, store
from equality import questions as sets
from equality.questions import Question as Question
from programme import clock
from programme.actors import Actor
from programme.errors import Invalid, NotFound
from programme.permissions import Permission, require
from programme.settings import settings


@cache
def process_engine() -> Engine:
    """The engine of the equality database; an embedded one is made ready by its first use."""
    engine = db_engine.make_engine(settings().equality_url)
    if engine.dialect.name == "sqlite":
        migrate.upgrade(engine)
    return engine


def prepare() -> None:
    """Bring the equality database to its newest schema. Safe to run again."""
    migrate.upgrade(process_engine())


def questions(session: Session, actor: Actor) -> tuple[Question, ...]:
    """What is asked today. Every question may be left unanswered."""
    require(actor, Permission.EQUALITY_ANSWER)
    return sets.questions(clock.today())


def give(session: Session, actor: Actor, answers: Mapping[str, str]) -> str:
    """Keep these answers, by question, and hand back the key with which they can be changed or withdrawn.

    The key is shown this once. Raises Invalid when nothing is answered, or an answer is none of the options.
    """
    kept = _checked(questions(session, actor), answers)
    with db_engine.writing(process_engine()) as own:
        return store.give(own, kept, on=clock.today())


def change(session: Session, actor: Actor, key: str, answers: Mapping[str, str]) -> None:
    """Put these answers in place of those under ``key``; what they were is not shown to anybody.

    Raises:
        NotFound: nothing is kept under that key, or it was withdrawn.
    """
    kept = _checked(questions(session, actor), answers)
    with db_engine.writing(process_engine()) as own:
        _found(store.change(own, key, kept, on=clock.today()))


def stop(session: Session, actor: Actor, key: str) -> None:
    """The stop notice: delete the answers under ``key``, so that no later release counts them.

    Raises:
        NotFound: nothing is kept under that key, or it was withdrawn.
    """
    require(actor, Permission.EQUALITY_ANSWER)
    with db_engine.writing(process_engine()) as own:
        _found(store.stop(own, key, on=clock.today()))


def _checked(asked: tuple[Question, ...], answers: Mapping[str, str]) -> dict[str, str]:
    kept = {code: answer for code, answer in answers.items() if answer}
    if not kept:
        raise Invalid("Answer at least one question, or leave this page: you do not have to answer.")
    options = {question.code: {option.code for option in question.options} for question in asked}
    wrong = {code: "Choose one of the answers." for code in kept if kept[code] not in options.get(code, ())}
    if wrong:
        raise Invalid.from_fields(wrong)
    return kept


def _found(done: bool) -> None:
    if not done:
        raise NotFound("No answers are kept under that key. Check it, or perhaps you have withdrawn them.")
