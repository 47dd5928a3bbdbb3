"""Words that say exactly what the numbers say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import PART_NAMES, SkillNeed, explain, score, what_would_change

NAMES = {"facilitation": "running workshops", "energy": "clean energy"}


def test_an_explanation_names_what_caused_each_part(encoder, an_applicant, an_offer) -> None:
    told = explain(encoder, an_applicant(), an_offer(), names=NAMES)
    parts = {part.name: part for part in told.parts}

    assert parts["missions"].matched == ("energy",)
    assert parts["missions"].missing == ("opportunity",)
    assert parts["skills"].matched == ("analysis",)
    assert parts["skills"].partly == ("writing",)
    assert parts["skills"].missing == ("facilitation",)
    assert parts["learning"].learnt == ("fundraising", "service_design")
    assert set(parts["words"].matched) & {"energy", "heat", "demand"}
    assert parts["skills"].words == (
        "You have analysis at the level asked. You have writing below the level asked. "
        "Your profile does not have running workshops."
    )
    assert told.sentence.startswith("Strong on level")


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_parts_of_an_explanation_add_to_its_total(encoder, any_applicant, any_offer, data) -> None:
    told = explain(encoder, data.draw(any_applicant), data.draw(any_offer))

    assert tuple(part.name for part in told.parts) == PART_NAMES
    assert sum(part.points for part in told.parts) == pytest.approx(told.total, abs=1e-9)
    assert sum(part.out_of for part in told.parts) == pytest.approx(100)
    assert all(part.words for part in told.parts)
    assert told.sentence


def test_a_missing_skill_is_worth_what_adding_it_gains(encoder, an_applicant, an_offer) -> None:
    applicant, offer = an_applicant(), an_offer()
    changes = what_would_change(encoder, applicant, offer, names=NAMES)

    assert [(change.what, round(change.gain, 6)) for change in changes] == [
        ("Gain running workshops at level 2", 7.5),
        ("Raise writing to level 4", 3.75),
    ]
    better = replace(applicant, skills={**applicant.skills, "facilitation": 2})
    gain = score(encoder, [better], [offer])[0, 0] - score(encoder, [applicant], [offer])[0, 0]
    assert changes[0].gain == pytest.approx(gain)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_changes_only_ever_gain_and_the_largest_comes_first(encoder, any_applicant, any_offer, data) -> None:
    gains = [c.gain for c in what_would_change(encoder, data.draw(any_applicant), data.draw(any_offer))]

    assert gains == sorted(gains, reverse=True)
    assert all(gain > 0 for gain in gains)


def test_silence_is_said(encoder, an_applicant, an_offer) -> None:
    told = explain(encoder, an_applicant(wants={}, level=None, missions={}, text=""), an_offer(needs=()))

    assert [part.name for part in told.parts if "counts half way" in part.words] == [
        "missions", "skills", "learning", "level", "words",
    ]  # fmt: skip


def test_a_host_reads_about_them_and_not_about_you(encoder, an_applicant, an_offer) -> None:
    for applicant in (an_applicant(), an_applicant(wants={}, level=None, missions={}, regions=frozenset())):
        told = explain(encoder, applicant, an_offer(), reader="host")
        said = f"{told.sentence} {' '.join(part.words for part in told.parts)}".lower()
        assert not {"you", "your"} & set(said.replace(".", "").replace(",", "").split())
        assert "they have" in said


def test_a_related_skill_is_named_with_the_reason(related_encoder, an_applicant, an_offer) -> None:
    offer = an_offer(needs=(SkillNeed(code="facilitation", level=2, essential=True),))
    skills = next(
        part
        for part in explain(related_encoder, an_applicant(skills={"analysis": 4}), offer, names=NAMES).parts
        if part.name == "skills"
    )

    assert [(code, held) for code, held, _ in skills.related] == [("facilitation", "analysis")]
    assert skills.words.startswith("Your analysis counts in part for running workshops: ")
    assert not skills.missing
