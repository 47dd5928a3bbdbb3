"""Matching rounds: a whole cohort at once, stored so that it can be run again."""

import math

import pytest
from sqlalchemy import Engine

from db.engine import reading, writing
from db.models.audit import AuditEvent
from db.models.matches import MatchState
from db.models.rounds import RoundState
from programme import matches, rounds
from programme.actors import SYSTEM, actor_for
from programme.errors import Invalid, NotAllowed, Refused
from programme.round_cohort import RoundSettings
from tests.factories import make_actor, make_applicant, make_offer, make_organisation

REASON = "The cohort was agreed at the June programme board."


def cohort(session, people: int = 3, offers: int = 2):
    """A department's people and a charity's offers of one place each."""
    home, host = make_organisation(session, "government"), make_organisation(session)
    return [make_applicant(session, home) for _ in range(people)], [
        make_offer(session, host) for _ in range(offers)
    ]


def test_a_round_fills_every_place_once_and_stores_what_it_was_made_from(store: Engine) -> None:
    with writing(store) as session:
        cohort(session)
        manager = make_actor(session, ("programme_manager", None))
        stored = rounds.run(session, manager, RoundSettings(name="June", seed=7))
        ref = stored.ref
    with reading(store) as session:
        found = rounds.detail(session, manager, ref)
        assert len(found.proposals) == 2
        assert len({p.offer_id for p in found.proposals}) == 2
        assert found.seed == 7
        assert found.settings["method"] == "stable"
        assert found.certificate["matched"] == 2
        assert found.certificate["blocking_pairs"] == 0
        assert found.model_version
        assert found.fingerprint
        for proposal in found.proposals:
            assert math.isclose(sum(proposal.parts.values()), proposal.score, abs_tol=1e-6)


def test_a_round_stores_cut_offs_and_why_people_have_no_place(store: Engine) -> None:
    with writing(store) as session:
        people, offers = cohort(session, 3, 1)
        manager = make_actor(session, ("programme_manager", None))
        stored = rounds.run(session, manager, RoundSettings(name="June"))
        ref, (placed,) = stored.ref, stored.proposals
        without = {person.ref for person in people} - {placed.applicant.ref}
        offer = offers[0].ref
    with reading(store) as session:
        certificate = rounds.detail(session, manager, ref).certificate
    assert certificate["cut_offs"] == {offer: pytest.approx(placed.score, abs=1e-3)}
    assert set(certificate["refusals"]) == without
    assert {refusal["why"] for refusal in certificate["refusals"].values()} == {"below_cut_off"}
    assert set(certificate["in_line"][offer]) == without
    assert certificate["price_of_stability"] == pytest.approx(0.0)
    assert certificate["applicant_ranks"]["first"][0] == 1
    placed_in = {group["name"]: group["placed"] for group in certificate["groups"]}
    assert placed_in["outward"] == 1
    assert {"Hosts: small charities", "People from small charities"} <= placed_in.keys()


def test_every_method_is_tried_before_one_is_chosen_and_nothing_is_stored(store: Engine) -> None:
    with writing(store) as session:
        cohort(session)
        manager = make_actor(session, ("programme_manager", None))
        found = rounds.scenarios(session, manager, RoundSettings(name=""))
        assert [each.method for each in found] == ["stable", "most_total_fit", "worst_served_first"]
        assert {each.certificate.matched for each in found} == {2}
        assert (found[0].people_gain, found[0].people_lose) == (0, 0)
        assert rounds.every(session, manager) == []


def test_a_share_at_small_charities_is_met_and_its_price_stored(store: Engine) -> None:
    with writing(store) as session:
        home = make_organisation(session, "government")
        hosts = [make_organisation(session, income_band=band) for band in ("small", "major")]
        for _ in range(2):
            make_applicant(session, home)
        for host in hosts:
            make_offer(session, host, capacity=2)
        manager = make_actor(session, ("programme_manager", None))
        settings = RoundSettings(name="June", method="most_total_fit", small_charity_share=1.0)
        stored = rounds.run(session, manager, settings)
        (quota,) = stored.certificate["quotas"]
        assert (quota["name"], quota["share"], quota["met"]) == ("Small charities", 1.0, True)
        assert {proposal.offer.organisation.income_band for proposal in stored.proposals} == {"small"}


def test_people_from_small_charities_come_first_where_places_are_kept_for_them(store: Engine) -> None:
    with writing(store) as session:
        host = make_organisation(session, "government")
        large, small = (make_organisation(session, income_band=band) for band in ("major", "small"))
        people = [make_applicant(session, home) for home in (large, small)]
        make_offer(session, host)
        manager = make_actor(session, ("programme_manager", None))
        plain, kept = (
            rounds.run(session, manager, RoundSettings(name="June", small_charity_places=places))
            for places in (0, 1)
        )
        assert [proposal.applicant.ref for proposal in plain.proposals] == [people[0].ref]
        assert [proposal.applicant.ref for proposal in kept.proposals] == [people[1].ref]


