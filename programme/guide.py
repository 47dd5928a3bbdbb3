"""The tables of moves and clocks written out as a page, so that the documentation cannot drift from them."""

from collections.abc import Iterable, Sequence

from programme.clocks import CLOCKS
from programme.transitions import TRANSITIONS, Transition


def workflow_page() -> str:
    """docs/workflow.md: every move, from the table that the programme itself reads."""
    subjects = dict.fromkeys(move.subject for move in TRANSITIONS)
    parts = [
        "# Workflow",
        "",
        "Written by `secondments guide` from `programme/transitions.py` and `programme/clocks.py`.",
        "A test fails when this page and those tables differ.",
        "Who holds each permission is in [permissions.md](permissions.md).",
        "",
        "A move needs its permission, its reason where it says so, and every guard to agree.",
        "It writes a status change, an audit row and its messages in the same transaction.",
        "",
    ]
    for subject in subjects:
        parts += [f"## {_title(subject)}", "", *_moves(m for m in TRANSITIONS if m.subject == subject), ""]
    parts += ["## Clocks", "", "Run by `secondments tick` from `programme/clocks.py`.", "", *_clocks(), ""]
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


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
