"""Applications, their release and their name reveals, as they are read."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.applications import Application, ApplicationState, NameReveal
from db.models.audit import StatusChange
from db.models.matches import Match

LIVE = (
    ApplicationState.DRAFT,
    ApplicationState.AWAITING_RELEASE,
    ApplicationState.SUBMITTED,
    ApplicationState.SHORTLISTED,
    ApplicationState.SELECTED,
)


def by_ref(session: Session, *, ref: str) -> Application | None:
    """The application with this reference."""
    return session.scalars(select(Application).where(Application.ref == ref)).one_or_none()


def live_for(session: Session, *, applicant_id: int, offer_id: int) -> Application | None:
    """This person's live application for this offer; there is one at most."""
    return session.scalars(
        select(Application).where(
            Application.applicant_id == applicant_id,
            Application.offer_id == offer_id,
            Application.state.in_(LIVE),
        )
    ).one_or_none()


def of_applicant(session: Session, *, applicant_id: int) -> list[Application]:
    """Every application of one person, the latest change first."""
    return list(
        session.scalars(
            select(Application)
            .where(Application.applicant_id == applicant_id)
            .order_by(Application.state_since_at.desc(), Application.id.desc())
        )
    )


def awaiting_release_by(session: Session, *, line_manager_id: int) -> list[Application]:
    """What waits for this line manager, the longest wait first."""
    return list(
        session.scalars(
            select(Application)
            .where(
                Application.line_manager_id == line_manager_id,
                Application.state == ApplicationState.AWAITING_RELEASE,
            )
            .order_by(Application.state_since_at, Application.id)
        )
    )


def sent_for_offer(session: Session, *, offer_id: int) -> list[Application]:
    """Applications that reached the host of this offer (they have been released), in the order they arrived."""
    return list(
        session.scalars(
            select(Application)
            .where(
                Application.offer_id == offer_id,
                Application.release_decided_at.is_not(None),
                Application.state != ApplicationState.RELEASE_DECLINED,
            )
            .order_by(Application.release_decided_at, Application.id)
        )
    )


def live_for_offer(session: Session, *, offer_id: int) -> list[Application]:
    """Applications for this offer that wait for somebody, oldest first."""
    return list(
        session.scalars(
            select(Application)
            .where(Application.offer_id == offer_id, Application.state.in_(LIVE))
            .order_by(Application.id)
        )
    )


def revealed_ids(session: Session, *, application_ids: Collection[int]) -> frozenset[int]:
    """Those of these applications whose name has been shown to the host organisation."""
    return frozenset(
        session.scalars(
            select(NameReveal.application_id)
            .where(NameReveal.application_id.in_(application_ids))
            .order_by(NameReveal.application_id, NameReveal.id)
        )
    )


def last_step(session: Session, *, application_id: int, action: str) -> StatusChange | None:
    """The latest time that ``action`` was done to this application, by whom and in which words."""
    return session.scalars(
        select(StatusChange)
        .where(
            StatusChange.subject == "application",
            StatusChange.subject_id == application_id,
            StatusChange.action == action,
        )
        .order_by(StatusChange.at.desc(), StatusChange.id.desc())
        .limit(1)
    ).first()


def selected_of_match(session: Session, *, match_id: int) -> Application | None:
    """The selected application from which this match came."""
    return session.scalars(
        select(Application)
        .join(Match, Match.application_id == Application.id)
        .where(Match.id == match_id, Application.state == ApplicationState.SELECTED)
    ).one_or_none()
