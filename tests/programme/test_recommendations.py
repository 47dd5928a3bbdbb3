"""Recommendations: ranked, explained, and never more than the reader may know."""

import math
from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.engine import reading, writing
from db.models.applicants import ApplicantMission, ApplicantSkill, SkillSide
from db.models.offers import OfferMission, OfferSkill, SkillUse
from programme import candidates, clock, encoding, recommendations
from programme.actors import actor_for
from programme.errors import NotAllowed, NotFound
from tests.factories import make_actor, make_applicant, make_offer, make_organisation


def programme(session):
    """A department, a charity, a person of the department and three offers of the charity."""
    home = make_organisation(session, "government")
    host = make_organisation(session)
    person = make_applicant(
        session,
        home,
        missions=[ApplicantMission(mission_code="NHS", weight=1.0)],
        skills=[
            ApplicantSkill(skill_code="beh:working-together", side=SkillSide.OFFERED, level=3),
            ApplicantSkill(skill_code="beh:leadership", side=SkillSide.WANTED, level=2),
        ],
    )
    good = make_offer(
        session,
        host,
        skills=[
            OfferSkill(skill_code="beh:working-together", use=SkillUse.NEEDED, level=3, essential=True),
            OfferSkill(skill_code="beh:leadership", use=SkillUse.TAUGHT, level=2),
        ],
    )
    other = make_offer(
        session,
        host,
        missions=[OfferMission(mission_code="GRO", weight=1.0)],
        skills=[
            OfferSkill(skill_code="beh:delivering-at-pace", use=SkillUse.NEEDED, level=4, essential=True)
        ],
    )
    too_senior = make_offer(session, host, level_min=9, level_max=10)
    return person, good, other, too_senior


def test_the_better_fit_comes_first_and_the_parts_add_to_the_score(store: Engine) -> None:
    with writing(store) as session:
        person, good, other, _ = programme(session)
        actor = actor_for(person.user)
        refs = [good.ref, other.ref]
    with reading(store) as session:
        found = recommendations.for_applicant(session, actor)
    assert [item.offer.ref for item in found.items] == refs
    for item in found.items:
        assert math.isclose(sum(item.parts.values()), item.score, abs_tol=1e-6)
        assert 0 <= item.score <= 100
        assert item.eligible
        assert item.explanation.sentence


def test_an_offer_that_a_rule_excludes_is_shown_last_with_the_rule_when_asked_for(store: Engine) -> None:
    with writing(store) as session:
        person, _, _, too_senior = programme(session)
        actor, ref = actor_for(person.user), too_senior.ref
    with reading(store) as session:
        assert ref not in [i.offer.ref for i in recommendations.for_applicant(session, actor).items]
        shown = recommendations.for_applicant(session, actor, include_ineligible=True).items[-1]
    assert shown.offer.ref == ref
    assert not shown.eligible
    assert any("level" in reason.lower() for reason in shown.reasons)


def test_the_same_data_gives_the_same_fingerprint_and_a_change_gives_another(store: Engine) -> None:
    with writing(store) as session:
        person, *_ = programme(session)
        actor = actor_for(person.user)
    with reading(store) as session:
        first = recommendations.for_applicant(session, actor)
        encoding.forget()
        again = recommendations.for_applicant(session, actor)
    assert (first.model_version, first.fingerprint) == (again.model_version, again.fingerprint)
    with writing(store) as session:
        make_offer(session, make_organisation(session))
    with reading(store) as session:
        assert recommendations.for_applicant(session, actor).fingerprint != first.fingerprint


def test_nobody_sees_the_list_of_somebody_else(store: Engine) -> None:
    with writing(store) as session:
        person, *_ = programme(session)
        stranger = make_actor(session, ("applicant", person.organisation))
        ref = person.ref
    with reading(store) as session, pytest.raises(NotAllowed):
        recommendations.for_applicant(session, stranger, applicant_ref=ref)


def test_a_person_without_a_profile_is_told_what_to_do(store: Engine) -> None:
    with writing(store) as session:
        actor = make_actor(session, ("applicant", make_organisation(session, "government")))
    with reading(store) as session, pytest.raises(NotFound, match="profile first"):
        recommendations.for_applicant(session, actor)


def test_candidates_are_ranked_without_a_name_or_an_organisation(store: Engine) -> None:
    with writing(store) as session:
        person, good, *_ = programme(session)
        host = make_actor(session, ("host", good.organisation))
        person.user.name = "Zebedee Quillfeather"
        ref, person_ref = good.ref, person.ref
    with reading(store) as session:
        found = candidates.for_offer(session, host, ref)
    assert [item.applicant_ref for item in found.items] == [person_ref]
    assert "Quillfeather" not in repr(found)
    assert not {"name", "organisation", "email"} & {field.name for field in fields(candidates.Candidate)}


def test_both_sides_see_the_same_score_for_one_pair(store: Engine) -> None:
    with writing(store) as session:
        person, good, *_ = programme(session)
        host, actor, ref = make_actor(session, ("host", good.organisation)), actor_for(person.user), good.ref
    with reading(store) as session:
        theirs = candidates.for_offer(session, host, ref).items[0]
        mine = next(i for i in recommendations.for_applicant(session, actor).items if i.offer.ref == ref)
    assert theirs.score == pytest.approx(mine.score, abs=1e-9)
    assert theirs.parts == pytest.approx(mine.parts)


def test_another_host_may_not_see_the_candidates(store: Engine) -> None:
    with writing(store) as session:
        _, good, *_ = programme(session)
        rival, ref = make_actor(session, ("host", make_organisation(session))), good.ref
    with reading(store) as session, pytest.raises(NotAllowed):
        candidates.for_offer(session, rival, ref)


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ("user", "name", "Someone Else"),
        ("user", "email", "other@example.org"),
        ("applicant", "profession_code", "legal"),
        ("offer", "recovery_pct", 0),
        ("offer", "cost_note", "We cannot pay at all"),
        ("offer", "about_team", "We campaigned against this policy"),
    ],
)
def test_c8_a_forbidden_fact_does_not_move_the_score(
    store: Engine, record: str, field: str, value: object
) -> None:
    with writing(store) as session:
        person, good, *_ = programme(session)
        actor = actor_for(person.user)
        before = {i.offer.ref: i.score for i in recommendations.for_applicant(session, actor).items}
        setattr({"user": person.user, "applicant": person, "offer": good}[record], field, value)
        session.flush()
        encoding.forget()
        after = {i.offer.ref: i.score for i in recommendations.for_applicant(session, actor).items}
    assert before == after


def test_expired_vetting_does_not_count_as_held(store: Engine) -> None:
    with writing(store) as session:
        person, *_ = programme(session)
        person.vetting_code, person.vetting_expires_on = "sc", clock.today() - timedelta(days=1)
        session.flush()
        profile = encoding.applicant_profile(session, person.id)
    assert profile.vetting_held == 0


def test_what_would_change_the_score_is_ordered_by_what_it_gains(store: Engine) -> None:
    with writing(store) as session:
        person, _, other, _ = programme(session)
        actor, ref = actor_for(person.user), other.ref
    with reading(store) as session:
        gains = [change.gain for change in recommendations.changes(session, actor, ref)]
    assert gains
    assert gains == sorted(gains, reverse=True)
