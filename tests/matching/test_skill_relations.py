"""Relatedness between skills: bounds, symmetry, reasons and vocabularies that change."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.skill_relations import SAME, SkillRelations

PAIRS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
        st.floats(0.01, 1.0),
        st.sampled_from(["a list says so", "their names share “work”"]),
    )
)


@given(PAIRS)
def test_relatedness_is_symmetric_from_0_to_1_and_whole_for_the_skill_itself(pairs) -> None:
    relations = SkillRelations.from_pairs(pairs, codes="abcdef")
    dense = relations.matrix.toarray()
    assert (dense == dense.T).all()
    assert dense.min() >= 0.0
    assert dense.max() <= 1.0
    assert (np.diag(dense) == 1.0).all()


@given(PAIRS)
def test_every_related_pair_has_its_reason_from_both_sides(pairs) -> None:
    relations = SkillRelations.from_pairs(pairs)
    for i, j in np.argwhere(relations.matrix.toarray() > 0):
        code, related = relations.codes[i], relations.codes[j]
        assert relations.why(code, related)
        assert relations.why(code, related) == relations.why(related, code)


def test_the_strongest_evidence_of_a_pair_counts_and_gives_the_reason() -> None:
    relations = SkillRelations.from_pairs([("a", "b", 0.3, "weak"), ("b", "a", 0.7, "strong")])
    assert relations.neighbours("a") == (("b", 0.7),)
    assert relations.why("a", "b") == "strong"


def test_the_skill_itself_is_the_same_skill_and_unrelated_skills_have_no_reason() -> None:
    relations = SkillRelations.from_pairs([("a", "b", 0.3, "weak")], codes=["a", "b", "c"])
    assert relations.why("c", "c") == SAME
    with pytest.raises(KeyError):
        relations.why("a", "c")


def test_a_skill_outside_the_vocabulary_is_left_out_and_a_new_one_is_related_to_itself_only() -> None:
    relations = SkillRelations.from_pairs([("a", "b", 0.5, "a list"), ("b", "c", 0.5, "a list")])
    moved = relations.onto(["new", "c", "b"])
    assert moved.matrix.toarray().tolist() == [[1, 0, 0], [0, 1, 0.5], [0, 0.5, 1]]
    assert moved.neighbours("new") == ()
    assert moved.neighbours("gone") == ()


@pytest.mark.parametrize(("value", "reason"), [(0.0, "a list"), (1.1, "a list"), (0.5, "")])
def test_a_pair_without_a_relatedness_or_a_reason_is_refused(value: float, reason: str) -> None:
    with pytest.raises(ValueError, match="need a relatedness from 0 to 1 and a reason"):
        SkillRelations.from_pairs([("a", "b", value, reason)])


def test_a_vocabulary_with_a_code_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        SkillRelations.from_pairs([], codes=["a", "a"])


def test_relations_come_back_whole_from_a_pickle() -> None:
    relations = SkillRelations.from_pairs([("a", "b", 0.55, "a list")])
    again = pickle.loads(pickle.dumps(relations))
    assert again.neighbours("a") == relations.neighbours("a")
    assert again.reasons == relations.reasons
