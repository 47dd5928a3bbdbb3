"""Writes down invented steps: the new state, the history row, the audit row and the messages, always together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.models.audit import AuditEvent, StatusChange
from db.models.notifications import Notification
from programme.demonstration.rows import Rows
from programme.messages import GATE_WORDS, WORDS
from programme.transitions import TRANSITIONS

MOVES = {(move.subject, move.action, move.source): move for move in TRANSITIONS}
READ_AFTER = timedelta(days=14)
LINKS = {
    ("application", "owner"): "/application?ref=", ("application", "line_manager"): "/release?ref=",
    ("application", "host"): "/candidate?ref=", ("match", "programme"): "/decide?ref=",
    ("gate", "programme"): "/decide?ref=", ("offer", "programme"): "/offer-check?ref=",
    ("offer", "host"): "/offer-manage?ref=", ("match", "owner"): "/applications",
    ("match", "host"): "/our-offers", ("match", "line_manager"): "/release-requests",
}  # fmt: skip


@dataclass(slots=True)
class Track:
    """A record on its way: its row, and the people who hear of it by audience."""

    subject: str
    row: dict[str, Any]
    title: str
    people: dict[str, int]
    ref: str = ""

    @property
    def state(self) -> str:
        """Where it stands."""
        return str(self.row["state"])


class Ledger:
    """Moves invented records through the workflow table, without its guards.

    An illegal move raises KeyError, so history can only hold steps that the table knows.
    """

    def __init__(self, rows: Rows, now: datetime) -> None:
        """Write into ``rows``; nothing happens after ``now``."""
        self.rows, self.now = rows, now

    def move(
        self,
        track: Track,
        action: str,
        at: datetime,
        actor: int | None,
        reason: str = "",
        code: str | None = None,
    ) -> None:
        """Take one step. Raises KeyError for a step that the workflow table does not know."""
        move = MOVES[(track.subject, action, track.state)]
        at = min(at, self.now)
        source, target = track.state, move.target
        track.row["state"], track.row["state_since_at"] = target, at
        self.rows.add(
            StatusChange, subject=track.subject, subject_id=track.row["id"], action=action, source=source,
            target=target, at=at, actor_id=actor, reason_code=code, reason=reason,
        )  # fmt: skip
        event = self.note(track, action, at, actor, reason, code, {"from": source, "to": target})
        for audience in move.tell:
            user_id = track.people.get(audience)
            if user_id is not None and user_id != actor:
                self._tell(track, action, audience, user_id, event, at, reason)

    def note(
        self, track: Track, action: str, at: datetime, actor: int | None, reason: str = "",
        code: str | None = None, detail: dict[str, Any] | None = None,
    ) -> int:  # fmt: skip
        """Write an audit row for something that was done, without a change of state. Gives back its id."""
        return self.rows.add(
            AuditEvent, at=min(at, self.now), actor_id=actor, action=f"{track.subject}:{action}",
            subject=track.subject, subject_id=track.row["id"], subject_ref=track.row.get("ref") or "",
            reason_code=code, reason=reason, detail=detail or {},
        )  # fmt: skip

    def _tell(
        self, track: Track, action: str, audience: str, user_id: int, event: int, at: datetime, reason: str
    ) -> None:
        noun = track.subject.partition(".")[0]
        if noun == "gate":
            line, sentence = GATE_WORDS[action]
        else:
            by_audience = WORDS[(noun, action)]
            line, sentence = by_audience.get(audience) or by_audience["*"]
        ref = track.ref or track.row.get("ref") or ""
        link = "/placement-manage?ref=" if noun == "placement" else LINKS.get((noun, audience), "")
        self.rows.add(
            Notification,
            user_id=user_id,
            event_key=f"audit-{event}",
            subject=f"{line}: {track.title}"[:200],
            body=f"{track.title}. {sentence}" + (f" What was said: {reason}" if reason else ""),
            link=f"{link}{ref}" if link.endswith("=") else link or "/notifications",
            created_at=at,
            read_at=at + timedelta(days=1) if at < self.now - READ_AFTER else None,
        )
