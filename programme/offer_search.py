"""Finding placements: the public list with its filters, sorted and in pages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.orm import Session

from db.models.offers import Direction, Offer, OfferKind, Remote
from db.queries import offers as queries
from programme import clock, offer_views
from programme.actors import Actor
from programme.offer_views import OfferPage

SORTS = ("newest", "start", "closing", "title")
MAX_PER_PAGE = 100
MAX_SEARCH_CHARACTERS = 200

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class OfferFilters:
    """What to look for: codes, not words; None and '' mean any. ``level`` is one from 1 to 10."""

    text: str = ""
    direction: str | None = None
    mission: str | None = None
    region: str | None = None
    kind: str | None = None
    level: int | None = None
    remote: str | None = None
    skill: str | None = None
    sort: str = "newest"


def browse(
    session: Session, actor: Actor, filters: OfferFilters, *, page: int = 1, per_page: int = 10
) -> OfferPage:
    """The offers that take applications now, one page of them; a page past the end gives the last.

    Open to everybody. A filter that holds an unknown code finds nothing; an unknown sort is the newest first.
    """
    per_page = max(1, min(per_page, MAX_PER_PAGE))
    rows, total = _published(session, filters, offset=max(page - 1, 0) * per_page, limit=per_page)
    pages = max(1, -(-total // per_page))
    if page > pages:
        return browse(session, actor, filters, page=pages, per_page=per_page)
    return OfferPage(offer_views.cards(session, rows), total, max(page, 1), pages)


def matching_rows(session: Session, filters: OfferFilters) -> list[Offer]:
    """Every published offer that fits the filters, in their order: what ``browse`` shows page by page."""
    return list(_published(session, filters, offset=0, limit=None)[0])


def _published(
    session: Session, filters: OfferFilters, *, offset: int, limit: int | None
) -> tuple[list[Offer], int]:
    try:
        direction = _member(Direction, filters.direction)
        kind = _member(OfferKind, filters.kind)
        remote = _member(Remote, filters.remote)
    except ValueError:
        return [], 0
    rows, total = queries.published(
        session,
        on=clock.today(),
        text=filters.text[:MAX_SEARCH_CHARACTERS],
        direction=direction,
        mission=filters.mission or None,
        region=filters.region or None,
        kind=kind,
        level=filters.level,
        remote=remote,
        skill=filters.skill or None,
        sort=filters.sort if filters.sort in SORTS else "newest",
        offset=offset,
        limit=limit,
    )
    return list(rows), total


def _member(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value else None
