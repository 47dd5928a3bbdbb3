"""Pairs of a person and an offer as people type them, one on each line."""

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NotPairs:
    """What is wrong with the lines typed."""

    message: str


def parse_pairs(typed: str) -> Pairs | NotPairs:
    """Read "PER-7K3M2B OFR-4D6F8G" lines; a comma between the two is fine, empty lines are skipped."""
    pairs = []
    for line in typed.splitlines():
        words = line.upper().replace(",", " ").split()
        if not words:
            continue
        if len(words) != 2 or not words[0].startswith("PER-") or not words[1].startswith("OFR-"):
            return NotPairs(
                f"“{line.strip()}” is not a pair. Write one such as PER-7K3M2B OFR-4D6F8G on each line."
            )
        pairs.append((words[0], words[1]))
    return tuple(pairs)
