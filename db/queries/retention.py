"""Which rows have been kept for their time, and what erasing them means for each table (D6).

Where other rows stand on a row it stays and its words go; where nothing stands on it the row goes. The audit trail
is append-only: its references and reasons stay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, null, or_, select, update
from sqlalchemy.orm import DeclarativeBase, Session

from db.models.applications import Application, ApplicationState, Assessment, NameReveal
from db.models.audit import StatusChange
from db.models.contests import Contest, ContestState
from db.models.learning import Impression
from db.models.matches import Gate, Match, MatchState
from db.models.notifications import Delivery, Notification
from db.models.outcomes import Survey
from db.models.placements import CheckIn, Objective, Placement, PlacementState
from db.models.users import OneTimeLink, SignInSession

Rows = dict[str, tuple[int, ...]]
AT_ONCE = 500
NOT_TAKEN = (
    ApplicationState.RELEASE_DECLINED,
    ApplicationState.NOT_SELECTED,
    ApplicationState.WITHDRAWN,
    ApplicationState.LAPSED,
)
NOT_MATCHED = (MatchState.DECLINED, MatchState.REJECTED, MatchState.WITHDRAWN, MatchState.LAPSED)
OVER = (
    PlacementState.ENDED,
    PlacementState.ENDED_EARLY,
    PlacementState.RETURNED,
    PlacementState.FOLLOWED_UP,
    PlacementState.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing does to a row of ``model``: these values replace what was there; None deletes the row."""

    model: type[DeclarativeBase]
    values: Mapping[str, Any] | None


WORDS_OF_AN_APPLICATION = (
    "statement", "case_skills", "case_plan", "case_kind", "case_home", "case_host", "case_choice",
    "release_conditions", "release_cover", "score_sentence", "fingerprint",
)  # fmt: skip
ERASURES: dict[str, Erasure] = {
    "drafts": Erasure(Application, None),
    "applications": Erasure(
        Application, {**dict.fromkeys(WORDS_OF_AN_APPLICATION, ""), "score": None, "score_parts": null()}
    ),
    "assessments": Erasure(Assessment, None),
    "name_reveals": Erasure(NameReveal, None),
    "contests": Erasure(Contest, {"wording": "", "outcome": "", "shown": {}}),
    "matches": Erasure(Match, {"score": None, "fingerprint": ""}),
    "gates": Erasure(Gate, {"reason": ""}),
    "status_changes": Erasure(StatusChange, {"reason": ""}),
    "placements": Erasure(Placement, {"host_supervisor": "", "return_post": "", "return_contact": ""}),
    "objectives": Erasure(Objective, {"wording": ""}),
    "check_ins": Erasure(CheckIn, {"going_well": "", "hard": "", "help_wanted": ""}),
    "surveys": Erasure(Survey, {"answers": {}}),
    "impressions": Erasure(Impression, None),
    "deliveries": Erasure(Delivery, None),
    "notifications": Erasure(Notification, None),
    "sign_in_sessions": Erasure(SignInSession, None),
    "one_time_links": Erasure(OneTimeLink, None),
}


def drafts(session: Session, *, before: date) -> Rows:
    """Applications never sent and not touched since."""
    old = and_(Application.state == ApplicationState.DRAFT, Application.updated_at < _start_of(before))
    found = _ids(session, Application, old)
    return {"status_changes": _steps(session, "application", found), "drafts": found}


def unsuccessful(session: Session, *, before: date) -> Rows:
    """Applications and matches that came to nothing, with all that was said about them."""
    closed = _start_of(before)
    applications = _ids(
        session, Application, and_(Application.state.in_(NOT_TAKEN), Application.state_since_at < closed)
    )
    matches = _ids(session, Match, and_(Match.state.in_(NOT_MATCHED), Match.state_since_at < closed))
    return _said_of(session, applications, matches)


def placements(session: Session, *, before: date) -> Rows:
    """Placements that are over, with the application and the match they came from."""
    never_began = and_(Placement.ended_on.is_(None), Placement.state_since_at < _start_of(before))
    ended = or_(Placement.ended_on < before, never_began)
    found = _ids(session, Placement, and_(Placement.state.in_(OVER), ended))
    matches = _pointed_to(session, Placement, "match_id", found)
    applications = _pointed_to(session, Match, "application_id", matches)
    return {
        **_said_of(session, applications, matches, found),
        "placements": found,
        "objectives": _children(session, Objective, "placement_id", found),
        "check_ins": _children(session, CheckIn, "placement_id", found),
        "surveys": _children(session, Survey, "placement_id", found),
    }


