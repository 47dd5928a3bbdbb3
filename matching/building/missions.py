"""What the mission classifier knows: learnt from hand-tagged charities, with the words of the cause tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from matching.building.charities import mission_tags, missions_of, read_charities, rows, tag_terms
from matching.lexicon import plain
from matching.mission_classifier import MissionClassifier
from matching.mission_knowledge import pack

MAX_TERMS = 20_000
_SHORTEST_NAME_WORD = 5


def build(data: Path, reference: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Documents and arrays under `missions/`, from `data`/ukcat_dev and the reference rows."""
    causes, terms = mission_tags(reference), tag_terms(data)
    charities = read_charities(data)
    names = _name_words(reference)
    lexicon = {code: [term for tag in causes.get(code, ()) for term in terms[tag]] for code in names}
    model = MissionClassifier(missions=list(names), lexicon=lexicon, max_terms=MAX_TERMS)
    model.fit(
        [charity.text for charity in charities],
        [missions_of(charity.tags, causes) for charity in charities],
        [charity.organisation for charity in charities],
    )
    return pack(model, tag_terms=terms, causes=causes, name_words=names)


def _name_words(reference: Path) -> dict[str, list[str]]:
    """Long words of each mission's name, for a mission that no cause tag speaks for."""
    return {
        row["code"]: [
            word
            for word in plain(row["name"]).split()
            if len(word) >= _SHORTEST_NAME_WORD and word not in ENGLISH_STOP_WORDS
        ]
        for row in rows(reference / "missions.csv")
        if not row["valid_to"]
    }
