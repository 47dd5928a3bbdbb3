"""What is going on today in the demonstration programme: applications and matches in every state.

Pairs come from the real scorer and the real eligibility rules, so that what waits could be approved.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import matching
from programme import encoding
from programme.demonstration.cases import Cases, Scored
from programme.demonstration.ledger import Track
from programme.demonstration.offers import Posted
from programme.demonstration.people import Person

BEST = 12
NOT_ANSWERED = "Nobody answered in time, and the offer could not wait."
DRAFT_LEFT = "The draft was not touched for ninety days."
ROUND_AGE = 6  # days since the latest matching round
# How many applications wait in each state today.
DRAFTS, WAITING, SUBMITTED, SHORTLISTED, REFUSED, TURNED_DOWN, WITHDRAWN, LAPSED = (
    14,
    16,
    34,
    16,
    12,
    18,
    14,
    8,
)
IN_APPROVAL, REJECTED, MATCH_WITHDRAWN, MATCH_LAPSED = 18, 8, 5, 4
PROPOSED, PROPOSAL_DECLINED, PROPOSAL_ACCEPTED = 10, 6, 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A person who can go to an offer, with the score of today."""

    person: Person
    offer: Posted
    scored: Scored
    parts: dict[str, float]
    rank_for_applicant: int
    rank_for_offer: int


class Pairs:
    """Draws pairs that no rule forbids, well-scored ones first. Nobody is drawn for the same offer twice."""

    def __init__(self, cases: Cases, people: list[Person], offers: list[Posted]) -> None:
        """Score everybody who is looking against everything that is open, as the pages do."""
        self.rng, self.now = cases.rng, cases.now
        self.catalogue = encoding.catalogue(cases.session)
        self.scores, self.mask = matching.grid(
            self.catalogue.encoded_applicants, self.catalogue.encoded_offers
        )
        by_id = {person.id: person for person in people}
        self.people = [by_id[row_id] for row_id in self.catalogue.applicant_ids.tolist()]
        posted = {offer.id: offer for offer in offers}
        self.offers = [posted[row_id] for row_id in self.catalogue.offer_ids.tolist()]
        self.used: set[tuple[int, int]] = set()
        self.busy: dict[int, int] = {}

    def draw(
        self, age: int, *, host: str | None = None, manager: int | None = None, fresh: bool = False
    ) -> Pair:
        """One pair whose offer was open ``age`` days ago.

        ``host`` is the key of the offer's organisation and ``manager`` the person's line manager, where asked;
        ``fresh`` wants a person who has nothing else going on.
        """
        opened = self.now - timedelta(days=age)
        columns = [
            j for j, offer in enumerate(self.offers)
            if offer.published_at <= opened and (host is None or offer.body.key == host)
        ]  # fmt: skip
        self.rng.shuffle(columns)
        for j in columns:
            rows = [
                i for i, person in enumerate(self.people)
                if self.mask[i, j] and not person.central and person.level is not None
                and (manager is None or person.manager_id == manager)
                and (i, j) not in self.used and self.busy.get(i, 0) < (1 if fresh else 3)
            ]  # fmt: skip
            if rows:
                rows.sort(key=lambda i: (-self.scores[i, j], i))
                return self._pair(self.rng.choice(rows[:BEST]), j)
        raise LookupError("No pair is left that could go.")

    def _pair(self, i: int, j: int) -> Pair:
        self.used.add((i, j))
        self.busy[i] = self.busy.get(i, 0) + 1
        catalogue = self.catalogue
        parts = matching.parts(catalogue.encoder, [catalogue.applicant(i)], [catalogue.offer(j)])
        score = float(parts.total[0, 0])
        return Pair(
            person=self.people[i],
            offer=self.offers[j],
            scored=Scored(score, catalogue.model_version, catalogue.fingerprint),
            parts={
                name: float(value) for name, value in zip(parts.names, parts.points[:, 0, 0], strict=True)
            },
            rank_for_applicant=int((self.scores[i] > self.scores[i, j]).sum()) + 1,
            rank_for_offer=int((self.scores[:, j] > self.scores[i, j]).sum()) + 1,
        )