def logs(session: Session, *, before: date) -> Rows:
    """What lists showed, messages, and sign-ins and links that ended."""
    at = _start_of(before)
    messages = _ids(session, Notification, Notification.created_at < at)
    return {
        "impressions": _ids(session, Impression, Impression.shown_on < before),
        "deliveries": _children(session, Delivery, "notification_id", messages),
        "notifications": messages,
        "sign_in_sessions": _ids(session, SignInSession, SignInSession.expires_at < at),
        "one_time_links": _ids(session, OneTimeLink, OneTimeLink.expires_at < at),
    }


FINDERS: dict[str, Callable[..., Rows]] = {
    "drafts": drafts,
    "unsuccessful": unsuccessful,
    "placements": placements,
    "logs": logs,
}


def erase(session: Session, rows: Rows, *, at: datetime) -> dict[str, int]:
    """Erase these rows; how many of each table it was. A page that still shows one of them becomes stale."""
    done = {}
    for name, ids in rows.items():
        erasure = ERASURES[name]
        done[name] = sum(_erase_some(session, erasure, some, at) for some in _in_lots(ids))
    session.expire_all()
    return done


def _erase_some(session: Session, erasure: Erasure, ids: Sequence[int], at: datetime) -> int:
    model, table = erasure.model, erasure.model.__table__
    these = model.id.in_(ids)  # type: ignore[attr-defined]
    if erasure.values is None:
        found = session.execute(delete(model).where(these).execution_options(synchronize_session=False))
        return int(found.rowcount)  # type: ignore[attr-defined]
    values = dict(erasure.values)
    if "purged_at" in table.c:
        values["purged_at"] = at
    if "version" in table.c:
        values["version"] = table.c.version + 1
    change = update(model).where(these).values(values).execution_options(synchronize_session=False)
    return int(session.execute(change).rowcount)  # type: ignore[attr-defined]


def _said_of(
    session: Session, applications: Sequence[int], matches: Sequence[int], placements: Sequence[int] = ()
) -> Rows:
    gates = _children(session, Gate, "match_id", matches)
    answered = [
        some for some in _children(session, Contest, "application_id", applications)
        if session.get_one(Contest, some).state is ContestState.ANSWERED
    ]  # fmt: skip
    steps = (
        _steps(session, "application", applications),
        _steps(session, "match", matches),
        _steps(session, "gate.%", gates),
        _steps(session, "placement", placements),
        _steps(session, "contest", answered),
    )
    return {
        "applications": tuple(applications),
        "assessments": _children(session, Assessment, "application_id", applications),
        "name_reveals": _children(session, NameReveal, "application_id", applications),
        "contests": tuple(answered),
        "matches": tuple(matches),
        "gates": gates,
        "status_changes": tuple(sorted({step for some in steps for step in some})),
    }


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _ids(session: Session, model: Any, where: ColumnElement[bool]) -> tuple[int, ...]:
    """The ids of the rows that are due and have not been erased yet."""
    rows = select(model.id).where(where).order_by(model.id)
    if "purged_at" in model.__table__.c:
        rows = rows.where(model.purged_at.is_(None))
    return tuple(session.scalars(rows))


def _children(session: Session, model: Any, column: str, parents: Sequence[int]) -> tuple[int, ...]:
    points = model.__table__.c[column]
    return tuple(
        one for some in _in_lots(parents) for one in session.scalars(select(model.id).where(points.in_(some)))
    )


def _pointed_to(session: Session, model: Any, column: str, ids: Sequence[int]) -> tuple[int, ...]:
    points = model.__table__.c[column]
    found = (
        session.scalars(select(points).where(model.id.in_(some), points.is_not(None)))
        for some in _in_lots(ids)
    )
    return tuple(one for some in found for one in some)


def _steps(session: Session, subject: str, ids: Sequence[int]) -> tuple[int, ...]:
    """The steps of these records that say something."""
    about = StatusChange.subject.like(subject)
    rows = (
        select(StatusChange.id).where(about, StatusChange.subject_id.in_(some), StatusChange.reason != "")
        for some in _in_lots(ids)
    )
    return tuple(one for some in rows for one in session.scalars(some))


def _in_lots(ids: Sequence[int]) -> list[Sequence[int]]:
    """Few enough at once for a statement of any database."""
    return [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]
