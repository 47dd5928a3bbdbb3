"""The tables of moves, clocks and permissions written out as a page, so that the page cannot drift from them."""

from collections.abc import Iterable, Sequence

from programme.clocks import CLOCKS
from programme.permissions import GRANTS, ROLE_WORDS, SYSTEM_PERMISSIONS, Scope
from programme.transitions import TRANSITIONS, Transition

SCOPE_WORDS: dict[Scope, str] = {
    Scope.ANY: "any record",
    Scope.OWN: "records about themselves",
    Scope.HOST: "records of the organisation that hosts",
    Scope.HOME: "records of the organisation that lends",
    Scope.LINE_MANAGER: "records of the people they manage",
    Scope.NOT_A_PARTY: "records in which they are not a party",
}


def workflow_page() -> str:
    """docs/workflow.md: every move and every grant, from the tables that the programme itself reads."""
    subjects = dict.fromkeys(move.subject for move in TRANSITIONS)
    parts = [
        "# Workflow and permissions",
        "",
        "Written by `secondments guide` from `programme/transitions.py`, `programme/clocks.py` and "
        "`programme/permissions.py`.",
        "A test fails when this page and those tables differ.",
        "",
        "A move needs its permission, its reason where it says so, and every guard to agree.",
        "It writes a status change, an audit row and its messages in the same transaction.",
        "",
    ]
    for subject in subjects:
        parts += [f"## {_title(subject)}", "", *_moves(m for m in TRANSITIONS if m.subject == subject), ""]
    parts += ["## Clocks", "", "Run by `secondments tick` from `programme/clocks.py`.", "", *_clocks(), ""]
    parts += ["## Who may do what", "", *_grants(), ""]
    parts += [
        "The programme's own clockwork and the command line may only read, compute a round, and make the moves "
        "that time alone makes: " + ", ".join(f"`{p}`" for p in sorted(SYSTEM_PERMISSIONS)) + ".",
        "",
    ]
    return "\n".join(parts)


def _title(subject: str) -> str:
    noun, _, name = subject.partition(".")
    return f"{noun.capitalize()}: {name.replace('_', ' ')}" if name else noun.capitalize()


def _moves(moves: Iterable[Transition]) -> list[str]:
    return _table(
        ("Action", "From", "To", "Permission", "Reason", "Guards", "Who is told"),
        [
            (
                move.action,
                move.source,
                move.target,
                f"`{move.permission}`",
                ", ".join(
                    [
                        *(["words"] if move.needs_reason else []),
                        *([f"a {move.reason_kind} code"] if move.reason_kind else []),
                    ]
                ),
                ", ".join(guard.__name__.strip("_").replace("_", " ") for guard in move.guards),
                ", ".join(move.tell).replace("_", " "),
            )
            for move in moves
        ],
    )


def _clocks() -> list[str]:
    return _table(
        ("What waits", "Counts from", "Then", "Days (a rule)", "Who is told"),
        [
            (
                each.what,
                each.counts_from,
                step.action.value,
                f"`{step.rule}` {step.count}",
                ", ".join(step.tell).replace("_", " ") or "whoever the move tells",
            )
            for each in CLOCKS
            for step in each.steps
        ],
    )


def _grants() -> list[str]:
    return _table(
        ("Permission", "Who", "To which records"),
        sorted((f"`{g.permission}`", ROLE_WORDS[g.role], SCOPE_WORDS[g.scope]) for g in GRANTS),
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
