"""Past and present placements: each from its offer to where it stands, two years back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from db.models.applicants import Applicant
from db.models.offers import Direction, Offer, OfferState, Party
from db.models.placements import CheckIn, Objective, Placement, VatTreatment
from db.models.users import Role
from programme.demonstration.cases import Cases, Scored
from programme.demonstration.ledger import Track
from programme.demonstration.offers import Posted, Writer, monday
from programme.demonstration.people import Person
from programme.demonstration.surveys import Surveys
from programme.demonstration.texts import pool
from programme.placement_terms import last_day

# State, how many, first and last day of the start counted from today (end-based states count their end).
PLAN: tuple[tuple[str, int, int, int], ...] = (
    ("followed_up", 26, -520, -415),
    ("returned", 30, -370, -20),
    ("ended", 8, -14, -2),
    ("ended_early", 10, -330, -8),
    ("active", 26, -140, -4),
    ("agreed", 8, 4, 12),
    ("vetting", 10, 18, 55),
    ("approved", 8, 62, 72),
    ("cancelled", 8, -300, 30),
)
BY_END = ("followed_up", "returned", "ended")
ROUND_START = 400  # how many days ago the placements of the past round started
PROPOSED_BEFORE = 105  # and how many days before that they were proposed


@dataclass(frozen=True, slots=True)
class Dates:
    """First day, agreed last day, and the day on which it really ended (None when it has not)."""

    start: date
    end: date
    ended: date | None


def at_nine(day: date) -> datetime:
    """Nine in the morning, UTC."""
    return datetime.combine(day, time(9), tzinfo=UTC)


class Placements:
    """Writes every placement of the plan with its offer, applications, match, surveys and check-ins."""

    def __init__(self, cases: Cases, writer: Writer, people: list[Person]) -> None:
        """Take people from ``people`` in a shuffled order; nobody is placed twice."""
        self.cases, self.writer, self.rng, self.rows = cases, writer, cases.rng, cases.rows
        self.today = cases.now.date()
        free = [person for person in people if not person.central and person.level is not None]
        self.rng.shuffle(free)
        self.free = free
        self.placed: set[int] = set()
        self.surveys = Surveys(cases)
        self.round_start = monday(self.today - timedelta(days=ROUND_START))
        self.round_pairs: list[tuple[Person, Posted]] = []

    def add_all(self, past_round: int) -> None:
        """Write the whole plan; some of those who are back came out of the round ``past_round``."""
        for state, count, first, last in PLAN:
            for number in range(count):
                direction = Direction.OUTWARD if number % 2 == 0 else Direction.INWARD
                day = self.today + timedelta(days=self.rng.randint(first, last))
                from_round = past_round if state == "returned" and number % 3 == 0 else None
                self._add(direction, state, self.round_start if from_round else day, from_round)

    def _add(self, direction: Direction, state: str, day: date, round_id: int | None) -> None:
        anchor = monday(day) if state not in ("agreed", "active") else day
        offer = self.writer.post(
            direction, start=anchor, published_at=at_nine(anchor - timedelta(days=165)),
            state=OfferState.DRAFT, capacity=1,
        )  # fmt: skip
        dates = self._round_dates(offer, anchor) if round_id else self._dates(offer, state, anchor)
        self._date_offer(offer, dates)
        person = self._take(offer)
        posted = offer_track(self.cases, offer)
        publish(self.cases, posted, offer)
        match = self._match(person, offer, dates, round_id)
        self.cases.ledger.move(posted, "fill", at_nine(dates.start - timedelta(days=75)), None)
        self._place(person, offer, dates, match, state)
        self._settle_offer(posted, offer, state, dates)

    def _dates(self, offer: Posted, state: str, anchor: date) -> Dates:
        """Past states are planned from their end, the others from their start."""
        offer.months = max(offer.months, 1)
        if state in BY_END:
            end = anchor
            start = end - timedelta(days=30 * offer.months)
            return Dates(start, end, end)
        if state == "active":
            offer.months = max(offer.months, 6)
        start = anchor
        end = last_day(start, offer.months)
        if state == "ended_early":
            start = anchor - timedelta(days=20 * offer.months)
            return Dates(start, start + timedelta(days=30 * offer.months), anchor)
        return Dates(start, end, None)

    def _round_dates(self, offer: Posted, start: date) -> Dates:
        """The placements of a round start together."""
        offer.months = min(max(offer.months, 3), 12)
        end = last_day(start, offer.months)
        return Dates(start, end, end)

    def _date_offer(self, offer: Posted, dates: Dates) -> None:
        published = at_nine(dates.start - timedelta(days=165))
        offer.start, offer.published_at = dates.start, published
        row = self.rows.row(Offer, offer.id)
        row.update(
            start_from_on=dates.start, start_to_on=dates.start + timedelta(days=42), length_months=offer.months,
            published_at=published, updated_at=published, created_at=published - timedelta(days=12),
            closing_on=dates.start - timedelta(days=120), places_taken=0,
        )  # fmt: skip

    def _take(self, offer: Posted) -> Person:
        """Somebody whose level and direction fit, whose missions overlap where possible, and who was not placed."""
        low, high = offer.level
        fitting = [
            person for person in self.free
            if person.direction is offer.direction and person.level is not None
            and low <= person.level <= high and person.body is not offer.body
        ]  # fmt: skip
        if not fitting:
            fitting = [p for p in self.free if p.direction is offer.direction and p.body is not offer.body]
        person = max(fitting, key=lambda p: len(p.missions & offer.missions))
        self.free.remove(person)
        self.placed.add(person.id)
        return person

    def _match(self, person: Person, offer: Posted, dates: Dates, round_id: int | None) -> Track:
        """From application or proposal to approval, 75 days before the start; two others are turned down."""
        begin = at_nine(dates.start - timedelta(days=125))
        self._turned_down(offer, begin)
        if round_id is not None:
            self.round_pairs.append((person, offer))
            match = self.cases.match(person, offer, begin + timedelta(days=20), round_id=round_id)
            self.cases.ledger.move(match, "accept", begin + timedelta(days=28), person.user_id)
        else:
            track = self.cases.to_selected(person, offer, begin, Scored())
            match = self.cases.match(person, offer, begin + timedelta(days=28), application=track)
        self.cases.pass_gates(match, person, offer, begin + timedelta(days=32))
        self.cases.approve(match, at_nine(dates.start - timedelta(days=75)))
        return match

    def _turned_down(self, offer: Posted, begin: datetime) -> None:
        others = [p for p in self.free[:60] if p.direction is offer.direction and p.body is not offer.body]
        for person in self.rng.sample(others, min(len(others), self.rng.choice((0, 1, 1, 2)))):
            track = self.cases.draft(person, offer, begin, full=True, scored=Scored())
            self.cases.ask_release(track, person, begin + timedelta(days=3))
            self.cases.release(track, person, offer, begin + timedelta(days=8))
            self.cases.assess(track, offer, begin + timedelta(days=15))
            self.cases.turn_down(track, offer, begin + timedelta(days=29))

    def _place(self, person: Person, offer: Posted, dates: Dates, match: Track, state: str) -> None:
        opened = at_nine(dates.start - timedelta(days=75))
        ref = self.rows.ref("PLC")
        placement_id = self.rows.add(
            Placement, ref=ref, match_id=match.row["id"], applicant_id=person.id, offer_id=offer.id,
            home_id=person.body.id, host_id=offer.body.id, line_manager_id=person.manager_id, state="approved",
            state_since_at=opened, starts_on=dates.start, ends_on=dates.end, days_per_week=offer.days,
            level=person.level, payroll_party=Party.HOME, recovery_pct=offer.recovery, is_demo=True,
            created_at=opened,
        )  # fmt: skip
        row = self.rows.row(Placement, placement_id)
        track = Track("placement", row, offer.title, self.cases.people_of(person, offer))
        self.cases.ledger.note(track, "open", opened, self.cases.manager)
        objectives = self._objectives(placement_id) if state not in ("approved", "cancelled") else []
        self._walk(track, person, offer, dates, state)
        self._check_ins(track, person, offer, dates)
        self.surveys.add(track, person, offer, dates, objectives)
        self._after(person, dates, state)

    def _objectives(self, placement_id: int) -> list[dict[str, Any]]:
        wordings = self.rng.sample(pool("objectives"), self.rng.randint(2, 3))
        ids = [self.rows.add(Objective, placement_id=placement_id, wording=words) for words in wordings]
        return [self.rows.row(Objective, row_id) for row_id in ids]

    def _walk(self, track: Track, person: Person, offer: Posted, dates: Dates, state: str) -> None:
        """Take the placement, step by step, to ``state``."""
        manager, ledger, start = self.cases.manager, self.cases.ledger, dates.start
        if state == "approved":
            return
        if state == "cancelled":
            code, words = self.cases.say("cancellations")
            ledger.move(
                track, "cancel", at_nine(min(start - timedelta(days=40), self.today)), manager, words, code
            )
            return
        ledger.move(track, "start_vetting", at_nine(start - timedelta(days=70)), manager)
        self._terms(track, person, offer, start, agreed=state != "vetting")
        if state == "vetting":
            return
        ledger.move(track, "agree", at_nine(start - timedelta(days=15)), manager)
        if state == "agreed":
            return
        ledger.move(track, "start", at_nine(start), manager)
        track.row.update(started_on=start)
        if state == "active":
            return
        self._finish(track, dates, state)

    def _finish(self, track: Track, dates: Dates, state: str) -> None:
        manager, ledger = self.cases.manager, self.cases.ledger
        assert dates.ended is not None
        track.row.update(ended_on=dates.ended)
        if state == "ended_early":
            code, words = self.cases.say("early_ends")
            ledger.move(track, "end_early", at_nine(dates.ended), manager, words, code)
            track.row.update(early_end_code=code)
            if self.rng.random() < 0.5:
                ledger.move(track, "return", at_nine(dates.ended + timedelta(days=3)), manager)
            return
        ledger.move(track, "end", at_nine(dates.ended), manager)
        if state in ("returned", "followed_up"):
            ledger.move(track, "return", at_nine(dates.ended + timedelta(days=4)), manager)
        if state == "followed_up":
            ledger.move(track, "follow_up", at_nine(dates.ended + timedelta(days=400)), manager)

    def _terms(self, track: Track, person: Person, offer: Posted, start: date, *, agreed: bool) -> None:
        outward = offer.direction is Direction.OUTWARD
        proposed = at_nine(start - timedelta(days=50))
        track.row.update(
            host_supervisor=self.cases.say("contacts"),
            return_post=self.cases.say("return_posts"),
            return_contact=f"Line manager at {person.body.name}"[:160],
            terms_proposed_by_id=offer.body.host_id,
            vetting_cleared_on=start - timedelta(days=25) if agreed and offer.vetting != "none" else None,
            vat_treatment=(VatTreatment.OUTSIDE_SCOPE if outward else VatTreatment.STANDARD)
            if agreed
            else VatTreatment.UNDETERMINED,
        )
        self.cases.ledger.note(track, "propose_terms", proposed, offer.body.host_id)
        if agreed:
            self.cases.ledger.note(
                track, "record_vat", at_nine(start - timedelta(days=30)),
                self.cases.cast.staff[Role.FINANCE_APPROVER], "Chosen by finance from the agreement.",
            )  # fmt: skip
            for days, side in ((20, "secondee"), (18, "host"), (16, "home")):
                track.row[f"agreed_by_{side}_at"] = at_nine(start - timedelta(days=days))

    def _check_ins(self, track: Track, person: Person, offer: Posted, dates: Dates) -> None:
        if track.row["started_on"] is None:
            return
        last = min(dates.ended or dates.end, self.today)
        day = dates.start + timedelta(days=self.rng.randint(21, 35))
        while day < last:
            author = self.rng.choice((person.user_id, person.user_id, offer.body.host_id, person.manager_id))
            self.rows.add(
                CheckIn, placement_id=track.row["id"], author_id=author, held_on=day,
                mood=self.rng.choice((2, 3, 4, 4, 4, 5, 5)), going_well=self.cases.say("going_well"),
                hard=self.cases.say("hard"), help_wanted=self.cases.say("help_wanted"), created_at=at_nine(day),
            )  # fmt: skip
            self.cases.ledger.note(track, "check_in", at_nine(day), author)
            day += timedelta(days=self.rng.randint(40, 65))

    def _after(self, person: Person, dates: Dates, state: str) -> None:
        """People who are away do not seek; most who are back do not either."""
        row = self.rows.row(Applicant, person.id)
        row["seeking"] = state == "cancelled" or (state == "followed_up" and self.rng.random() < 0.4)
        if dates.ended is not None:
            row["last_secondment_ended_on"] = dates.ended

    def _settle_offer(self, posted: Track, offer: Posted, state: str, dates: Dates) -> None:
        """A finished placement closes its offer; a cancelled one frees the place first."""
        ledger = self.cases.ledger
        if state == "cancelled":
            at = at_nine(min(dates.start - timedelta(days=40), self.today))
            ledger.move(posted, "reopen", at, None)
            ledger.move(
                posted,
                "close",
                at + timedelta(hours=2),
                offer.body.host_id,
                "The need for this work has passed.",
            )
            return
        posted.row["places_taken"] = 1
        if dates.ended is not None:
            ledger.move(
                posted,
                "close",
                at_nine(dates.ended),
                offer.body.host_id,
                "The placement is over and will not run again.",
            )


def offer_track(cases: Cases, offer: Posted) -> Track:
    """The offer as a record that moves, starting as a draft."""
    row = cases.rows.row(Offer, offer.id)
    row["state"] = "draft"
    people = {"host": offer.body.host_id, "programme": cases.manager}
    return Track("offer", row, offer.title, people)


def publish(cases: Cases, track: Track, offer: Posted) -> None:
    """From draft to published."""
    cases.ledger.note(track, "create", offer.published_at - timedelta(days=12), offer.body.host_id)
    cases.ledger.move(track, "submit", offer.published_at - timedelta(days=5), offer.body.host_id)
    cases.ledger.move(track, "publish", offer.published_at, cases.manager)
