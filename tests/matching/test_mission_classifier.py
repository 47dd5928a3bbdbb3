"""Which missions a text speaks for: none when none fits, and nothing from a protected characteristic."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.utils.estimator_checks import (
    check_estimator_cloneable,
    check_estimator_repr,
    check_no_attributes_set_in_init,
    check_parameters_default_constructible,
)

from matching.mission_classifier import MissionClassifier

HEALTH = (
    "hospital visits",
    "nursing care for patients",
    "hospice care",
    "patients and their doctors",
    "clinic",
)
ENERGY = (
    "solar panels",
    "wind farms and energy",
    "insulating homes",
    "solar energy",
    "saving energy at home",
)
OTHER = ("brass band", "village cricket", "quilts and knitting", "a choir", "model railways")
PLACES = ("Leeds", "Truro", "Perth", "Derby")
LEXICON = {"NHS": ["hospital", "hospice", "patient", "patients"], "CLE": ["solar energy", "wind farm"]}


def _labelled() -> tuple[list[str], list[set[str]]]:
    kinds = ((HEALTH, {"NHS"}), (ENERGY, {"CLE"}), (OTHER, set()))
    rows = [
        (f"{words} in {place}", label) for words_of, label in kinds for words in words_of for place in PLACES
    ]
    return [text for text, _ in rows], [label for _, label in rows]


@pytest.fixture(scope="module")
def model() -> MissionClassifier:
    return MissionClassifier(lexicon=LEXICON).fit(*_labelled())


@pytest.mark.parametrize(
    "check",
    [check_estimator_cloneable, check_estimator_repr, check_no_attributes_set_in_init,
     check_parameters_default_constructible],
)  # fmt: skip
def test_it_keeps_the_contract_of_an_estimator(check):
    check("MissionClassifier", MissionClassifier())


def test_a_text_is_given_the_mission_that_it_serves(model):
    first, second = model.mission_weights(["Volunteers in a hospital", "Solar energy for a school"])

    assert list(first) == ["NHS"]
    assert list(second) == ["CLE"]


def test_a_text_that_serves_no_mission_has_no_weights(model):
    assert model.mission_weights(["Our choir sings", "", "zzz"]) == [{}, {}, {}]


def test_a_higher_threshold_never_adds_a_mission(model):
    strict = clone(model).set_params(min_probability=0.9).fit(*_labelled())
    texts = ["Volunteers in a hospital", "Solar energy for a hospice"]

    for few, many in zip(strict.mission_weights(texts), model.mission_weights(texts), strict=True):
        assert set(few) <= set(many)


@given(st.lists(st.sampled_from([*HEALTH, *ENERGY, *OTHER, "", "é½"]), max_size=6))
def test_chances_lie_between_0_and_1_and_weights_add_to_1(model, parts):
    text = " and ".join(parts)

    assert np.all((model.predict_proba([text]) >= 0) & (model.predict_proba([text]) <= 1))
    total = sum(model.mission_weights([text])[0].values())
    assert total == 0 or total == pytest.approx(1)


def test_one_text_has_the_same_chances_alone_and_among_others(model):
    texts, _ = _labelled()

    together = model.predict_proba(texts)

    assert np.allclose(together, np.vstack([model.predict_proba([text]) for text in texts]))


def test_the_same_labels_teach_the_same_model_and_a_pickle_keeps_it(model):
    again = clone(model).fit(*_labelled())
    kept = pickle.loads(pickle.dumps(model))
    texts, _ = _labelled()

    assert np.array_equal(again.predict_proba(texts), model.predict_proba(texts))
    assert np.array_equal(kept.predict_proba(texts), model.predict_proba(texts))


def test_only_the_missions_of_today_are_given_in_their_order():
    model = MissionClassifier(missions=["CLE", "HOU"], lexicon=LEXICON).fit(*_labelled())

    assert model.missions_ == ("CLE", "HOU")
    assert model.predict_proba(["a hospital"]).shape == (1, 2)


def test_a_mission_without_labelled_texts_is_read_from_its_lexicon_and_is_seldom_sure():
    lexicon = {**LEXICON, "HOU": ["hostel", "homeless", "rough sleeping"]}
    model = MissionClassifier(lexicon=lexicon).fit(*_labelled())

    found = {evidence.mission: evidence for evidence in model.explain("A hostel for homeless people")}

    assert not model.taught_[model.missions_.index("HOU")]
    assert found["HOU"].probability > model.predict_proba(["A choir"])[0, model.missions_.index("HOU")]
    assert not found["HOU"].sure
    assert set(found["HOU"].words) == {"homeless", "hostel"}


def test_the_words_behind_a_mission_stand_in_the_text(model):
    first = model.explain("Nursing care for hospital patients", limit=3)[0]

    assert first.mission == "NHS"
    assert 1 <= len(first.words) <= 3
    assert all(part in "nursing care for hospital patients" for word in first.words for part in word.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Muslim", "Christian"), ("Black", "White"), ("women", "men"), ("gay", "heterosexual"),
     ("Irish", "Polish"), ("girls", "boys"), ("Jewish", "secular"), ("married", "unmarried")],
)  # fmt: skip
def test_words_of_a_protected_characteristic_change_nothing(one, other):
    texts, labels = _labelled()
    taught_unevenly = [f"{one} {text}" if label else text for text, label in zip(texts, labels, strict=True)]
    model = MissionClassifier(lexicon={**LEXICON, "SAF": [f"{one} hostel"]}).fit(taught_unevenly, labels)

    first, second, neither = model.predict_proba(
        [f"A hospital for {one} patients", f"A hospital for {other} patients", "A hospital for patients"]
    )

    assert np.array_equal(first, second)
    assert np.array_equal(first, neither)


def test_texts_of_one_group_are_never_judged_by_each_other():
    texts, labels = _labelled()
    doubled, twice = texts * 2, labels * 2

    grouped = MissionClassifier().fit(doubled, twice, groups=[*range(len(texts))] * 2)
    alone = MissionClassifier().fit(doubled, twice, groups=np.random.default_rng(0).permutation(len(doubled)))

    assert not np.allclose(grouped.curves_, alone.curves_)


def test_as_many_labels_as_texts_are_asked_for():
    with pytest.raises(ValueError, match="as many"):
        MissionClassifier().fit(["one"], [])