class Current:
    """Writes today's applications and matches."""

    def __init__(self, cases: Cases, pairs: Pairs) -> None:
        """Draw from ``pairs``; the hosts and line managers one can sign in as come first."""
        self.cases, self.pairs, self.rng = cases, pairs, cases.rng
        self.gareth = cases.cast.bodies["homes"].manager_id
        self.moira = cases.cast.bodies["opengate"].manager_id

    def add_applications(self) -> None:
        """Applications in every state; the demonstration's hosts and line managers have some of each."""
        for number in range(DRAFTS):
            self._begin(self._drawn(number, 20), full=number % 2 == 0, days=(1, 20))
        for number in range(WAITING):
            pair = self._managed(number, 9)
            track = self._begin(pair, full=True, days=(4, 9))
            self.cases.ask_release(track, pair.person, self._ago(0, 4))
        for number in range(SUBMITTED):
            pair, track = self._submitted(number)
            if number % 3 == 2:
                self.cases.assess(track, pair.offer, self._ago(0, 2))
        for number in range(SHORTLISTED):
            pair, track = self._submitted(number)
            self.cases.assess(track, pair.offer, self._ago(2, 3))
            self.cases.shortlist(track, pair.offer, self._ago(0, 1))
        self._add_ended()

    def _add_ended(self) -> None:
        for number in range(REFUSED):
            pair = self._managed(number, 60)
            track = self._begin(pair, full=True, days=(25, 60))
            self.cases.ask_release(track, pair.person, self._ago(18, 22))
            code, words = self.cases.say("release_refusals")
            track.row["release_decided_at"] = at = self._ago(3, 12)
            self.cases.ledger.move(track, "decline_release", at, pair.person.manager_id, words, code)
        for number in range(TURNED_DOWN):
            pair, track = self._submitted(number, wait=20)
            self.cases.assess(track, pair.offer, self._ago(8, 12))
            self.cases.turn_down(track, pair.offer, self._ago(1, 7))
        for number in range(WITHDRAWN):
            pair, track = self._submitted(number, wait=6)
            code, words = self.cases.say("withdrawals")
            self.cases.ledger.move(track, "withdraw", self._ago(0, 5), pair.person.user_id, words, code)
        for number in range(LAPSED):
            track = self._begin(self._drawn(number, 120), full=False, days=(95, 120))
            self.cases.ledger.move(track, "lapse", self._ago(1, 4), None, DRAFT_LEFT)

    def add_matches(self) -> None:
        """Selected applications whose matches wait for approval, or were rejected, withdrawn or lapsed."""
        for number in range(IN_APPROVAL):
            pair, _, match = self._put_forward(number, 8)
            self.cases.pass_gates(
                match, pair.person, pair.offer, self._ago(2, 4), leave=(0, 0, 1, 2)[number % 4]
            )
            if number % 6 == 3:
                self._return_one(match, pair)
        for number in range(REJECTED):
            _, track, match = self._put_forward(number, 16)
            words = self.cases.reject(match, at := self._ago(3, 9))
            self._unselect(track, at, words)
        for _ in range(MATCH_WITHDRAWN):
            pair, track, match = self._put_forward(9, 16)
            code, words = self.cases.say("withdrawals")
            for record, at in ((match, self._ago(5, 9)), (track, self._ago(3, 4))):
                self.cases.ledger.move(record, "withdraw", at, pair.person.user_id, words, code)
        for _ in range(MATCH_LAPSED):
            _, track, match = self._put_forward(9, 30)
            self.cases.ledger.move(match, "lapse", at := self._ago(3, 9), None, NOT_ANSWERED)
            self._unselect(track, at, NOT_ANSWERED)

    def add_proposals(self, round_id: int, at: datetime) -> list[Pair]:
        """Matches that the latest round proposed: waiting for an answer, declined, accepted."""
        drawn = []
        for number in range(PROPOSED + PROPOSAL_DECLINED + PROPOSAL_ACCEPTED):
            pair = self.pairs.draw(ROUND_AGE, fresh=True)
            drawn.append(pair)
            match = self.cases.match(pair.person, pair.offer, at, round_id=round_id, scored=pair.scored)
            if number < PROPOSED:
                continue
            if number < PROPOSED + PROPOSAL_DECLINED:
                code, words = self.cases.say("declines")
                self.cases.ledger.move(match, "decline", self._ago(1, 5), pair.person.user_id, words, code)
            else:
                self.cases.ledger.move(match, "accept", self._ago(1, 5), pair.person.user_id)
        return drawn

    def _return_one(self, match: Track, pair: Pair) -> None:
        for row in self.cases.gates_of(match):
            if row["name"] != "programme" and str(row["state"]) == "waiting":
                user = self.cases.approver(row["name"], pair.person, pair.offer)
                self.cases.decide_gate(
                    match, row, "return", self._ago(0, 1), user, self.cases.say("gate_returns")
                )
                return

    def _unselect(self, track: Track, at: datetime, words: str) -> None:
        """The application of a match that came to nothing is ended by the programme."""
        self.cases.ledger.move(track, "unselect", at, None, words)

    def _put_forward(self, number: int, days: int) -> tuple[Pair, Track, Track]:
        pair = self._drawn(number, days + 32, fresh=True)
        track = self.cases.to_selected(
            pair.person, pair.offer, at := self._ago(days + 28, days + 32), pair.scored
        )
        match = self.cases.match(
            pair.person, pair.offer, at + timedelta(days=28), application=track, scored=pair.scored
        )
        return pair, track, match

    def _submitted(self, number: int, wait: int = 4) -> tuple[Pair, Track]:
        pair = self._drawn(number, wait + 12)
        track = self._begin(pair, full=True, days=(wait + 9, wait + 12))
        self.cases.ask_release(track, pair.person, self._ago(wait + 6, wait + 8))
        self.cases.release(track, pair.person, pair.offer, self._ago(wait, wait + 4))
        return pair, track

    def _begin(self, pair: Pair, *, full: bool, days: tuple[int, int]) -> Track:
        return self.cases.draft(pair.person, pair.offer, self._ago(*days), full=full, scored=pair.scored)

    def _drawn(self, number: int, age: int, *, fresh: bool = False) -> Pair:
        """Every fourth pair belongs to a host whom a visitor can sign in as."""
        host = {0: "lantern", 2: "homes"}.get(number % 8)
        try:
            return self.pairs.draw(age, host=host, fresh=fresh)
        except LookupError:
            return self.pairs.draw(age, fresh=fresh)

    def _managed(self, number: int, age: int) -> Pair:
        """Every third pair belongs to a line manager whom a visitor can sign in as."""
        manager = {0: self.gareth, 1: self.moira}.get(number % 4)
        try:
            return self.pairs.draw(age, manager=manager)
        except LookupError:
            return self.pairs.draw(age)

    def _ago(self, least: int, most: int) -> datetime:
        """A working hour between ``least`` and ``most`` days ago, never after now."""
        hours = self.rng.randint(least * 24, most * 24)
        return self.cases.now - timedelta(hours=hours, minutes=self.rng.randint(1, 59))
