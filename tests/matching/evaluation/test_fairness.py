"""Fairness as measured: what must not move a score does not, and what can is reported as it is."""

from dataclasses import replace

import pytest

from cli.fairness import cohort as whole_cohort
from matching import Encoder, knowledge
from matching.evaluation import fairness
from matching.evaluation.findings import Finding
from matching.text_vectors import text_vectors
from seed_data import reference_rows


@pytest.fixture(scope="module")
def cohort():
    """A few of the invented people and offers, of both directions."""
    rules = {row["key"]: float(row["value_number"]) for row in reference_rows("rules") if row["value_number"]}
    whole = whole_cohort(rules)
    return replace(whole, people=whole.people[::7], offers=whole.offers[::3])


@pytest.fixture(scope="module")
def scored(cohort):
    return cohort.scored()


def worst(findings: list[Finding]) -> float:
    return max(finding.value for finding in findings)


@pytest.mark.parametrize("fact", fairness.NOT_READ, ids=lambda fact: fact[0])
def test_a_fact_that_is_not_read_changes_no_score_at_all(cohort, scored, fact):
    (finding,) = fairness.facts_in_words(cohort, [fact], scored[1], must_be=0.0)
    assert finding.value == 0
    assert finding.n > 0
    assert finding.holds


def test_the_check_sees_a_word_that_is_read(cohort, scored):
    reads_all = replace(cohort, encoder=Encoder(cohort.encoder.weights, unread=()))
    religion = [fact for fact in fairness.NOT_READ if fact[0] == "religion or belief"]
    (finding,) = fairness.facts_in_words(reads_all, religion, scored[1], must_be=0.0)
    assert finding.value > 0
    assert not finding.holds


def test_a_fact_in_words_that_missions_need_moves_a_score_less_than_the_words_part_could(cohort, scored):
    findings = fairness.facts_in_words(cohort, fairness.READ, scored[1], must_be=None)
    assert {finding.case for finding in findings} == {fact[0] for fact in fairness.READ}
    moved = [finding for finding in findings if finding.measure == fairness.LARGEST]
    assert 0 < worst(moved) < cohort.encoder.weights.points("words")
    assert all(finding.must_be is None for finding in findings)


def test_reference_and_employer_change_no_score(cohort, scored):
    assert worst(fairness.structured_facts(cohort, *scored)) == 0


def test_a_small_charity_ranks_exactly_as_a_large_one_with_the_same_offer(cohort):
    findings = fairness.charity_size(cohort)
    assert worst([finding for finding in findings if finding.must_be == 0]) == 0
    assert all(finding.n > 0 for finding in findings)


def test_no_region_is_better_than_another(cohort, scored):
    assert worst(fairness.regions(cohort, *scored)) == 0


def test_a_group_far_behind_prompts_a_review(cohort, scored):
    findings = fairness.rates(cohort, *scored, ratio=1.0, fewest=1)
    behind = [finding for finding in findings if finding.review]
    assert behind
    assert all(finding.value < 1 for finding in behind)
    assert not [finding for finding in fairness.rates(cohort, *scored, ratio=0.0, fewest=1) if finding.review]


def test_every_rate_stands_beside_how_many_pairs_its_group_had(cohort, scored):
    findings = fairness.rates(cohort, *scored, ratio=0.8, fewest=1)
    rates, pairs = findings[::2], findings[1::2]
    assert [finding.case for finding in rates] == [finding.case for finding in pairs]
    directions = [finding for finding in pairs if "direction" in finding.case]
    assert sum(finding.value * finding.n for finding in directions) == pytest.approx(scored[1].sum())


def test_words_that_are_not_read_include_every_fact_by_which_people_are_told_apart():
    unread = Encoder(None).unread_words()
    for _, one, other in fairness.NOT_READ:
        vectors = text_vectors([one, other], knowledge.shipped(), unread)
        assert (vectors[0] == vectors[1]).all()
