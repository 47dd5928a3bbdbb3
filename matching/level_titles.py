"""Reading a job title: the grade codes it names, and the charity role at its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from matching.level_tables import ANY_ORGANISATION, GradeRow

GradeT = TypeVar("GradeT", bound=GradeRow)

ROLE_WORDS: Mapping[str, tuple[str, int]] = {
    "chief executive": ("chief_executive", 0),
    "ceo": ("chief_executive", 0),
    "chief officer": ("chief_executive", 0),
    "chief": ("director", 0),
    "director": ("director", 0),
    "head": ("head_of", 0),
    "manager": ("manager", 0),
    "lead": ("manager", 0),
    "team leader": ("officer", 1),
    "officer": ("officer", 0),
    "adviser": ("officer", 0),
    "advisor": ("officer", 0),
    "practitioner": ("officer", 0),
    "caseworker": ("officer", 0),
    "worker": ("officer", 0),
    "coordinator": ("assistant", 1),
    "co-ordinator": ("assistant", 1),
    "administrator": ("assistant", 0),
    "assistant": ("assistant", 0),
    "apprentice": ("assistant", 0),
    "trainee": ("assistant", 0),
}
"""What a charity's word means in the matrix of roles: the role, and steps up from it. Our proposal."""

STEPS: Mapping[str, int] = {
    "senior": 1,
    "principal": 1,
    "deputy": -1,
    "assistant": -1,
    "associate": -1,
    "junior": -1,
    "trainee": -1,
}
"""How many levels a word before the role moves it. Our proposal."""

_HEAD_ENDS = re.compile(r"\s+(?:of|to|for|in|and|with)\s+|[,(/:;]|\s[-–]\s")
_SHORT = re.compile(r"[A-Z]{2}")


def named_grades(rows: Iterable[GradeT], organisation: str | None, title: str) -> list[GradeT]:
    """The grades that stand in a title, in its order: `Policy adviser (SEO)`, `HEO(D) fast stream`.

    A grade's name counts where it is a part of its own ("Deputy Director, Housing"), so that a chief
    executive officer is no executive officer. A code of two letters counts in brackets alone ("PS" may be a
    private secretary), a code of figures alone does not.
    """
    keys = {ANY_ORGANISATION, (organisation or ANY_ORGANISATION).strip().lower()}
    of_code: dict[str, GradeT] = {}
    for row in sorted(rows, key=lambda row: row.organisation_key != ANY_ORGANISATION):
        if row.organisation_key.lower() in keys and not row.native_code.isdigit():
            of_code[row.native_code] = row
    found: dict[int, tuple[int, GradeT]] = {}
    for code, row in of_code.items():
        for place in _code_pattern(code).finditer(title):
            start, end = place.span("code")
            if end > found.get(start, (0, row))[0]:
                found[start] = (end, row)
    return [found[start][1] for start in sorted(found)]


def charity_role(title: str) -> tuple[str, int] | None:
    """The role of a charity title and the steps up or down from it; None where no word is known.

    The head of the title decides (before "of", "to", a comma ...), in it a chief or else the last role word,
    moved by the words before it: "Deputy director of finance" is a director less one step.
    """
    head = _HEAD_ENDS.split(" ".join(title.lower().split()), maxsplit=1)[0]
    words = "|".join(re.escape(word) for word in sorted(ROLE_WORDS, key=len, reverse=True))
    found = list(re.finditer(rf"\b({words})\b", head))
    if not found:
        return None
    decides = next((place for place in found if place.group(1).startswith("chief")), found[-1])
    role, up = ROLE_WORDS[decides.group(1)]
    before = head[: decides.start()].split()
    return role, up + sum(STEPS.get(word, 0) for word in before)


def _code_pattern(code: str) -> re.Pattern[str]:
    spaced = re.escape(code).replace(r"\ ", r"\s+")
    if _SHORT.fullmatch(code):
        return re.compile(rf"\(\s*(?P<code>{spaced})\b")
    if code.isupper():
        loose = re.sub(r"(?<=[A-Z])(?=\d)", r"\\s?", spaced)
        return re.compile(rf"(?<![\w-])(?P<code>{loose})(?!\w)")
    return re.compile(
        rf"(?:^|[(,/:;]\s*|\s[-–]\s+)(?P<code>{spaced})(?=$|\s*[),/:;]|\s+[-–]\s|\s+(?:of|for|in)\b)",
        re.IGNORECASE,
    )
