"""Disturbances are what they say, and a ranking bends under them without breaking."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.fairness import cohort as whole_cohort
from matching import Encoder
from matching.evaluation import robustness
from matching.skill_tagger import SkillTagger
from seed_data import reference_rows


@pytest.fixture(scope="module")
def cohort():
    rules = {row["key"]: float(row["value_number"]) for row in reference_rows("rules") if row["value_number"]}
    whole = whole_cohort(rules)
    needed = [need.code for offer in whole.offers for need in offer.needs]
    vocabulary = {code: whole.vocabulary[code] for code in sorted(set(needed))[:60]}
    return replace(whole, people=whole.people[::10], offers=whole.offers[::4], vocabulary=vocabulary)


@given(st.text(alphabet="abcde ", max_size=60), st.floats(0, 1))
def test_mistyping_keeps_every_letter_and_every_word(text, share):
    mistyped = robustness.mistyped(text, share)
    assert Counter(mistyped.replace(" ", "")) == Counter(text.replace(" ", ""))
    assert [len(word) for word in mistyped.split()] == [len(word) for word in text.split()]


def test_mistyping_changes_words_when_asked_and_is_the_same_each_time():
    text = "plan the winter beds with volunteers"
    assert robustness.mistyped(text, 0) == text
    assert robustness.mistyped(text, 1) == robustness.mistyped(text, 1) != text


def test_half_of_a_text_is_its_first_half():
    assert robustness.first_half("one two three") == "one two"
    assert robustness.first_half("") == ""


def test_a_disturbed_text_moves_only_the_words_part_and_leaves_most_of_a_ranking(cohort):
    scores, eligible = cohort.scored()
    findings = robustness.disturbed_scores(
        cohort, {"half": robustness.first_half, "same": str}, scores, eligible
    )
    by_case = {(finding.case, finding.measure[:4]): finding.value for finding in findings}
    assert 0 < by_case["half", "mean"] < cohort.encoder.weights.points("words")
    assert by_case["half", "Kend"] > 0.8
    assert by_case["same", "mean"] == 0
    assert by_case["same", "Kend"] == pytest.approx(1)


def test_tags_of_an_undisturbed_text_are_all_kept_and_wordings_have_a_rank(cohort):
    tagger = SkillTagger(cohort.vocabulary).fit()
    (kept,) = robustness.disturbed_tags(cohort, tagger, {"same": str})
    assert kept.value == 1
    findings = robustness.both_wordings(cohort, tagger)
    assert {finding.case for finding in findings} == {"government's words", "civil society's words"}
    assert all(finding.n for finding in findings)
    assert all(finding.value >= 1 for finding in findings if finding.measure.startswith("median"))


def test_a_version_of_the_score_agrees_with_itself_and_less_with_another(cohort):
    scores, eligible = cohort.scored()
    same, other = (
        robustness.versions(cohort, scores, eligible, name, encoder)[0].value
        for name, encoder in (
            ("today", Encoder(cohort.encoder.weights, relations=cohort.encoder.relations)),
            ("without related skills", Encoder(cohort.encoder.weights)),
        )
    )
    assert same == pytest.approx(1)
    assert other < 1
