"""What the matcher may know is a closed list."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from matching import ApplicantProfile, OfferProfile, SkillNeed

APPLICANT_FIELDS = {
    "ref", "organisation", "direction", "level", "missions", "skills", "wants", "text", "regions",
    "remote_ok", "days_min", "days_max", "available_from", "available_to", "length_min", "length_max",
    "kinds", "contract_end", "vetting_held", "meets_nationality", "placed_until", "balance",
}  # fmt: skip
OFFER_FIELDS = {
    "ref", "organisation", "direction", "kind", "level_min", "level_max", "stretch_ok", "missions", "needs",
    "teaches", "text", "region", "remote", "days", "start_from", "start_to", "length_months", "vetting",
    "vetting_ready_on", "reserved", "capacity_left",
}  # fmt: skip
FORBIDDEN = (
    "name", "age", "birth", "sex", "gender", "ethnic", "disab", "religio", "orientation", "salary", "pay",
    "school", "universit", "campaign", "critic", "equality", "email", "postcode",
)  # fmt: skip


def test_profiles_have_exactly_the_listed_fields() -> None:
    assert {field.name for field in fields(ApplicantProfile)} == APPLICANT_FIELDS
    assert {field.name for field in fields(OfferProfile)} == OFFER_FIELDS
    assert {field.name for field in fields(SkillNeed)} == {"code", "level", "essential"}


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_field_speaks_of_a_forbidden_fact(word: str) -> None:
    assert not [name for name in APPLICANT_FIELDS | OFFER_FIELDS if word in name]


def test_a_profile_refuses_any_other_fact(an_applicant) -> None:
    with pytest.raises(TypeError):
        an_applicant(ethnicity="any")


def test_a_profile_cannot_be_changed(an_applicant) -> None:
    with pytest.raises(FrozenInstanceError):
        an_applicant().level = 9


def test_a_choice_that_does_not_exist_is_refused_by_name(an_applicant, an_offer) -> None:
    with pytest.raises(ValueError, match="direction must be one of outward, inward, not 'sideways'"):
        an_applicant(direction="sideways")
    with pytest.raises(ValueError, match="remote must be one of"):
        an_offer(remote="sometimes")
    with pytest.raises(ValueError, match="vetting rank"):
        an_offer(vetting=5)
    with pytest.raises(ValueError, match="a balance runs from 0 to 1"):
        an_applicant(balance=1.5)
