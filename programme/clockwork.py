"""The clockwork: what time does to everything that waits, once, however often and from wherever it is run.

1. Read what waits at each clock of ``programme/clocks.py`` and which of its steps are due and not done.
2. For each record, in a transaction of its own: read it again, claim its steps by writing their rows in
   ``ticks`` (a unique constraint lets one machine have each), then remind, escalate or lapse.

A clock that was stopped for a while sends the last reminder that is due, not all of them, and a lapse is never
the first thing that somebody hears: it waits ``clock.grace_days`` after the first reminder that was sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models.matches import Match
from db.models.notifications import MessageKind
from db.models.offers import Offer
from db.models.ticks import Tick
from db.queries import clocks as queries
from programme import audiences, audit, clock, clock_words, matches, notifications, offers, store, workflow
from programme.actors import SYSTEM, Actor
from programme.clock_steps import Calendar, Plan, plan
from programme.clocks import CLOCKS, Action, Clock, Step
from programme.errors import Refused
from programme.messages import link_to, title_of
from programme.parties import parties_of
from programme.permissions import Permission, is_party, require
from programme.reference import reason_codes


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that the clockwork did, or (``left``) why it left it for the next time."""

    clock: str
    action: str
    subject: str
    ref: str
    told: int = 0
    left: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """Something whose time has run out, for the programme managers' queue."""

    what: str
    title: str
    ref: str
    since: date
    late_days: int
    link: str


def tick(engine: Engine | None = None) -> tuple[Done, ...]:
    """Do everything that time asks for now, each record in a transaction of its own.

    Safe to run twice, late, and on several machines at once: each step of each wait is done once. A record
    that somebody decides at the same moment is left alone.
    """
    with store.reading(engine) as session:
        calendar = Calendar(session, clock.today())
        waiting = [(each, record.id, _ref(record)) for each, record in _due(session, calendar)]
    return tuple(
        done for each, record_id, ref in waiting for done in _try(engine, each, record_id, ref, calendar)
    )


def _due(session: Session, calendar: Calendar) -> Iterator[tuple[Clock, Any]]:
    for each in CLOCKS:
        records = queries.everything(session, each.waiting())
        done = queries.done(session, clock=each.name, record_ids=[record.id for record in records])
        for record in records:
            found = _plan(each, record, done.get(record.id, []), calendar)
            if found.act:
                yield each, record


def _plan(each: Clock, record: Any, ticks: Sequence[Tick], calendar: Calendar) -> Plan:
    since = each.since(record)
    done = [(tick.step, tick.at.date(), tick.acted) for tick in ticks if tick.since_on == since]
    return plan(calendar.steps(each, record), done, calendar)


def _try(
    engine: Engine | None, each: Clock, record_id: int, ref: str, calendar: Calendar
) -> tuple[Done, ...]:
    try:
        with store.writing(engine) as session:
            record = queries.still_waiting(session, each.waiting(), record_id=record_id)
            return () if record is None else act(session, each, record, calendar)
    except Refused as refusal:
        return (Done(each.name, "left", each.subject, ref, left=refusal.message),)


def act(session: Session, each: Clock, record: Any, calendar: Calendar) -> tuple[Done, ...]:
    """Do what one clock asks for about one record, in the caller's transaction.

    Raises AlreadyDecided (from the constraint on ``ticks``) when another machine has claimed a step.
    """
    ticks = queries.done(session, clock=each.name, record_ids=[record.id]).get(record.id, [])
    found = _plan(each, record, ticks, calendar)
    since = each.since(record)
    claimed = {
        due.name: Tick(
            clock=each.name,
            subject=each.subject,
            subject_id=record.id,
            since_on=since,
            step=due.name,
            acted=due in found.act,
            at=clock.now(),
        )
        for due in (*found.act, *found.overtaken)
    }
    session.add_all(claimed.values())
    session.flush()
    return tuple(_do(session, each, record, due.step, claimed[due.name]) for due in found.act)


def _do(session: Session, each: Clock, record: Any, step: Step, claimed: Tick) -> Done:
    ref = _ref(record)
    if step.action is Action.LAPSE:
        _lapse(session, record, step.code)
    elif step.action is Action.ESCALATE:
        audit.record(
            session, SYSTEM, f"{each.subject}:escalate", each.subject, record, detail={"clock": each.name}
        )
    told = _tell(session, each, record, step, claimed)
    return Done(each.name, step.action.value, each.subject, ref, told)


def _tell(session: Session, each: Clock, record: Any, step: Step, claimed: Tick) -> int:
    told: dict[int, str] = {}
    for audience in step.tell:
        for user_id in audiences.people(session, audience, record):
            told.setdefault(user_id, audience)
    kind = MessageKind.SURVEY if each.subject == "survey" else MessageKind.REMINDER
    for user_id, audience in told.items():
        subject, body, link = clock_words.wording(record, each.name, step.action, audience)
        notifications.add(session, user_id, f"tick-{claimed.id}", subject, body, link, kind)
    return len(told)


def _lapse(session: Session, record: Any, code: str) -> None:
    """End what nobody answered, for a reason that people can read, with everything that hangs on it."""
    words = {row.code: row.words for row in reason_codes(session, "lapse", on=clock.today())}
    reason = f"{words[code]}."
    match record:
        case Match():
            matches.lapse(session, record, reason=reason, reason_code=code)
        case Offer():
            offers.move(session, SYSTEM, record, "lapse", reason=reason, reason_code=code)
        case _:
            workflow.transition(session, SYSTEM, record, "lapse", reason=reason, reason_code=code)


def late(session: Session, actor: Actor) -> tuple[Late, ...]:
    """What the clockwork has put before the programme managers and still waits, the latest first.

    Matches and their approvals stand in the queue itself. Nobody is shown what they are a party to (C4).
    """
    require(actor, Permission.ROUND_VIEW)
    calendar = Calendar(session, clock.today())
    found = [
        _late(each, record, due.on, calendar.today)
        for each in CLOCKS
        if each.subject != "gate" and any(step.action is Action.ESCALATE for step in each.steps)
        for record in _escalated(session, each)
        if not is_party(actor, parties_of(record))
        for due in calendar.steps(each, record)
        if due.step.action is Action.ESCALATE and due.on <= calendar.today
    ]
    return tuple(sorted(found, key=lambda each: (-each.late_days, each.what, each.ref)))


def _escalated(session: Session, each: Clock) -> list[Any]:
    ids = queries.acted_ids(session, clock=each.name, action=Action.ESCALATE)
    return queries.everything(session, each.waiting(), record_ids=ids) if ids else []


def _late(each: Clock, record: Any, on: date, today: date) -> Late:
    link = link_to(record, "programme")
    return Late(
        what=each.what,
        title=title_of(record),
        ref=_ref(record),
        since=each.since(record),
        late_days=(today - on).days,
        link="" if link == "/queue" else link,
    )


def _ref(record: Any) -> str:
    owner = getattr(record, "match", None) or getattr(record, "placement", None) or record
    return str(getattr(record, "ref", None) or getattr(owner, "ref", None) or record.id)
