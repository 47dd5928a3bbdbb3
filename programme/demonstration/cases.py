"""Applications and matches of the demonstration programme, taken step by step to where they stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from db.models.applicants import Applicant
from db.models.applications import Application, Assessment, NameReveal
from db.models.matches import Gate, GateName, GateState, Match
from db.models.offers import Offer
from db.models.users import Role
from programme import gates
from programme.demonstration.cast import Cast
from programme.demonstration.ledger import Ledger, Track
from programme.demonstration.offers import Posted
from programme.demonstration.people import Person
from programme.demonstration.rows import Rows
from programme.demonstration.texts import pool
from programme.placement_terms import last_day

REVEAL_REASON = "The first assessment was saved."
APPROVERS = {
    GateName.PROPRIETY: Role.PROPRIETY_APPROVER, GateName.FINANCE: Role.FINANCE_APPROVER,
    GateName.SECURITY: Role.SECURITY_APPROVER, GateName.HR: Role.HR_APPROVER,
    GateName.COMMISSION: Role.PROPRIETY_APPROVER, GateName.TREASURY: Role.FINANCE_APPROVER,
    GateName.PROGRAMME: Role.PROGRAMME_MANAGER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with the model version and data fingerprint that gave it; empty for the years before the model."""

    score: float | None = None
    model_version: str = ""
    fingerprint: str = ""


