"""A classifier kept as arrays and JSON reads like the one that was kept, for the missions of any day."""

import numpy as np
import pytest

from matching import knowledge
from matching.mission_classifier import MissionClassifier
from matching.mission_knowledge import from_knowledge, pack

CAUSES = {"NHS": ["HE101"], "CLE": ["EC201"]}
TERMS = {"HE101": ["hospital", "hospice"], "EC201": ["solar energy"], "HO101": ["hostel", "homeless"]}
TEXTS = [
    f"{words} {place}" for words in ("hospital ward", "solar energy", "choir") for place in "abcdefghijkl"
]
LABELS = [{"NHS"}] * 12 + [{"CLE"}] * 12 + [set()] * 12


@pytest.fixture(scope="module")
def taught() -> MissionClassifier:
    lexicon = {code: [term for tag in tags for term in TERMS[tag]] for code, tags in CAUSES.items()}
    return MissionClassifier(missions=["NHS", "CLE"], lexicon=lexicon).fit(TEXTS, LABELS)


@pytest.fixture(scope="module")
def kept(taught, tmp_path_factory) -> knowledge.Knowledge:
    documents, arrays = pack(
        taught, tag_terms=TERMS, causes=CAUSES, name_words={"FND": ["economy", "borders"]}
    )
    return knowledge.write(tmp_path_factory.mktemp("kept") / "k.zip", documents=documents, arrays=arrays)


def test_what_was_kept_reads_like_what_was_taught(taught, kept):
    assert np.allclose(from_knowledge(kept).predict_proba(TEXTS), taught.predict_proba(TEXTS), atol=0.01)


def test_an_ended_mission_is_not_given_and_a_new_one_is_read_from_its_cause_tags(kept):
    model = from_knowledge(kept, missions=["HOU", "NHS"], causes={**CAUSES, "HOU": ["HO101"]})

    housing, health = model.predict_proba(["A hostel for homeless people"])[0]

    assert housing > health
    assert not model.taught_[0]
    assert model.taught_[1]


def test_a_renamed_mission_keeps_what_it_was_taught(kept):
    renamed = from_knowledge(kept, missions=["HEA"], causes={"HEA": ["HE101"]}, came_from={"HEA": "NHS"})

    assert np.array_equal(
        renamed.predict_proba(TEXTS), from_knowledge(kept, missions=["NHS"]).predict_proba(TEXTS)
    )


def test_a_mission_without_cause_tags_is_read_from_the_words_of_its_name(kept):
    model = from_knowledge(kept, missions=["FND"])

    assert model.explain("Borders and the economy")[0].words == ("borders", "economy")


def test_the_threshold_of_the_day_is_passed_in(kept):
    assert from_knowledge(kept, min_probability=1.0).mission_weights(["hospital ward"]) == [{}]


def test_a_model_that_nothing_taught_cannot_be_kept():
    with pytest.raises(ValueError, match="nothing to keep"):
        pack(MissionClassifier(missions=["NHS"]).fit([], []), tag_terms={}, causes={}, name_words={})
