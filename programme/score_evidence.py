"""The evidence that the score learns from: what was shown and what came of it, with the shares of that day.

Shares are read as they were stored when a pair was first shown. Nothing is worked out again from today's
profiles, which have changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

import matching
from db.models.applications import ApplicationState
from db.models.matches import MatchState
from db.queries import learning as queries
from db.queries.learning import Pair, Showing
from programme import clock, score_rules
from programme.reference import rule_number, rule_text

State = ApplicationState | MatchState

YES: set[State] = {
    ApplicationState.SELECTED,
    MatchState.IN_APPROVAL,
    MatchState.APPROVED,
    MatchState.REJECTED,
}
NO: set[State] = {
    ApplicationState.NOT_SELECTED,
    ApplicationState.WITHDRAWN,
    MatchState.DECLINED,
    MatchState.WITHDRAWN,
}
ACCEPTED = (MatchState.IN_APPROVAL, MatchState.APPROVED)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of pairs: ``shares`` (n, n_parts) as first shown, ``good`` (n,) 0 or 1, ``people`` (n,) ids."""

    shares: NDArray[np.float64]
    good: NDArray[np.float64]
    people: NDArray[np.int64]
    shown_on: tuple[date, ...]

    def __len__(self) -> int:
        return len(self.shown_on)

    def since(self, day: date) -> "Outcomes":
        """Those first shown on ``day`` or later."""
        later = np.array([shown >= day for shown in self.shown_on], dtype=bool)
        return Outcomes(
            self.shares[later],
            self.good[later],
            self.people[later],
            tuple(d for d in self.shown_on if d >= day),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The outcomes for both questions. ``undecided`` pairs were shown and have no answer yet, so they say nothing."""

    accepted: Outcomes
    went_well: Outcomes
    undecided: int


def collect(session: Session) -> Evidence:
    """All the evidence so far. The caller has checked that the actor may see it."""
    today = clock.today()
    wait = timedelta(days=score_rules.thresholds(session).wait_days)
    shown = {
        row.pair: row
        for row in queries.first_shown(session, until=today)
        if set(matching.PART_NAMES) <= set(row.shares)
    }
    came = _what_came(session)
    answers = {pair: _taken_up(came.get(pair), row.shown_on + wait <= today) for pair, row in shown.items()}
    decided = {pair: good for pair, good in answers.items() if good is not None}
    ended = {pair: good for pair, good in _went_well(session).items() if pair in shown}
    return Evidence(
        accepted=_outcomes(shown, decided),
        went_well=_outcomes(shown, ended),
        undecided=len(shown) - len(decided),
    )


def _what_came(session: Session) -> dict[Pair, set[State]]:
    came: dict[Pair, set[State]] = {}
    states: list[tuple[Pair, State]] = [*queries.application_states(session), *queries.match_states(session)]
    for pair, state in states:
        came.setdefault(pair, set()).add(state)
    return came


def _taken_up(states: set[State] | None, waited: bool) -> bool | None:
    """Whether both sides said yes; None while that is open, or where neither of the two decided."""
    if states is None:
        return False if waited else None
    if states & YES:
        return True
    return False if states <= NO else None


def _went_well(session: Session) -> dict[Pair, bool]:
    """Whether each placement that ended went well, where that is known.

    It did not when it ended early. Else everybody who answered the end survey must say so.
    """
    question = rule_text(session, "learning.went_well_question")
    least = rule_number(session, "learning.went_well_least")
    early: set[Pair] = set()
    said: dict[Pair, list[float]] = {}
    for row in queries.end_surveys(session):
        answer = (row.answers or {}).get(question)
        if row.ended_early:
            early.add(row.pair)
        if isinstance(answer, int):
            said.setdefault(row.pair, []).append(answer)
    return dict.fromkeys(early, False) | {
        pair: pair not in early and min(answers) >= least for pair, answers in said.items()
    }


def _outcomes(shown: Mapping[Pair, Showing], good: Mapping[Pair, bool]) -> Outcomes:
    rows = [row for pair, row in shown.items() if pair in good]
    shares = [[row.shares[part] for part in matching.PART_NAMES] for row in rows]
    return Outcomes(
        shares=np.array(shares, dtype=np.float64).reshape(-1, len(matching.PART_NAMES)),
        good=np.array([good[row.pair] for row in rows], dtype=np.float64),
        people=np.array([row.pair[0] for row in rows], dtype=np.int64),
        shown_on=tuple(row.shown_on for row in rows),
    )