class Cases:
    """Everything that the stories of applications and matches write with."""

    def __init__(self, session: Session, rows: Rows, rng: Random, cast: Cast, now: datetime) -> None:
        """Bind the tools of one load."""
        self.session, self.rows, self.rng, self.cast, self.now = session, rows, rng, cast, now
        self.ledger = Ledger(rows, now)
        self.manager = cast.staff[Role.PROGRAMME_MANAGER]

    def say(self, name: str) -> Any:
        """One sentence, or one pair of code and sentence, from a pool."""
        return self.rng.choice(pool(name))

    def people_of(self, person: Person, offer: Posted) -> dict[str, int]:
        """Who hears of a record about this person and this offer."""
        return {
            "owner": person.user_id, "host": offer.body.host_id, "line_manager": person.manager_id,
            "programme": self.manager,
        }  # fmt: skip

    def draft(self, person: Person, offer: Posted, at: datetime, *, full: bool, scored: Scored) -> Track:
        """A draft application; ``full`` has all six headings written."""
        texts = self._business_case(person, offer) if full else {"case_choice": self.say("case_choice")}
        application_id = self.rows.add(
            Application, ref=self.rows.ref("APP"), applicant_id=person.id, offer_id=offer.id, state="draft",
            state_since_at=at, statement=self.say("statements"), line_manager_id=person.manager_id,
            score=scored.score, model_version=scored.model_version, fingerprint=scored.fingerprint,
            created_at=at, updated_at=at, **texts,
        )  # fmt: skip
        row = self.rows.row(Application, application_id)
        track = Track("application", row, offer.title, self.people_of(person, offer))
        self.ledger.note(track, "start", at, person.user_id)
        return track

    def _business_case(self, person: Person, offer: Posted) -> dict[str, str]:
        days = "1 day" if offer.days == 1 else f"{offer.days:g} days"
        return {
            "case_skills": f"I want to gain what the offer promises: {offer.learning}",
            "case_plan": self.say("case_plan"),
            "case_kind": f"{offer.months or 'Under one'} months, {days} a week, from {offer.start:%B %Y}.",
            "case_home": self.say("case_home"),
            "case_host": f"{self.say('case_host')} {person.bring}.",
            "case_choice": self.say("case_choice"),
        }

    def ask_release(self, track: Track, person: Person, at: datetime) -> None:
        """The applicant asks; the line manager is told."""
        self.ledger.move(track, "request_release", at, person.user_id)

    def release(self, track: Track, person: Person, offer: Posted, at: datetime) -> None:
        """The line manager says yes, until a while after the placement would end."""
        track.row.update(
            release_decided_at=min(at, self.now),
            release_until_on=last_day(offer.start, offer.months) + timedelta(days=120),
            release_cover=self.say("release_cover"),
        )
        self.ledger.move(track, "release", at, person.manager_id, self.say("release_reasons"))

    def assess(self, track: Track, offer: Posted, at: datetime) -> None:
        """The host's assessment, and the moment at which the name was shown."""
        at = min(at, self.now)
        application_id, host = track.row["id"], offer.body.host_id
        self.rows.add(
            Assessment, application_id=application_id, assessor_id=host, skills_score=self.rng.randint(2, 5),
            motivation_score=self.rng.randint(3, 5), strengths=self.say("strengths"),
            questions=self.say("questions"), saved_at=at,
        )  # fmt: skip
        self.rows.add(
            NameReveal, application_id=application_id, user_id=host, revealed_at=at, reason=REVEAL_REASON
        )
        self.ledger.note(track, "assess", at, host)
        self.ledger.note(track, "reveal_name", at, host, REVEAL_REASON)

    def shortlist(self, track: Track, offer: Posted, at: datetime) -> None:
        """The host puts the application on the shortlist."""
        self.ledger.move(track, "shortlist", at, offer.body.host_id, self.say("shortlist_reasons"))

    def select(self, track: Track, offer: Posted, at: datetime) -> None:
        """The host chooses the application."""
        self.ledger.move(track, "select", at, offer.body.host_id, self.say("select_reasons"))

    def turn_down(self, track: Track, offer: Posted, at: datetime) -> None:
        """The host says no, with a reason code and words."""
        code, words = self.say("declines")
        self.ledger.move(track, "decline", at, offer.body.host_id, words, code)

    def to_selected(self, person: Person, offer: Posted, at: datetime, scored: Scored) -> Track:
        """An application all the way to chosen, in thirty days from ``at``."""
        track = self.draft(person, offer, at, full=True, scored=scored)
        self.ask_release(track, person, at + timedelta(days=4))
        self.release(track, person, offer, at + timedelta(days=9))
        self.assess(track, offer, at + timedelta(days=16))
        self.shortlist(track, offer, at + timedelta(days=17))
        self.select(track, offer, at + timedelta(days=28))
        return track

    def match(
        self, person: Person, offer: Posted, at: datetime, *, application: Track | None = None,
        round_id: int | None = None, scored: Scored = Scored(),
    ) -> Track:  # fmt: skip
        """A match with its gates. From an application it is put forward at once; from a round it is proposed."""
        row_id = self.rows.add(
            Match, ref=self.rows.ref("MAT"), applicant_id=person.id, offer_id=offer.id,
            application_id=application.row["id"] if application else None, round_id=round_id,
            line_manager_id=person.manager_id, state="proposed", state_since_at=at, score=scored.score,
            model_version=scored.model_version, fingerprint=scored.fingerprint, created_at=at,
        )  # fmt: skip
        track = Track("match", self.rows.row(Match, row_id), offer.title, self.people_of(person, offer))
        self._open_gates(track, person, offer, at)
        if application is None:
            self.ledger.note(track, "propose", at, self.manager)
            return track
        self._sign(track, GateName.HOME_RELEASE, at, person.manager_id, "Released with the application.")
        self._sign(track, GateName.HOST, at, offer.body.host_id, "Chosen by the host.")
        self.ledger.move(track, "put_forward", at, None)
        return track

    def _open_gates(self, track: Track, person: Person, offer: Posted, at: datetime) -> None:
        applicant: Any = SimpleNamespace(**self.rows.row(Applicant, person.id))
        offered: Any = SimpleNamespace(**self.rows.row(Offer, offer.id))
        for position, need in enumerate(gates.needed(self.session, applicant, offered), start=1):
            self.rows.add(
                Gate, match_id=track.row["id"], name=need.name, position=position, why=need.why,
                state=GateState.WAITING if need.needed else GateState.NOT_NEEDED, state_since_at=at,
            )  # fmt: skip

    def gates_of(self, track: Track) -> list[dict[str, Any]]:
        """The gates of a match that has not been inserted yet, in order."""
        return [row for row in self.rows.waiting(Gate) if row["match_id"] == track.row["id"]]

    def _sign(self, track: Track, name: GateName, at: datetime, user_id: int | None, reason: str) -> None:
        for row in self.gates_of(track):
            if row["name"] is name and str(row["state"]) == GateState.WAITING:
                row.update(
                    state=GateState.PASSED,
                    state_since_at=at,
                    decided_by_id=user_id,
                    decided_at=at,
                    reason=reason,
                )

    def decide_gate(
        self, track: Track, row: dict[str, Any], action: str, at: datetime, user: int, words: str
    ) -> None:
        """One gate passed or returned by its approver, with the words."""
        gate = Track(f"gate.{row['name'].value}", row, track.title, track.people, ref=track.row["ref"])
        self.ledger.move(gate, action, at, user, words)
        row.update(decided_by_id=user, decided_at=min(at, self.now), reason=words)

    def pass_gates(
        self, track: Track, person: Person, offer: Posted, at: datetime, *, leave: int = 0
    ) -> None:
        """The approvers pass what waits, all but the last ``leave`` and the programme's own."""
        waiting = [
            row for row in self.gates_of(track)
            if row["name"] is not GateName.PROGRAMME and str(row["state"]) == GateState.WAITING
        ]  # fmt: skip
        for number, row in enumerate(waiting[: len(waiting) - leave if leave else None]):
            user = self.approver(row["name"], person, offer)
            self.decide_gate(track, row, "pass", at + timedelta(days=number), user, self.say("gate_reasons"))

    def approver(self, name: GateName, person: Person, offer: Posted) -> int:
        """The user who decides a gate of this pair."""
        if name is GateName.HOME_RELEASE:
            return person.manager_id
        return offer.body.host_id if name is GateName.HOST else self.cast.staff[APPROVERS[name]]

    def approve(self, track: Track, at: datetime) -> None:
        """The programme manager approves the match; its own gate passes with it."""
        words = self.say("approve_reasons")
        self._decide_own(track, "pass", at, words)
        self.ledger.move(track, "approve", at, self.manager, words)

    def reject(self, track: Track, at: datetime) -> str:
        """The programme manager rejects the match, with a code and words. Gives back the words."""
        code, words = self.say("rejections")
        self._decide_own(track, "refuse", at, words, code)
        self.ledger.move(track, "reject", at, self.manager, words, code)
        return str(words)

    def _decide_own(
        self, track: Track, action: str, at: datetime, words: str, code: str | None = None
    ) -> None:
        """The programme's own gate is decided with the match."""
        row = next(row for row in self.gates_of(track) if row["name"] is GateName.PROGRAMME)
        gate = Track("gate.programme", row, track.title, track.people, ref=track.row["ref"])
        self.ledger.move(gate, action, at, self.manager, words, code)
        row.update(decided_by_id=self.manager, decided_at=min(at, self.now), reason=words)
