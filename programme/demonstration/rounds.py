"""The two past matching rounds of the demonstration programme, with the pairs that each proposed."""

from datetime import datetime, timedelta

from db.models.rounds import MatchingRound, Proposal
from programme.demonstration.cases import Cases
from programme.demonstration.current import Pair
from programme.demonstration.ledger import Track
from programme.demonstration.offers import Posted
from programme.demonstration.people import Person

INVENTED = "Invented for the demonstration."
OLD_MODEL = "demonstration"
# Most points of each part when the first round ran; its scores are invented.
MOST = {"missions": 20, "skills": 30, "learning": 15, "level": 15, "words": 10, "place": 10}


def open_round(cases: Cases, name: str, at: datetime, *, model_version: str, fingerprint: str) -> Track:
    """A round that was run at ``at`` and published the next day."""
    settings: dict[str, object] = {
        "name": name, "direction": None, "method": "stable", "floor": None, "seed": 0, "pins": [], "forbids": [],
    }  # fmt: skip
    row_id = cases.rows.add(
        MatchingRound, ref=cases.rows.ref("RND"), name=name, state="computed", state_since_at=at,
        settings=settings, seed=0, model_version=model_version, fingerprint=fingerprint, certificate={},
        run_by_id=cases.manager, run_at=at, note=INVENTED,
    )  # fmt: skip
    track = Track("round", cases.rows.row(MatchingRound, row_id), name, {})
    cases.ledger.note(track, "run", at, cases.manager)
    words = "The proposals were read one by one, and they are sound."
    cases.ledger.move(track, "publish", at + timedelta(hours=20), cases.manager, words)
    return track


def add_old_proposals(cases: Cases, track: Track, pairs: list[tuple[Person, Posted]]) -> None:
    """The pairs of a round that ran before today's model, with invented scores."""
    scores = []
    for person, offer in pairs:
        parts = {name: round(most * cases.rng.uniform(0.45, 0.95), 1) for name, most in MOST.items()}
        score = sum(parts.values())
        scores.append(score)
        cases.rows.add(
            Proposal, round_id=track.row["id"], applicant_id=person.id, offer_id=offer.id, score=score,
            parts=parts, rank_for_applicant=cases.rng.randint(1, 6), rank_for_offer=cases.rng.randint(1, 6),
        )  # fmt: skip
    track.row["certificate"] = _certificate(scores)


def add_proposals(cases: Cases, track: Track, pairs: list[Pair]) -> None:
    """The pairs of the latest round, with the scores of today's model."""
    for pair in pairs:
        cases.rows.add(
            Proposal, round_id=track.row["id"], applicant_id=pair.person.id, offer_id=pair.offer.id,
            score=pair.scored.score, parts=pair.parts, rank_for_applicant=pair.rank_for_applicant,
            rank_for_offer=pair.rank_for_offer,
        )  # fmt: skip
    track.row["certificate"] = _certificate([pair.scored.score or 0.0 for pair in pairs])


def _certificate(scores: list[float]) -> dict[str, object]:
    """The shape of a real certificate; what an invented round cannot know is left empty."""
    return {
        "matched": len(scores), "unmatched": 0, "total": sum(scores), "mean": sum(scores) / len(scores),
        "worst": min(scores), "blocking_pairs": 0, "applicants_blocking": 0, "stable": True,
        "price_of_stability": None,
    }  # fmt: skip
