"""The offers of the demonstration programme: open ones, those on their way, and those of the past two years."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from db.models.offers import (
    Direction,
    Offer,
    OfferKind,
    OfferMission,
    OfferSkill,
    OfferState,
    Party,
    Remote,
    SkillUse,
)
from db.models.organisations import Sector
from programme.demonstration.cast import Body, Cast
from programme.demonstration.rows import Rows
from programme.demonstration.texts import OfferText, offer_texts, pool

LONGEST_TITLE = 100
RARE = 0.05
WITH_ARTICLE = ("Agency", "Body", "Office", "Service", "Unit")
DAYS = {
    OfferKind.SECONDMENT: (5, 5, 4), OfferKind.PART_TIME: (1, 2, 3), OfferKind.SHORT_PROJECT: (3, 4, 5),
    OfferKind.JOB_SHARE: (2, 3), OfferKind.SHADOWING: (5,), OfferKind.AWAY_DAY: (1,),
}  # fmt: skip
SMALL = ("micro", "small")
DEMO_HOSTS = {Direction.OUTWARD: "lantern", Direction.INWARD: "homes"}
DEMO_LEVEL = 6


@dataclass(slots=True)
class Posted:
    """What the stories need to know of an offer."""

    id: int
    ref: str
    title: str
    body: Body
    direction: Direction
    level: tuple[int, int]
    missions: frozenset[str]
    start: date
    months: int
    days: int
    capacity: int
    recovery: int
    vetting: str
    kind: OfferKind
    learning: str
    published_at: datetime
    state: OfferState = OfferState.DRAFT


SLOTS = ("{org}", "{place}")


class Writer:
    """Writes offers that differ: no title and no summary is used twice."""

    def __init__(self, rows: Rows, rng: Random, cast: Cast, now: datetime) -> None:
        """Start with nothing said yet."""
        self.rows, self.rng, self.cast, self.now = rows, rng, cast, now
        self.spare: list[str] = pool("spare_tails")
        self._titles: set[str] = set()
        self._summaries: set[str] = set()
        self._turn = {Direction.OUTWARD: 0, Direction.INWARD: 0}
        self._demo_given = {Direction.OUTWARD: 0, Direction.INWARD: 0}

    def next_pair(self, direction: Direction, demo_offers: int = 0) -> tuple[OfferText, Body]:
        """The next kind of offer in turn, with an organisation that could post it.

        The first ``demo_offers`` that suit go to the host whom a visitor can sign in as.
        """
        texts = offer_texts(direction.value)
        text = texts[self._turn[direction] % len(texts)]
        self._turn[direction] += 1
        sector = Sector.CIVIL_SOCIETY if direction is Direction.OUTWARD else Sector.GOVERNMENT
        demo = self.cast.bodies[DEMO_HOSTS[direction]]
        suits = demo.themes & text.themes and text.level[0] <= DEMO_LEVEL <= text.level[1]
        if suits and self._demo_given[direction] < demo_offers:
            self._demo_given[direction] += 1
            return text, demo
        fitting = [body for body in self.cast.of(sector) if body.themes & text.themes]
        closeness = [
            1 + 4 * (len(body.themes & text.themes) - 1) + 6 * (body.main_theme in text.themes)
            for body in fitting
        ]
        return text, self.rng.choices(fitting, closeness)[0]

    def post(
        self, direction: Direction, *, start: date, published_at: datetime, state: OfferState,
        capacity: int = 1, taken: int = 0, closing: date | None = None, demo_offers: int = 0,
    ) -> Posted:  # fmt: skip
        """Write one offer with its missions and skills."""
        text, body = self.next_pair(direction, demo_offers)
        kind = OfferKind(text.kind)
        months = self.rng.randint(*text.months)
        title, summary = self._words(text, body)
        recovery = self._recovery(direction, body)
        posted = Posted(
            id=0, ref=self.rows.ref("OFR"), title=title, body=body, direction=direction, level=text.level,
            missions=frozenset(text.missions), start=start, months=months, days=self.rng.choice(DAYS[kind]),
            capacity=capacity, recovery=recovery, vetting=text.vetting, kind=kind, learning=text.learning,
            published_at=published_at, state=state,
        )  # fmt: skip
        posted.id = self._add(posted, text, summary, taken, closing)
        for code, weight in text.missions.items():
            self.rows.add(OfferMission, offer_id=posted.id, mission_code=code, weight=weight)
        for use, skills in ((SkillUse.NEEDED, text.needs), (SkillUse.TAUGHT, text.teaches)):
            for skill in skills:
                self.rows.add(
                    OfferSkill, offer_id=posted.id, skill_code=skill.code, use=use,
                    level=skill.level, essential=skill.essential,
                )  # fmt: skip
        return posted

    def _add(self, posted: Posted, text: OfferText, summary: str, taken: int, closing: date | None) -> int:
        live = posted.state is not OfferState.DRAFT and posted.state is not OfferState.SUBMITTED
        written_at = posted.published_at - timedelta(days=12)
        return self.rows.add(
            Offer,
            ref=posted.ref,
            organisation_id=posted.body.id,
            posted_by_id=posted.body.host_id,
            direction=posted.direction,
            kind=posted.kind,
            state=posted.state,
            state_since_at=posted.published_at,
            title=posted.title,
            summary=summary,
            tasks="\n".join(f"- {task}" for task in text.tasks),
            learning=text.learning,
            about_team=posted.body.about,
            contact_role=self.rng.choice(pool("contacts")),
            profession_code=text.profession,
            level_min=posted.level[0],
            level_max=posted.level[1],
            stretch_ok=self.rng.random() < 0.4,
            region_code=posted.body.region,
            place_name=posted.body.place,
            remote=self.rng.choices((Remote.ON_SITE, Remote.HYBRID, Remote.REMOTE), (25, 60, 15))[0],
            days_per_week=posted.days,
            start_from_on=posted.start,
            start_to_on=posted.start + timedelta(days=self.rng.choice((28, 42, 56, 84))),
            length_months=posted.months,
            closing_on=closing,
            capacity=posted.capacity,
            places_taken=taken,
            vetting_code=posted.vetting,
            reserved_post=posted.vetting == "sc" and self.rng.random() < 0.5,
            payroll_party=Party.HOME,
            recovery_pct=posted.recovery,
            expenses_party=Party.HOME if posted.body.band in SMALL else Party.HOST,
            cost_note=self.rng.choice(pool("cost_notes")) if posted.body.band not in SMALL else "",
            is_demo=True,
            created_at=written_at,
            updated_at=posted.published_at,
            published_at=posted.published_at if live else None,
        )

    def _recovery(self, direction: Direction, body: Body) -> int:
        if direction is Direction.INWARD:
            return 100
        if body.band in SMALL:
            return self.rng.choice((0, 0, 25))
        return self.rng.choice((100, 100, 100, 50, 75))

    def _words(self, text: OfferText, body: Body) -> tuple[str, str]:
        slots = {"org": body.short_name, "place": body.place, "people": body.people, "cause": body.cause}
        order = list(range(len(text.titles)))
        self.rng.shuffle(order)
        for suffix in ("", ", {place}", " with {org}", " for {org} in {place}"):
            for index in order:
                said_twice = any(slot in text.titles[index] for slot in SLOTS if slot in suffix)
                if said_twice:
                    continue
                title = (text.titles[index] + suffix).format(**slots)
                if title not in self._titles and len(title) <= LONGEST_TITLE:
                    self._titles.add(title)
                    return title, self._summary(text.summaries[index], slots)
        number = 2
        while (title := f"{text.titles[0]}, year {number}".format(**slots)) in self._titles:
            number += 1
        self._titles.add(title)
        return title, self._summary(text.summaries[0], slots)

    def _summary(self, lead: str, slots: dict[str, str]) -> str:
        tails = pool("tails")
        slots = slots | {"org": _the(slots["org"])}
        while True:
            tail = self.rng.choice(tails).format(**slots)
            summary = f"{lead.format(**slots)} {tail[0].upper()}{tail[1:]}"
            if self.rng.random() < RARE:
                more = self.rng.choice([other for other in self.spare if other not in summary])
                summary = f"{summary} {more}"
            if summary not in self._summaries:
                self._summaries.add(summary)
                return summary


def _the(name: str) -> str:
    """The name as it stands in a sentence."""
    return f"the {name}" if name.split()[-1] in WITH_ARTICLE or name.startswith("Department") else name


def monday(day: date) -> date:
    """The first Monday on or after ``day``."""
    return day + timedelta(days=-day.weekday() % 7)


def add_open_offers(writer: Writer) -> list[Posted]:
    """160 published offers, 84 outward and 76 inward, and a few drafts, submitted, paused, withdrawn and lapsed."""
    offers = []
    plan = [
        (Direction.OUTWARD, OfferState.PUBLISHED, 84), (Direction.INWARD, OfferState.PUBLISHED, 76),
        *((direction, state, count) for direction in Direction for state, count in (
            (OfferState.DRAFT, 4), (OfferState.SUBMITTED, 4), (OfferState.PAUSED, 2), (OfferState.WITHDRAWN, 2),
            (OfferState.LAPSED, 2))),
    ]  # fmt: skip
    for direction, state, count in plan:
        for _ in range(count):
            offers.append(_open_offer(writer, direction, state))
    return offers


def _open_offer(writer: Writer, direction: Direction, state: OfferState) -> Posted:
    rng, now = writer.rng, writer.now
    days = rng.randint(1, 30) if rng.random() < 0.35 else rng.randint(31, 150)
    published_at = now - timedelta(days=days, hours=rng.randint(0, 20))
    if state is OfferState.LAPSED:
        published_at -= timedelta(days=200)
    start = monday(now.date() + timedelta(days=rng.randint(75, 170)))
    closing = None if rng.random() < 0.15 else now.date() + timedelta(days=rng.randint(10, 60))
    return writer.post(
        direction, start=start, published_at=published_at, state=state, closing=closing,
        capacity=rng.choice((1, 1, 1, 1, 2, 3)) if state is OfferState.PUBLISHED else 1,
        demo_offers=6 if state is OfferState.PUBLISHED else 0,
    )  # fmt: skip
