"""The one clock: UTC now and today, which a test or the demonstration generator can set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_frozen_at: ContextVar[datetime | None] = ContextVar("frozen_at", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in UTC."""
    return now().date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Inside the block it is ``at``. For tests and for writing invented history; never for real decisions."""
    token = _frozen_at.set(at)
    try:
        yield
    finally:
        _frozen_at.reset(token)
