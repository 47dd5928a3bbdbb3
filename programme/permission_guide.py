"""Who may do what, for people to read: the permission table as sections of a page and of the documentation."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from programme.permission_words import PERMISSION_WORDS
from programme.permissions import GRANTS, ROLE_WORDS, SYSTEM_PERMISSIONS, Permission, Scope

SCOPE_WORDS: dict[Scope, str] = {
    Scope.ANY: "any record",
    Scope.OWN: "records about themselves",
    Scope.HOST: "records of the organisation that hosts",
    Scope.HOME: "records of the organisation that lends",
    Scope.LINE_MANAGER: "records of the people they manage",
    Scope.NOT_A_PARTY: "records in which they are not a party",
}
CLOCKWORK = "the programme’s own clockwork"


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One thing that can be done, who may do it, and to which records."""

    permission: str
    what: str
    who: str
    records: str


def sections() -> tuple[tuple[str, tuple[GuideLine, ...]], ...]:
    """Every grant and everything that the clockwork may do, by the noun that it is about."""
    by_noun = groupby(_lines(), key=lambda line: line.permission.partition(":")[0])
    return tuple((noun.capitalize(), tuple(lines)) for noun, lines in by_noun)


def _lines() -> Iterator[GuideLine]:
    for permission in sorted(Permission):
        what = PERMISSION_WORDS[permission].capitalize()
        for grant in GRANTS:
            if grant.permission is permission:
                yield GuideLine(permission.value, what, ROLE_WORDS[grant.role], SCOPE_WORDS[grant.scope])
        if permission in SYSTEM_PERMISSIONS:
            yield GuideLine(permission.value, what, CLOCKWORK, SCOPE_WORDS[Scope.ANY])


def permissions_page() -> str:
    """docs/permissions.md: who may do what, from the table that the programme itself reads."""
    parts = [
        "# Who may do what",
        "",
        "Written by `secondments guide` from `programme/permissions.py`, which every use case asks.",
        "The service shows the same table at `/who-may-do-what`. A test fails when this page and the table differ.",
        "",
        "A party to a record belongs to its home or host organisation, or is the person or their line manager.",
        "Nobody decides about themselves. The database refuses an approval by a party as well.",
        "The clockwork and the command line read, compute a round and make the moves that time alone makes.",
        "",
    ]
    for title, lines in sections():
        parts += [
            f"## {title}",
            "",
            "| What | Who | To which records | Permission |",
            "| --- | --- | --- | --- |",
        ]
        parts += [f"| {line.what} | {line.who} | {line.records} | `{line.permission}` |" for line in lines]
        parts += [""]
    return "\n".join(parts)