def test_going_from_one_round_to_another_says_who_gains_and_who_loses(store: Engine) -> None:
    with writing(store) as session:
        people, offers = cohort(session, 2, 1)
        manager = make_actor(session, ("programme_manager", None))
        first, second = (
            rounds.run(session, manager, RoundSettings(name=person.ref, pins=((person.ref, offers[0].ref),)))
            for person in people
        )
        found = rounds.compare(session, manager, first.ref, second.ref)
        assert found.applicants_gain == (people[1].ref,)
        assert found.applicants_lose == (people[0].ref,)
        assert found.both == 0


def test_the_same_round_run_twice_proposes_the_same_pairs(store: Engine) -> None:
    with writing(store) as session:
        cohort(session, 4, 3)
        manager = make_actor(session, ("programme_manager", None))
        first = rounds.run(session, manager, RoundSettings(name="One"))
        second = rounds.run(session, manager, RoundSettings(name="Two"))
        assert rounds.compare(session, manager, first.ref, second.ref).both == 3
        assert first.fingerprint == second.fingerprint


def test_a_pinned_pair_is_kept_and_a_forbidden_one_is_not_proposed(store: Engine) -> None:
    with writing(store) as session:
        people, offers = cohort(session, 2, 2)
        manager = make_actor(session, ("programme_manager", None))
        pin = (people[0].ref, offers[1].ref)
        forbid = (people[1].ref, offers[0].ref)
        stored = rounds.run(session, manager, RoundSettings(name="Pins", pins=(pin,), forbids=(forbid,)))
        pairs = {(p["applicant"], p["offer"]) for p in rounds.pairs(session, stored)}
    assert pin in pairs
    assert forbid not in pairs


def test_a_direction_limits_the_cohort(store: Engine) -> None:
    with writing(store) as session:
        cohort(session)
        stored = rounds.run(session, SYSTEM, RoundSettings(name="In", direction="inward"))
        assert stored.proposals == []


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (RoundSettings(name="X", method="best"), "method"),
        (RoundSettings(name=" "), "name"),
        (RoundSettings(name="X", floor=120), "floor"),
        (RoundSettings(name="X", small_charity_share=1.2), "small_charity_share"),
        (RoundSettings(name="X", pins=(("PER-NONE", "OFR-NONE"),)), "pins"),
    ],
)
def test_settings_that_cannot_be_used_name_their_field(
    store: Engine, settings: RoundSettings, field: str
) -> None:
    with writing(store) as session:
        with pytest.raises(Invalid) as refusal:
            rounds.run(session, SYSTEM, settings)
        assert field in refusal.value.fields


def test_only_a_programme_manager_runs_a_round(store: Engine) -> None:
    with writing(store) as session:
        host = make_actor(session, ("host", make_organisation(session)))
        with pytest.raises(NotAllowed, match="programme manager"):
            rounds.run(session, host, RoundSettings(name="Mine"))


def test_the_command_line_may_run_a_round_but_not_publish_it(store: Engine) -> None:
    with writing(store) as session:
        cohort(session)
        stored = rounds.run(session, SYSTEM, RoundSettings(name="CLI"))
        with pytest.raises(NotAllowed):
            rounds.publish(session, SYSTEM, stored.ref, reason=REASON)


def test_publishing_opens_a_match_for_each_proposal_and_the_person_accepts(store: Engine) -> None:
    with writing(store) as session:
        people, _ = cohort(session, 1, 1)
        person = actor_for(people[0].user)
        manager = make_actor(session, ("programme_manager", None))
        stored = rounds.run(session, manager, RoundSettings(name="June"))
        with pytest.raises(Invalid, match="at least 20"):
            rounds.publish(session, manager, stored.ref, reason="ok")
        rounds.publish(session, manager, stored.ref, reason=REASON)
        assert stored.state is RoundState.PUBLISHED
        (match,) = matches.mine(session, person)
        assert match.state is MatchState.PROPOSED
        matches.accept(session, person, match.ref)
        assert match.state is MatchState.IN_APPROVAL
        waiting = {gate.name.value for gate in match.gates if gate.state.value == "waiting"}
        assert {"home_release", "host", "programme"} <= waiting


def test_a_round_is_published_or_discarded_once(store: Engine) -> None:
    with writing(store) as session:
        cohort(session)
        manager = make_actor(session, ("programme_manager", None))
        stored = rounds.run(session, manager, RoundSettings(name="June"))
        rounds.discard(session, manager, stored.ref, reason=REASON)
        with pytest.raises(Refused, match="discarded"):
            rounds.publish(session, manager, stored.ref, reason=REASON)


def test_running_a_round_leaves_an_audit_row(store: Engine) -> None:
    with writing(store) as session:
        cohort(session)
        manager = make_actor(session, ("programme_manager", None))
        stored = rounds.run(session, manager, RoundSettings(name="June"))
        rows = session.query(AuditEvent).filter_by(subject="round", subject_id=stored.id).all()
        assert [(row.action, row.actor_id) for row in rows] == [("round:run", manager.user_id)]
