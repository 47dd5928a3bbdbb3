"""What is held about one person, gathered and made readable: records by reference, other people by role (D7)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from db.models.users import Role, User
from db.queries import personal_data as queries
from db.queries import users as user_queries
from db.queries.personal_data import HELD, Held
from programme import blind

NAMED_BY = {"organisations": "name", "offers": "title"}  # anything else by its reference
REFERENCE = re.compile(r"\b(?:PER|APP|MAT|PLC)-[0-9A-Z]{6}\b")
NOBODY_KNOWN = "another person"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is held: its title, the table it comes from, and its rows by field."""

    title: str
    table: str
    rows: tuple[Row, ...]


def gather(session: Session, user: User) -> tuple[Section, ...]:
    """Every part of what is held about ``user``. Other people are named by their role, in fields and in texts."""
    found = [(held, queries.rows_of(session, held, user_id=user.id)) for held in HELD]
    near = _people_near(session, found) - {user.id}
    people = user_queries.by_ids(session, ids=near)
    masked = _masker(people.values())
    return tuple(_section(session, held, rows, user, people, masked) for held, rows in found)


def role_words(user: User | None) -> str:
    """Another person as the copy names them: "the line manager". Somebody with several roles by what they decide."""
    roles = [membership.role for membership in user.memberships] if user is not None else []
    if not roles:
        return NOBODY_KNOWN
    role = next((role for role in roles if role is not Role.APPLICANT), Role.APPLICANT)
    if role is Role.APPLICANT:
        return "another applicant"
    return f"the {role.value.replace('_', ' ').replace('hr ', 'HR ')}"


def _section(
    session: Session,
    held: Held,
    rows: list[Row],
    user: User,
    people: dict[int, User],
    masked: Callable[[Any], Any],
) -> Section:
    named = {column: _names(session, held.table, column, rows, user, people) for column in _links(held.table)}
    own = held.model is User  # the person's own name stands, even where it is part of somebody else's

    def shown(name: str, value: Any) -> Any:
        if name in named:
            return named[name].get(value, value)
        return value if own else masked(value)

    cleaned = (
        {_field(name): shown(name, value) for name, value in row.items() if name not in ("id", "version")}
        for row in rows
    )
    return Section(held.section, held.table.name, tuple(cleaned))


def _links(table: Table) -> dict[str, Table]:
    """The columns that point to another record, and where to."""
    return {key.parent.name: key.column.table for key in table.foreign_keys if key.column.name == "id"}


def _field(name: str) -> str:
    return name.removesuffix("_id") if name != "subject_id" else name


def _names(
    session: Session, table: Table, column: str, rows: list[Row], user: User, people: dict[int, User]
) -> dict[Any, str]:
    ids = {row[column] for row in rows if row.get(column) is not None}
    target = _links(table)[column]
    if not ids:
        return {}
    if target.name == "users":
        return {one: "you" if one == user.id else role_words(people.get(one)) for one in ids}
    if "ref" in target.c:
        return queries.names_by_id(session, target, NAMED_BY.get(target.name, "ref"), ids)
    return {}


def _people_near(session: Session, found: Iterable[tuple[Held, list[Row]]]) -> set[int]:
    """The user ids of everybody whom these rows point to, or whose records they mention."""
    people: set[int] = set()
    refs: set[str] = set()
    for held, rows in found:
        for column, target in _links(held.table).items():
            ids = {row[column] for row in rows if row.get(column) is not None}
            if target.name == "users":
                people |= ids
            elif "ref" in target.c and ids:
                refs |= set(queries.names_by_id(session, target, "ref", ids).values())
        refs |= {ref for row in rows for text in _texts(row) for ref in REFERENCE.findall(text)}
    return people | queries.owners_of(session, sorted(refs))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)


def _masker(people: Iterable[User]) -> Callable[[Any], Any]:
    """What puts a role in place of each of these people's names and addresses, however deep in a value."""
    hidden = [(blind.pattern(user), role_words(user)) for user in people]

    def masked(value: Any) -> Any:
        match value:
            case str():
                for pattern, words in hidden:
                    value = blind.mask(value, pattern, words)
                return value
            case dict():
                return {key: masked(each) for key, each in value.items()}
            case list():
                return [masked(each) for each in value]
            case _:
                return value

    return masked
