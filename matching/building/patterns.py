"""The plain phrases that a pattern of the cause scheme stands for.

The scheme's patterns are nearly all finite: alternatives, optional letters, sets of letters. Those are
written out, so that looking for them is looking up words. An alternative with a gap (`friends of .*
school`) is left out; `+` is read as once and `*` as none.
"""

from __future__ import annotations

from itertools import product

GAP = "\0"
_ESCAPES = {"b": "", "w": GAP, "W": " ", "s": " "}


def phrases(pattern: str) -> frozenset[str]:
    """Every phrase of the pattern, as written in it; `r"child(ren)?"` gives child and children."""
    found, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"The pattern has a bracket too many at {end}: {pattern}")
    return frozenset(phrase for phrase in found if GAP not in phrase)


def _alternatives(pattern: str, at: int) -> tuple[set[str], int]:
    found, at = _sequence(pattern, at)
    while at < len(pattern) and pattern[at] == "|":
        others, at = _sequence(pattern, at + 1)
        found |= others
    return found, at


def _sequence(pattern: str, at: int) -> tuple[set[str], int]:
    found = {""}
    while at < len(pattern) and pattern[at] not in "|)":
        piece, at = _piece(pattern, at)
        if at < len(pattern) and pattern[at] in "?*+":
            piece = _repeated(piece, pattern[at])
            at += 1
        found = {before + after for before, after in product(found, piece)}
    return found, at


def _repeated(piece: set[str], times: str) -> set[str]:
    if times == "?":
        return piece | {""}
    return {""} if times == "*" and piece != {GAP} else piece


def _piece(pattern: str, at: int) -> tuple[set[str], int]:
    letter = pattern[at]
    if letter == "(":
        found, at = _alternatives(pattern, at + 1)
        return found, at + 1
    if letter == "[":
        end = pattern.index("]", at)
        return _letters(pattern[at + 1 : end]), end + 1
    if letter == "\\":
        escaped = pattern[at + 1]
        return {_ESCAPES.get(escaped, escaped)}, at + 2
    return {GAP if letter == "." else letter}, at + 1


def _letters(inside: str) -> set[str]:
    """The letters of a set such as `a-e`, `sz` or `- `."""
    found, at = set(), 0
    while at < len(inside):
        if inside[at] == "\\":
            found.add(_ESCAPES.get(inside[at + 1], inside[at + 1]))
            at += 2
        elif at + 2 < len(inside) and inside[at + 1] == "-":
            found |= {chr(code) for code in range(ord(inside[at]), ord(inside[at + 2]) + 1)}
            at += 3
        else:
            found.add(inside[at])
            at += 1
    return found
